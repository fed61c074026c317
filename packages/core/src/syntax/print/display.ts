/** Tuples, lists, dicts and sets; comprehensions; slices. */
import type { Comprehension, Dict, Expression, SetDisplay, Slice } from "../ast.js";
import { printExpression } from "./expression.js";
import { openBrace } from "./formatted.js";
import { BIT_OR, TEST, TUPLE } from "./precedence.js";
import type { Printer } from "./printer.js";

/** Tuple(expr* elts) */
export function printTuple(p: Printer, elts: readonly Expression[], required: number): void {
  const parenthesized = required > TUPLE || elts.length === 0;
  if (parenthesized) p.text += "(";
  printList(p, elts);
  if (elts.length === 1) p.text += ",";
  if (parenthesized) p.text += ")";
}

/** The elements of a tuple without parentheses: a single one keeps its comma. */
export function printItems(p: Printer, elts: readonly Expression[]): void {
  printList(p, elts);
  if (elts.length === 1) p.text += ",";
}

export function printList(p: Printer, nodes: readonly Expression[]): void {
  for (let i = 0; i < nodes.length; i += 1) {
    const node = nodes[i];
    if (node === undefined) break;
    if (i > 0) p.text += ", ";
    printExpression(p, node, TEST);
  }
}

/** Dict(expr?* keys, expr* values) */
export function printDict(p: Printer, node: Dict): void {
  p.text += openBrace(p);
  for (let i = 0; i < node.values.length; i += 1) {
    const key = node.keys[i];
    const value = node.values[i];
    if (value === undefined) break;
    if (i > 0) p.text += ", ";
    if (key === null || key === undefined) {
      p.text += "**";
      printExpression(p, value, BIT_OR);
    } else {
      printExpression(p, key, TEST);
      p.text += ": ";
      printExpression(p, value, TEST);
    }
  }
  p.text += "}";
}

/** Set(expr* elts): there is no display of an empty one. */
export function printSet(p: Printer, node: SetDisplay): void {
  p.text += openBrace(p);
  if (node.elts.length === 0) p.text += "*()";
  else printList(p, node.elts);
  p.text += "}";
}

/** Slice(expr? lower, expr? upper, expr? step) */
export function printSlice(p: Printer, node: Slice): void {
  if (node.lower !== null) printExpression(p, node.lower, TEST);
  p.text += ":";
  if (node.upper !== null) printExpression(p, node.upper, TEST);
  if (node.step !== null) {
    p.text += ":";
    printExpression(p, node.step, TEST);
  }
}

/** ListComp, SetComp, GeneratorExp(expr elt, comprehension* generators) */
export function printComprehension(
  p: Printer,
  open: string,
  elt: Expression,
  generators: readonly Comprehension[],
  close: string,
): void {
  p.text += open;
  printExpression(p, elt, TEST);
  printGenerators(p, generators);
  p.text += close;
}

export function printGenerators(p: Printer, generators: readonly Comprehension[]): void {
  for (let i = 0; i < generators.length; i += 1) {
    const generator = generators[i];
    if (generator !== undefined) printGenerator(p, generator);
  }
}

/** comprehension(expr target, expr iter, expr* ifs, int is_async) */
export function printGenerator(p: Printer, node: Comprehension): void {
  p.text += node.is_async === 1 ? " async for " : " for ";
  printExpression(p, node.target, TUPLE);
  p.text += " in ";
  printExpression(p, node.iter, TEST + 1);
  for (let i = 0; i < node.ifs.length; i += 1) {
    const test = node.ifs[i];
    if (test === undefined) break;
    p.text += " if ";
    printExpression(p, test, TEST + 1);
  }
}
