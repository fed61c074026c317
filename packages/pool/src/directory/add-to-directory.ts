/**
 * Adding to a pool in a directory. Functions are written in batches, so that their syncs
 * run side by side. An object stands before its mappings, and a function before those
 * that come after it: whatever a crash leaves is a pool without a fault.
 */
import type { Fault, Result } from "@ouverture/core";
import { encodeRecord, type PoolFile } from "../checked-writing.js";
import type { Added, FunctionRecord, Refused } from "../store.js";
import { listDatedMappings, readDocument } from "./read-directory.js";
import { lookAt, lookBelow } from "./safe-file.js";
import { storeError } from "./system-failure.js";
import { sweepTemporary } from "./temporary.js";
import { type NewFile, type NewFolder, writeBelow } from "./write-files.js";

/** As `FunctionStore.add`, for the pool in `root`, which people call `name`. */
export async function* addToDirectory(
  name: string,
  root: string,
  records: Iterable<FunctionRecord> | AsyncIterable<FunctionRecord>,
): AsyncGenerator<Added | Refused> {
  const swept = new Set<string>();
  for await (const batch of batchesOf(records)) {
    try {
      yield* await addBatch(root, batch, swept);
    } catch (error) {
      throw storeError(name, "written", error);
    }
  }
}

interface EncodedRecord {
  readonly hash: string;
  readonly files: Result<readonly PoolFile[], Fault>;
}

/** A batch is as large as pays, and no larger than memory bears. */
const MOST_RECORDS = 64;
const MOST_BATCH_BYTES = 4 << 20;

/** What has come is added, also where no more comes because something fails. */
async function* batchesOf(
  records: Iterable<FunctionRecord> | AsyncIterable<FunctionRecord>,
): AsyncGenerator<readonly EncodedRecord[]> {
  let batch: EncodedRecord[] = [];
  let bytes = 0;
  try {
    for await (const record of records) {
      const files = encodeRecord(record);
      batch.push({ hash: record.object.hash, files });
      if (files.ok) for (const file of files.value) bytes += file.bytes.length;
      if (batch.length < MOST_RECORDS && bytes < MOST_BATCH_BYTES) continue;
      yield batch;
      batch = [];
      bytes = 0;
    }
  } catch (error) {
    yield batch;
    throw error;
  }
  yield batch;
}

async function addBatch(
  root: string,
  batch: readonly EncodedRecord[],
  swept: Set<string>,
): Promise<(Added | Refused)[]> {
  const plan: Plan = {
    root,
    entries: [],
    files: new Set(),
    folders: new Map(),
    shards: new Map(),
    known: [],
    times: new Map(),
  };
  const planned = batch.map((record) => planRecord(plan, record));
  const written = await writeBelow(root, plan.entries, plan.known);
  for (const { beside } of plan.entries) {
    if (!swept.has(beside)) sweepTemporary(root, beside);
    swept.add(beside);
  }
  return planned.map((record) =>
    "fault" in record
      ? record
      : { hash: record.hash, written: record.written.filter((path) => written.has(path)) },
  );
}

/** What a batch has to write. */
interface Plan {
  readonly root: string;
  /** In the order in which they are to appear. */
  readonly entries: (NewFile | NewFolder)[];
  /** The paths of all files in `entries`. */
  readonly files: Set<string>;
  /** Those of `entries` that are the folders of new functions, by their paths. */
  readonly folders: Map<string, NewFile[]>;
  /** What stands in the place of a shard; "folder" needs no second look. */
  readonly shards: Map<string, "folder" | "nothing" | "blocked">;
  /** What is there, but may not be durable yet: another writer has just been here. */
  readonly known: string[];
  /** When the last mapping in a folder was written, in seconds since 1970. */
  readonly times: Map<string, number>;
}

