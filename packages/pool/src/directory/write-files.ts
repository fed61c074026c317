/**
 * Files that are written below a folder: each beside its place, synced, then renamed,
 * so that a crash or a second writer leaves a whole file or none (docs/pool.md,
 * "Directory"). The syncs of many files run side by side.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fsync,
  futimesSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pMap from "p-map";
import { errorCode, listFolderBelow, lookAt, noFolder } from "./safe-file.js";

export interface NewFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** The folder on the way to `path` in which it is written before it is renamed. */
  readonly beside: string;
  /** The time of its last change, in seconds since 1970; `null` for the present. */
  readonly time: number | null;
}

/**
 * Writes files, and gives the paths of those that were not there. They appear in their
 * order, and when this answers they are durable, and so are the folders on the way to
 * them and to the files `others`. Throws where something on the way is no folder, and
 * when the system fails; then nothing is left half written.
 */
export async function writeFilesBelow(
  root: string,
  files: readonly NewFile[],
  others: readonly string[] = [],
): Promise<ReadonlySet<string>> {
  const made: string[] = [];
  const unsynced = new Set<string>();
  const temporary = new Map<NewFile, string>();
  try {
    if (files.length > 0) makeRoot(root, made, unsynced);
    const known = new Set<string>();
    for (const { path } of files) makeFolders(root, path, made, known);
    for (const file of files) {
      temporary.set(file, `${root}/${file.beside}/.${randomBytes(8).toString("hex")}.tmp`);
    }
    await sideBySide([...temporary], ([file, place]) => writeSynced(place, file));
    const written = new Set<string>();
    for (const [file, place] of temporary) {
      if (await putInPlace(place, `${root}/${file.path}`)) written.add(file.path);
      temporary.delete(file);
    }
    // Also of those that another writer has put there meanwhile.
    for (const path of [...files.map((file) => file.path), ...others]) {
      for (const folder of foldersOf(path)) unsynced.add(`${root}/${folder}`);
      unsynced.add(root);
    }
    await sideBySide([...unsynced], syncFolder);
    return written;
  } catch (error) {
    for (const place of temporary.values()) rmSync(place, { force: true });
    for (const folder of made.reverse()) removeIfEmpty(folder);
    throw error;
  }
}

/**
 * Removes what writers that were killed left in a folder below `root`, once it is old.
 * What cannot be removed stays: it does no harm.
 */
export function sweepTemporary(root: string, folder: string): void {
  try {
    for (const { name } of listFolderBelow(root, folder)) {
      const place = `${root}/${folder}/${name}`;
      if (isTemporary(name) && isOld(place)) rmSync(place, { force: true });
    }
  } catch {}
}

/** Is this the name of a file that is being written, or was when its writer was killed? */
export function isTemporary(name: string): boolean {
  return /^\.[0-9a-f]{16}\.tmp$/.test(name);
}

/** No writer takes an hour from a file's first byte to its rename. */
const OLD_MILLISECONDS = 3_600_000;

/** Was a file written so long ago that its writer must be gone? */
export function isOld(place: string): boolean {
  const stats = lookAt(place);
  return stats?.isFile() === true && Date.now() - stats.mtimeMs > OLD_MILLISECONDS;
}

/** Files that are open, and syncs that wait, at a time: the system has four threads for them. */
const AT_A_TIME = 16;

/** Runs a task for each, to its end even where one fails; then throws the first error. */
async function sideBySide<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  try {
    await pMap(items, task, { concurrency: AT_A_TIME, stopOnError: false });
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}

function makeRoot(root: string, made: string[], unsynced: Set<string>): void {
  const missing: string[] = [];
  for (let folder = root; !existsSync(folder); folder = dirname(folder)) {
    if (dirname(folder) === folder) break;
    missing.unshift(folder);
    unsynced.add(dirname(folder));
  }
  mkdirSync(root, { recursive: true });
  made.push(...missing);
}

/** The folders on the way to a path, from the top. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
    folders.push(path.slice(0, at));
  }
  return folders;
}

/** `known` are folders that are there. */
function makeFolders(root: string, path: string, made: string[], known: Set<string>): void {
  for (const folder of foldersOf(path)) {
    if (known.has(folder)) continue;
    known.add(folder);
    const place = `${root}/${folder}`;
    if (isFolder(place)) continue;
    if (makeFolder(place)) made.push(place);
    else if (!isFolder(place)) throw noFolder(place);
  }
}

function isFolder(place: string): boolean {
  return lookAt(place)?.isDirectory() === true;
}

function makeFolder(place: string): boolean {
  try {
    mkdirSync(place);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

const syncFile = promisify(fsync);

async function writeSynced(place: string, { bytes, time }: NewFile): Promise<void> {
  const file = openSync(place, "wx");
  try {
    writeFileSync(file, bytes);
    if (time !== null) futimesSync(file, time, time);
    await syncFile(file);
  } finally {
    closeSync(file);
  }
}

/** How often Windows is asked again: a program that looks for viruses may hold the file. */
const RENAMES = 10;

/** Renames a file, unless another writer was here; says whether it was needed. */
async function putInPlace(temporary: string, place: string): Promise<boolean> {
  for (let asked = 1; ; asked += 1) {
    if (lookAt(place) !== undefined) {
      rmSync(temporary);
      return false;
    }
    try {
      renameSync(temporary, place);
      return true;
    } catch (error) {
      const isHeld = ["EACCES", "EBUSY", "EPERM"].includes(errorCode(error));
      if (process.platform !== "win32" || !isHeld || asked === RENAMES) throw error;
      await sleep(asked * asked);
    }
  }
}

/** A rename is durable once its folder is synced; Windows cannot, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const file = openSync(folder, constants.O_RDONLY);
  try {
    await syncFile(file);
  } catch (error) {
    // There are file systems of networks that have no sync of a folder.
    if (!["EBADF", "EINVAL", "ENOTSUP"].includes(errorCode(error))) throw error;
  } finally {
    closeSync(file);
  }
}

/** A folder that others use by now stays. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {}
}
