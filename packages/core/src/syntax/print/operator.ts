/** Operators, and the expressions that begin with a keyword or hold one. */
import type { BinOp, BoolOp, Compare, Expression, IfExp, NamedExpr, UnaryOp } from "../ast.js";
import { printExpression } from "./expression.js";
import * as level from "./precedence.js";
import type { Printer } from "./printer.js";

/** BinOp(expr left, operator op, expr right): down the left spine, then up again. */
export function printBinary(p: Printer, node: BinOp, required: number): void {
  const base = p.operations.length;
  let at: Expression = node;
  let needed = required;
  while (at.kind === "BinOp") {
    if (needed > level.BINARY_LEVEL[at.op]) p.text += "(";
    p.operations.push(at);
    needed = leftLevel(at);
    at = at.left;
  }
  printExpression(p, at, needed);
  while (p.operations.length > base) {
    const operation = p.operations.pop();
    if (operation === undefined) return;
    const own = level.BINARY_LEVEL[operation.op];
    p.text += level.BINARY_SYMBOL[operation.op];
    printExpression(p, operation.right, own === level.POWER ? own : own + 1);
    const parent = p.operations.length > base ? p.operations[p.operations.length - 1] : undefined;
    if ((parent === undefined ? required : leftLevel(parent)) > own) p.text += ")";
  }
}

/** Only `**` groups to the right. */
function leftLevel(node: BinOp): number {
  const own = level.BINARY_LEVEL[node.op];
  return own === level.POWER ? own + 1 : own;
}

/** UnaryOp(unaryop op, expr operand) */
export function printUnary(p: Printer, node: UnaryOp, required: number): void {
  const own = node.op === "Not" ? level.NOT : level.FACTOR;
  if (required > own) p.text += "(";
  p.text += level.UNARY_SYMBOL[node.op];
  printExpression(p, node.operand, own);
  if (required > own) p.text += ")";
}

/** BoolOp(boolop op, expr* values): CPython requires one level more of each further value. */
export function printBoolean(p: Printer, node: BoolOp, required: number): void {
  const own = node.op === "Or" ? level.OR : level.AND;
  if (required > own) p.text += "(";
  for (let i = 0; i < node.values.length; i += 1) {
    const value = node.values[i];
    if (value === undefined) break;
    if (i > 0) p.text += level.BOOLEAN_SYMBOL[node.op];
    printExpression(p, value, Math.min(own + 1 + i, level.ATOM));
  }
  if (required > own) p.text += ")";
}

/** Compare(expr left, cmpop* ops, expr* comparators) */
export function printComparison(p: Printer, node: Compare, required: number): void {
  if (required > level.COMPARISON) p.text += "(";
  printExpression(p, node.left, level.COMPARISON + 1);
  for (let i = 0; i < node.ops.length; i += 1) {
    const op = node.ops[i];
    const comparator = node.comparators[i];
    if (op === undefined || comparator === undefined) break;
    p.text += level.COMPARISON_SYMBOL[op];
    printExpression(p, comparator, level.COMPARISON + 1);
  }
  if (required > level.COMPARISON) p.text += ")";
}

/** NamedExpr(expr target, expr value): always in parentheses. */
export function printNamed(p: Printer, node: NamedExpr): void {
  p.text += "(";
  printExpression(p, node.target, level.ATOM);
  p.text += " := ";
  printExpression(p, node.value, level.ATOM);
  p.text += ")";
}

/** IfExp(expr test, expr body, expr orelse) */
export function printConditional(p: Printer, node: IfExp, required: number): void {
  if (required > level.TEST) p.text += "(";
  printExpression(p, node.body, level.TEST + 1);
  p.text += " if ";
  printExpression(p, node.test, level.TEST + 1);
  p.text += " else ";
  printExpression(p, node.orelse, level.TEST);
  if (required > level.TEST) p.text += ")";
}

/** Await(expr value), Yield(expr? value), YieldFrom(expr value) */
export function printPrefixed(
  p: Printer,
  keyword: string,
  value: Expression | null,
  parenthesized: boolean,
): void {
  if (parenthesized) p.text += "(";
  if (value === null) {
    p.text += keyword.trimEnd();
  } else {
    p.text += keyword;
    printExpression(p, value, level.ATOM);
  }
  if (parenthesized) p.text += ")";
}
