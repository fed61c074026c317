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

/**
 * Reads a function of a source and all that it imports, what is imported first; `null` where one is
 * missing. Fails where one is not what its hash says.
 */
export async function readClosure(
  source: FunctionSource,
  root: string,
): Promise<CheckedObject[] | null> {
  const seen = new Map<string, CheckedObject>();
  const closure = new Map<string, CheckedObject>();
  const waiting = [{ hash: root, isReady: false }];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const { hash, isReady } = one;
    const known = seen.get(hash);
    if (known !== undefined) {
      if (isReady) closure.set(hash, known);
      continue;
    }
    const found = await readFunction(source, hash);
    if (found === undefined) return null;
    if (!found.ok) {
      fail(1, `The function ${shortHash(hash)} cannot be used. ${faultMessage(found.fault)}`);
    }
    seen.set(hash, found.value);
    const next = found.value.dependencies.map((hash) => ({ hash, isReady: false }));
    waiting.push({ hash, isReady: true }, ...next);
  }
  return [...closure.values()];
}
