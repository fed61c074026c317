/** The canonical printer: the text of CPython 3.14's `ast.unparse`, byte for byte. */
import type { Node } from "../ast.js";
import { printDocumented } from "./block.js";
import { printCase, printHandler, printWithItem } from "./compound.js";
import { printTypeParameter } from "./definition.js";
import { printGenerator } from "./display.js";
import { printExpression } from "./expression.js";
import type { Naming } from "./naming.js";
import { printParameter, printParameters } from "./parameters.js";
import { printPattern } from "./pattern.js";
import { TEST } from "./precedence.js";
import { printKeyword } from "./primary.js";
import { newPrinter, type Printer } from "./printer.js";
import { printAlias, printStatement } from "./statement.js";

/**
 * Prints any node, without a line break at the end. With a `naming`, each
 * identifier is what it answers; the interpolations of t-strings are their values
 * instead of the text that they remember, and strings have no prefix `u`.
 */
export function unparse(tree: Node, naming: Naming | null = null): string {
  const p = newPrinter(naming);
  printNode(p, tree);
  return p.text;
}

function printNode(p: Printer, node: Node): void {
  switch (node.kind) {
    case "Module":
      printDocumented(p, node.body);
      return;
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
    case "Return":
    case "Delete":
    case "Assign":
    case "TypeAlias":
    case "AugAssign":
    case "AnnAssign":
    case "For":
    case "AsyncFor":
    case "While":
    case "If":
    case "With":
    case "AsyncWith":
    case "Match":
    case "Raise":
    case "Try":
    case "TryStar":
    case "Assert":
    case "Import":
    case "ImportFrom":
    case "Global":
    case "Nonlocal":
    case "Expr":
    case "Pass":
    case "Break":
    case "Continue":
      printStatement(p, node);
      return;
    case "MatchValue":
    case "MatchSingleton":
    case "MatchSequence":
    case "MatchMapping":
    case "MatchClass":
    case "MatchStar":
    case "MatchAs":
    case "MatchOr":
      printPattern(p, node, TEST);
      return;
    case "comprehension":
      printGenerator(p, node);
      return;
    case "ExceptHandler":
      printHandler(p, node, "except");
      return;
    case "arguments":
      printParameters(p, node, "");
      return;
    case "arg":
      printParameter(p, node);
      return;
    case "keyword":
      printKeyword(p, node);
      return;
    case "alias":
      printAlias(p, node);
      return;
    case "withitem":
      printWithItem(p, node);
      return;
    case "match_case":
      printCase(p, node);
      return;
    case "TypeVar":
    case "ParamSpec":
    case "TypeVarTuple":
      printTypeParameter(p, node);
      return;
    default:
      printExpression(p, node, TEST);
  }
}
