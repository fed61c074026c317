/**
 * Every function that a repository imports from the pool, and every function that
 * those depend on, is what its hash says; or the report says which is not, and
 * where it is imported (docs/verify.md).
 */
import { inspectFunction } from "./inspect-function.js";
import type { ObjectSource, SourceFiles } from "./ports.js";
import type { Report } from "./report.js";
import { type VerifyOptions, verifyWith } from "./verify-with.js";

/**
 * Verifies the sources of a repository against a source of objects. Throws what `sources` throw,
 * and the reason of `options.signal` once that is aborted; what the source of objects throws is a
 * finding.
 */
export function verify(
  sources: SourceFiles,
  objects: ObjectSource,
  options: VerifyOptions = {},
): Promise<Report> {
  return verifyWith(inspectFunction, sources, objects, options);
}
