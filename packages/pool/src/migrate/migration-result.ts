/** What the migration of a pool tells of each function. */
import type { MigrationFinding } from "@ouverture/core";

/** What became of a function. */
export interface MigrationResult {
  /**
   * - `migrated`: it is in schema 1 now, under the same hash.
   * - `rehashed`: it is there under its new hash `now`, too. The old one stays.
   * - `rewritten`: its text is its normal form now; its hash was that already.
   * - `refused`: it is as it was, and `message` says why.
   */
  readonly outcome: "migrated" | "rehashed" | "rewritten" | "refused";
  readonly hash: string;
  /** Its hash afterwards. */
  readonly now: string;
  /** The file that it was in, relative to the pool, with `/`. */
  readonly path: string;
  /** How many mappings were carried over. */
  readonly mappings: number;
  /** What could not be carried over. A file of schema 0 with such a part is kept. */
  readonly findings: readonly MigrationFinding[];
  /** Functions that it imports and that are not in the pool: their new hashes are not known. */
  readonly missing: readonly string[];
  /** Was the file of schema 0 removed? */
  readonly isRemoved: boolean;
  /** Why it was refused, in one line that is harmless to show; "" where it was not. */
  readonly message: string;
}

/** A function that is as it was. */
export function refusedResult(hash: string, path: string, message: string): MigrationResult {
  return {
    outcome: "refused",
    hash,
    now: hash,
    path,
    mappings: 0,
    findings: [],
    missing: [],
    isRemoved: false,
    message,
  };
}
