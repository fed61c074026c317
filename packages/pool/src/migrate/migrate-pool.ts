/**
 * The migration of a pool directory (docs/pool.md, "Migration"): functions of schema 0
 * to schema 1, and, where it is asked for, functions of the older form to their normal
 * form. What is bad is told, and the rest goes on; nothing is taken away before what
 * takes its place was read back and checked.
 */
import type { DirectoryPool } from "../directory/directory-pool.js";
import { storeError } from "../directory/system-failure.js";
import { migrateOldFunctions } from "./migrate-old-functions.js";
import type { MigrationResult } from "./migration-result.js";
import { rehashFunctions } from "./rehash-functions.js";

export interface PoolMigrationOptions {
  /** Only this function, and with `rehash` what it depends on. */
  readonly hash?: string | undefined;
  /** Files of schema 0 are kept. */
  readonly keepV0?: boolean | undefined;
  /** Everything is tried, and nothing written. */
  readonly dryRun?: boolean | undefined;
  /** Functions of the older form get their normal form, and their callers follow. */
  readonly rehash?: boolean | undefined;
  /** Is told of each function that is not as it should be, callees first. */
  readonly onResult?: ((result: MigrationResult) => void) | undefined;
}

/** How many functions there were of each outcome. */
export type MigrationSummary = Readonly<Record<MigrationResult["outcome"], number>>;

/**
 * Migrates a pool, or one function of it. Throws a `StoreError` where the pool as a whole
 * cannot be read or written; what was done by then is whole.
 */
export async function migratePool(
  pool: DirectoryPool,
  options: PoolMigrationOptions = {},
): Promise<MigrationSummary> {
  const counts = { migrated: 0, rehashed: 0, rewritten: 0, refused: 0 };
  async function tell(results: AsyncIterable<MigrationResult>): Promise<void> {
    for await (const result of results) {
      counts[result.outcome] += 1;
      options.onResult?.(result);
    }
  }
  try {
    await tell(migrateOldFunctions(pool, options));
    if (options.rehash === true) await tell(rehashFunctions(pool, options));
  } catch (error) {
    throw storeError(pool.name, options.dryRun === true ? "read" : "written", error);
  }
  return counts;
}
