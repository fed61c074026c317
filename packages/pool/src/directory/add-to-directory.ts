/**
 * Adding to a pool in a directory. Functions are written in batches, so that their syncs
 * run side by side. An object stands before its mappings, and a function before those
 * that come after it: whatever a crash leaves is a pool without a fault.
 */
import type { Fault, Result } from "@ouverture/core";
import { encodeRecord, type PoolFile } from "../checked-writing.js";
import type { Added, FunctionRecord, Refused } from "../store.js";
import { listDatedMappings, readDocument } from "./read-directory.js";
import { lookAt } from "./safe-file.js";
import { storeError } from "./system-failure.js";
import { type NewFile, sweepTemporary, writeFilesBelow } from "./write-files.js";

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
  const plan: Plan = { root, times: new Map(), files: new Map(), known: [] };
  const planned = batch.map((record) => planRecord(plan, record));
  const files = [...plan.files.values()];
  const written = await writeFilesBelow(root, files, plan.known);
  for (const { beside } of files) {
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
  /** By their paths, in the order in which they are to appear. */
  readonly files: Map<string, NewFile>;
  /** What is there, but may not be durable yet: another writer has just been here. */
  readonly known: string[];
  /** When the last mapping in a folder was written, in seconds since 1970. */
  readonly times: Map<string, number>;
}

function planRecord(plan: Plan, { hash, files }: EncodedRecord): Added | Refused {
  if (!files.ok) return { hash, fault: files.fault };
  const missing: PoolFile[] = [];
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
  for (const file of missing) plan.files.set(file.path, newFile(plan, file));
  return { hash, written: missing.map(({ path }) => path) };
}

/** The temporary file is in the shard, so that the shard's time tells of every change in it. */
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
function timeOfMapping({ root, times }: Plan, folder: string): number {
  const latest = Number(listDatedMappings(root, folder).at(-1)?.changed ?? 0) / 1e9;
  const now = (performance.timeOrigin + performance.now()) / 1e3;
  const time = Math.max(now, latest + STEP, (times.get(folder) ?? 0) + STEP);
  times.set(folder, time);
  return time;
}
/** Seconds: what a time that is kept as a number still tells apart. */
const STEP = 1e-6;

/** Every system has written what is older to its disk by itself. */
const RECENT_MILLISECONDS = 60_000;

function isRecent(place: string): boolean {
  const stats = lookAt(place);
  return stats !== undefined && Date.now() - stats.mtimeMs < RECENT_MILLISECONDS;
}
