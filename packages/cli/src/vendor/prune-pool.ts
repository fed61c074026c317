/** Functions that a pool holds and that nothing needs: found, and removed whole. */
import { renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { objectPath } from "@ouverture/core";
import { type FunctionSource, readFunction } from "@ouverture/pool";

/**
 * Lists what is not needed, callers before what they import: a removal that is broken off leaves no
 * function whose imports are gone.
 */
export async function listSurplus(
  pool: FunctionSource,
  needed: ReadonlySet<string>,
): Promise<string[]> {
  const imports = new Map<string, readonly string[]>();
  for await (const hash of pool.list() ?? []) {
    if (needed.has(hash)) continue;
    const found = await readFunction(pool, hash);
    imports.set(hash, found?.ok === true ? found.value.dependencies : []);
  }
  const ordered = new Set<string>();
  for (const root of imports.keys()) {
    const waiting = [{ hash: root, isReady: false }];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      const { hash, isReady } = one;
      const next = imports.get(hash);
      if (next === undefined || ordered.has(hash)) continue;
      if (isReady) ordered.add(hash);
      else waiting.push({ hash, isReady: true }, ...next.map((hash) => ({ hash, isReady: false })));
    }
  }
  return [...ordered].reverse();
}

/** Removes functions with all their mappings. Each goes at once: it is moved away, then deleted. */
export function removeFunctions(directory: string, hashes: readonly string[]): void {
  for (const hash of hashes) {
    const path = objectPath(hash);
    if (!path.ok) continue;
    const folder = dirname(join(directory, path.value));
    const shard = dirname(folder);
    // No name of a function: readers pass it over.
    const away = join(shard, `.removed-${hash.slice(0, 12)}-${process.pid}`);
    renameSync(folder, away);
    rmSync(away, { recursive: true });
    removeEmpty(shard);
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others are in it.
  }
}
