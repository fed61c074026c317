/** A file that takes the place of another: whole, or not at all. */
import { closeSync, fchmodSync, fsync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { temporaryPlace } from "../directory/temporary.js";

export interface ReplaceOptions {
  /** The permissions of the new file; by default what the process gives. */
  readonly mode?: number;
  /** The folder, on the same disk, in which it is written first; by default its own. */
  readonly beside?: string;
  /** `false` for what can be made again, should the machine break down just then. */
  readonly isSynced?: boolean;
}

const syncFile = promisify(fsync);

/** Writes a file and renames it to `path`. Throws when the system fails. */
export async function replaceFile(
  path: string,
  text: string,
  { mode, beside = dirname(path), isSynced = true }: ReplaceOptions = {},
): Promise<void> {
  const temporary = temporaryPlace(beside);
  try {
    const file = openSync(temporary, "wx", mode);
    try {
      if (mode !== undefined) fchmodSync(file, mode);
      writeFileSync(file, text);
      if (isSynced) await syncFile(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
