/** `from __future__ import ...` (Python's reference, "Future statements"). */
import type { Alias, ImportFrom, Statement } from "./ast.js";

export function isFutureImport(node: Statement): node is ImportFrom {
  return node.kind === "ImportFrom" && node.module === "__future__" && node.level === 0;
}

/** The future imports at the beginning of a module; only its docstring may come before them. */
export function futureImports(body: readonly Statement[]): ImportFrom[] {
  const [first] = body;
  const imports: ImportFrom[] = [];
  for (const node of body) {
    if (isFutureImport(node)) imports.push(node);
    else if (node !== first || node.kind !== "Expr" || !isString(node)) break;
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

/** The features of Python 3.14. */
const FEATURES =
  "nested_scopes generators division absolute_import with_statement print_function unicode_literals barry_as_FLUFL generator_stop annotations".split(
    " ",
  );

/** The first feature imported at the beginning of a module that there is not. */
export function unknownFeature(body: readonly Statement[]): Alias | undefined {
  for (const { names } of futureImports(body)) {
    const unknown = names.find(({ name }) => !FEATURES.includes(name));
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}
