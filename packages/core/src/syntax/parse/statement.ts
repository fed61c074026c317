/** Statements and blocks; the simple statements. (Python's grammar: statements to assert_stmt.) */
import type { Attribute, BinaryOperator, Expression, Name, Statement, Subscript } from "../ast.js";
import { T } from "../tokens.js";
import { parseCompound } from "./compound.js";
import { failAnnotated, failAugmented, failExpectedBlock, failStatement } from "./diagnose.js";
import {
  parseExpression,
  parseName,
  parseRestOfTuple,
  parseStarExpression,
  parseStarExpressions,
  parseYieldOrStarExpressions,
  startsExpression,
} from "./expression.js";
import { parseImport, parseImportFrom } from "./import.js";
import { parseTypeParameters } from "./parameters.js";
import {
  accept,
  advance,
  expect,
  expectColon,
  failHere,
  failToken,
  is,
  isWordAt,
  lastEnd,
  type Parser,
  parseIdentifier,
  peek,
  startOf,
} from "./state.js";
import { toTarget } from "./target.js";

/** statements, up to the end of the file or of the block. */
export function parseStatements(p: Parser, close: T): Statement[] {
  const body: Statement[] = [];
  while (!is(p, close)) parseStatement(p, body);
  return body;
}

/** statement: compound_stmt | simple_stmts */
function parseStatement(p: Parser, body: Statement[]): void {
  if (is(p, T.Indent)) failToken(p, "unexpected-indent");
  const compound = parseCompound(p);
  if (compound === null) parseSimpleStatements(p, body);
  else body.push(compound);
}

/** simple_stmts: ';'.simple_stmt+ [';'] NEWLINE */
function parseSimpleStatements(p: Parser, body: Statement[]): void {
  for (;;) {
    const statement = parseSimpleStatement(p);
    body.push(statement);
    if (is(p, T.Newline)) return advance(p);
    if (!accept(p, T.Semicolon)) failStatement(p, statement);
    if (is(p, T.Newline)) return advance(p);
  }
}

/** block: NEWLINE INDENT statements DEDENT | simple_stmts. After the colon of `owner`, which stands at `start`. */
export function parseBlock(p: Parser, owner: BlockOwner, start: number): Statement[] {
  const body: Statement[] = [];
  if (!is(p, T.Newline)) {
    parseSimpleStatements(p, body);
    return body;
  }
  advance(p);
  if (!is(p, T.Indent)) failExpectedBlock(p, owner, start);
  advance(p);
  while (!is(p, T.Dedent)) parseStatement(p, body);
  advance(p);
  return body;
}

/** A colon and its block. */
export function parseColonBlock(p: Parser, owner: BlockOwner, start: number): Statement[] {
  expectColon(p);
  return parseBlock(p, owner, start);
}

/** What a block belongs to, as messages name it. */
export type BlockOwner =
  | "function definition"
  | "class definition"
  | "'if' statement"
  | "'elif' statement"
  | "'else' statement"
  | "'for' statement"
  | "'while' statement"
  | "'with' statement"
  | "'try' statement"
  | "'except' statement"
  | "'except*' statement"
  | "'finally' statement"
  | "'match' statement"
  | "'case' statement";

function parseSimpleStatement(p: Parser): Statement {
  const start = startOf(p);
  switch (p.kind) {
    case T.Return: {
      advance(p);
      const value = startsExpression(p.kind) ? parseStarExpressions(p) : null;
      return { kind: "Return", start, end: lastEnd(p), value };
    }
    case T.Import:
      return parseImport(p);
    case T.From:
      return parseImportFrom(p);
    case T.Raise:
      return parseRaise(p);
    case T.Pass:
      advance(p);
      return { kind: "Pass", start, end: lastEnd(p) };
    case T.Break:
      advance(p);
      return { kind: "Break", start, end: lastEnd(p) };
    case T.Continue:
      advance(p);
      return { kind: "Continue", start, end: lastEnd(p) };
    case T.Del:
      return parseDelete(p);
    case T.Assert: {
      advance(p);
      const test = parseExpression(p);
      const msg = accept(p, T.Comma) ? parseExpression(p) : null;
      return { kind: "Assert", start, end: lastEnd(p), test, msg };
    }
    case T.Global: {
      const names = parseNames(p);
      return { kind: "Global", start, end: lastEnd(p), names };
    }
    case T.Nonlocal: {
      const names = parseNames(p);
      return { kind: "Nonlocal", start, end: lastEnd(p), names };
    }
    default:
      if (isTypeAlias(p)) return parseTypeAlias(p);
      return parseExpressionStatement(p);
  }
}

/** 'global' ','.NAME+ and 'nonlocal' ','.NAME+ */
function parseNames(p: Parser): string[] {
  advance(p);
  const names = [parseIdentifier(p)];
  while (accept(p, T.Comma)) names.push(parseIdentifier(p));
  return names;
}

/** raise_stmt: 'raise' [expression ['from' expression]] */
function parseRaise(p: Parser): Statement {
  const start = startOf(p);
  advance(p);
  let exc: Expression | null = null;
  let cause: Expression | null = null;
  if (startsExpression(p.kind) && !is(p, T.Star)) {
    exc = parseExpression(p);
    if (accept(p, T.From)) cause = parseExpression(p);
  }
  return { kind: "Raise", start, end: lastEnd(p), exc, cause };
}

