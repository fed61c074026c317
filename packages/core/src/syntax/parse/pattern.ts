/** Patterns of match statements. (Python's grammar: patterns to keyword_pattern.) */
import type { Constant, Expression, MatchMapping, Pattern } from "../ast.js";
import { T } from "../tokens.js";
import { failNameAfterAs } from "./diagnose.js";
import { parseName } from "./expression.js";
import { parseNumber } from "./primary.js";
import {
  accept,
  advance,
  deepen,
  expect,
  failAt,
  failHere,
  failToken,
  is,
  isWordAt,
  lastEnd,
  nameAt,
  type Parser,
  parseIdentifier,
  peek,
  startOf,
} from "./state.js";
import { parseStrings } from "./string.js";

/** patterns: open_sequence_pattern | pattern */
export function parsePatterns(p: Parser): Pattern {
  const start = startOf(p);
  const first = parseMaybeStar(p);
  if (!is(p, T.Comma)) {
    if (first.kind === "MatchStar") failHere(p);
    return first;
  }
  const patterns = [first];
  while (accept(p, T.Comma)) {
    if (is(p, T.Colon) || is(p, T.If)) break;
    patterns.push(parseMaybeStar(p));
  }
  return { kind: "MatchSequence", start, end: lastEnd(p), patterns };
}

/** maybe_star_pattern: '*' (capture | wildcard) | pattern */
function parseMaybeStar(p: Parser): Pattern {
  if (!is(p, T.Star)) return parsePattern(p);
  const start = startOf(p);
  advance(p);
  const name = parseCapture(p);
  return { kind: "MatchStar", start, end: lastEnd(p), name };
}

/** A name to bind, or `null` for the wildcard. */
function parseCapture(p: Parser): string | null {
  if (isWordAt(p, p.at, "_")) {
    advance(p);
    return null;
  }
  return parseIdentifier(p);
}

/** pattern: or_pattern ['as' pattern_capture_target] */
function parsePattern(p: Parser): Pattern {
  const start = startOf(p);
  const pattern = parseOrPattern(p);
  if (!accept(p, T.As)) return pattern;
  if (isWordAt(p, p.at, "_")) failToken(p, "wildcard-as-target");
  const next = peek(p, 1);
  if (!is(p, T.Name) || next === T.Dot || next === T.LeftParen || next === T.Assign) {
    failNameAfterAs(p, "pattern-target");
  }
  const name = parseIdentifier(p);
  return { kind: "MatchAs", start, end: lastEnd(p), pattern, name };
}

/** or_pattern: '|'.closed_pattern+ */
function parseOrPattern(p: Parser): Pattern {
  const start = startOf(p);
  const first = parseClosedPattern(p);
  if (!is(p, T.Bar)) return first;
  const patterns = [first];
  while (accept(p, T.Bar)) patterns.push(parseClosedPattern(p));
  return { kind: "MatchOr", start, end: lastEnd(p), patterns };
}

/** closed_pattern: literal, capture, wildcard, value, group, sequence, mapping and class patterns */
function parseClosedPattern(p: Parser): Pattern {
  const start = startOf(p);
  switch (p.kind) {
    case T.Number:
    case T.Minus:
    case T.String:
    case T.TemplateStart: {
      const value = parseLiteral(p);
      return { kind: "MatchValue", start, end: lastEnd(p), value };
    }
    case T.None:
      return parseSingleton(p, "None");
    case T.True:
      return parseSingleton(p, "True");
    case T.False:
      return parseSingleton(p, "False");
    case T.LeftParen:
      return parseGroup(p);
    case T.LeftBracket: {
      advance(p);
      const patterns = parseElements(p, T.RightBracket);
      return { kind: "MatchSequence", start, end: lastEnd(p), patterns };
    }
    case T.LeftBrace:
      return parseMapping(p);
    case T.Name:
      return parseNamePattern(p);
    default:
      return failHere(p);
  }
}

function parseSingleton(p: Parser, value: "None" | "True" | "False"): Pattern {
  const start = startOf(p);
  advance(p);
  return { kind: "MatchSingleton", start, end: lastEnd(p), value };
}

/** group_pattern: '(' pattern ')';  sequence_pattern: '(' [open_sequence_pattern] ')' */
function parseGroup(p: Parser): Pattern {
  const start = startOf(p);
  advance(p);
  if (accept(p, T.RightParen)) {
    return { kind: "MatchSequence", start, end: lastEnd(p), patterns: [] };
  }
  const first = parseMaybeStar(p);
  if (is(p, T.RightParen) && first.kind !== "MatchStar") {
    advance(p);
    return first;
  }
  const patterns = [first];
  expect(p, T.Comma);
  patterns.push(...parseElements(p, T.RightParen));
  return { kind: "MatchSequence", start, end: lastEnd(p), patterns };
}

/** [maybe_sequence_pattern], up to and with its closing bracket */
function parseElements(p: Parser, close: T): Pattern[] {
  const patterns: Pattern[] = [];
  while (!is(p, close)) {
    patterns.push(parseMaybeStar(p));
    if (!accept(p, T.Comma)) break;
  }
  expect(p, close);
  return patterns;
}

