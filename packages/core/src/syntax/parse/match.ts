/** The match statement. (Python's grammar: match_stmt, case_block, patterns.) Its patterns are in pattern.ts. */
import type { MatchCase, Pattern, Statement } from "../ast.js";
import { T } from "../tokens.js";
import { lastTokenEnd } from "./compound.js";
import { failExpectedBlock } from "./diagnose.js";
import { parseNamedExpression, parseRestOfTuple, parseStarNamedExpression } from "./expression.js";
import { parsePatterns } from "./pattern.js";
import {
  accept,
  advance,
  expect,
  expectColon,
  failHere,
  is,
  isWordAt,
  type Parser,
  peek,
  startOf,
} from "./state.js";
import { parseColonBlock } from "./statement.js";

/** Whether `match` is the keyword here: before a subject, in a line that ends with a colon. */
export function isMatch(p: Parser): boolean {
  switch (peek(p, 1)) {
    case T.Name:
    case T.Number:
    case T.String:
    case T.TemplateStart:
    case T.LeftBrace:
    case T.Tilde:
    case T.Ellipsis:
    case T.Lambda:
    case T.Await:
    case T.None:
    case T.True:
    case T.False:
      return isWordAt(p, p.at, "match");
    case T.Not:
      return isWordAt(p, p.at, "match") && peek(p, 2) !== T.In;
    case T.LeftParen:
    case T.LeftBracket:
    case T.Minus:
    case T.Plus:
    case T.Star:
      return isWordAt(p, p.at, "match") && lineEndsWithColon(p);
    default:
      return false;
  }
}

function lineEndsWithColon(p: Parser): boolean {
  let index = p.at;
  while (index < p.count && p.kinds[index] !== T.Newline) index++;
  return p.kinds[index - 1] === T.Colon;
}

/** match_stmt: "match" subject_expr ':' NEWLINE INDENT case_block+ DEDENT */
export function parseMatch(p: Parser): Statement {
  const start = startOf(p);
  advance(p);
  const subjectStart = startOf(p);
  const first = parseStarNamedExpression(p);
  if (first.kind === "Starred" && !is(p, T.Comma)) failHere(p);
  const subject = is(p, T.Comma)
    ? parseRestOfTuple(p, subjectStart, first, parseStarNamedExpression)
    : first;
  expectColon(p);
  expect(p, T.Newline);
  if (!is(p, T.Indent)) failExpectedBlock(p, "'match' statement", start);
  advance(p);
  const cases: MatchCase[] = [];
  while (!is(p, T.Dedent)) cases.push(parseCase(p));
  advance(p);
  return { kind: "Match", start, end: lastTokenEnd(p), subject, cases };
}

/** case_block: "case" patterns [guard] ':' block */
function parseCase(p: Parser): MatchCase {
  if (!isWordAt(p, p.at, "case")) failHere(p);
  const start = startOf(p);
  advance(p);
  const pattern: Pattern = parsePatterns(p);
  const guard = accept(p, T.If) ? parseNamedExpression(p) : null;
  const body = parseColonBlock(p, "'case' statement", start);
  return { kind: "match_case", start, end: lastTokenEnd(p), pattern, guard, body };
}
