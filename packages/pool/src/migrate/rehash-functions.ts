/**
 * Functions of the older form in a pool get their normal form, callees first, and what
 * imports them follows (docs/pool.md, "Migration"). What has a new hash is added; what
 * was there stays, because others may import it.
 */
import { encodeObject, faultMessage, objectPath, type Renamed, rehash } from "@ouverture/core";
import { encodeRecord } from "../checked-writing.js";
import { replaceFile } from "../configuration/replace-file.js";
import type { DirectoryPool } from "../directory/directory-pool.js";
import type { LanguageMapping } from "../store.js";
import type { PoolMigrationOptions } from "./migrate-pool.js";
import { type MigrationResult, refusedResult } from "./migration-result.js";
import { listOldFunctions } from "./old-functions.js";
import { calleesFirst, loadFunction, type Visited } from "./rehash-walk.js";
import { type Storable, storeMigrated } from "./store-migrated.js";

/** Rehashes the functions of a pool, or one with all that it depends on. Throws when the system fails. */
export async function* rehashFunctions(
  pool: DirectoryPool,
  { hash, dryRun = false }: PoolMigrationOptions,
): AsyncGenerator<MigrationResult> {
  const told: MigrationResult[] = [];
  const run: Run = { pool, renamed: new Map() };
  async function* changed(): AsyncGenerator<Changed> {
    for await (const root of rootsOf(pool, hash, dryRun)) {
      for await (const one of calleesFirst(pool, root, run.renamed)) {
        const change = await changeOf(run, one);
        if (change === null) continue;
        if ("outcome" in change) told.push(change);
        else if (change.result.outcome === "rehashed") yield change;
        else told.push(await rewriteFunction(pool, change, dryRun));
      }
    }
  }
  for await (const { item, fault } of storeMigrated(pool, changed(), dryRun)) {
    yield* told.splice(0);
    yield fault === null ? item.result : refused(item.result.hash, faultMessage(fault));
  }
  yield* told.splice(0);
}

interface Run {
  readonly pool: DirectoryPool;
  /** What became of the functions that were looked at; `null`: nothing. */
  readonly renamed: Map<string, Renamed | null>;
}

interface Changed extends Storable {
  readonly result: MigrationResult;
}

/** In schema 0 are, while nothing is written, those that are to be migrated. */
async function* rootsOf(
  pool: DirectoryPool,
  hash: string | undefined,
  dryRun: boolean,
): AsyncGenerator<string> {
  if (hash !== undefined) {
    yield hash;
    return;
  }
  yield* pool.list() ?? [];
  if (dryRun) for (const old of listOldFunctions(pool.directory)) yield old.hash;
}

/** What is to be stored, or why nothing can be; `null` where nothing changes. */
async function changeOf(
  run: Run,
  { hash, loaded }: Visited,
): Promise<Changed | MigrationResult | null> {
  if (loaded === undefined) return null;
  if (typeof loaded === "string") return refused(hash, loaded);
  const { object, dependencies, olderForm } = loaded;
  const isOlder = olderForm !== null;
  if (!isOlder && dependencies.every((one) => run.renamed.get(one) == null)) return null;
  const callees = await calleesOf(run, dependencies, isOlder);
  const { valid, findings } = await loaded.mappings();
  const rehashed = rehash(object, valid, callees.renamed);
  if (!rehashed.ok) return refused(hash, faultMessage(rehashed.fault));
  const now = rehashed.value;
  const isNew = now.object.hash !== hash;
  if (isNew) run.renamed.set(hash, now.renamed);
  else if (isLost(now.docstring, valid)) return refused(hash, LOST);
  return {
    record: { object: now.object, mappings: now.mappings },
    result: {
      ...refused(hash, ""),
      outcome: isNew ? "rehashed" : "rewritten",
      now: now.object.hash,
      mappings: now.mappings.length,
      findings: [...findings, ...now.findings],
      missing: callees.missing,
    },
  };
}

/** What became of the functions that a function imports. */
async function calleesOf(
  run: Run,
  dependencies: readonly string[],
  isOlder: boolean,
): Promise<{ renamed: Map<string, Renamed>; missing: string[] }> {
  const renamed = new Map<string, Renamed>();
  const missing: string[] = [];
  for (const hash of dependencies) {
    const known = run.renamed.get(hash);
    if (known != null) {
      renamed.set(hash, known);
      continue;
    }
    const loaded = await loadFunction(run.pool, hash);
    if (loaded === undefined) missing.push(hash);
    // A caller of the older form has the words of its callees' parameters.
    if (!isOlder || typeof loaded !== "object") continue;
    const same = rehash(loaded.object, (await loaded.mappings()).valid, new Map());
    if (same.ok && same.value.object.hash === hash) renamed.set(hash, same.value.renamed);
  }
  return { renamed, missing };
}

function refused(hash: string, message: string): MigrationResult {
  const path = objectPath(hash);
  return refusedResult(hash, path.ok ? path.value : "", message);
}

const LOST =
  "The docstring in its text is in none of its mappings, and would be lost. Add it to one of them.";

function isLost(docstring: string, mappings: readonly LanguageMapping[]): boolean {
  return docstring !== "" && mappings.every(({ mapping }) => mapping.docstring !== docstring);
}

/** The one file of a pool that is written again: the same function, and the text that was hashed. */
async function rewriteFunction(
  { directory }: DirectoryPool,
  { record, result }: Changed,
  dryRun: boolean,
): Promise<MigrationResult> {
  const files = encodeRecord({ object: record.object, mappings: [] });
  if (!files.ok) return refused(result.hash, faultMessage(files.fault));
  if (dryRun) return result;
  const place = `${directory}/${result.path}`;
  const shard = place.split("/").slice(0, -2).join("/");
  await replaceFile(place, encodeObject(record.object), { beside: shard });
  return result;
}
