/** What a run gives (docs/verify.md, "Findings are data"): plain data, from which every report is made. */
import type { Verdict } from "./closure.js";
import type { EffectKind } from "./effect-kinds.js";
import type { Finding, Location } from "./finding.js";
import type { RunLimit } from "./limits.js";
import type { Notice } from "./notice.js";
import type { SkipReason } from "./ports.js";
import type { LocatedImport } from "./search-source.js";

export interface Report {
  /** `unchecked`: there was nothing to search, or nothing but failures of the sources of objects. */
  readonly outcome: "verified" | "failed" | "unchecked";
  readonly mode: ReportMode;
  readonly coverage: Coverage;
  /** Errors first, then in the order of their first places. */
  readonly findings: readonly Finding[];
  /** What functions do that may: each effect that any has, in the order of the table. */
  readonly effects: readonly ReportedEffect[];
  readonly notices: readonly Notice[];
  readonly imports: readonly ReportedImport[];
  readonly functions: readonly ReportedFunction[];
}

/** What a front end ends with (docs/verify.md, "Exit status"). */
export const EXIT_STATUS = { verified: 0, failed: 1, unchecked: 2 } as const satisfies Readonly<
  Record<Report["outcome"], number>
>;

/** What was asked for: every import, those of files that differ between two commits, or those of staged files. */
export interface ReportMode {
  readonly kind: "all" | "changed" | "staged";
  readonly base: string | null;
  readonly head: string | null;
}

/** What was looked at, and what was not. */
export interface Coverage {
  /** Files that were searched. */
  readonly files: number;
  readonly imports: number;
  /** The imported functions and all that they depend on. */
  readonly functions: number;
  readonly verified: number;
  readonly skipped: readonly Skipped[];
}
export interface Skipped {
  readonly what: "file" | "function";
  readonly reason: SkipReason | RunLimit | "unfetched";
  readonly count: number;
}

export interface ReportedEffect {
  readonly effect: EffectKind;
  /** How many functions have it themselves. */
  readonly functions: number;
  /** The one nearest to an import; `via` is the way to it. */
  readonly example: {
    readonly hash: string;
    readonly via: readonly string[];
    readonly location: Location;
  };
}

/** An import. It is verified when its function and all that this depends on are. */
export type ReportedImport = LocatedImport & { readonly verified: boolean };

export interface ReportedFunction {
  readonly hash: string;
  /** `failed` is one about which a finding says something that is an error. */
  readonly verdict: Verdict;
  readonly dependencies: readonly string[];
  /** What it does itself. */
  readonly effects: readonly EffectKind[];
  /** What it does with all that it depends on. */
  readonly closureEffects: readonly EffectKind[];
}
