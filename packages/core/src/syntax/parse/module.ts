/** A source text to its tree. (Python's grammar: file.) */
import type { Refusal } from "../../refusal.js";
import { err, type Fault, ok, type Result } from "../../result.js";
import type { Module, Statement } from "../ast.js";
import { unknownFeature } from "../future.js";
import { spanOf } from "../position.js";
import { releaseTokens } from "../scanner.js";
import { tokenize } from "../tokenize.js";
import { T, type Tokens } from "../tokens.js";
import { createParser, failAt, MAX_DEPTH, ParseFailure } from "./state.js";
import { parseStatements } from "./statement.js";

/**
 * Parses a Python file after the grammar of Python 3.14.
 *
 * @param source the text, with or without a byte order mark, with any line ends.
 * @returns the tree that CPython's `ast.parse` gives; or a `syntax-error` with the
 * place and the reason, or `limit-exceeded` where the tree would be too deep.
 */
export function parse(source: string): Result<Module, Fault> {
  if (typeof source !== "string") return err(faultOf("", new ParseFailure("not-text", [], 0, 0)));
  const unreadable = findUnreadable(source);
  if (unreadable !== null) return err(faultOf(source, unreadable));
  const tokens = tokenize(source);
  try {
    const body = parseStatements(createParser(tokens), T.End);
    checkFutures(body);
    return ok({ kind: "Module", start: 0, end: source.length, body });
  } catch (failure) {
    if (!(failure instanceof ParseFailure)) throw failure;
    return err(faultOf(source, preferTokenFailure(tokens, failure)));
  } finally {
    releaseTokens(tokens);
  }
}

/**
 * Where the tokenizer gave up too, its reason says more than the grammar's; but
 * an open bracket only where the grammar went on to the end of the text or to
 * another line in search of its close.
 */
function preferTokenFailure(tokens: Tokens, failure: ParseFailure): ParseFailure {
  const { source, failure: lexical } = tokens;
  if (lexical === null || failure.reason === "nesting") return failure;
  if (failure.reason === "unexpected-indent") return failure;
  if (lexical.reason === "never-closed") {
    const sameLine = !/[\r\n]/.test(source.slice(lexical.start, failure.end));
    const isLast = source.slice(failure.end).trim() === "";
    if (failure.start < lexical.start || (sameLine && !isLast)) return failure;
  }
  return new ParseFailure(lexical.reason, lexical.args, lexical.start, lexical.end);
}

/** CPython refuses unknown features as it parses. */
function checkFutures(body: readonly Statement[]): void {
  const unknown = unknownFeature(body);
  if (unknown === undefined) return;
  const reason = unknown.name === "braces" ? "future-braces" : "unknown-future";
  failAt(reason, unknown, unknown.name);
}

/** A text that is no text: NUL characters, surrogates without their other half. */
function findUnreadable(source: string): ParseFailure | null {
  const nul = source.indexOf("\0");
  if (nul >= 0) return new ParseFailure("null-character", [], nul, nul + 1);
  const surrogate = source.search(LONE_SURROGATE);
  if (surrogate >= 0) {
    const code = source.charCodeAt(surrogate).toString(16).toUpperCase();
    return new ParseFailure("lone-surrogate", [code], surrogate, surrogate + 1);
  }
  return null;
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
