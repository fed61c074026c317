/**
 * The functions that a function calls, in the caller's human language: with them `normalize`
 * and `denormalize` know what a keyword argument names (docs/normal-form.md, "Pool imports").
 */
import type { Callee, CalleeSource, ObjectFault } from "@ouverture/core";
import { readFunction } from "./checked-reading.js";
import { chooseMapping, listLanguages } from "./choose-mapping.js";
import type { FunctionSource } from "./store.js";

export interface Callees {
  readonly callee: CalleeSource;
  /** Those that are not to be had: none there, or not what its hash says. */
  readonly missing: readonly MissingCallee[];
}
export interface MissingCallee {
  readonly hash: string;
  /** `null` where the source has none. */
  readonly fault: ObjectFault | null;
}

/**
 * Reads the functions under `hashes`. Each has its names in the first of `languages` that it has,
 * else in the first language that there is, else no names but its numbers.
 */
export async function loadCallees(
  source: FunctionSource,
  hashes: Iterable<string>,
  languages: readonly string[],
): Promise<Callees> {
  const callees = new Map<string, Callee>();
  const missing: MissingCallee[] = [];
  for (const hash of new Set(hashes)) {
    const found = await readFunction(source, hash);
    if (found === undefined || !found.ok) {
      missing.push({ hash, fault: found?.fault ?? null });
      continue;
    }
    const { object } = found.value;
    const { chosen } = await chooseMapping(source, object, [
      ...languages,
      ...(await listLanguages(source, hash)),
    ]);
    const name_mapping = chosen?.mapping.name_mapping ?? {};
    callees.set(hash, { code: object.normalized_code, name_mapping });
  }
  return { callee: (hash) => callees.get(hash), missing };
}
