/** The limits of a run, with the defaults of docs/verify.md, "Untrusted". */

/** How much may be followed from an import. */
export interface ClosureLimits {
  /** How far a function may be from an import; what is imported is at depth 1. */
  readonly depth: number;
  readonly functions: number;
  /** Of all objects together. */
  readonly bytes: number;
}
export interface RunLimits extends ClosureLimits {
  /** How long the run may last, where the caller has a clock. */
  readonly milliseconds: number;
}

export const DEFAULT_LIMITS: RunLimits = {
  depth: 256,
  functions: 10_000,
  bytes: 64 << 20,
  milliseconds: 600_000,
};

/** The limits of a run as findings name them. */
export type RunLimit = "depth" | "functions" | "run-bytes" | "time";

/** What a limit is set to; of `time` in milliseconds. */
export function mostOf(limit: RunLimit, limits: RunLimits): number {
  switch (limit) {
    case "run-bytes":
      return limits.bytes;
    case "time":
      return limits.milliseconds;
    default:
      return limits[limit];
  }
}
