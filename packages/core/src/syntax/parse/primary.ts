/** Atoms, and what follows them: attributes, calls and subscripts. (Python's grammar: await_primary to atom.) */
import type { Constant, Expression, Keyword, Slice, Tuple } from "../ast.js";
import { decodeNumber } from "../literal.js";
import { T } from "../tokens.js";
import { failArgument, failAssignedKeyword, failComma, failGeneratorArgument } from "./diagnose.js";
import { parseBraces, parseBrackets, parseGenerators, parseParentheses } from "./display.js";
import {
  parseExpression,
  parseNamedExpression,
  parseStarred,
  startsExpression,
} from "./expression.js";
import {
  accept,
  advance,
  deepen,
  expect,
  failAt,
  failHere,
  failToken,
  is,
  lastEnd,
  nameAt,
  type Parser,
  parseIdentifier,
  peek,
  startOf,
  tokenText,
} from "./state.js";
import { parseStrings } from "./string.js";

/** await_primary: 'await' primary | primary */
export function parsePrimary(p: Parser): Expression {
  const start = startOf(p);
  if (!is(p, T.Await)) return parseTrailers(p, start, parseAtom(p));
  advance(p);
  deepen(p);
  const value = parseTrailers(p, startOf(p), parseAtom(p));
  return { kind: "Await", start, end: lastEnd(p), value };
}

/** primary: atom ('.' NAME | '(' [arguments] ')' | '[' slices ']')* */
function parseTrailers(p: Parser, start: number, atom: Expression): Expression {
  let value = atom;
  for (;;) {
    switch (p.kind) {
      case T.Dot: {
        deepen(p);
        advance(p);
        const attr = parseIdentifier(p);
        value = { kind: "Attribute", start, end: lastEnd(p), value, attr, ctx: "Load" };
        break;
      }
      case T.LeftParen:
        deepen(p);
        value = parseCall(p, start, value);
        break;
      case T.LeftBracket: {
        deepen(p);
        advance(p);
        const slice = parseSlices(p);
        expect(p, T.RightBracket);
        value = { kind: "Subscript", start, end: lastEnd(p), value, slice, ctx: "Load" };
        break;
      }
      default:
        return value;
    }
  }
}

/** atom: NAME | 'True' | 'False' | 'None' | strings | NUMBER | tuple | group | list | dict | set | '...' */
function parseAtom(p: Parser): Expression {
  const start = startOf(p);
  switch (p.kind) {
    case T.Name: {
      const end = p.ends[p.at] ?? 0;
      const id = nameAt(p, p.at);
      advance(p);
      return { kind: "Name", start, end, id, ctx: "Load" };
    }
    case T.Number:
      return parseNumber(p);
    case T.String:
    case T.TemplateStart:
      return parseStrings(p);
    case T.LeftParen:
      return parseParentheses(p);
    case T.LeftBracket:
      return parseBrackets(p);
    case T.LeftBrace:
      return parseBraces(p);
    case T.None:
      return parseSingleton(p, "None");
    case T.True:
      return parseSingleton(p, "True");
    case T.False:
      return parseSingleton(p, "False");
    case T.Ellipsis:
      return parseSingleton(p, "Ellipsis");
    default:
      return failHere(p);
  }
}

function parseSingleton(p: Parser, type: "None" | "True" | "False" | "Ellipsis"): Constant {
  const start = startOf(p);
  advance(p);
  return { kind: "Constant", start, end: lastEnd(p), type, value: null, prefix: null };
}

export function parseNumber(p: Parser): Constant {
  const start = startOf(p);
  const number = decodeNumber(tokenText(p));
  if (number === null) return failToken(p, "integer-too-long");
  advance(p);
  const end = lastEnd(p);
  return number.type === "int"
    ? { kind: "Constant", start, end, type: "int", value: number.value, prefix: null }
    : { kind: "Constant", start, end, type: number.type, value: number.value, prefix: null };
}

/** slices: slice !',' | ','.(slice | starred_expression)+ [','] */
function parseSlices(p: Parser): Expression {
  const start = startOf(p);
  const isStarred = is(p, T.Star);
  const first = parseSliceElement(p);
  if (!is(p, T.Comma) && !isStarred) return first;
  const elts = [first];
  while (accept(p, T.Comma)) {
    if (is(p, T.RightBracket)) break;
    elts.push(parseSliceElement(p));
  }
  const tuple: Tuple = { kind: "Tuple", start, end: lastEnd(p), elts, ctx: "Load" };
  return tuple;
}

