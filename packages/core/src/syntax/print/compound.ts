/** The statements that hold blocks, but for definitions. */
import type {
  AsyncFor,
  AsyncWith,
  ExceptHandler,
  Expression,
  For,
  If,
  Match,
  MatchCase,
  Statement,
  Try,
  TryStar,
  While,
  With,
  WithItem,
} from "../ast.js";
import { printAfter, printBlock, printClause, startLine } from "./block.js";
import { printExpression } from "./expression.js";
import { printPattern } from "./pattern.js";
import { TEST, TUPLE } from "./precedence.js";
import { nameIn, type Printer } from "./printer.js";

/** If(expr test, stmt* body, stmt* orelse): a lone `if` in the `else` is an `elif`. */
export function printIf(p: Printer, node: If): void {
  let at = node;
  let keyword = "if ";
  for (;;) {
    startLine(p, keyword);
    printExpression(p, at.test, TEST);
    printBlock(p, at.body);
    const next: Statement | undefined = at.orelse.length === 1 ? at.orelse[0] : undefined;
    if (next === undefined || next.kind !== "If") break;
    at = next;
    keyword = "elif ";
  }
  printClause(p, "else", at.orelse);
}

/** For, AsyncFor(expr target, expr iter, stmt* body, stmt* orelse) */
export function printFor(p: Printer, node: For | AsyncFor, keyword: string): void {
  startLine(p, keyword);
  printExpression(p, node.target, TUPLE);
  p.text += " in ";
  printExpression(p, node.iter, TEST);
  printBlock(p, node.body);
  printClause(p, "else", node.orelse);
}

/** While(expr test, stmt* body, stmt* orelse) */
export function printWhile(p: Printer, node: While): void {
  startLine(p, "while ");
  printExpression(p, node.test, TEST);
  printBlock(p, node.body);
  printClause(p, "else", node.orelse);
}

/** With, AsyncWith(withitem* items, stmt* body) */
export function printWith(p: Printer, node: With | AsyncWith, keyword: string): void {
  startLine(p, keyword);
  printWithItems(p, node.items);
  printBlock(p, node.body);
}

/** A tuple that is the only item keeps its parentheses; without, its elements would be the items. */
function printWithItems(p: Printer, items: readonly WithItem[]): void {
  const only = items.length === 1 ? items[0] : undefined;
  const alone =
    only !== undefined && only.optional_vars === null && readsAsItems(only.context_expr);
  if (alone) p.text += "(";
  let separator = "";
  for (const item of items) {
    p.text += separator;
    separator = ", ";
    printWithItem(p, item);
  }
  if (alone) p.text += ")";
}

/** Whether CPython, which leaves those parentheses out, would read `(a, b)` as two items. */
function readsAsItems(node: Expression): boolean {
  return (
    node.kind === "Tuple" &&
    node.elts.length > 0 &&
    node.elts.every((element) => element.kind !== "Starred")
  );
}

/** withitem(expr context_expr, expr? optional_vars) */
export function printWithItem(p: Printer, node: WithItem): void {
  printExpression(p, node.context_expr, TEST);
  printAfter(p, " as ", node.optional_vars);
}

/** Try, TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody) */
export function printTry(p: Printer, node: Try | TryStar, keyword: string): void {
  startLine(p, "try");
  printBlock(p, node.body);
  for (let i = 0; i < node.handlers.length; i += 1) {
    const handler = node.handlers[i];
    if (handler !== undefined) printHandler(p, handler, keyword);
  }
  printClause(p, "else", node.orelse);
  printClause(p, "finally", node.finalbody);
}

/** ExceptHandler(expr? type, identifier? name, stmt* body) */
export function printHandler(p: Printer, node: ExceptHandler, keyword: string): void {
  startLine(p, keyword);
  printAfter(p, " ", node.type);
  if (node.name !== null) p.text += ` as ${nameIn(p, node, node.name)}`;
  printBlock(p, node.body);
}

/** Match(expr subject, match_case* cases) */
export function printMatch(p: Printer, node: Match): void {
  startLine(p, "match ");
  printExpression(p, node.subject, TEST);
  p.text += ":";
  const lineStart = p.lineStart;
  p.lineStart = `${lineStart}    `;
  for (let i = 0; i < node.cases.length; i += 1) {
    const matchCase = node.cases[i];
    if (matchCase !== undefined) printCase(p, matchCase);
  }
  p.lineStart = lineStart;
}

/** match_case(pattern pattern, expr? guard, stmt* body) */
export function printCase(p: Printer, node: MatchCase): void {
  startLine(p, "case ");
  printPattern(p, node.pattern, TEST);
  printAfter(p, " if ", node.guard);
  printBlock(p, node.body);
}
