/** A source text to its tree. (Python's grammar: file.) */
import type { Refusal } from "../../refusal.js";
import { err, type Fault, ok, type Result } from "../../result.js";
import type { Module } from "../ast.js";
import { spanOf } from "../position.js";
import { tokenize } from "../tokenize.js";
import { T } from "../tokens.js";
import { createParser, failToken, MAX_DEPTH, ParseFailure } from "./state.js";
import { parseStatements } from "./statement.js";

/**
 * Parses a Python file after the grammar of Python 3.14.
 *
 * @param source the text, with or without a byte order mark, with any line ends.
 * @returns the tree that CPython's `ast.parse` gives; or a `syntax-error` with the
 * place and the reason, or `limit-exceeded` where the tree would be too deep.
 */
export function parse(source: string): Result<Module, Fault> {
  try {
    refuseUnreadable(source);
    const p = createParser(tokenize(source));
    const body = parseStatements(p, T.End);
    if (p.failure !== null) failToken(p, "invalid-syntax");
    return ok({ kind: "Module", start: 0, end: source.length, body });
  } catch (failure) {
    if (!(failure instanceof ParseFailure)) throw failure;
    return err(faultOf(source, failure));
  }
}

/** A text that is no text: NUL characters, surrogates without their other half. */
function refuseUnreadable(source: string): void {
  const nul = source.indexOf("\0");
  if (nul >= 0) throw new ParseFailure("null-character", [], nul, nul + 1);
  const surrogate = source.search(LONE_SURROGATE);
  if (surrogate >= 0) {
    const code = source.charCodeAt(surrogate).toString(16).toUpperCase();
    throw new ParseFailure("lone-surrogate", [code], surrogate, surrogate + 1);
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function faultOf(source: string, failure: ParseFailure): Fault {
  const span = spanOf(source, failure);
  if (failure.reason === "nesting") {
    return { code: "limit-exceeded", data: { limit: "nesting", most: MAX_DEPTH }, span };
  }
  const lineAt = LINE_ARGUMENTS[failure.reason];
  const args = failure.args.map((arg, i) => (i === lineAt ? lineOf(source, Number(arg)) : arg));
  return { code: "syntax-error", data: { reason: failure.reason, args }, span };
}

/** Which argument of a reason is an offset, to be told as a line. */
const LINE_ARGUMENTS: Readonly<Partial<Record<Refusal["reason"], number>>> = {
  "unterminated-string": 0,
  "unterminated-triple-quoted": 0,
  "unterminated-template": 1,
  "unterminated-triple-quoted-template": 1,
  "mismatched-bracket-on-line": 2,
  "expected-block": 1,
};

function lineOf(source: string, offset: number): number {
  return spanOf(source, { start: offset, end: offset }).line;
}
