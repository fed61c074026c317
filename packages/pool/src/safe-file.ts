/**
 * Files of a place that nobody has checked: read without following links, opening
 * devices or reading more than a limit; written whole or not at all.
 */
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";

/** Windows has neither flag. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads the file at `path` (with `/`) below `root`. Gives `undefined` where there is
 * none, "not-a-file" for a link on the way or at the end, a folder or a device, and
 * "too-large". Throws when the system fails.
 */
export async function readFileBelow(
  root: string,
  path: string,
  most: number,
): Promise<Uint8Array | "not-a-file" | "too-large" | undefined> {
  const full = join(await realpath(root), path);
  try {
    if ((await realpath(full)) !== full) return "not-a-file";
    const file = await open(full, READ);
    try {
      return (await file.stat()).isFile() ? await readUpTo(file, most) : "not-a-file";
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT") return undefined;
    if (code === "ELOOP" || code === "ENOTDIR" || code === "EISDIR") return "not-a-file";
    throw error;
  }
}

/** The names in the folder at `path` (with `/`) below `root`; none where it is none, or a link. */
export async function listFolderBelow(root: string, path: string): Promise<string[]> {
  try {
    const full = join(await realpath(root), path);
    return (await realpath(full)) === full ? await readdir(full) : [];
  } catch (error) {
    if (["ENOENT", "ELOOP", "ENOTDIR"].includes(errorCode(error))) return [];
    throw error;
  }
}

async function readUpTo(file: FileHandle, most: number): Promise<Uint8Array | "too-large"> {
  const { size } = await file.stat();
  if (size > most) return "too-large";
  // It may grow while it is read.
  const bytes = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
    if (length === bytes.length) return "too-large";
  }
}

/**
 * Writes the file at `path` (with `/`) below `root`: beside its place, synced, then
 * renamed, so that a crash or a second writer leaves a whole file or none. Throws
 * where a folder on the way is a link, and when the system fails.
 */
export async function writeFileBelow(root: string, path: string, text: string): Promise<void> {
  await mkdir(root, { recursive: true });
  const full = join(await realpath(root), path);
  const folder = dirname(full);
  await mkdir(folder, { recursive: true });
  if ((await realpath(folder)) !== folder) {
    throw new Error(`${folder} is reached through a link, and a pool has none`);
  }
  const beside = join(folder, `.${basename(full)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = await open(beside, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, full);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** A rename is kept when its folder is synced; Windows cannot, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (sep === "\\") return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The code of a system error: `ENOENT`. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}
