/**
 * Syncs: what they were called for is on the disk when they are done. On some systems
 * that takes microseconds, on others milliseconds, many of which can pass at once.
 */
import { closeSync, constants, fsync, fsyncSync, openSync } from "node:fs";
import { promisify } from "node:util";
import pMap from "p-map";
import { errorCode } from "./safe-file.js";

/** Files and folders that are open at a time: systems allow a process 256 and more. */
export const MOST_OPEN = 128;

/** Syncs files, at most `MOST_OPEN`, and closes them, also where it throws. */
export async function syncAndClose(files: readonly number[]): Promise<void> {
  try {
    await syncEach(files);
  } finally {
    for (const file of files) closeSync(file);
  }
}

/** Syncs folders: only then a rename is durable. Windows cannot, and does not need it. */
export async function syncFolders(folders: Iterable<string>): Promise<void> {
  if (process.platform === "win32") return;
  let open: number[] = [];
  try {
    for (const folder of folders) {
      open.push(openSync(folder, constants.O_RDONLY));
      if (open.length < MOST_OPEN) continue;
      const full = open;
      open = [];
      await syncOpenFolders(full);
    }
  } catch (error) {
    for (const file of open) closeSync(file);
    throw error;
  }
  await syncOpenFolders(open);
}

async function syncOpenFolders(folders: readonly number[]): Promise<void> {
  try {
    await syncAndClose(folders);
  } catch (error) {
    // There are file systems of networks that have no sync of a folder.
    if (!["EBADF", "EINVAL", "ENOTSUP"].includes(errorCode(error))) throw error;
  }
}

/** Nanoseconds: to ask another thread takes about as long. */
const QUICK = 50_000n;
/** How many syncs wait at a time: there are four threads for them. */
const AT_A_TIME = 16;
const sync = promisify(fsync);

/** Syncs here while that is quick, and then the rest side by side, all of them. */
async function syncEach(files: readonly number[]): Promise<void> {
  let next = 0;
  for (let isQuick = true; isQuick && next < files.length; next += 1) {
    const start = process.hrtime.bigint();
    fsyncSync(files[next] ?? -1);
    isQuick = process.hrtime.bigint() - start < QUICK;
  }
  await inParallel(files.slice(next));
}

/** To the end, also where one fails; then throws the first error. */
async function inParallel(files: readonly number[]): Promise<void> {
  if (files.length === 0) return;
  try {
    await pMap(files, (file) => sync(file), { concurrency: AT_A_TIME, stopOnError: false });
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}
