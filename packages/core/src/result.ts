/**
 * Bad input is a value: every public function gives a `Result`, and what is
 * wrong is a `Fault`, which is data. Its sentence is made in report/message.ts.
 */
import type { Refusal } from "./refusal.js";

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}
export interface Err<F> {
  readonly ok: false;
  readonly fault: F;
}
export type Result<T, F> = Ok<T> | Err<F>;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}
export function err<F>(fault: F): Err<F> {
  return { ok: false, fault };
}

/**
 * A place in a source text. `start` and `end` are offsets in UTF-16 code units;
 * lines and columns count from 1, columns in code points; `end` is exclusive.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Why a stored document is not one that can be read (pool.md, "Directory"). */
export type DocumentReason =
  | "not-utf8"
  | "not-json"
  | "duplicate-key"
  /** A surrogate without its partner, which UTF-8 cannot hold. */
  | "surrogate"
  | "missing-key"
  | "unknown-key"
  | "wrong-value";
export type ObjectReason =
  | DocumentReason
  | "not-gzip"
  /** The `hash` field is not the hash under which the object is stored. */
  | "other-hash"
  /** A link, a device or a folder stands in its place. */
  | "not-a-file";

/** What each fault code carries (normal-form.md, pool.md, verify.md). */
export interface FaultDataByCode {
  /** What Python's parser or compiler refuses. */
  readonly "syntax-error": Refusal;
  readonly "limit-exceeded": {
    readonly limit: "nesting" | "integer-digits" | "bytes" | "json-depth";
    readonly most: number;
  };
  readonly "stray-statement": { readonly statement: string };
  readonly "no-function": Record<never, never>;
  readonly "multiple-functions": { readonly name: string; readonly first: string };
  readonly "unpaired-surrogate": Record<never, never>;
  readonly "star-import": { readonly module: string };
  readonly "relative-import": { readonly module: string };
  readonly "name-clash": { readonly name: string };
  readonly "malformed-hash": { readonly name: string };
  readonly "nested-pool-import": { readonly name: string };
  readonly "opaque-pool-import": { readonly module: string };
  readonly "unresolved-keyword": { readonly keyword: string; readonly hash: string };
  readonly "unresolved-name": { readonly name: string };
  readonly "reserved-name": { readonly name: string };
  readonly "malformed-language": { readonly language: string };
  /** `path` is the place in the document, such as `metadata.tags[2]`; "" is all of it. */
  readonly "malformed-object": { readonly reason: ObjectReason; readonly path: string };
  readonly "hash-mismatch": { readonly expected: string; readonly actual: string };
  /** `line` is the first that differs; `refused` is what `normalize` says where it says no. */
  readonly "not-canonical": { readonly line: number; readonly refused?: Fault };
  readonly "wrong-dependencies": {
    readonly listed: readonly string[];
    readonly actual: readonly string[];
  };
  readonly "invalid-mapping": { readonly reason: string; readonly name: string };
  /** Why one function of the pool cannot be replaced by another: `hash` is the one at fault. */
  readonly "invalid-replacement": {
    readonly reason: "not-imported" | "same" | "itself";
    readonly hash: string;
  };
  /** A replacement was imported already: two imports become one. */
  readonly "joined-imports": { readonly hash: string };
  /** `**` in a call of a function that is replaced: which keywords it passes is not written. */
  readonly "passed-keywords": { readonly hash: string };
}
export type FaultCode = keyof FaultDataByCode;

/** What is wrong: a code of the specification, its particulars, and the place if there is one. */
export type FaultOf<C extends FaultCode> = {
  readonly [K in C]: {
    readonly code: K;
    readonly data: FaultDataByCode[K];
    readonly span: Span | null;
  };
}[C];
export type Fault = FaultOf<FaultCode>;