function planRecord(plan: Plan, { hash, files }: EncodedRecord): Added | Refused {
  if (!files.ok) return { hash, fault: files.fault };
  const [{ path: object = "" } = {}] = files.value;
  const folder = headOf(object, "objects/sha256/ab/cd");
  const missing: PoolFile[] = [];
  if (plan.folders.has(folder) || !isThere(plan, folder)) {
    for (const file of files.value) if (!plan.files.has(file.path)) missing.push(file);
    planFolder(plan, folder, missing);
    return { hash, written: missing.map(({ path }) => path) };
  }
  for (const file of files.value) {
    if (plan.files.has(file.path)) continue;
    const there = readDocument(plan.root, file.path);
    if (there === undefined) {
      missing.push(file);
      continue;
    }
    if ("code" in there) return { hash, fault: there };
    // What is corrupt is not known: to say so would lose the function.
    const checked = Buffer.compare(there, file.bytes) === 0 ? null : file.check(there);
    if (checked?.ok === false) return { hash, fault: checked.fault };
    if (isRecent(`${plan.root}/${file.path}`)) plan.known.push(file.path);
  }
  for (const file of missing) {
    plan.files.add(file.path);
    plan.entries.push(newFile(plan, file));
  }
  return { hash, written: missing.map(({ path }) => path) };
}

/** Is there anything in the place of a function's folder, or in that of one on the way? */
function isThere({ root, shards }: Plan, folder: string): boolean {
  const shard = headOf(folder, "objects/sha256/ab");
  const seen = shards.get(shard) ?? lookAtShard(root, shard);
  shards.set(shard, seen);
  if (seen !== "folder") return seen === "blocked";
  return lookAt(`${root}/${folder}`) !== undefined;
}

function lookAtShard(root: string, shard: string): "folder" | "nothing" | "blocked" {
  const seen = lookBelow(root, shard);
  if (seen === undefined) return "nothing";
  return seen !== "blocked" && seen.isDirectory() ? "folder" : "blocked";
}

/** A function that is new comes at once, with all its mappings of this batch. */
function planFolder(plan: Plan, path: string, files: readonly PoolFile[]): void {
  const planned = plan.folders.get(path) ?? [];
  if (!plan.folders.has(path)) {
    plan.folders.set(path, planned);
    plan.entries.push({ path, beside: headOf(path, "objects/sha256/ab"), files: planned });
  }
  for (const file of files) {
    plan.files.add(file.path);
    planned.push(newFile(plan, file));
  }
}

/** What is written is in the shard first, so that the shard's time tells of every change in it. */
function newFile(plan: Plan, { path, bytes }: PoolFile): NewFile {
  const beside = headOf(path, "objects/sha256/ab");
  const isMapping = path.endsWith("/mapping.json");
  const time = isMapping
    ? timeOfMapping(plan, headOf(path, "objects/sha256/ab/cd/eng/sha256"))
    : null;
  return { path, bytes, beside, time };
}

/** As many folders of a path as an example has. */
function headOf(path: string, example: string): string {
  return path.split("/", example.split("/").length).join("/");
}

/**
 * The system's own times have steps of milliseconds, and clocks are set back. Of two
 * mappings the one that was there first is known by its time, so that it is set.
 */
function timeOfMapping({ root, times, folders }: Plan, folder: string): number {
  const isNew = folders.has(headOf(folder, "objects/sha256/ab/cd"));
  const there = isNew ? [] : listDatedMappings(root, folder);
  const latest = Number(there.at(-1)?.changed ?? 0) / 1e9;
  const time = Math.max(secondsNow(), latest + STEP, (times.get(folder) ?? 0) + STEP);
  times.set(folder, time);
  return time;
}
/** By the clock, in steps of less than a microsecond. `performance` takes as long to load as to add. */
function secondsNow(): number {
  const passed = process.hrtime.bigint();
  clockStart ??= BigInt(Date.now()) * 1_000_000n - passed;
  return Number(clockStart + passed) / 1e9;
}
/** What the clock showed when the system's own count of nanoseconds began. */
let clockStart: bigint | undefined;

/** Seconds: what a time that is kept as a number still tells apart. */
const STEP = 1e-6;

/** Every system has written what is older to its disk by itself. */
const RECENT_MILLISECONDS = 60_000;

function isRecent(place: string): boolean {
  const stats = lookAt(place);
  return stats !== undefined && Date.now() - stats.mtimeMs < RECENT_MILLISECONDS;
}
