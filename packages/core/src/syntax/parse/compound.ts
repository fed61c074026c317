/** Compound statements, but for definitions and match. (Python's grammar: if_stmt to try_stmt.) */
import type { ExceptHandler, Expression, Statement, WithItem } from "../ast.js";
import { T } from "../tokens.js";
import { parseClass, parseDecorated, parseFunction } from "./definition.js";
import { failNameAfterAs, failTry } from "./diagnose.js";
import {
  parseExpression,
  parseNamedExpression,
  parseRestOfTuple,
  parseStarExpressions,
  startsExpression,
} from "./expression.js";
import { isMatch, parseMatch } from "./match.js";
import {
  accept,
  advance,
  descend,
  failHere,
  failToken,
  is,
  lastEnd,
  moveTo,
  type Parser,
  parseIdentifier,
  peek,
  startOf,
} from "./state.js";
import { parseColonBlock } from "./statement.js";
import { parseTargets, parseWithTarget } from "./target.js";

/** compound_stmt; `null` where there is none. */
export function parseCompound(p: Parser): Statement | null {
  switch (p.kind) {
    case T.Name:
      return isMatch(p) ? parseMatch(p) : null;
    case T.If:
      return parseIf(p, "'if' statement");
    case T.For:
      return parseFor(p, startOf(p), false);
    case T.While: {
      const start = startOf(p);
      advance(p);
      const test = parseNamedExpression(p);
      const body = parseColonBlock(p, "'while' statement", start);
      const orelse = parseElse(p);
      return { kind: "While", start, end: lastTokenEnd(p), test, body, orelse };
    }
    case T.With:
      return parseWith(p, startOf(p), false);
    case T.Try:
      return parseTry(p);
    case T.Def:
      return parseFunction(p, [], startOf(p), false);
    case T.Class:
      return parseClass(p, []);
    case T.At:
      return parseDecorated(p);
    case T.Async:
      return parseAsync(p);
    default:
      return null;
  }
}

/** 'async' before def, for or with. */
function parseAsync(p: Parser): Statement {
  const start = startOf(p);
  advance(p);
  switch (p.kind) {
    case T.Def:
      return parseFunction(p, [], start, true);
    case T.For:
      return parseFor(p, start, true);
    case T.With:
      return parseWith(p, start, true);
    default:
      return failHere(p);
  }
}

/** The end of the last token that has a text: what a block ends with. */
export function lastTokenEnd(p: Parser): number {
  let index = p.at - 1;
  while (index >= 0 && isLayout(p.kinds[index])) index--;
  return p.ends[index] ?? 0;
}

function isLayout(kind: T | undefined): boolean {
  return kind === T.Newline || kind === T.Indent || kind === T.Dedent;
}

/** if_stmt and elif_stmt: named_expression ':' block [elif_stmt | else_block] */
function parseIf(p: Parser, owner: "'if' statement" | "'elif' statement"): Statement {
  descend(p);
  const start = startOf(p);
  advance(p);
  const test = parseNamedExpression(p);
  const body = parseColonBlock(p, owner, start);
  const orelse = is(p, T.Elif) ? [parseIf(p, "'elif' statement")] : parseElse(p);
  p.depth--;
  return { kind: "If", start, end: lastTokenEnd(p), test, body, orelse };
}

/** else_block: 'else' ':' block */
function parseElse(p: Parser): Statement[] {
  if (!is(p, T.Else)) return [];
  const start = startOf(p);
  advance(p);
  return parseColonBlock(p, "'else' statement", start);
}

/** for_stmt: ['async'] 'for' star_targets 'in' star_expressions ':' block [else_block] */
function parseFor(p: Parser, start: number, isAsync: boolean): Statement {
  const keyword = startOf(p);
  advance(p);
  const target = parseTargets(p);
  if (!is(p, T.In)) failHere(p);
  advance(p);
  const iter = parseStarExpressions(p);
  const body = parseColonBlock(p, "'for' statement", keyword);
  const orelse = parseElse(p);
  const end = lastTokenEnd(p);
  return isAsync
    ? { kind: "AsyncFor", start, end, target, iter, body, orelse }
    : { kind: "For", start, end, target, iter, body, orelse };
}

/** with_stmt: ['async'] 'with' ('(' ','.with_item+ [','] ')' | ','.with_item+) ':' block */
function parseWith(p: Parser, start: number, isAsync: boolean): Statement {
  const keyword = startOf(p);
  advance(p);
  const items = parseGroupedItems(p) ?? parseItems(p);
  const body = parseColonBlock(p, "'with' statement", keyword);
  const end = lastTokenEnd(p);
  return isAsync
    ? { kind: "AsyncWith", start, end, items, body }
    : { kind: "With", start, end, items, body };
}

