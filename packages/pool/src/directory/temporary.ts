/** Files and folders that are being written, beside their place and under a name of their own. */
import { rmSync } from "node:fs";
import { listFolderBelow, lookAt } from "./safe-file.js";

/** A new place in a folder. Whoever writes there must not find it taken (`wx`). */
export function temporaryPlace(folder: string): string {
  return `${folder}/.${randomDigits()}${randomDigits()}.tmp`;
}

/** Eight hexadecimal digits that nobody else has; those who would guess them gain nothing. */
function randomDigits(): string {
  return Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, "0");
}

/**
 * Removes what writers that were killed left in a folder below `root`, once it is old.
 * What cannot be removed stays: it does no harm.
 */
export function sweepTemporary(root: string, folder: string): void {
  try {
    for (const { name } of listFolderBelow(root, folder)) {
      const place = `${root}/${folder}/${name}`;
      if (isTemporary(name) && isOld(place)) rmSync(place, { force: true, recursive: true });
    }
  } catch {}
}

/** Is this the name of what is being written, or was when its writer was killed? */
export function isTemporary(name: string): boolean {
  return /^\.[0-9a-f]{16}\.tmp$/.test(name);
}

/** No writer takes an hour from the first byte to the rename. */
const OLD_MILLISECONDS = 3_600_000;

/** Was a file or folder written so long ago that its writer must be gone? */
export function isOld(place: string): boolean {
  const stats = lookAt(place);
  const isPlain = stats?.isFile() === true || stats?.isDirectory() === true;
  return isPlain && Date.now() - stats.mtimeMs > OLD_MILLISECONDS;
}
