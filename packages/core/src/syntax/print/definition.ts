/** Functions and classes, their decorators and type parameters. */
import type { AsyncFunctionDef, ClassDef, Expression, FunctionDef, TypeParameter } from "../ast.js";
import { printAfter, printDocumentedBlock, startLine } from "./block.js";
import { printExpression } from "./expression.js";
import { printParameters } from "./parameters.js";
import { TEST } from "./precedence.js";
import { printArguments } from "./primary.js";
import { nameIn, type Printer } from "./printer.js";

/**
 * FunctionDef, AsyncFunctionDef(identifier name, arguments args, stmt* body,
 * expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
 */
export function printFunction(
  p: Printer,
  node: FunctionDef | AsyncFunctionDef,
  keyword: string,
): void {
  setOff(p);
  printDecorators(p, node.decorator_list);
  startLine(p, keyword);
  p.text += nameIn(p, node, node.name);
  printTypeParameters(p, node.type_params);
  p.text += "(";
  printParameters(p, node.args, "");
  p.text += ")";
  printAfter(p, " -> ", node.returns);
  printDocumentedBlock(p, node.body);
}

/**
 * ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body,
 * expr* decorator_list, type_param* type_params)
 */
export function printClass(p: Printer, node: ClassDef): void {
  setOff(p);
  printDecorators(p, node.decorator_list);
  startLine(p, "class ");
  p.text += nameIn(p, node, node.name);
  printTypeParameters(p, node.type_params);
  if (node.bases.length > 0 || node.keywords.length > 0) {
    p.text += "(";
    printArguments(p, node.bases, node.keywords);
    p.text += ")";
  }
  printDocumentedBlock(p, node.body);
}

/** A line break before a definition, so that a blank line sets it off. */
function setOff(p: Printer): void {
  if (p.text.length > 0) p.text += "\n";
}

function printDecorators(p: Printer, decorators: readonly Expression[]): void {
  for (const decorator of decorators) {
    startLine(p, "@");
    printExpression(p, decorator, TEST);
  }
}

export function printTypeParameters(p: Printer, parameters: readonly TypeParameter[]): void {
  if (parameters.length === 0) return;
  let separator = "[";
  for (const parameter of parameters) {
    p.text += separator;
    separator = ", ";
    printTypeParameter(p, parameter);
  }
  p.text += "]";
}

/**
 * TypeVar(identifier name, expr? bound, expr? default_value),
 * ParamSpec, TypeVarTuple(identifier name, expr? default_value)
 */
export function printTypeParameter(p: Printer, node: TypeParameter): void {
  if (node.kind === "ParamSpec") p.text += "**";
  else if (node.kind === "TypeVarTuple") p.text += "*";
  p.text += nameIn(p, node, node.name);
  if (node.kind === "TypeVar") printAfter(p, ": ", node.bound);
  printAfter(p, " = ", node.default_value);
}
