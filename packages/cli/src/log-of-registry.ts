/** The newest functions of a registry. All of it is read: a registry has no index of its own. */
import type { StoredObject } from "@ouverture/core";
import { readFunction } from "@ouverture/pool";
import { fail } from "./failure.js";
import { nameOf } from "./name-of.js";
import type { ShownFunction } from "./output/function-table.js";
import { openProgress } from "./output/progress.js";
import type { Session } from "./session.js";

/** Gives the `limit` functions of a registry that were added last, the newest first. */
export async function logOfRegistry(
  name: string,
  limit: number,
  session: Session,
): Promise<readonly ShownFunction[]> {
  const { user } = await session.configuration();
  const registry = await session.openRegistry(name);
  const progress = openProgress(session, "Reading");
  try {
    const hashes = registry.list();
    if (hashes === null) {
      return fail(
        2,
        `The registry '${name}' cannot be listed.`,
        "Ask who publishes it for a list.",
      );
    }
    const newest: StoredObject[] = [];
    let count = 0;
    for await (const hash of hashes) {
      const found = await readFunction(registry, hash);
      if (found?.ok !== true) continue;
      newest.push(found.value.object);
      // Of a large registry only the newest are kept.
      if (newest.length > 2 * limit + SLACK) newest.sort(byTime).splice(limit);
      count += 1;
      progress.update(count);
    }
    const functions: ShownFunction[] = [];
    for (const object of newest.sort(byTime).slice(0, limit)) {
      const { created, author } = object.metadata;
      const name = await nameOf(registry, object, user.languages);
      functions.push({ hash: object.hash, created, author, ...name });
    }
    return functions;
  } finally {
    progress.end();
  }
}

const SLACK = 1000;

/** The newest first; functions of one second by their hashes. */
function byTime(a: StoredObject, b: StoredObject): number {
  const [one, other] = [a.metadata.created, b.metadata.created];
  if (one !== other) return one < other ? 1 : -1;
  return a.hash < b.hash ? -1 : 1;
}
