/**
 * Where the parser is in the tokens, and how it moves and gives up. A refusal is
 * thrown as a `ParseFailure`, which `parse` catches: it never leaves this folder.
 */
import type { Refusal, SyntaxReason } from "../../refusal.js";
import type { Range } from "../ast.js";
import { T, type Tokens } from "../tokens.js";

/**
 * How deep a tree may be. CPython's parser and compiler give up at a few thousand
 * levels; this many are safe on every JavaScript stack for all that walks a tree.
 */
export const MAX_DEPTH = 1500;

export interface Parser extends Tokens {
  /** The index of the current token, and its kind. */
  at: number;
  kind: T;
  /** `from __future__ import barry_as_FLUFL` was read: `<>` instead of `!=` (PEP 401). */
  usesUnequal: boolean;
  /** How many levels of the tree are open. */
  depth: number;
  /** The deepest level of the operand that is being read. */
  deepest: number;
}

/** A refusal on its way to `parse`. `nesting` is the parser's own limit. */
export class ParseFailure {
  constructor(
    readonly reason: Refusal["reason"] | "nesting",
    readonly args: readonly (string | number)[],
    readonly start: number,
    readonly end: number,
  ) {}
}

export function createParser(tokens: Tokens): Parser {
  return {
    source: tokens.source,
    count: tokens.count,
    kinds: tokens.kinds,
    starts: tokens.starts,
    ends: tokens.ends,
    data: tokens.data,
    names: tokens.names,
    wideNames: tokens.wideNames,
    failure: tokens.failure,
    at: 0,
    kind: tokens.kinds[0] ?? T.End,
    usesUnequal: false,
    depth: 0,
    deepest: 0,
  };
}

export function advance(p: Parser): void {
  p.kind = p.kinds[++p.at] ?? T.End;
}

/** Goes to the token at `index`. */
export function moveTo(p: Parser, index: number): void {
  p.at = index;
  p.kind = p.kinds[index] ?? T.End;
}

/** The kind of the token `distance` after the current one. */
export function peek(p: Parser, distance: number): T {
  const index = p.at + distance;
  return index < p.count ? (p.kinds[index] ?? T.End) : T.End;
}

/** The offset at which the current token starts. */
export function startOf(p: Parser): number {
  return p.starts[p.at] ?? 0;
}

/** The offset at which the last token ended. */
export function lastEnd(p: Parser): number {
  return p.ends[p.at - 1] ?? 0;
}

/** Whether the current token is a `kind`. */
export function is(p: Parser, kind: T): boolean {
  return p.kind === kind;
}

/** Passes the current token if it is a `kind`. */
export function accept(p: Parser, kind: T): boolean {
  if (p.kind !== kind) return false;
  advance(p);
  return true;
}

export function expect(p: Parser, kind: T): void {
  if (p.kind !== kind) failHere(p);
  advance(p);
}

/** The colon before a block. */
export function expectColon(p: Parser): void {
  if (is(p, T.Colon)) return advance(p);
  if (is(p, T.Failure) || is(p, T.Indent)) failHere(p);
  failToken(p, "expected-colon");
}

/** The text of the current token. */
export function tokenText(p: Parser): string {
  return p.source.slice(p.starts[p.at], p.ends[p.at]);
}

/** The identifier of the token at `index`, which is a name. */
export function nameAt(p: Parser, index: number): string {
  const data = p.data[index] ?? 0;
  return (data >= 0 ? p.names[data] : p.wideNames[-1 - data]) ?? "";
}

/** Passes a name and gives it. */
export function parseIdentifier(p: Parser): string {
  if (!is(p, T.Name)) failHere(p);
  const name = nameAt(p, p.at);
  advance(p);
  return name;
}

/** Whether the token at `index` is the name `word`, written in ASCII: a soft keyword. */
export function isWordAt(p: Parser, index: number, word: string): boolean {
  return p.kinds[index] === T.Name && (p.data[index] ?? -1) >= 0 && nameAt(p, index) === word;
}

/** Opens a level of the tree. */
export function descend(p: Parser): void {
  if (++p.depth > MAX_DEPTH) failNesting(p);
}

/** Puts what has been read of an operand one level deeper, as the left of a new node. */
export function deepen(p: Parser): void {
  if (++p.deepest > MAX_DEPTH) failNesting(p);
}

function failNesting(p: Parser): never {
  throw new ParseFailure("nesting", [], startOf(p), p.ends[p.at] ?? 0);
}

/** Refuses the current token, for no better reason than that it cannot stand there. */
export function failHere(p: Parser): never {
  failToken(p, "invalid-syntax");
}

/** Refuses the current token; where the tokenizer had given up there, its reason is the better one. */
export function failToken(p: Parser, reason: SyntaxReason, ...args: (string | number)[]): never {
  if (is(p, T.Failure) && p.failure !== null) {
    const { failure } = p;
    throw new ParseFailure(failure.reason, failure.args, failure.start, failure.end);
  }
  // The end of the text is told as the end of its last line.
  const isEnd = startOf(p) === p.source.length && /[\r\n]$/.test(p.source);
  const start = isEnd ? p.source.length - 1 : startOf(p);
  throw new ParseFailure(reason, args, start, p.ends[p.at] ?? 0);
}

export function failAt(
  reason: SyntaxReason,
  range: Range,
  ...args: readonly (string | number)[]
): never {
  throw new ParseFailure(reason, args, range.start, range.end);
}
