/** The check of a repository on disk: what the command, and every other front end, calls. */
import { join } from "node:path";
import { type Report, type RunLimits, verify } from "@ouverture/core";
import { openDirectoryPool } from "./directory/directory-pool.js";
import { POOL_FOLDER } from "./sources/find-repository.js";
import { sourceFiles } from "./sources/source-files.js";

export interface RepositoryOptions {
  /** The folder of the repository. */
  readonly root: string;
  /** Files and folders, relative to `root` and with `/`: only they are searched. */
  readonly paths?: readonly string[] | undefined;
  /** The directory of the pool; without it the repository's own, `.ouverture`. */
  readonly pool?: string | undefined;
  readonly limits?: Partial<RunLimits> | undefined;
}

/**
 * Verifies every pool import of a repository against its pool. It throws when the
 * repository itself cannot be listed; all else is in the report.
 */
export async function verifyRepository(options: RepositoryOptions): Promise<Report> {
  const { root, paths, limits } = options;
  const pool = openDirectoryPool(options.pool ?? join(root, POOL_FOLDER));
  return verify(sourceFiles(root, paths), pool, { limits });
}
