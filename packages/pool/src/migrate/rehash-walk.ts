/** The functions of a pool in the order in which they get new hashes: callees first. */
import {
  type CheckedObject,
  checkObject,
  encodeObject,
  faultMessage,
  type MigrationFinding,
  type Renamed,
} from "@ouverture/core";
import { readFunction, readMappings } from "../checked-reading.js";
import type { DirectoryPool } from "../directory/directory-pool.js";
import type { LanguageMapping } from "../store.js";
import { findOldFunction, readOldFunction } from "./old-functions.js";

export interface Loaded extends CheckedObject {
  mappings(): Promise<{
    readonly valid: readonly LanguageMapping[];
    readonly findings: readonly MigrationFinding[];
  }>;
}

/** A function; or what is wrong with it; or `undefined`: there is none. */
export interface Visited {
  readonly hash: string;
  readonly loaded: Loaded | string | undefined;
}

/**
 * What was not looked at yet of a function and all that it depends on; `renamed` knows what
 * was, and is told. Uses no recursion. Throws when the system fails.
 */
export async function* calleesFirst(
  pool: DirectoryPool,
  root: string,
  renamed: Map<string, Renamed | null>,
): AsyncGenerator<Visited> {
  const way: { visited: Visited; left: string[] }[] = [];
  async function enter(hash: string): Promise<void> {
    if (renamed.has(hash)) return;
    renamed.set(hash, null);
    const loaded = await loadFunction(pool, hash);
    const left = typeof loaded === "object" ? [...loaded.dependencies] : [];
    way.push({ visited: { hash, loaded }, left });
  }
  await enter(root);
  for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
    const next = last.left.pop();
    if (next !== undefined) {
      await enter(next);
      continue;
    }
    way.pop();
    yield last.visited;
  }
}

/** A function of either schema; what is wrong with it; `undefined` where there is none. */
export async function loadFunction(
  pool: DirectoryPool,
  hash: string,
): Promise<Loaded | string | undefined> {
  const found = await readFunction(pool, hash);
  if (found === undefined) return loadOldFunction(pool, hash);
  if (!found.ok) return faultMessage(found.fault);
  const { object } = found.value;
  return {
    ...found.value,
    mappings: async () => {
      const valid: LanguageMapping[] = [];
      const findings: MigrationFinding[] = [];
      for await (const { reference, mapping } of readMappings(pool, object)) {
        const { language } = reference;
        if (mapping.ok) valid.push({ language, mapping: mapping.value });
        else findings.push({ fault: mapping.fault, language });
      }
      return { valid, findings };
    },
  };
}

/** What is wrong with a file of schema 0 was told when it was not migrated. */
function loadOldFunction({ directory }: DirectoryPool, hash: string): Loaded | undefined {
  const old = findOldFunction(directory, hash);
  const read = old === undefined ? undefined : readOldFunction(directory, old);
  if (read?.ok !== true) return undefined;
  const { object, mappings } = read.value;
  const checked = checkObject(hash, encodeObject(object));
  if (!checked.ok) return undefined;
  return { ...checked.value, mappings: async () => ({ valid: mappings, findings: [] }) };
}