function parseItems(p: Parser): WithItem[] {
  const items = [parseItem(p)];
  while (accept(p, T.Comma)) items.push(parseItem(p));
  return items;
}

/** with_item: expression ['as' star_target] */
function parseItem(p: Parser): WithItem {
  const start = startOf(p);
  const context_expr = parseExpression(p);
  const optional_vars = accept(p, T.As) ? parseWithTarget(p) : null;
  return { kind: "withitem", start, end: lastEnd(p), context_expr, optional_vars };
}

/**
 * The items of `with (a, b):`, whose parentheses reach up to the colon. `null`
 * where they are those of an expression, as in `with (yield):` or `with (a := b):`.
 */
function parseGroupedItems(p: Parser): WithItem[] | null {
  if (!is(p, T.LeftParen) || peek(p, closingDistance(p) + 1) !== T.Colon) return null;
  const open = p.at;
  const { depth, deepest } = p;
  advance(p);
  const items: WithItem[] = [];
  while (startsExpression(p.kind) && !is(p, T.Star) && peek(p, 1) !== T.Walrus) {
    items.push(parseItem(p));
    if (!accept(p, T.Comma)) break;
  }
  if (items.length > 0 && is(p, T.RightParen) && peek(p, 1) === T.Colon) {
    advance(p);
    return items;
  }
  moveTo(p, open);
  p.depth = depth;
  p.deepest = deepest;
  return null;
}

/** How far the bracket is that closes the one at hand. */
function closingDistance(p: Parser): number {
  let open = 0;
  for (let index = p.at; index < p.count; index++) {
    const kind = p.kinds[index];
    if (kind === T.LeftParen || kind === T.LeftBracket || kind === T.LeftBrace) open++;
    else if (kind === T.RightParen || kind === T.RightBracket || kind === T.RightBrace) {
      open--;
      if (open === 0) return index - p.at;
    }
  }
  return p.count;
}

/** try_stmt: 'try' ':' block (finally_block | except_block+ [else_block] [finally_block]) */
function parseTry(p: Parser): Statement {
  const start = startOf(p);
  advance(p);
  const body = parseColonBlock(p, "'try' statement", start);
  const handlers: ExceptHandler[] = [];
  let isStar: boolean | null = null;
  while (is(p, T.Except)) {
    const star = peek(p, 1) === T.Star;
    if (isStar !== null && isStar !== star) failToken(p, "mixed-except");
    isStar = star;
    handlers.push(parseHandler(p, star));
  }
  const orelse = handlers.length > 0 ? parseElse(p) : [];
  const finallyStart = startOf(p);
  const hasFinally = accept(p, T.Finally);
  const finalbody = hasFinally ? parseColonBlock(p, "'finally' statement", finallyStart) : [];
  if (handlers.length === 0 && !hasFinally) failTry(p);
  const end = lastTokenEnd(p);
  return isStar
    ? { kind: "TryStar", start, end, body, handlers, orelse, finalbody }
    : { kind: "Try", start, end, body, handlers, orelse, finalbody };
}

/** except_block: 'except' ['*'] [expressions ['as' NAME]] ':' block (PEP 758: no parentheses needed) */
function parseHandler(p: Parser, isStar: boolean): ExceptHandler {
  const start = startOf(p);
  advance(p);
  if (isStar) advance(p);
  const type = is(p, T.Colon) && !isStar ? null : parseHandlerType(p, isStar);
  let name: string | null = null;
  if (is(p, T.As)) {
    if (type === null) failHere(p);
    advance(p);
    if (!is(p, T.Name) || peek(p, 1) !== T.Colon) {
      failNameAfterAs(p, isStar ? "except-star-target" : "except-target");
    }
    name = parseIdentifier(p);
  }
  const body = parseColonBlock(p, isStar ? "'except*' statement" : "'except' statement", start);
  return { kind: "ExceptHandler", start, end: lastTokenEnd(p), type, name, body };
}

function parseHandlerType(p: Parser, isStar: boolean): Expression {
  if (is(p, T.Colon) || is(p, T.Newline)) {
    failToken(p, isStar ? "expected-exception-types" : "expected-colon");
  }
  const start = startOf(p);
  const first = parseExpression(p);
  if (!is(p, T.Comma)) return first;
  const types = parseRestOfTuple(p, start, first, parseExpression);
  if (is(p, T.As)) failToken(p, "except-types-without-parentheses");
  return types;
}
