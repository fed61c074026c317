/**
 * Expressions: operators by precedence, lambda, conditions, assignment expressions
 * and lists of expressions. (Python's grammar: star_expressions to bitwise_or.)
 */
import type {
  BinaryOperator,
  ComparisonOperator,
  Expression,
  Name,
  Starred,
  Tuple,
  UnaryOperator,
} from "../ast.js";
import { T } from "../tokens.js";
import { failNamed, failNot } from "./diagnose.js";
import { parseLambda } from "./parameters.js";
import { parsePrimary } from "./primary.js";
import {
  accept,
  advance,
  deepen,
  descend,
  failAt,
  failHere,
  is,
  lastEnd,
  nameAt,
  type Parser,
  peek,
  startOf,
} from "./state.js";

/** How tightly operators bind, loosest first. */
export enum Precedence {
  Or = 1,
  And,
  Not,
  Comparison,
  BitOr,
  BitXor,
  BitAnd,
  Shift,
  Sum,
  Product,
  Unary,
  Power,
}

const BINARY: readonly (readonly [T, Precedence, BinaryOperator])[] = [
  [T.Bar, Precedence.BitOr, "BitOr"],
  [T.Caret, Precedence.BitXor, "BitXor"],
  [T.Ampersand, Precedence.BitAnd, "BitAnd"],
  [T.LeftShift, Precedence.Shift, "LShift"],
  [T.RightShift, Precedence.Shift, "RShift"],
  [T.Plus, Precedence.Sum, "Add"],
  [T.Minus, Precedence.Sum, "Sub"],
  [T.Star, Precedence.Product, "Mult"],
  [T.Slash, Precedence.Product, "Div"],
  [T.DoubleSlash, Precedence.Product, "FloorDiv"],
  [T.Percent, Precedence.Product, "Mod"],
  [T.At, Precedence.Product, "MatMult"],
  [T.DoubleStar, Precedence.Power, "Pow"],
];
const COMPARISONS: readonly (readonly [T, ComparisonOperator])[] = [
  [T.Equal, "Eq"],
  [T.NotEqual, "NotEq"],
  [T.Less, "Lt"],
  [T.LessEqual, "LtE"],
  [T.Greater, "Gt"],
  [T.GreaterEqual, "GtE"],
  [T.In, "In"],
  [T.Is, "Is"],
  [T.Not, "NotIn"],
  [T.Unequal, "NotEq"],
];

const PRECEDENCES = new Uint8Array(T.RightShiftAssign + 1);
const BINARY_OPERATORS: (BinaryOperator | undefined)[] = Array(T.RightShiftAssign + 1).fill(
  undefined,
);
const COMPARISON_OPERATORS: (ComparisonOperator | undefined)[] = Array(T.RightShiftAssign + 1).fill(
  undefined,
);
for (const [kind, precedence, operator] of BINARY) {
  PRECEDENCES[kind] = precedence;
  BINARY_OPERATORS[kind] = operator;
}
for (const [kind, operator] of COMPARISONS) {
  PRECEDENCES[kind] = Precedence.Comparison;
  COMPARISON_OPERATORS[kind] = operator;
}
PRECEDENCES[T.Or] = Precedence.Or;
PRECEDENCES[T.And] = Precedence.And;

/** expression: disjunction ['if' disjunction 'else' expression] | lambdef */
export function parseExpression(p: Parser): Expression {
  if (is(p, T.Lambda)) return parseLambda(p);
  const start = startOf(p);
  const body = parseOperators(p, Precedence.Or);
  return is(p, T.If) ? parseConditional(p, start, body) : body;
}

function parseConditional(p: Parser, start: number, body: Expression): Expression {
  descend(p);
  advance(p);
  const test = parseOperators(p, Precedence.Or);
  if (!is(p, T.Else)) {
    if (is(p, T.Colon) || is(p, T.Failure)) failHere(p);
    failAt("expected-else", { start, end: lastEnd(p) });
  }
  advance(p);
  const orelse = parseExpression(p);
  p.depth--;
  return { kind: "IfExp", start, end: lastEnd(p), test, body, orelse };
}

/** disjunction, conjunction, inversion, comparison, bitwise_or ... power: what binds at least as `least`. */
export function parseOperators(p: Parser, least: Precedence): Expression {
  const deepest = p.deepest;
  descend(p);
  p.deepest = p.depth;
  const start = startOf(p);
  let left = parseOperand(p, least);
  for (;;) {
    const precedence = PRECEDENCES[p.kind] ?? 0;
    if (precedence < least || precedence === 0) break;
    if (precedence >= Precedence.BitOr) {
      const op = BINARY_OPERATORS[p.kind] ?? "Add";
      advance(p);
      // ** binds to the right, and looser than a unary operator on its right.
      const next = precedence === Precedence.Power ? Precedence.Unary : precedence + 1;
      deepen(p);
      const right = parseOperators(p, next);
      left = { kind: "BinOp", start, end: lastEnd(p), left, op, right };
    } else if (precedence === Precedence.Comparison) {
      if (is(p, T.Not) && peek(p, 1) !== T.In) break;
      left = parseComparison(p, start, left);
    } else left = parseBooleans(p, start, left, precedence);
  }
  p.depth--;
  if (p.deepest < deepest) p.deepest = deepest;
  return left;
}

