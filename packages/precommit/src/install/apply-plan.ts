/** Does what was agreed to: all of it, or nothing. */
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { replaceFile } from "@ouverture/pool";
import { fail } from "../failure.js";
import type { FileChange } from "./plan.js";
import { readOwn } from "./repository-state.js";

/** Changes the files. Throws, and leaves them as they were, where one of them cannot be. */
export async function applyChanges(changes: readonly FileChange[]): Promise<void> {
  for (const { path, shown, before } of changes) {
    if (readOwn(path) !== before) {
      fail(`'${shown}' has been changed in the meantime.`, "Run the command again.");
    }
  }
  const done: FileChange[] = [];
  try {
    for (const change of changes) {
      await write(change, change.after);
      done.push(change);
    }
  } catch (error) {
    for (const change of done.reverse()) await write(change, change.before);
    throw error;
  }
}

async function write({ path, mode }: FileChange, text: string | null): Promise<void> {
  const folder = dirname(path);
  if (text === null) {
    rmSync(path, { force: true });
    if (folder.endsWith(".husky") && readdirSync(folder).length === 0) rmdirSync(folder);
    return;
  }
  mkdirSync(folder, { recursive: true });
  const there = lstatSync(path, { throwIfNoEntry: false });
  const wanted = there?.isFile() ? there.mode & 0o7777 : mode & ~process.umask();
  await replaceFile(path, text, { mode: wanted });
}