/** literal_pattern: signed_number | complex_number | strings, as expressions */
function parseLiteral(p: Parser): Expression {
  if (is(p, T.String) || is(p, T.TemplateStart)) {
    // Whether it is a literal without fields is for the compiler to say.
    return parseStrings(p);
  }
  const start = startOf(p);
  const left = parseSignedNumber(p);
  if (!is(p, T.Plus) && !is(p, T.Minus)) return left;
  const op = is(p, T.Plus) ? "Add" : "Sub";
  if (numberOf(left).type === "complex") failAt("expected-real", left);
  advance(p);
  if (!is(p, T.Number)) failHere(p);
  const right = parseNumber(p);
  if (right.type !== "complex") failAt("expected-imaginary", right);
  return { kind: "BinOp", start, end: lastEnd(p), left, op, right };
}

function numberOf(expression: Expression): { type: Constant["type"] | null } {
  const operand = expression.kind === "UnaryOp" ? expression.operand : expression;
  return operand.kind === "Constant" ? operand : { type: null };
}

/** signed_number: ['-'] NUMBER */
function parseSignedNumber(p: Parser): Expression {
  const start = startOf(p);
  const isNegative = accept(p, T.Minus);
  if (!is(p, T.Number)) failHere(p);
  const operand = parseNumber(p);
  return isNegative ? { kind: "UnaryOp", start, end: lastEnd(p), op: "USub", operand } : operand;
}

/** capture_pattern, wildcard_pattern, value_pattern or class_pattern */
function parseNamePattern(p: Parser): Pattern {
  const start = startOf(p);
  const next = peek(p, 1);
  // The wildcard comes first in the grammar: `_.x` and `_(x)` are no patterns.
  if ((next !== T.Dot && next !== T.LeftParen) || isWordAt(p, p.at, "_")) {
    const name = parseCapture(p);
    return { kind: "MatchAs", start, end: lastEnd(p), pattern: null, name };
  }
  const value = parseDotted(p);
  if (is(p, T.LeftParen)) return parseClassPattern(p, start, value);
  return { kind: "MatchValue", start, end: lastEnd(p), value };
}

/** name_or_attr: NAME ('.' NAME)* */
function parseDotted(p: Parser): Expression {
  const { deepest } = p;
  const start = startOf(p);
  let value: Expression = parseName(p, "Load");
  p.deepest = p.depth;
  while (accept(p, T.Dot)) {
    const attr = parseIdentifier(p);
    value = { kind: "Attribute", start, end: lastEnd(p), value, attr, ctx: "Load" };
    deepen(p);
  }
  p.deepest = Math.max(p.deepest, deepest);
  return value;
}

/** class_pattern: name_or_attr '(' [positional_patterns] [keyword_patterns] ')' */
function parseClassPattern(p: Parser, start: number, cls: Expression): Pattern {
  advance(p);
  const patterns: Pattern[] = [];
  const kwd_attrs: string[] = [];
  const kwd_patterns: Pattern[] = [];
  while (!is(p, T.RightParen)) {
    if (is(p, T.Name) && peek(p, 1) === T.Assign) {
      kwd_attrs.push(nameAt(p, p.at));
      advance(p);
      advance(p);
      kwd_patterns.push(parsePattern(p));
    } else {
      const pattern = parsePattern(p);
      if (kwd_attrs.length > 0) failAt("positional-pattern-after-keyword", pattern);
      patterns.push(pattern);
    }
    if (!accept(p, T.Comma)) break;
  }
  expect(p, T.RightParen);
  return { kind: "MatchClass", start, end: lastEnd(p), cls, patterns, kwd_attrs, kwd_patterns };
}

/** mapping_pattern: '{' [items_pattern] [double_star_pattern] '}' */
function parseMapping(p: Parser): MatchMapping {
  const start = startOf(p);
  advance(p);
  const keys: Expression[] = [];
  const patterns: Pattern[] = [];
  let rest: string | null = null;
  while (!is(p, T.RightBrace)) {
    if (rest !== null) failHere(p);
    if (accept(p, T.DoubleStar)) {
      if (isWordAt(p, p.at, "_")) failHere(p);
      rest = parseIdentifier(p);
    } else {
      keys.push(parseKey(p));
      expect(p, T.Colon);
      patterns.push(parsePattern(p));
    }
    if (!accept(p, T.Comma)) break;
  }
  expect(p, T.RightBrace);
  return { kind: "MatchMapping", start, end: lastEnd(p), keys, patterns, rest };
}

/** The key of key_value_pattern: literal_expr | attr */
function parseKey(p: Parser): Expression {
  const start = startOf(p);
  switch (p.kind) {
    case T.None:
    case T.True:
    case T.False: {
      const type = is(p, T.None) ? "None" : is(p, T.True) ? "True" : "False";
      advance(p);
      return { kind: "Constant", start, end: lastEnd(p), type, value: null, prefix: null };
    }
    case T.Name:
      if (peek(p, 1) !== T.Dot) failHere(p);
      return parseDotted(p);
    default:
      return parseLiteral(p);
  }
}
