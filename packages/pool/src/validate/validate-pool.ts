/**
 * The integrity of a whole pool: every file below objects/ is read and checked, one
 * function at a time, so that memory does not grow with the pool (docs/pool.md).
 */
import { setImmediate as pause } from "node:timers/promises";
import { objectPath } from "@ouverture/core";
import type { DirectoryPool } from "../directory/directory-pool.js";
import { REST, START } from "../directory/read-directory.js";
import { lookBelow } from "../directory/safe-file.js";
import { storeError } from "../directory/system-failure.js";
import { inspectFunction } from "./inspect-function.js";
import { type ListingCheck, openListingCheck } from "./inspect-listing.js";
import { inspectOldFunction } from "./inspect-old-function.js";
import { type Inspection, listPlaces, type Places, tell } from "./inspection.js";
import type { Problem } from "./pool-problem.js";

/** What was seen of a pool: of all of it, once there are no more problems. */
export interface PoolSummary {
  readonly functions: number;
  readonly mappings: number;
  /** Of all files that were read. */
  readonly bytes: number;
  readonly errors: number;
  readonly notices: number;
}

/** The problems of a pool, in the order of its files. They can be asked for once. */
export interface Validation extends AsyncIterable<Problem> {
  readonly summary: PoolSummary;
}

export interface ValidationOptions {
  /** Only this function is checked. */
  readonly hash?: string | undefined;
  /** Is told now and then how many functions were checked. */
  readonly onProgress?: ((functions: number) => void) | undefined;
}

/**
 * Checks a pool: its objects, its mappings, their indexes, that no dependency is
 * missing, and that there is nothing else. A file that cannot be read is a problem;
 * only where the pool as a whole cannot be read a `StoreError` is thrown.
 */
export function validatePool(
  { directory, name }: Pick<DirectoryPool, "directory" | "name">,
  { hash, onProgress }: ValidationOptions = {},
): Validation {
  const counts = { functions: 0, mappings: 0, bytes: 0, errors: 0, notices: 0 };
  const inspection: Inspection = { root: directory, found: [], counts };
  async function* problems(): AsyncGenerator<Problem> {
    let told = 0;
    const steps = hash === undefined ? inspectPool(inspection) : inspectOne(inspection, hash);
    for (const _ of guarded(name, steps)) {
      yield* inspection.found.splice(0);
      if (counts.functions - told < AT_A_TIME) continue;
      told = counts.functions;
      onProgress?.(told);
      await pause();
    }
    yield* inspection.found.splice(0);
    onProgress?.(counts.functions);
  }
  return { summary: counts, [Symbol.asyncIterator]: problems };
}

/** Functions between two moments in which something else can run. */
const AT_A_TIME = 64;

function* guarded(name: string, steps: Iterable<void>): Generator<void> {
  try {
    yield* steps;
  } catch (error) {
    throw storeError(name, "read", error);
  }
}

const OBJECTS = "objects";
const SHARDS = `${OBJECTS}/sha256`;
const NONE = (): boolean => false;
const TOP: Places = {
  isFolder: (name) => name === "sha256" || START.test(name),
  isFile: (name) => name === "index.json",
};
const STARTS: Places = { isFolder: (name) => START.test(name), isFile: NONE };
const FUNCTIONS: Places = { isFolder: (name) => REST.test(name), isFile: NONE };
const OLD_FUNCTIONS: Places = { isFolder: NONE, isFile: (name) => OLD_FILE.test(name) };
const OLD_FILE = /^[0-9a-f]{62}\.json$/;

/** Each step is one function, or less. */
function* inspectPool(inspection: Inspection): Generator<void> {
  const objects = lookBelow(inspection.root, OBJECTS);
  if (objects === undefined) return;
  if (!isFolder(objects)) return tell(inspection, "not-a-file", OBJECTS, null);
  const { folders, files } = listPlaces(inspection, OBJECTS, null, TOP);
  const listing = openListingCheck();
  for (const folder of folders) {
    if (folder === "sha256") yield* inspectShards(inspection, listing);
    else yield* inspectOldShard(inspection, folder);
  }
  for (const name of files) {
    const path = `${OBJECTS}/${name}`;
    if (!listing.isRight(inspection.root, path)) tell(inspection, "wrong-index", path, null);
  }
}

function* inspectShards(inspection: Inspection, listing: ListingCheck): Generator<void> {
  for (const start of listPlaces(inspection, SHARDS, null, STARTS).folders) {
    const shard = `${SHARDS}/${start}`;
    for (const rest of listPlaces(inspection, shard, null, FUNCTIONS).folders) {
      const hash = start + rest;
      if (inspectFunction(inspection, `${shard}/${rest}`, hash)) listing.add(hash);
      yield;
    }
  }
}

function* inspectOldShard(inspection: Inspection, start: string): Generator<void> {
  const shard = `${OBJECTS}/${start}`;
  for (const name of listPlaces(inspection, shard, null, OLD_FUNCTIONS).files) {
    inspectOldFunction(inspection, `${shard}/${name}`, start + name.slice(0, -".json".length));
    yield;
  }
}

function* inspectOne(inspection: Inspection, hash: string): Generator<void> {
  const path = objectPath(hash);
  if (!path.ok) return;
  const folder = path.value.slice(0, -"/object.json".length);
  if (isFolder(lookBelow(inspection.root, folder))) inspectFunction(inspection, folder, hash);
  const older = `${OBJECTS}/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
  const seen = lookBelow(inspection.root, older);
  if (typeof seen === "object" && seen.isFile()) inspectOldFunction(inspection, older, hash);
  yield;
}

function isFolder(seen: ReturnType<typeof lookBelow>): boolean {
  return typeof seen === "object" && seen.isDirectory();
}