function parseSliceElement(p: Parser): Expression {
  if (is(p, T.Star)) return parseStarred(p);
  const start = startOf(p);
  const lower = is(p, T.Colon) ? null : parseNamedExpression(p);
  return is(p, T.Colon) ? parseSlice(p, start, lower) : (lower ?? failHere(p));
}

/** slice: [expression] ':' [expression] [':' [expression]] */
function parseSlice(p: Parser, start: number, lower: Expression | null): Slice {
  if (lower?.kind === "NamedExpr" && p.source.charCodeAt(start) !== 40) failHere(p);
  advance(p);
  const upper = startsExpression(p.kind) ? parseExpression(p) : null;
  let step: Expression | null = null;
  if (accept(p, T.Colon)) step = startsExpression(p.kind) ? parseExpression(p) : null;
  return { kind: "Slice", start, end: lastEnd(p), lower, upper, step };
}

function parseCall(p: Parser, start: number, func: Expression): Expression {
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  parseArguments(p, args, keywords);
  return { kind: "Call", start, end: lastEnd(p), func, args, keywords };
}

/** '(' [arguments] ')', of a call or a class: fills `args` and `keywords`. */
export function parseArguments(p: Parser, args: Expression[], keywords: Keyword[]): void {
  const open = startOf(p);
  advance(p);
  /** Whether a keyword, and whether `**`, came before. */
  let keywordSeen = false;
  let unpackingSeen = false;
  let last = open;
  while (!is(p, T.RightParen)) {
    const start = startOf(p);
    last = start;
    if (is(p, T.Star)) {
      if (unpackingSeen) failToken(p, "iterable-after-keyword-unpacking");
      advance(p);
      if (is(p, T.Comma) || is(p, T.RightParen)) failToken(p, "invalid-star");
      const value = parseExpression(p);
      if (is(p, T.Assign)) failAssignedKeyword(p, start, "iterable argument unpacking");
      args.push({ kind: "Starred", start, end: lastEnd(p), value, ctx: "Load" });
    } else if (accept(p, T.DoubleStar)) {
      const value = parseExpression(p);
      if (is(p, T.Assign)) failAssignedKeyword(p, start, "keyword argument unpacking");
      keywords.push({ kind: "keyword", start, end: lastEnd(p), arg: null, value });
      unpackingSeen = true;
    } else if (is(p, T.Name) && peek(p, 1) === T.Assign) {
      keywords.push(parseKeyword(p));
      keywordSeen = true;
    } else {
      const argument = parseNamedArgument(p);
      if (is(p, T.For) || is(p, T.Async)) {
        const generators = parseGenerators(p);
        if (!is(p, T.RightParen) || args.length + keywords.length > 0) {
          failGeneratorArgument(p, start);
        }
        advance(p);
        const end = lastEnd(p);
        args.push({ kind: "GeneratorExp", start: open, end, elt: argument, generators });
        return;
      }
      if (unpackingSeen || keywordSeen) failArgument(p, start, unpackingSeen);
      args.push(argument);
    }
    if (!accept(p, T.Comma)) break;
  }
  if (!is(p, T.RightParen)) failComma(p, last);
  advance(p);
}

function parseNamedArgument(p: Parser): Expression {
  const start = startOf(p);
  if (is(p, T.Name) && peek(p, 1) === T.Walrus) return parseNamedExpression(p);
  const argument = parseExpression(p);
  if (is(p, T.Assign)) failAssignedKeyword(p, start, null);
  if (is(p, T.Walrus)) failHere(p);
  return argument;
}

/** kwarg: NAME '=' expression */
function parseKeyword(p: Parser): Keyword {
  const start = startOf(p);
  const arg = parseIdentifier(p);
  advance(p);
  if (is(p, T.Comma) || is(p, T.RightParen)) {
    failAt("expected-argument-value", { start, end: lastEnd(p) });
  }
  const value = parseExpression(p);
  if (is(p, T.For) || is(p, T.Async)) failToken(p, "comprehension-as-keyword");
  if (is(p, T.Walrus) || is(p, T.Assign)) failHere(p);
  return { kind: "keyword", start, end: lastEnd(p), arg, value };
}
