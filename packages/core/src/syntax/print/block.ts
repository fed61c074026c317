/**
 * Lines and blocks: each statement begins a line, whose indentation is that of
 * its block. The loops are over indices, for small stack frames.
 */
import type { Expression, Statement, StringConstant } from "../ast.js";
import { printExpression } from "./expression.js";
import { TEST } from "./precedence.js";
import type { Printer } from "./printer.js";
import { printStatement } from "./statement.js";
import { docstringText } from "./string.js";

/** Begins a line with `text`; the first line has no line break before it. */
export function startLine(p: Printer, text: string): void {
  p.text += p.text.length === 0 ? text : p.lineStart + text;
}

/** Prints a statement's block: the colon and the indented statements. */
export function printBlock(p: Printer, body: readonly Statement[]): void {
  p.text += ":";
  const lineStart = p.lineStart;
  p.lineStart = `${lineStart}    `;
  for (let i = 0; i < body.length; i += 1) {
    const statement = body[i];
    if (statement !== undefined) printStatement(p, statement);
  }
  p.lineStart = lineStart;
}

/** As `printBlock`, for what may begin with a docstring. */
export function printDocumentedBlock(p: Printer, body: readonly Statement[]): void {
  p.text += ":";
  const lineStart = p.lineStart;
  p.lineStart = `${lineStart}    `;
  printDocumented(p, body);
  p.lineStart = lineStart;
}

/** Statements of which the first may be a docstring, which is printed in triple quotes. */
export function printDocumented(p: Printer, body: readonly Statement[]): void {
  const docstring = docstringOf(body);
  let from = 0;
  if (docstring !== null) {
    const prefix = p.naming === null ? (docstring.prefix ?? "") : "";
    startLine(p, prefix + docstringText(docstring.value));
    from = 1;
  }
  for (let i = from; i < body.length; i += 1) {
    const statement = body[i];
    if (statement !== undefined) printStatement(p, statement);
  }
}

function docstringOf(body: readonly Statement[]): StringConstant | null {
  const first = body[0];
  if (first === undefined || first.kind !== "Expr") return null;
  const value = first.value;
  return value.kind === "Constant" && value.type === "str" ? value : null;
}

/** `else`, `finally`: nothing where the block is empty. */
export function printClause(p: Printer, keyword: string, body: readonly Statement[]): void {
  if (body.length === 0) return;
  startLine(p, keyword);
  printBlock(p, body);
}

export function printAfter(p: Printer, before: string, node: Expression | null): void {
  if (node === null) return;
  p.text += before;
  printExpression(p, node, TEST);
}
