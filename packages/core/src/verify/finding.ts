/** What verify says is wrong, as data (docs/verify.md, "Findings are data"). */
import { compareByCodePoint } from "../canonical/code-points.js";
import type { Fault, FaultDataByCode, Span } from "../result.js";
import type { EffectKind } from "./effect-kinds.js";
import type { RunLimit } from "./limits.js";
import type { DecodingReason, SourceProblem } from "./ports.js";

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
  readonly "dynamic-import": { readonly form: DynamicForm; readonly name: string };
  readonly "unreadable-source":
    | { readonly reason: "syntax"; readonly fault: Fault }
    | DecodingReason;
  readonly missing: Record<never, never>;
  /** `error` is what the source of objects said when it failed. */
  readonly unreachable: { readonly error: string };
  readonly "limit-exceeded": {
    readonly limit: FaultDataByCode["limit-exceeded"]["limit"] | RunLimit;
    /** Of `time` in milliseconds. */
    readonly most: number;
  };
  /** What the function itself does; what it imports has findings of its own. */
  readonly "forbidden-effect": { readonly effects: readonly ForbiddenEffect[] };
  /** `mapping` is the hash under which it is stored; `name` the name, number, hash or key at fault. */
  readonly "invalid-mapping": {
    readonly language: string;
    readonly mapping: string;
    readonly reason: string;
    readonly name: string;
  };
  readonly "confusable-name": {
    readonly where: "mapping" | "code" | "import";
    /** Of a mapping, its language and its hash. */
    readonly language: string | null;
    readonly mapping: string | null;
    readonly name: string;
    readonly kind: ConfusableKind;
    /** The name that it looks like, where there is one. */
    readonly other: string | null;
  };
  readonly "registry-fault": Pick<SourceProblem, "store" | "kind" | "message">;
  /** `effects` are those of the exemption that exempt nothing. */
  readonly "unused-exemption": {
    readonly hash: string;
    readonly effects: readonly EffectKind[];
    readonly reason: string;
  };
  /** `expires` was the last day, as `2027-01-31`. */
  readonly "expired-exemption": {
    readonly hash: string;
    readonly expires: string;
    readonly reason: string;
  };
}
/** See `DynamicImport`. */
export type DynamicForm = "call" | "getattr" | "value" | "magic";
export type FindingCode = keyof FindingDataByCode;

/** An effect, and what has it: names of modules, builtins and attributes, each once. */
export interface ForbiddenEffect {
  readonly effect: EffectKind;
  readonly names: readonly string[];
}

/**
 * Why a name may be taken for another: it has a character that shows nothing, or one
 * that turns the text round; it mixes scripts that have letters of one shape; or it
 * looks like `other`.
 */
export type ConfusableKind = "invisible" | "bidirectional" | "mixed-script" | "look-alike";

export type Severity = "error" | "warning";

/** A place in a source: lines and columns from 1, columns in code points, the end exclusive. */
export interface Location {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly end: { readonly line: number; readonly column: number };
  /** Of a notebook, the cell, from 1 and of all kinds; lines and columns are of its source. */
  readonly cell?: number;
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
  return (
    compareByCodePoint(a.path, b.path) ||
    (a.cell ?? 0) - (b.cell ?? 0) ||
    a.line - b.line ||
    a.column - b.column
  );
}

/** A code with its particulars. */
export type FindingDetail = {
  readonly [C in FindingCode]: { readonly code: C; readonly data: FindingDataByCode[C] };
}[FindingCode];

/**
 * One thing that is wrong, with every import that it concerns, or the place of the
 * configuration; what has no place has no locations. `hash` is the function, `null`
 * where none is at fault. `via` is the shortest way from an import to it: the function
 * that is imported first, the one that imports `hash` last; empty where `hash` itself
 * is imported.
 */
export type Finding = FindingDetail & {
  readonly severity: Severity;
  readonly hash: string | null;
  readonly via: readonly string[];
  readonly locations: readonly FindingLocation[];
};

/** The order of a report: errors first, then by their first places; what has none comes last. */
export function compareFindings(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return a.severity === "error" ? -1 : 1;
  const [one] = a.locations;
  const [other] = b.locations;
  if (one === undefined || other === undefined) {
    return Number(one === undefined) - Number(other === undefined);
  }
  return compareLocations(one, other);
}
