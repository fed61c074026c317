/**
 * Expressions: one function for each shape of node, above it the node of Python's
 * abstract grammar. Trees may be deep: left spines and lists are printed by loops
 * over indices, because the stack frame of a `for...of` is three times as large.
 */
import type { Constant, Expression } from "../ast.js";
import {
  printComprehension,
  printDict,
  printGenerators,
  printList,
  printSet,
  printSlice,
  printTuple,
} from "./display.js";
import { openBrace, printField, printFormatted } from "./formatted.js";
import { floatText, imaginaryText } from "./number.js";
import {
  printBinary,
  printBoolean,
  printComparison,
  printConditional,
  printNamed,
  printPrefixed,
  printUnary,
} from "./operator.js";
import { printLambda } from "./parameters.js";
import { AWAIT, BIT_OR, TEST, YIELD } from "./precedence.js";
import { printPrimary } from "./primary.js";
import { nameIn, type Printer } from "./printer.js";
import { marksOf, reprBytes, reprText } from "./string.js";

/** Prints `node`, in parentheses where it binds less tightly than `required`. */
export function printExpression(p: Printer, node: Expression, required: number): void {
  switch (node.kind) {
    case "Name":
      p.text += nameIn(p, node, node.id);
      return;
    case "Attribute":
    case "Call":
    case "Subscript":
      printPrimary(p, node);
      return;
    case "Constant":
      printConstant(p, node);
      return;
    case "BinOp":
      printBinary(p, node, required);
      return;
    case "Tuple":
      printTuple(p, node.elts, required);
      return;
    case "List":
      p.text += "[";
      printList(p, node.elts);
      p.text += "]";
      return;
    case "Compare":
      printComparison(p, node, required);
      return;
    case "BoolOp":
      printBoolean(p, node, required);
      return;
    case "UnaryOp":
      printUnary(p, node, required);
      return;
    case "Dict":
      printDict(p, node);
      return;
    case "JoinedStr":
      printFormatted(p, "f", node.values);
      return;
    case "Starred":
      p.text += "*";
      printExpression(p, node.value, BIT_OR);
      return;
    case "IfExp":
      printConditional(p, node, required);
      return;
    case "Lambda":
      printLambda(p, node, required);
      return;
    case "ListComp":
      printComprehension(p, "[", node.elt, node.generators, "]");
      return;
    case "GeneratorExp":
      printComprehension(p, "(", node.elt, node.generators, ")");
      return;
    case "SetComp":
      printComprehension(p, openBrace(p), node.elt, node.generators, "}");
      return;
    case "DictComp":
      // DictComp(expr key, expr value, comprehension* generators)
      p.text += openBrace(p);
      printExpression(p, node.key, TEST);
      p.text += ": ";
      printExpression(p, node.value, TEST);
      printGenerators(p, node.generators);
      p.text += "}";
      return;
    case "Set":
      printSet(p, node);
      return;
    case "Slice":
      printSlice(p, node);
      return;
    case "NamedExpr":
      printNamed(p, node);
      return;
    case "Await":
      printPrefixed(p, "await ", node.value, required > AWAIT);
      return;
    case "Yield":
      printPrefixed(p, "yield ", node.value, required > YIELD);
      return;
    case "YieldFrom":
      printPrefixed(p, "yield from ", node.value, required > YIELD);
      return;
    case "TemplateStr":
      printFormatted(p, "t", node.values);
      return;
    case "FormattedValue":
    case "Interpolation":
      printField(p, node);
      return;
  }
}

/** Constant(constant value, string? kind) */
function printConstant(p: Printer, node: Constant): void {
  switch (node.type) {
    case "str": {
      const text = reprText(node.value);
      if (node.prefix !== null && p.naming === null) p.text += node.prefix;
      p.text += text;
      if (p.fields > 0) p.marks |= marksOf(text);
      return;
    }
    case "bytes": {
      const text = reprBytes(node.value);
      p.text += text;
      if (p.fields > 0) p.marks |= marksOf(text);
      return;
    }
    case "int":
      p.text += String(node.value);
      return;
    case "float":
      p.text += floatText(node.value);
      return;
    case "complex":
      p.text += imaginaryText(node.value);
      return;
    case "Ellipsis":
      p.text += "...";
      return;
    default:
      p.text += node.type;
  }
}
