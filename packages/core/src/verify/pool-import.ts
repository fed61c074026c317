/**
 * Where a Python file reaches the pool (docs/verify.md, "Find"): imports at any
 * nesting level, attributes of the pool's modules, and dynamic access, where the
 * function cannot be known. Names are resolved through scopes.
 */

import { POOL_PACKAGE } from "../canonical/pool-name.js";
import { type Fault, ok, type Result, type Span } from "../result.js";
import type { Range } from "../syntax/ast.js";
import { parse } from "../syntax/parse/module.js";
import { spansOf } from "../syntax/position.js";
import { toNfkc } from "../syntax/unicode.js";
import type { DynamicForm } from "./finding.js";
import { findImportStatements } from "./import-statement.js";
import { mayJoinPool } from "./joined-name.js";
import { findModuleUses } from "./module-use.js";

/** A function is imported, and it is known which. */
export interface FunctionImport {
  readonly kind: "function";
  /** A statement, or an attribute of a module of the pool. */
  readonly form: "from" | "import" | "attribute";
  readonly hash: string;
  /** As the source names it: `object_<hash>`, or the bare hash. */
  readonly name: string;
  readonly alias: string | null;
  readonly span: Span;
}
/** Something is imported that is not the full hash of a function. */
export interface MalformedImport {
  readonly kind: "malformed";
  readonly form: "from" | "import" | "attribute" | "star";
  readonly hash: null;
  readonly name: string;
  readonly alias: string | null;
  readonly span: Span;
}
/** The pool is reached in a way that does not say which function is meant. */
export interface DynamicImport {
  readonly kind: "dynamic";
  /**
   * A call that imports what it computes, `getattr` on the pool, a module of it as a
   * value, or a line of a notebook that is not Python.
   */
  readonly form: DynamicForm;
  readonly hash: null;
  /** What is called or used: `importlib.import_module`, `ouverture.pool`, `!`. */
  readonly name: string;
  readonly alias: null;
  readonly span: Span;
}
export type PoolImport = FunctionImport | MalformedImport | DynamicImport;

/** A `PoolImport` that has a range of the source instead of its span. */
type Ranged<T> = T extends PoolImport ? Omit<T, "span"> & { readonly range: Range } : never;
export type RangedImport = Ranged<PoolImport>;

/**
 * Finds every access to the pool in any Python file, also in one that Python
 * parses and does not compile, in the order of the source. Faults: those of `parse`.
 */
export function findPoolImports(source: string): Result<PoolImport[], Fault> {
  const parsed = parse(source);
  if (!parsed.ok) return parsed;
  const { imports, modules } = findImportStatements(parsed.value);
  const uses = findModuleUses(parsed.value, source, modules);
  const found = [...imports, ...uses].sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end,
  );
  const spans = spansOf(
    source,
    found.map(({ range }) => range),
  );
  return ok(
    found.flatMap(({ range: _, ...one }, index): PoolImport[] => {
      const span = spans[index];
      return span === undefined ? [] : [{ ...one, span }];
    }),
  );
}

/**
 * Does a text name the pool's package at all, or may it put the name together? One that
 * does not is not searched.
 */
export function mentionsPool(text: string): boolean {
  return spellsPool(text) || mayJoinPool(text);
}

/** Python reads identifiers in NFKC, so that `ｏｕｖｅｒｔｕｒｅ` is the package, too. */
export function spellsPool(text: string): boolean {
  if (text.includes(POOL_PACKAGE)) return true;
  return NOT_ASCII.test(text) && COMPATIBLE.test(text) && toNfkc(text).includes(POOL_PACKAGE);
}

/** To look for more takes long. */
const NOT_ASCII = /[^\0-\x7f]/;
/** The characters of identifiers that NFKC makes one of the package's letters (Unicode 16.0). */
const COMPATIBLE = /[ºʳᵉᵒᵗᵘᵛᵣᵤᵥₑₒₜℯℴⅇⅴｅｏｒｔｕｖ\u{1d400}-\u{1d7ff}]/u;
