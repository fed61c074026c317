/** What verify says is wrong, as data (docs/verify.md, "Findings are data"). */
import { compareByCodePoint } from "../canonical/code-points.js";
import type { Fault, FaultDataByCode, Span } from "../result.js";
import type { DecodingReason } from "./ports.js";

/** What each code carries. */
export interface FindingDataByCode
  extends Pick<FaultDataByCode, "malformed-object" | "hash-mismatch" | "wrong-dependencies"> {
  readonly "not-canonical": FaultDataByCode["not-canonical"] & {
    /** It is intact, and was written by the Python tool: a warning. */
    readonly isOlderForm: boolean;
  };
  /** `name` is what is imported, or `*`; `full` the hash that it abbreviates, where one is known. */
  readonly "malformed-import": { readonly name: string; readonly full: string | null };
  /** `name` is what is called, or the module that is handed on. */
  readonly "dynamic-import": { readonly form: "call" | "getattr" | "value"; readonly name: string };
  readonly "unreadable-source":
    | { readonly reason: "syntax"; readonly fault: Fault }
    | DecodingReason;
  readonly missing: Record<never, never>;
  /** `error` is what the source of objects said when it failed. */
  readonly unreachable: { readonly error: string };
  readonly "limit-exceeded": {
    readonly limit: FaultDataByCode["limit-exceeded"]["limit"] | RunLimit;
    readonly most: number;
  };
}
export type FindingCode = keyof FindingDataByCode;
/** The limits of a run: how deep and how many functions, and their bytes. */
export type RunLimit = "depth" | "functions" | "run-bytes";

export type Severity = "error" | "warning";

/** A place in a source: lines and columns from 1, columns in code points, the end exclusive. */
export interface Location {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly end: { readonly line: number; readonly column: number };
}
/** Where an import leads to what is wrong. `via` is the way there: see `Finding`. */
export interface FindingLocation extends Location {
  readonly via: readonly string[];
}

/** Gives the location of a span in a file. */
export function locationOf(path: string, span: Span | null): Location {
  if (span === null) return { path, line: 1, column: 1, end: { line: 1, column: 1 } };
  const { line, column, endLine, endColumn } = span;
  return { path, line, column, end: { line: endLine, column: endColumn } };
}

/** The order of places: by path, then as they follow each other in the file. */
export function compareLocations(a: Location, b: Location): number {
  return compareByCodePoint(a.path, b.path) || a.line - b.line || a.column - b.column;
}

/** A code with its particulars. */
export type FindingDetail = {
  readonly [C in FindingCode]: { readonly code: C; readonly data: FindingDataByCode[C] };
}[FindingCode];

/**
 * One thing that is wrong, with every import that it concerns. `hash` is the
 * function, `null` where the import itself is at fault. `via` is the shortest way
 * from an import to it: the function that is imported first, the one that imports
 * `hash` last; empty where `hash` itself is imported.
 */
export type Finding = FindingDetail & {
  readonly severity: Severity;
  readonly hash: string | null;
  readonly via: readonly string[];
  readonly locations: readonly FindingLocation[];
};
