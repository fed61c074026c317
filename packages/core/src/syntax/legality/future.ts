/** `from __future__ import ...` (Python's reference, "Future statements"). Its features are known to the parser. */
import type { ImportFrom, Statement } from "../ast.js";

export function isFutureImport(node: Statement): node is ImportFrom {
  return node.kind === "ImportFrom" && node.module === "__future__" && node.level === 0;
}

/** The future imports at the beginning of a module; only its docstring may come before them. */
export function futureImports(body: readonly Statement[]): ImportFrom[] {
  const [first] = body;
  const start = first?.kind === "Expr" && isString(first) ? 1 : 0;
  const imports: ImportFrom[] = [];
  for (const node of body.slice(start)) {
    if (!isFutureImport(node)) break;
    imports.push(node);
  }
  return imports;
}

function isString({ value }: Extract<Statement, { kind: "Expr" }>): boolean {
  return value.kind === "Constant" && value.type === "str";
}

/** PEP 563 */
export function postponesAnnotations(imports: readonly ImportFrom[]): boolean {
  return imports.some(({ names }) => names.some(({ name }) => name === "annotations"));
}
