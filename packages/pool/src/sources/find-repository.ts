/** From a place in a repository to the repository. */
import { existsSync, lstatSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder in a repository that holds its pool (docs/pool.md, "Directory"). */
export const POOL_FOLDER = ".ouverture";

/**
 * The folder, at `start` or above, that has a pool of its own; else the one that git
 * knows as a repository; else `start`. A file's folder is where its search starts. What
 * is called so in `home` holds the user's configuration, and is no pool.
 */
export function findRepository(start: string, home?: string): string {
  const isFolder = lstatSync(start, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const first = isFolder ? start : dirname(start);
  for (let folder = first; ; folder = dirname(folder)) {
    const isPool = existsSync(join(folder, POOL_FOLDER)) && !isSameFolder(folder, home);
    if (isPool || existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return first;
  }
}

/** Are they one folder, by whatever path? */
export function isSameFolder(one: string, other: string | undefined): boolean {
  return other !== undefined && realpathOr(one) === realpathOr(other);
}

function realpathOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
