/** Statements, and those that are one line. */
import type { Alias, AnnAssign, Assign, ImportFrom, Statement, TypeAlias } from "../ast.js";
import { printAfter, startLine } from "./block.js";
import { printFor, printIf, printMatch, printTry, printWhile, printWith } from "./compound.js";
import { printClass, printFunction, printTypeParameters } from "./definition.js";
import { printList } from "./display.js";
import { printExpression } from "./expression.js";
import { BINARY_SYMBOL, TEST, TUPLE, YIELD } from "./precedence.js";
import { nameIn, type Printer } from "./printer.js";

export function printStatement(p: Printer, node: Statement): void {
  switch (node.kind) {
    case "Expr":
      startLine(p, "");
      printExpression(p, node.value, YIELD);
      return;
    case "Assign":
      printAssignment(p, node);
      return;
    case "Return":
      startLine(p, node.value === null ? "return" : "return ");
      if (node.value !== null) printExpression(p, node.value, TEST);
      return;
    case "If":
      printIf(p, node);
      return;
    case "FunctionDef":
      printFunction(p, node, "def ");
      return;
    case "AsyncFunctionDef":
      printFunction(p, node, "async def ");
      return;
    case "ClassDef":
      printClass(p, node);
      return;
    case "AugAssign":
      // AugAssign(expr target, operator op, expr value)
      startLine(p, "");
      printExpression(p, node.target, TEST);
      p.text += `${BINARY_SYMBOL[node.op].trimEnd()}= `;
      printExpression(p, node.value, TEST);
      return;
    case "AnnAssign":
      printAnnotated(p, node);
      return;
    case "For":
      printFor(p, node, "for ");
      return;
    case "AsyncFor":
      printFor(p, node, "async for ");
      return;
    case "While":
      printWhile(p, node);
      return;
    case "With":
      printWith(p, node, "with ");
      return;
    case "AsyncWith":
      printWith(p, node, "async with ");
      return;
    case "Try":
      printTry(p, node, "except");
      return;
    case "TryStar":
      printTry(p, node, "except*");
      return;
    case "Raise":
      // Raise(expr? exc, expr? cause)
      startLine(p, "raise");
      printAfter(p, " ", node.exc);
      printAfter(p, " from ", node.cause);
      return;
    case "Assert":
      // Assert(expr test, expr? msg)
      startLine(p, "assert ");
      printExpression(p, node.test, TEST);
      printAfter(p, ", ", node.msg);
      return;
    case "Delete":
      startLine(p, "del ");
      printList(p, node.targets);
      return;
    case "Import":
      startLine(p, "import ");
      printAliases(p, node.names);
      return;
    case "ImportFrom":
      printImportFrom(p, node);
      return;
    case "Global":
    case "Nonlocal": {
      startLine(p, node.kind === "Global" ? "global " : "nonlocal ");
      for (let i = 0; i < node.names.length; i += 1) {
        if (i > 0) p.text += ", ";
        p.text += nameIn(p, node, node.names[i] ?? "", i);
      }
      return;
    }
    case "Match":
      printMatch(p, node);
      return;
    case "TypeAlias":
      printTypeAlias(p, node);
      return;
    case "Pass":
      startLine(p, "pass");
      return;
    case "Break":
      startLine(p, "break");
      return;
    case "Continue":
      startLine(p, "continue");
      return;
  }
}

/** Assign(expr* targets, expr value) */
function printAssignment(p: Printer, node: Assign): void {
  startLine(p, "");
  for (const target of node.targets) {
    printExpression(p, target, TUPLE);
    p.text += " = ";
  }
  printExpression(p, node.value, TEST);
}

/** AnnAssign(expr target, expr annotation, expr? value, int simple) */
function printAnnotated(p: Printer, node: AnnAssign): void {
  const parenthesized = node.simple === 0 && node.target.kind === "Name";
  startLine(p, parenthesized ? "(" : "");
  printExpression(p, node.target, TEST);
  p.text += parenthesized ? "): " : ": ";
  printExpression(p, node.annotation, TEST);
  printAfter(p, " = ", node.value);
}

/** ImportFrom(identifier? module, alias* names, int? level) */
function printImportFrom(p: Printer, node: ImportFrom): void {
  startLine(p, `from ${".".repeat(node.level)}${node.module ?? ""} import `);
  printAliases(p, node.names);
}

function printAliases(p: Printer, names: readonly Alias[]): void {
  let separator = "";
  for (const alias of names) {
    p.text += separator;
    separator = ", ";
    printAlias(p, alias);
  }
}

/** alias(identifier name, identifier? asname) */
export function printAlias(p: Printer, node: Alias): void {
  p.text += node.name;
  if (node.asname !== null) p.text += ` as ${nameIn(p, node, node.asname)}`;
}

/** TypeAlias(expr name, type_param* type_params, expr value) */
function printTypeAlias(p: Printer, node: TypeAlias): void {
  startLine(p, "type ");
  printExpression(p, node.name, TEST);
  printTypeParameters(p, node.type_params);
  p.text += " = ";
  printExpression(p, node.value, TEST);
}
