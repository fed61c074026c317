/** What stands in brackets: groups, tuples, lists, sets, dictionaries and comprehensions. */
import type { Comprehension, Expression } from "../ast.js";
import { T } from "../tokens.js";
import { failComma, failDictionary, failStarredGroup, failUnpacking } from "./diagnose.js";
import {
  Precedence,
  parseExpression,
  parseOperators,
  parseRestOfTuple,
  parseStarNamedExpression,
  parseYield,
} from "./expression.js";
import {
  accept,
  advance,
  failHere,
  failToken,
  is,
  lastEnd,
  type Parser,
  peek,
  startOf,
} from "./state.js";
import { parseTargets } from "./target.js";

/** '(' ')': tuple | group | genexp */
export function parseParentheses(p: Parser): Expression {
  const start = startOf(p);
  advance(p);
  if (is(p, T.RightParen)) {
    advance(p);
    return { kind: "Tuple", start, end: lastEnd(p), elts: [], ctx: "Load" };
  }
  if (is(p, T.Yield)) {
    const value = parseYield(p);
    closeWith(p, T.RightParen, value.start);
    return value;
  }
  const isStarred = is(p, T.Star);
  const first = parseStarNamedExpression(p);
  if (is(p, T.For) || is(p, T.Async)) {
    if (isStarred) failUnpacking(first);
    const generators = parseGenerators(p);
    closeWith(p, T.RightParen, startOf(p));
    return { kind: "GeneratorExp", start, end: lastEnd(p), elt: first, generators };
  }
  if (is(p, T.Comma)) {
    const { elts } = parseRestOfTuple(p, start, first, parseStarNamedExpression);
    closeWith(p, T.RightParen, lastStart(elts));
    return { kind: "Tuple", start, end: lastEnd(p), elts, ctx: "Load" };
  }
  closeWith(p, T.RightParen, first.start);
  if (isStarred) failStarredGroup(first);
  return first;
}

/** '[' ']': list | listcomp */
export function parseBrackets(p: Parser): Expression {
  const start = startOf(p);
  advance(p);
  const elts: Expression[] = [];
  if (!is(p, T.RightBracket)) {
    const first = parseStarNamedExpression(p);
    if (is(p, T.For) || is(p, T.Async)) {
      if (first.kind === "Starred") failUnpacking(first);
      const generators = parseGenerators(p);
      closeWith(p, T.RightBracket, startOf(p));
      return { kind: "ListComp", start, end: lastEnd(p), elt: first, generators };
    }
    elts.push(first);
    parseRestOfElements(p, elts, T.RightBracket);
  }
  closeWith(p, T.RightBracket, lastStart(elts));
  return { kind: "List", start, end: lastEnd(p), elts, ctx: "Load" };
}

function lastStart(elements: readonly Expression[]): number {
  return elements[elements.length - 1]?.start ?? 0;
}

function parseRestOfElements(p: Parser, elts: Expression[], close: T): void {
  while (accept(p, T.Comma)) {
    if (is(p, close)) return;
    elts.push(parseStarNamedExpression(p));
  }
}

/** '{' '}': dict | dictcomp | set | setcomp */
export function parseBraces(p: Parser): Expression {
  const start = startOf(p);
  advance(p);
  if (is(p, T.RightBrace)) {
    advance(p);
    return { kind: "Dict", start, end: lastEnd(p), keys: [], values: [] };
  }
  if (is(p, T.DoubleStar)) return parseDict(p, start, null);
  const first = parseStarNamedExpression(p);
  if (is(p, T.Colon)) {
    if (first.kind === "Starred") failHere(p);
    return parseDict(p, start, first);
  }
  if (is(p, T.For) || is(p, T.Async)) {
    if (first.kind === "Starred") failUnpacking(first);
    const generators = parseGenerators(p);
    closeWith(p, T.RightBrace, startOf(p));
    return { kind: "SetComp", start, end: lastEnd(p), elt: first, generators };
  }
  const elts = [first];
  parseRestOfElements(p, elts, T.RightBrace);
  closeWith(p, T.RightBrace, lastStart(elts));
  return { kind: "Set", start, end: lastEnd(p), elts };
}

/** dict: (kvpair | '**' bitwise_or) ... after its first key, if it has one. */
function parseDict(p: Parser, start: number, firstKey: Expression | null): Expression {
  const keys: (Expression | null)[] = [];
  const values: Expression[] = [];
  let key = firstKey;
  for (;;) {
    if (key === null && is(p, T.DoubleStar)) {
      advance(p);
      values.push(parseOperators(p, Precedence.BitOr));
      keys.push(null);
      if (is(p, T.For) || is(p, T.Async)) {
        failToken(p, "dict-unpacking-in-comprehension");
      }
    } else {
      key ??= parseExpression(p);
      if (!is(p, T.Colon)) failDictionary(p, key);
      advance(p);
      if (is(p, T.RightBrace) || is(p, T.Comma)) failToken(p, "expected-dict-value");
      if (is(p, T.Star)) failToken(p, "starred-dict-value");
      const value = parseExpression(p);
      if ((is(p, T.For) || is(p, T.Async)) && values.length === 0) {
        const generators = parseGenerators(p);
        closeWith(p, T.RightBrace, startOf(p));
        return { kind: "DictComp", start, end: lastEnd(p), key, value, generators };
      }
      keys.push(key);
      values.push(value);
    }
    key = null;
    if (!accept(p, T.Comma) || is(p, T.RightBrace)) break;
  }
  closeWith(p, T.RightBrace, lastStart(values));
  return { kind: "Dict", start, end: lastEnd(p), keys, values };
}

/** for_if_clauses: (['async'] 'for' star_targets 'in' disjunction ('if' disjunction)*)+ */
export function parseGenerators(p: Parser): Comprehension[] {
  const generators: Comprehension[] = [];
  while (is(p, T.For) || (is(p, T.Async) && peek(p, 1) === T.For)) {
    const start = startOf(p);
    const isAsync = accept(p, T.Async);
    advance(p);
    const target = parseTargets(p);
    if (!is(p, T.In)) failToken(p, "expected-in");
    advance(p);
    const iter = parseOperators(p, Precedence.Or);
    const ifs: Expression[] = [];
    while (accept(p, T.If)) ifs.push(parseOperators(p, Precedence.Or));
    generators.push({
      kind: "comprehension",
      start,
      end: lastEnd(p),
      target,
      iter,
      ifs,
      is_async: isAsync ? 1 : 0,
    });
  }
  if (generators.length === 0) failHere(p);
  return generators;
}

/** The closing bracket, after the element at `last`: before anything else, a comma may have been forgotten. */
function closeWith(p: Parser, close: T, last: number): void {
  if (!is(p, close)) failComma(p, last);
  advance(p);
}
