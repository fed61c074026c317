/** The patterns of `match` statements. */
import type { MatchClass, MatchMapping, Pattern } from "../ast.js";
import { printExpression } from "./expression.js";
import { ATOM, BIT_OR, TEST } from "./precedence.js";
import { nameIn, type Printer } from "./printer.js";

/** Prints `node`, in parentheses where it binds less tightly than `required`. */
export function printPattern(p: Printer, node: Pattern, required: number): void {
  switch (node.kind) {
    case "MatchValue":
      printExpression(p, node.value, TEST);
      return;
    case "MatchSingleton":
      p.text += node.value;
      return;
    case "MatchSequence":
      p.text += "[";
      printPatterns(p, node.patterns, ", ", TEST);
      p.text += "]";
      return;
    case "MatchStar":
      p.text += node.name === null ? "*_" : `*${nameIn(p, node, node.name)}`;
      return;
    case "MatchMapping":
      printMapping(p, node);
      return;
    case "MatchClass":
      printClass(p, node);
      return;
    case "MatchAs":
      // MatchAs(pattern? pattern, identifier? name)
      if (node.name === null) {
        p.text += "_";
      } else if (node.pattern === null) {
        p.text += nameIn(p, node, node.name);
      } else {
        if (required > TEST) p.text += "(";
        printPattern(p, node.pattern, BIT_OR);
        p.text += ` as ${nameIn(p, node, node.name)}`;
        if (required > TEST) p.text += ")";
      }
      return;
    case "MatchOr":
      // MatchOr(pattern* patterns)
      if (required > BIT_OR) p.text += "(";
      printPatterns(p, node.patterns, " | ", BIT_OR + 1);
      if (required > BIT_OR) p.text += ")";
  }
}

function printPatterns(
  p: Printer,
  patterns: readonly Pattern[],
  separator: string,
  required: number,
): void {
  for (let i = 0; i < patterns.length; i += 1) {
    const pattern = patterns[i];
    if (pattern === undefined) break;
    if (i > 0) p.text += separator;
    printPattern(p, pattern, required);
  }
}

/** MatchMapping(expr* keys, pattern* patterns, identifier? rest) */
function printMapping(p: Printer, node: MatchMapping): void {
  p.text += "{";
  let separator = "";
  for (let i = 0; i < node.keys.length; i += 1) {
    const key = node.keys[i];
    const pattern = node.patterns[i];
    if (key === undefined || pattern === undefined) break;
    p.text += separator;
    separator = ", ";
    printExpression(p, key, TEST);
    p.text += ": ";
    printPattern(p, pattern, TEST);
  }
  if (node.rest !== null) p.text += `${separator}**${nameIn(p, node, node.rest)}`;
  p.text += "}";
}

/** MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns) */
function printClass(p: Printer, node: MatchClass): void {
  printExpression(p, node.cls, ATOM);
  p.text += "(";
  printPatterns(p, node.patterns, ", ", TEST);
  let separator = node.patterns.length > 0 ? ", " : "";
  for (let i = 0; i < node.kwd_attrs.length; i += 1) {
    const pattern = node.kwd_patterns[i];
    if (pattern === undefined) break;
    p.text += `${separator}${node.kwd_attrs[i]}=`;
    separator = ", ";
    printPattern(p, pattern, TEST);
  }
  p.text += ")";
}
