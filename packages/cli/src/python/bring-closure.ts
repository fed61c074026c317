/** A function that runs has all that it imports in the pools of this machine. */
import { type CheckedObject, faultMessage } from "@ouverture/core";
import { type FunctionSource, pullClosure, readFunction } from "@ouverture/pool";
import { fail } from "../failure.js";
import { shortHash } from "../output/hash.js";
import { readStored } from "../read-stored.js";
import type { Session } from "../session.js";

/**
 * Reads a function and all that it imports, what is imported first. What only a registry has is
 * fetched into the user's pool. Fails where one is missing, or is not what its hash says.
 */
export async function bringClosure(hash: string, session: Session): Promise<CheckedObject[]> {
  const pools = await session.openSource({ isLocal: true });
  const known = await readClosure(pools, hash);
  if (known !== null) return known;
  const source = await session.openSource({ allMappings: true, isPassing: true });
  const pool = await session.currentPool({ user: true });
  for await (const one of pullClosure(source, pool, [hash])) {
    if (one.outcome === "refused") session.note(one.message);
  }
  const fetched = await readClosure(pools, hash);
  if (fetched !== null) return fetched;
  await readStored(source, hash);
  return fail(1, `Something that ${shortHash(hash)} imports is in no pool or registry.`);
}

/** `null` where one is missing. */
async function readClosure(source: FunctionSource, root: string): Promise<CheckedObject[] | null> {
  const closure = new Map<string, CheckedObject>();
  const waiting = [root];
  for (let hash = waiting.at(-1); hash !== undefined; hash = waiting.at(-1)) {
    const known = closure.get(hash);
    if (known === undefined) {
      const found = await readFunction(source, hash);
      if (found === undefined) return null;
      if (!found.ok) {
        fail(1, `The function ${shortHash(hash)} cannot be used. ${faultMessage(found.fault)}`);
      }
      closure.set(hash, found.value);
      waiting.push(...found.value.dependencies.filter((one) => !closure.has(one)));
    } else {
      waiting.pop();
      // Once more at the end: what is imported stands before.
      if (!isDone(hash, waiting)) continue;
      closure.delete(hash);
      closure.set(hash, known);
    }
  }
  return [...closure.values()];
}

function isDone(hash: string, waiting: readonly string[]): boolean {
  return !waiting.includes(hash);
}
