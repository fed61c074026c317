/**
 * What the stages of `canonical` hand to each other and to the caller: the
 * normal form, its mapping, its warnings (docs/normal-form.md).
 */
import type { Span } from "../result.js";

/** What the hash leaves out: one human language's and one author's choice. */
export interface Mapping {
  /** As `inspect.cleandoc` leaves it, or "". */
  readonly docstring: string;
  /** Number to name, in order: `{"_ouverture_v_0": "average", ...}`. */
  readonly name_mapping: Readonly<Record<string, string>>;
  /** Hash to alias, only where the source has an alias. */
  readonly alias_mapping: Readonly<Record<string, string>>;
  /** A note on this variant, or "". */
  readonly comment: string;
}

export interface NormalForm extends UnhashedForm {
  readonly hash: string;
}

/** A normal form that has not been hashed. */
export interface UnhashedForm {
  /** The text that is hashed. */
  readonly code: string;
  readonly mapping: Mapping;
  /** The hashes of the pool imports, sorted. */
  readonly dependencies: readonly string[];
  readonly warnings: readonly Warning[];
}

/** A function of the pool: its normal form, and its names in the caller's human language. */
export interface Callee {
  readonly code: string;
  readonly name_mapping: Readonly<Record<string, string>>;
}

/** Gives the function of the pool under a hash, where it is at hand. */
export type CalleeSource = (hash: string) => Callee | undefined;

export interface DenormalizeOptions {
  readonly callee?: CalleeSource | undefined;
}
export interface NormalizeOptions extends DenormalizeOptions {
  /** The mapping's comment. */
  readonly comment?: string | undefined;
}

/** What each warning carries. The result stands; the user is told. */
export interface WarningDataByCode {
  /** `name` is the builtin that sees names as strings. */
  readonly "dynamic-names": { readonly name: string };
  /** `keyword` is `**`, or the keyword that equals a renamed parameter. */
  readonly "dynamic-keywords": { readonly keyword: string };
  /** `text` is the expression whose spelling becomes text. */
  readonly "debug-f-string": { readonly text: string };
  /** `name` is the nested function or class. */
  readonly "inner-docstring": { readonly name: string };
  /** `name` is what the import binds. */
  readonly "unused-import": { readonly name: string };
  /** `text` is the source text that the t-string remembers no longer. */
  readonly "template-expression": { readonly text: string };
}
export type WarningCode = keyof WarningDataByCode;
export type Warning = {
  readonly [C in WarningCode]: {
    readonly code: C;
    readonly data: WarningDataByCode[C];
    readonly span: Span;
  };
}[WarningCode];