/** del_stmt: 'del' ','.del_target+ [','] */
function parseDelete(p: Parser): Statement {
  const start = startOf(p);
  advance(p);
  const first = parseStarExpression(p);
  const isList = is(p, T.Comma);
  const expression = isList ? parseRestOfTuple(p, first.start, first, parseStarExpression) : first;
  toTarget(p, expression, "Del", "delete");
  const targets = isList && expression.kind === "Tuple" ? expression.elts : [expression];
  return { kind: "Delete", start, end: lastEnd(p), targets };
}

function isTypeAlias(p: Parser): boolean {
  return is(p, T.Name) && peek(p, 1) === T.Name && isWordAt(p, p.at, "type");
}

/** type_alias: "type" NAME [type_params] '=' expression */
function parseTypeAlias(p: Parser): Statement {
  const start = startOf(p);
  const next = peek(p, 2);
  if (next !== T.Assign && next !== T.LeftBracket) {
    advance(p);
    failHere(p);
  }
  advance(p);
  const name = parseName(p, "Store");
  const type_params = parseTypeParameters(p);
  expect(p, T.Assign);
  const value = parseExpression(p);
  return { kind: "TypeAlias", start, end: lastEnd(p), name, type_params, value };
}

const AUGMENTED: readonly (readonly [T, BinaryOperator])[] = [
  [T.PlusAssign, "Add"],
  [T.MinusAssign, "Sub"],
  [T.StarAssign, "Mult"],
  [T.AtAssign, "MatMult"],
  [T.SlashAssign, "Div"],
  [T.PercentAssign, "Mod"],
  [T.AmpersandAssign, "BitAnd"],
  [T.BarAssign, "BitOr"],
  [T.CaretAssign, "BitXor"],
  [T.LeftShiftAssign, "LShift"],
  [T.RightShiftAssign, "RShift"],
  [T.DoubleStarAssign, "Pow"],
  [T.DoubleSlashAssign, "FloorDiv"],
];
const AUGMENTED_OPERATORS = new Map(AUGMENTED);

/** star_expressions, and what makes an assignment of them. */
function parseExpressionStatement(p: Parser): Statement {
  const start = startOf(p);
  const isGrouped = is(p, T.LeftParen);
  const value = parseYieldOrStarExpressions(p);
  switch (p.kind) {
    case T.Newline:
      break;
    case T.Assign:
      return parseAssignment(p, start, value);
    case T.Colon:
      return parseAnnotated(p, start, value, isGrouped);
    default:
      if (p.kind >= T.PlusAssign) return parseAugmented(p, start, value);
  }
  return { kind: "Expr", start, end: lastEnd(p), value };
}

/** assignment: (star_targets '=')+ annotated_rhs */
function parseAssignment(p: Parser, start: number, first: Expression): Statement {
  const targets: Expression[] = [];
  let value = first;
  while (accept(p, T.Assign)) {
    toTarget(p, value, "Store", targets.length === 0 ? "assign" : "again");
    targets.push(value);
    value = parseYieldOrStarExpressions(p);
  }
  return { kind: "Assign", start, end: lastEnd(p), targets, value };
}

/** assignment: (NAME | '(' single_target ')' | single_subscript_attribute_target) ':' expression ['=' annotated_rhs] */
function parseAnnotated(
  p: Parser,
  start: number,
  target: Expression,
  isGrouped: boolean,
): Statement {
  if (!isSingleTarget(target) || (isGrouped && startsWithGroupedTarget(target, start))) {
    return failAnnotated(p, target);
  }
  advance(p);
  toTarget(p, target, "Store", "again");
  const annotation = parseExpression(p);
  const value = accept(p, T.Assign) ? parseYieldOrStarExpressions(p) : null;
  const simple = target.kind === "Name" && !isGrouped ? 1 : 0;
  return { kind: "AnnAssign", start, end: lastEnd(p), target, annotation, value, simple };
}

/** NAME, or an attribute or a subscript */
function isSingleTarget(expression: Expression): expression is Name | Attribute | Subscript {
  const { kind } = expression;
  return kind === "Name" || kind === "Attribute" || kind === "Subscript";
}

/**
 * Whether `target`, at the parenthesis at `start`, is `(a).b` and not `(a)`: the
 * grammar takes a target in parentheses for the whole one, and then misses the colon.
 */
function startsWithGroupedTarget(target: Expression, start: number): boolean {
  if (target.start !== start) return false;
  let inner = target;
  while (inner.start === start) {
    if (inner.kind === "Call") inner = inner.func;
    else if (inner.kind === "Attribute" || inner.kind === "Subscript") inner = inner.value;
    else return false;
  }
  return isSingleTarget(inner);
}

/** assignment: single_target augassign annotated_rhs */
function parseAugmented(p: Parser, start: number, target: Expression): Statement {
  if (!isSingleTarget(target)) {
    return failAugmented(target);
  }
  const op = AUGMENTED_OPERATORS.get(p.kind) ?? "Add";
  advance(p);
  toTarget(p, target, "Store", "again");
  const value = parseYieldOrStarExpressions(p);
  return { kind: "AugAssign", start, end: lastEnd(p), target, op, value };
}
