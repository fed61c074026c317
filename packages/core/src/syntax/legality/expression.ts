/**
 * What the compiler refuses in expressions and targets: starred ones out of place,
 * repeated keywords, `yield` and `await` outside what they belong to.
 */
import type {
  Await,
  ComprehensionExpression,
  ExpressionContext,
  Keyword,
  Node,
  Range,
  Starred,
  Yield,
  YieldFrom,
} from "../ast.js";
import { refuse } from "./refused.js";
import { type Legality, refuseCompiled } from "./unit.js";

/** `__debug__` is a constant: nothing may bind or delete it, not even as an attribute or a keyword. */
export function checkDebug(
  l: Legality,
  name: string | null,
  place: Range,
  ctx: ExpressionContext = "Store",
): void {
  if (name !== "__debug__" || ctx === "Load") return;
  refuse(l, ctx === "Del" ? "deletion-of-debug" : "assignment-to-debug", place);
}

// --- starred expressions ------------------------------------------------------

/** A starred expression that is no element of anything. */
export function checkStarred(l: Legality, node: Starred): void {
  const isTarget = node.ctx === "Store";
  refuseCompiled(l, isTarget ? "starred-target-alone" : "starred-out-of-place", node);
}

/** The targets, or patterns, that a sequence is unpacked to: one of them may be starred. */
export function checkUnpacking(l: Legality, place: Range, items: readonly Node[]): void {
  const isStarred = ({ kind }: Node): boolean => kind === "Starred" || kind === "MatchStar";
  const first = items.findIndex(isStarred);
  if (first < 0) return;
  const isPattern = items[first]?.kind === "MatchStar";
  if (first > MAX_BEFORE_STARRED) {
    const reason = isPattern ? "too-many-before-starred-pattern" : "too-many-before-starred-target";
    refuseCompiled(l, reason, place);
  }
  if (items.findLastIndex(isStarred) > first) {
    refuseCompiled(l, isPattern ? "several-starred-patterns" : "several-starred-targets", place);
  }
}

/** What is before it is counted in the 8 bits of an instruction. */
const MAX_BEFORE_STARRED = 255;

// --- calls --------------------------------------------------------------------

/** The keywords of a call or a class. */
export function checkKeywords(l: Legality, nodes: readonly Keyword[]): void {
  const seen = new Set<string>();
  for (const node of nodes) {
    const { arg } = node;
    checkDebug(l, arg, node);
    if (arg === null) continue;
    if (seen.has(arg)) refuseCompiled(l, "repeated-keyword", node, arg);
    seen.add(arg);
  }
}

// --- coroutines and generators ------------------------------------------------

export function checkAwait(l: Legality, node: Await): void {
  switch (l.unit.kind) {
    case "comprehension":
      l.unit.awaits = true;
      return;
    case "module":
    case "class":
      return refuse(l, "outside-function", node, "await");
    case "function":
    case "lambda":
      return refuse(l, "outside-async-function", node, "await");
  }
}

/** A comprehension that awaits makes one around it await, and belongs in an async function in the end. */
export function checkAsynchronous(l: Legality, node: ComprehensionExpression): void {
  const { unit } = l;
  if (unit.kind === "comprehension") unit.awaits = true;
  else if (unit.kind !== "async-function" && unit.kind !== "generator") {
    refuse(l, "asynchronous-comprehension", node);
  }
}

/** In comprehensions and annotation scopes, the analysis of names refuses it. */
export function checkYield(l: Legality, node: Yield | YieldFrom): void {
  const { unit } = l;
  const isFrom = node.kind === "YieldFrom";
  unit.yields = true;
  if (unit.kind === "module" || unit.kind === "class") {
    refuseCompiled(l, "outside-function", node, isFrom ? "yield from" : "yield");
  } else if (isFrom && unit.kind === "async-function") {
    refuseCompiled(l, "yield-from-in-async-function", node);
  }
}
