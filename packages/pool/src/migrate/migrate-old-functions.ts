/** Schema 0 to schema 1 on disk: written, read back and checked, and only then removed. */
import { rmdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { faultMessage, type Migration, type MigrationFinding } from "@ouverture/core";
import { encodeRecord } from "../checked-writing.js";
import type { DirectoryPool } from "../directory/directory-pool.js";
import { storeError } from "../directory/system-failure.js";
import type { LanguageMapping } from "../store.js";
import type { PoolMigrationOptions } from "./migrate-pool.js";
import { type MigrationResult, refusedResult } from "./migration-result.js";
import {
  findOldFunction,
  hashOldFunction,
  listOldFunctions,
  type OldFunction,
  readOldFunction,
} from "./old-functions.js";
import { type Storable, storeMigrated } from "./store-migrated.js";

interface Prepared extends Storable {
  readonly old: OldFunction;
  readonly findings: readonly MigrationFinding[];
  /** Of the file as it was read: the Python tool writes into it when a language is added. */
  readonly digest: string | undefined;
}

/** Migrates the files of schema 0, or that of one function. Throws when the system fails. */
export async function* migrateOldFunctions(
  pool: DirectoryPool,
  { hash, keepV0 = false, dryRun = false }: PoolMigrationOptions,
): AsyncGenerator<MigrationResult> {
  const { directory } = pool;
  const refused: MigrationResult[] = [];
  async function* prepare(): AsyncGenerator<Prepared> {
    for (const old of oldFunctions(directory, hash)) {
      const prepared = prepareFunction(pool, old);
      if (prepared === undefined) continue;
      if ("record" in prepared) yield prepared;
      else refused.push(prepared);
    }
  }
  for await (const { item, fault } of storeMigrated(pool, prepare(), dryRun)) {
    yield* refused.splice(0);
    if (fault !== null) {
      yield refusedResult(item.old.hash, item.old.path, faultMessage(fault));
      continue;
    }
    const isWhole = item.findings.length === 0;
    const isRemoved = isWhole && !keepV0 && !dryRun && removeOld(directory, item);
    yield {
      ...refusedResult(item.old.hash, item.old.path, ""),
      outcome: "migrated",
      mappings: item.record.mappings.length,
      findings: item.findings,
      isRemoved,
    };
  }
  yield* refused.splice(0);
}

function oldFunctions(root: string, hash: string | undefined): Iterable<OldFunction> {
  if (hash === undefined) return listOldFunctions(root);
  const found = findOldFunction(root, hash);
  return found === undefined ? [] : [found];
}

/** What is to be stored of a file; or why nothing; `undefined` where it is gone. */
function prepareFunction(
  pool: DirectoryPool,
  old: OldFunction,
): Prepared | MigrationResult | undefined {
  try {
    const digest = hashOldFunction(pool.directory, old);
    const read = readOldFunction(pool.directory, old);
    if (read === undefined) return undefined;
    if (!read.ok) return refusedResult(old.hash, old.path, faultMessage(read.fault));
    return { ...takeValid(read.value), old, digest };
  } catch (error) {
    // One file that cannot be read keeps no other from being migrated.
    const failure = storeError(pool.name, "read", error);
    if (!(failure instanceof Error)) throw failure;
    return refusedResult(old.hash, old.path, failure.message);
  }
}

/** The mappings that a pool takes, and what is wrong with the others. */
function takeValid({ object, mappings, findings }: Migration): Omit<Prepared, "old" | "digest"> {
  const found = findings.filter(({ fault }) => fault.code === "malformed-language");
  const valid: LanguageMapping[] = [];
  const isValid = encodeRecord({ object, mappings: [] }).ok;
  for (const { language, mapping } of mappings) {
    const alone = encodeRecord({ object, mappings: [{ language, mapping }] });
    if (alone.ok || !isValid) valid.push({ language, mapping });
    else found.push({ fault: alone.fault, language });
  }
  return { record: { object, mappings: valid }, findings: found };
}

/** Removes a file that is still what was migrated, and its folder where that is empty. */
function removeOld(root: string, { old, digest }: Prepared): boolean {
  if (hashOldFunction(root, old) !== digest) return false;
  const place = `${root}/${old.path}`;
  rmSync(place);
  try {
    rmdirSync(dirname(place));
  } catch {
    // Others are in it.
  }
  return true;
}
