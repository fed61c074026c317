/**
 * Files below a folder in which anything may stand: read without following links,
 * opening devices or reading more than a limit. All of it is synchronous: a call takes
 * some microseconds, and several times that on another thread.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  type Dirent,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  type Stats,
  statSync,
} from "node:fs";

/**
 * Reads the file at `path` (with `/`) below `root`, which may itself be a link. Gives
 * `undefined` where there is none, "not-a-file" for a link on the way or at the end, a
 * folder or a device, and "too-large" over `most` bytes. Throws when the system fails.
 */
export function readFileBelow(
  root: string,
  path: string,
  most: number,
): Uint8Array | "not-a-file" | "too-large" | undefined {
  if (TELLS_PLACES) {
    // Whether there are links on the way is told once it is open. What does not open is looked at.
    const read = attempt(() => readSeenFile(root, path, most));
    if (read !== undefined) return read;
  }
  const seen = lookBelow(root, path);
  if (seen === undefined) return undefined;
  return seen === "blocked" || !seen.isFile() ? "not-a-file" : readSeenFile(root, path, most);
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** As `readFileBelow`, where the folders on the way and the file were seen to be such just now. */
export function readSeenFile(
  root: string,
  path: string,
  most: number,
): Uint8Array | "not-a-file" | "too-large" | undefined {
  return withFile(root, path, (file, size) => (size > most ? "too-large" : readBytes(file, size)));
}

/** The sha256 of such a file, of any size, in hexadecimal. */
export function hashSeenFile(root: string, path: string): string | "not-a-file" | undefined {
  return withFile(root, path, (file) => {
    const hash = createHash("sha256");
    for (;;) {
      const chunk = readBytes(file, CHUNK);
      if (chunk.length === 0) return hash.digest("hex");
      hash.update(chunk);
    }
  });
}
const CHUNK = 1 << 16;

/** What is in the folder at `path` (with `/`) below `root`; nothing where it is none, or a link. */
export function listFolderBelow(root: string, path: string): Dirent[] {
  const seen = lookBelow(root, path);
  if (seen === undefined || seen === "blocked" || !seen.isDirectory()) return [];
  return listFolder(`${root}/${path}`);
}

/** What is in a folder; nothing where there is none by now. */
export function listFolder(place: string): Dirent[] {
  return orNothing(() => readdirSync(place, { withFileTypes: true }));
}

/** The names of what is in a folder, sorted; nothing where there is none. A link is followed. */
export function listNames(place: string): string[] {
  return orNothing(() => readdirSync(place)).sort();
}

function orNothing<T>(list: () => T[]): T[] {
  try {
    return list();
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

/**
 * What stands at `path` (with `/`) below `root`: `undefined` where there is nothing,
 * "blocked" where something on the way is no folder, but a link or a file. Throws where
 * `root` is no folder, and when the system fails.
 */
export function lookBelow(root: string, path: string): Stats | "blocked" | undefined {
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
    const seen = lookAt(`${root}/${path.slice(0, at)}`);
    if (seen === undefined) return requireFolder(root);
    if (!seen.isDirectory()) return "blocked";
  }
  return lookAt(`${root}/${path}`) ?? requireFolder(root);
}

/** What stands in a place, without following a link; `undefined` where there is nothing. */
export function lookAt(place: string | Buffer): Stats | undefined {
  try {
    return lstatSync(place, { throwIfNoEntry: false });
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** The code of a system error: `ENOENT`. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}

/** The error of the system for a place where a folder should be. */
export function noFolder(place: string): Error {
  return Object.assign(new Error(`${place} is no folder`), { code: "ENOTDIR", path: place });
}

/** Does an error of the system say that nothing is there? */
export function isAbsence(error: unknown): boolean {
  return ABSENT.has(errorCode(error));
}
/** A folder may go while it is looked at; and none has a name of 256 characters. */
const ABSENT: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG"]);

/** What is not there has nothing in it, but a file in its place is a mistake. */
function requireFolder(root: string): undefined {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() === false) throw noFolder(root);
  return undefined;
}

/**
 * To open what nobody has checked: a link is not followed, a pipe not waited for, a terminal not
 * taken over. Windows has none of these flags.
 */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
export const READ = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

function withFile<T>(
  root: string,
  path: string,
  use: (file: number, size: number) => T,
): T | "not-a-file" | undefined {
  const file = openFile(`${root}/${path}`);
  if (typeof file !== "number") return file;
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || !isOpenedBelow(file, root, path)) return "not-a-file";
    return use(file, stats.size);
  } finally {
    closeSync(file);
  }
}

/** Opens what was a file when it was looked at. */
function openFile(place: string): number | "not-a-file" | undefined {
  try {
    return openSync(place, READ);
  } catch (error) {
    if (errorCode(error) === "ELOOP") return "not-a-file";
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/**
 * Is an open file where it was looked for? A folder on the way may have been exchanged
 * for a link just then. Linux tells; elsewhere this moment is not seen.
 */
function isOpenedBelow(file: number, root: string, path: string): boolean {
  if (!TELLS_PLACES) return true;
  const place = placeOfOpen(file);
  if (place !== null && isPlace(place, TRUE_ROOTS.get(root), path)) return true;
  // It is the first file below this root, or the root was moved.
  const folder = openSync(root, constants.O_RDONLY);
  try {
    const trueRoot = placeOfOpen(folder)?.replace(/\/$/, "");
    if (trueRoot === undefined || place === null) return false;
    TRUE_ROOTS.set(root, trueRoot);
    return isPlace(place, trueRoot, path);
  } finally {
    closeSync(folder);
  }
}

/** Where the roots are, without links. */
const TRUE_ROOTS = new Map<string, string>();

function isPlace(place: string, trueRoot: string | undefined, path: string): boolean {
  const expected = `${trueRoot}/${path}`;
  return place === expected || place === `${expected} (deleted)`;
}

/** Does the system tell where an open file is? Linux does, where /proc is mounted. */
const TELLS_PLACES = process.platform === "linux" && existsSync("/proc/self/fd");

/** Where an open file or folder is, without links (proc(5)); `null` where that fails. */
function placeOfOpen(file: number): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${file}`);
  } catch {
    return null;
  }
}

/** The next bytes, `size` of them or up to the end. */
function readBytes(file: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const count = readSync(file, bytes, length, size - length, null);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}
