/**
 * Files and folders that are written below a folder: each beside its place, synced, then
 * renamed, so that a crash or a second writer leaves a whole one or none (docs/pool.md,
 * "Directory"). A folder comes with all that is in it, by one rename.
 */
import {
  closeSync,
  existsSync,
  futimesSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { errorCode, lookAt, noFolder } from "./safe-file.js";
import { MOST_OPEN, syncAndClose, syncFolders } from "./sync.js";
import { temporaryPlace } from "./temporary.js";

export interface NewFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** The folder on the way to `path` in which it is written before it is renamed. */
  readonly beside: string;
  /** The time of its last change, in seconds since 1970; `null` for the present. */
  readonly time: number | null;
}

/** A folder that is not there yet. */
export interface NewFolder {
  readonly path: string;
  readonly beside: string;
  /** All that will be in it; their paths begin with its own. */
  readonly files: readonly NewFile[];
}

/**
 * Writes files and folders, and gives the paths of the files that were not there. They
 * appear in their order, and when this answers they are durable, and so are the folders
 * on the way to them and to the files `others`. A folder that came to be there meanwhile
 * gets what it lacks. Throws where something on the way is no folder, and when the system
 * fails; then nothing is left half written.
 */
export async function writeBelow(
  root: string,
  entries: readonly (NewFile | NewFolder)[],
  others: readonly string[] = [],
): Promise<ReadonlySet<string>> {
  const made: string[] = [];
  const unsynced = new Set<string>();
  const temporary = new Map<NewFile | NewFolder, string>();
  try {
    if (entries.length > 0) makeRoot(root, made, unsynced);
    const known = new Set<string>();
    for (const { path } of entries) makeFolders(root, path, made, known);
    for (const entry of entries) temporary.set(entry, temporaryPlace(`${root}/${entry.beside}`));
    await writeTemporary(temporary);
    const written = new Set<string>();
    for (const [entry, place] of temporary) {
      const files =
        "files" in entry
          ? await putFolderInPlace(root, entry, place, made)
          : await putFilesInPlace(root, [[entry, place]]);
      for (const path of files) written.add(path);
      temporary.delete(entry);
    }
    // Also of those that another writer has put there meanwhile.
    for (const path of [...entries.map((entry) => entry.path), ...others]) {
      for (const folder of foldersOf(path)) unsynced.add(`${root}/${folder}`);
      unsynced.add(root);
    }
    await syncFolders(unsynced);
    return written;
  } catch (error) {
    for (const place of temporary.values()) rmSync(place, { force: true, recursive: true });
    for (const folder of made.reverse()) removeIfEmpty(folder);
    throw error;
  }
}

/** All of it is on the disk then, and nothing of it in its place. */
async function writeTemporary(temporary: ReadonlyMap<NewFile | NewFolder, string>): Promise<void> {
  const folders: string[] = [];
  let open: number[] = [];
  try {
    for (const [entry, place] of temporary) {
      const files = "files" in entry ? entry.files : [entry];
      if ("files" in entry) makeTemporaryFolders(entry, place, folders);
      for (const file of files) {
        open.push(writeOpen(placeIn(entry, place, file), file));
        if (open.length < MOST_OPEN) continue;
        const full = open;
        open = [];
        await syncAndClose(full);
      }
    }
  } catch (error) {
    for (const file of open) closeSync(file);
    throw error;
  }
  await syncAndClose(open);
  await syncFolders(folders);
}

/** Where a file is while it is temporary. */
function placeIn(entry: NewFile | NewFolder, place: string, file: NewFile): string {
  return place + file.path.slice(entry.path.length);
}

/** Nobody else knows of these. */
function makeTemporaryFolders({ path, files }: NewFolder, place: string, made: string[]): void {
  const known = new Set<string>();
  for (const file of files) {
    for (const folder of foldersOf(file.path)) {
      if (folder.length < path.length || known.has(folder)) continue;
      known.add(folder);
      const temporary = place + folder.slice(path.length);
      mkdirSync(temporary);
      made.push(temporary);
    }
  }
}

function writeOpen(place: string, { bytes, time }: NewFile): number {
  const file = openSync(place, "wx");
  try {
    // `writeFileSync` would ask for the size of the file first.
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    if (time !== null) futimesSync(file, time, time);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** What systems say where a folder that is not empty is in the place of another. */
const TAKEN = ["ENOTEMPTY", "EEXIST", "EPERM", "EACCES", "ENOTDIR"];

/** Gives the paths of the files that were not there. */
async function putFolderInPlace(
  root: string,
  entry: NewFolder,
  place: string,
  made: string[],
): Promise<readonly string[]> {
  try {
    await renameHeld(place, `${root}/${entry.path}`);
    return entry.files.map(({ path }) => path);
  } catch (error) {
    if (!TAKEN.includes(errorCode(error)) || lookAt(`${root}/${entry.path}`) === undefined) {
      throw error;
    }
  }
  const known = new Set<string>();
  const ways = new Set<string>();
  for (const { path } of entry.files) {
    makeFolders(root, path, made, known);
    for (const folder of foldersOf(path)) ways.add(`${root}/${folder}`);
  }
  const moved = entry.files.map((file): [NewFile, string] => [file, placeIn(entry, place, file)]);
  const written = await putFilesInPlace(root, moved);
  await syncFolders(ways);
  rmSync(place, { force: true, recursive: true });
  return written;
}

async function putFilesInPlace(
  root: string,
  files: readonly (readonly [NewFile, string])[],
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [{ path }, temporary] of files) {
    if (lookAt(`${root}/${path}`) === undefined) {
      await renameHeld(temporary, `${root}/${path}`);
      written.push(path);
    } else {
      // Another writer was here.
      rmSync(temporary);
    }
  }
  return written;
}

/** How often Windows is asked again: a program that looks for viruses may hold the file. */
const RENAMES = 10;

async function renameHeld(from: string, to: string): Promise<void> {
  for (let asked = 1; ; asked += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const isHeld = ["EACCES", "EBUSY", "EPERM"].includes(errorCode(error));
      if (process.platform !== "win32" || !isHeld || asked === RENAMES) throw error;
      await new Promise((resolve) => setTimeout(resolve, asked * asked));
    }
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

/** A folder that others use by now stays. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {}
}