/** inversion: 'not' inversion;  factor: ('+' | '-' | '~') factor;  else a primary. */
function parseOperand(p: Parser, least: Precedence): Expression {
  let op: UnaryOperator;
  let precedence = Precedence.Unary;
  switch (p.kind) {
    case T.Not:
      if (least > Precedence.Not) return failNot(p, least >= Precedence.Product);
      op = "Not";
      precedence = Precedence.Not;
      break;
    case T.Minus:
      op = "USub";
      break;
    case T.Plus:
      op = "UAdd";
      break;
    case T.Tilde:
      op = "Invert";
      break;
    default:
      return parsePrimary(p);
  }
  const start = startOf(p);
  advance(p);
  const operand = parseOperators(p, precedence);
  return { kind: "UnaryOp", start, end: lastEnd(p), op, operand };
}

/** comparison: bitwise_or (operator bitwise_or)+ */
function parseComparison(p: Parser, start: number, left: Expression): Expression {
  const ops: ComparisonOperator[] = [];
  const comparators: Expression[] = [];
  deepen(p);
  for (;;) {
    let op = COMPARISON_OPERATORS[p.kind];
    if (op === undefined || (is(p, T.Not) && peek(p, 1) !== T.In)) break;
    if (p.kind === (p.usesUnequal ? T.NotEqual : T.Unequal)) break;
    if (is(p, T.Not)) advance(p);
    else if (is(p, T.Is) && peek(p, 1) === T.Not) {
      advance(p);
      op = "IsNot";
    }
    advance(p);
    ops.push(op);
    comparators.push(parseOperators(p, Precedence.BitOr));
  }
  if (ops.length === 0) failHere(p);
  return { kind: "Compare", start, end: lastEnd(p), left, ops, comparators };
}

/** disjunction: conjunction ('or' conjunction)+;  conjunction: inversion ('and' inversion)+ */
function parseBooleans(
  p: Parser,
  start: number,
  left: Expression,
  precedence: Precedence,
): Expression {
  const operator = p.kind;
  const values = [left];
  deepen(p);
  while (accept(p, operator)) values.push(parseOperators(p, precedence + 1));
  return {
    kind: "BoolOp",
    start,
    end: lastEnd(p),
    op: operator === T.Or ? "Or" : "And",
    values,
  };
}

/** named_expression: NAME ':=' expression | expression !':=' */
export function parseNamedExpression(p: Parser): Expression {
  if (is(p, T.Name) && peek(p, 1) === T.Walrus) return parseWalrus(p);
  const start = startOf(p);
  const expression = parseExpression(p);
  if (is(p, T.Walrus) || is(p, T.Assign)) failNamed(p, start, expression);
  return expression;
}

function parseWalrus(p: Parser): Expression {
  const start = startOf(p);
  const target = parseName(p, "Store");
  advance(p);
  const value = parseExpression(p);
  return { kind: "NamedExpr", start, end: lastEnd(p), target, value };
}

export function parseName(p: Parser, ctx: Name["ctx"]): Name {
  if (!is(p, T.Name)) failHere(p);
  const node: Name = {
    kind: "Name",
    start: startOf(p),
    end: p.ends[p.at] ?? 0,
    id: nameAt(p, p.at),
    ctx,
  };
  advance(p);
  return node;
}

/** star_named_expression: '*' bitwise_or | named_expression */
export function parseStarNamedExpression(p: Parser): Expression {
  return is(p, T.Star) ? parseStarred(p) : parseNamedExpression(p);
}

/** '*' bitwise_or */
export function parseStarred(p: Parser): Starred {
  const start = startOf(p);
  advance(p);
  const value = parseOperators(p, Precedence.BitOr);
  return { kind: "Starred", start, end: lastEnd(p), value, ctx: "Load" };
}

/** star_expression: '*' bitwise_or | expression */
export function parseStarExpression(p: Parser): Expression {
  return is(p, T.Star) ? parseStarred(p) : parseExpression(p);
}

/** star_expressions: one expression, or with commas a tuple without parentheses. */
export function parseStarExpressions(p: Parser): Expression {
  const start = startOf(p);
  const first = parseStarExpression(p);
  return is(p, T.Comma) ? parseRestOfTuple(p, start, first, parseStarExpression) : first;
}

/** At the first comma of a tuple: the rest of it. */
export function parseRestOfTuple(
  p: Parser,
  start: number,
  first: Expression,
  parseElement: (p: Parser) => Expression,
): Tuple {
  const elts = [first];
  while (accept(p, T.Comma)) {
    if (!startsExpression(p.kind)) break;
    elts.push(parseElement(p));
  }
  return { kind: "Tuple", start, end: lastEnd(p), elts, ctx: "Load" };
}

/** annotated_rhs: yield_expr | star_expressions */
export function parseYieldOrStarExpressions(p: Parser): Expression {
  return is(p, T.Yield) ? parseYield(p) : parseStarExpressions(p);
}

/** yield_expr: 'yield' 'from' expression | 'yield' [star_expressions] */
export function parseYield(p: Parser): Expression {
  const start = startOf(p);
  advance(p);
  if (accept(p, T.From)) {
    const value = parseExpression(p);
    return { kind: "YieldFrom", start, end: lastEnd(p), value };
  }
  const value = startsExpression(p.kind) ? parseStarExpressions(p) : null;
  return { kind: "Yield", start, end: lastEnd(p), value };
}

const STARTS = new Uint8Array(T.RightShiftAssign + 1);
for (const kind of [
  T.Name,
  T.Number,
  T.String,
  T.TemplateStart,
  T.False,
  T.None,
  T.True,
  T.Await,
  T.Lambda,
  T.Not,
  T.LeftParen,
  T.LeftBracket,
  T.LeftBrace,
  T.Ellipsis,
  T.Plus,
  T.Minus,
  T.Tilde,
  T.Star,
]) {
  STARTS[kind] = 1;
}

/** Whether an expression, or one with a star, can start with this token. */
export function startsExpression(kind: T): boolean {
  return STARTS[kind] === 1;
}
