/** From a place in a repository to the repository. */
import { existsSync, lstatSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder in a repository that holds its pool (docs/pool.md, "Directory"). */
export const POOL_FOLDER = ".ouverture";

/**
 * The folder, at `start` or above, that has a pool of its own; else the one that git
 * knows as a repository; else `start`. A file's folder is where its search starts.
 */
export function findRepository(start: string): string {
  const isFolder = lstatSync(start, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const first = isFolder ? start : dirname(start);
  return findUp(first, [POOL_FOLDER, ".git"]) ?? first;
}

function findUp(start: string, names: readonly string[]): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    if (names.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return null;
  }
}
