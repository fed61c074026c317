/** Attributes, calls and subscripts, and the arguments of calls. */
import type { Attribute, Call, Expression, Keyword, Subscript } from "../ast.js";
import { printItems } from "./display.js";
import { printExpression } from "./expression.js";
import { ATOM, TEST } from "./precedence.js";
import { nameIn, type Printer } from "./printer.js";

/**
 * Attribute(expr value, identifier attr), Call(expr func, expr* args, keyword* keywords),
 * Subscript(expr value, expr slice): the innermost value first, then each trailer.
 */
export function printPrimary(p: Printer, node: Attribute | Call | Subscript): void {
  const base = p.trailers.length;
  let at: Expression = node;
  let whole: string | null = null;
  while (at.kind === "Attribute" || at.kind === "Call" || at.kind === "Subscript") {
    if (at.kind === "Attribute") whole = p.naming?.attribute?.(at) ?? null;
    if (whole !== null) break;
    p.trailers.push(at);
    at = at.kind === "Call" ? at.func : at.value;
  }
  if (whole === null) printExpression(p, at, ATOM);
  else p.text += whole;
  while (p.trailers.length > base) {
    const trailer = p.trailers.pop();
    if (trailer === undefined) return;
    if (trailer.kind === "Attribute") {
      // `1.real` would be read as a float.
      p.text += isInteger(trailer.value) ? " ." : ".";
      p.text += trailer.attr;
    } else if (trailer.kind === "Call") {
      p.text += "(";
      printArguments(p, trailer.args, trailer.keywords);
      p.text += ")";
    } else {
      p.text += "[";
      const slice = trailer.slice;
      if (slice.kind === "Tuple" && slice.elts.length > 0) printItems(p, slice.elts);
      else printExpression(p, slice, TEST);
      p.text += "]";
    }
  }
}

/** As Python's `isinstance(value, int)`, which counts True and False. */
function isInteger(node: Expression): boolean {
  return (
    node.kind === "Constant" &&
    (node.type === "int" || node.type === "True" || node.type === "False")
  );
}

/** The arguments of a call or the bases of a class. */
export function printArguments(
  p: Printer,
  args: readonly Expression[],
  keywords: readonly Keyword[],
): void {
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i];
    if (arg === undefined) break;
    if (i > 0) p.text += ", ";
    printExpression(p, arg, TEST);
  }
  for (let i = 0; i < keywords.length; i += 1) {
    const keyword = keywords[i];
    if (keyword === undefined) break;
    if (i > 0 || args.length > 0) p.text += ", ";
    p.text += keywordStart(p, keyword);
    printExpression(p, keyword.value, TEST);
  }
}

/** keyword(identifier? arg, expr value) */
export function printKeyword(p: Printer, node: Keyword): void {
  p.text += keywordStart(p, node);
  printExpression(p, node.value, TEST);
}

function keywordStart(p: Printer, node: Keyword): string {
  return node.arg === null ? "**" : `${nameIn(p, node, node.arg)}=`;
}
