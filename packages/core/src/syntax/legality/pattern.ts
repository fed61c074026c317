/** What the compiler refuses in the patterns of `match` (Python's reference, "The match statement"; PEP 634). */
import type { Expression, MatchCase, MatchClass, MatchMapping, MatchOr, Pattern } from "../ast.js";
import { checkDebug, checkUnpacking } from "./expression.js";
import { keyOf } from "./pattern-key.js";
import { type Legality, refuseCompiled } from "./unit.js";

type Captures = Set<string>;

/** Only the last case, or one with a guard, may match everything. */
export function checkPatterns(l: Legality, cases: readonly MatchCase[]): void {
  for (const [index, { pattern, guard }] of cases.entries()) {
    visit(l, pattern, new Set(), guard !== null || index === cases.length - 1);
  }
}

/** `last`: nothing comes after the pattern that it would make unreachable. */
function visit(l: Legality, node: Pattern, captures: Captures, last: boolean): void {
  switch (node.kind) {
    case "MatchValue":
      return checkLiteral(l, node.value, "pattern-no-literal");
    case "MatchSingleton":
      return;
    case "MatchSequence":
      checkUnpacking(l, node, node.patterns);
      return visitAll(l, node.patterns, captures);
    case "MatchMapping":
      return mapping(l, node, captures);
    case "MatchClass":
      return classPattern(l, node, captures);
    case "MatchStar":
      return capture(l, node, node.name, captures);
    case "MatchAs":
      if (node.pattern !== null) visit(l, node.pattern, captures, last);
      else if (!last) {
        if (node.name === null) refuseCompiled(l, "unreachable-after-wildcard", node);
        else refuseCompiled(l, "unreachable-after-capture", node, node.name);
      }
      return capture(l, node, node.name, captures);
    case "MatchOr":
      return alternatives(l, node, captures, last);
    default:
      return node satisfies never;
  }
}

function visitAll(l: Legality, nodes: readonly Pattern[], captures: Captures): void {
  for (const node of nodes) visit(l, node, captures, true);
}

function capture(l: Legality, place: Pattern, name: string | null, captures: Captures): void {
  if (name === null) return;
  checkDebug(l, name, place);
  if (captures.has(name)) refuseCompiled(l, "repeated-capture", place, name);
  captures.add(name);
}

function mapping(l: Legality, node: MatchMapping, captures: Captures): void {
  const seen = new Set<string>();
  for (const key of node.keys) {
    checkLiteral(l, key, "pattern-key-no-literal");
    const value = keyOf(key);
    if (value !== null && seen.has(value)) {
      refuseCompiled(l, "repeated-pattern-key", node, l.source.slice(key.start, key.end));
    }
    if (value !== null) seen.add(value);
  }
  visitAll(l, node.patterns, captures);
  capture(l, node, node.rest, captures);
}

function classPattern(l: Legality, node: MatchClass, captures: Captures): void {
  const seen = new Set<string>();
  for (const [index, name] of node.kwd_attrs.entries()) {
    const place = node.kwd_patterns[index] ?? node;
    checkDebug(l, name, place);
    if (seen.has(name)) refuseCompiled(l, "repeated-pattern-attribute", place, name);
    seen.add(name);
  }
  visitAll(l, node.patterns, captures);
  visitAll(l, node.kwd_patterns, captures);
}

/** Each alternative binds the same names, and only the last may match everything. */
function alternatives(l: Legality, node: MatchOr, captures: Captures, last: boolean): void {
  let control: Captures | null = null;
  for (const [index, item] of node.patterns.entries()) {
    const own: Captures = new Set();
    visit(l, item, own, last && index === node.patterns.length - 1);
    if (control !== null && !isSame(control, own)) refuseCompiled(l, "different-captures", node);
    control ??= own;
  }
  for (const name of control ?? []) capture(l, node, name, captures);
}

function isSame(one: Captures, other: Captures): boolean {
  if (one.size !== other.size) return false;
  for (const name of one) if (!other.has(name)) return false;
  return true;
}

/** The parser lets f-strings and t-strings pass for strings. */
function checkLiteral(
  l: Legality,
  { kind, start, end }: Expression,
  reason: "pattern-no-literal" | "pattern-key-no-literal",
): void {
  if (kind === "JoinedStr" || kind === "TemplateStr") refuseCompiled(l, reason, { start, end });
}
