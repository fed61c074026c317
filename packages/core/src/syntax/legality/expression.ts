/**
 * What the compiler refuses in expressions: starred ones out of place, repeated
 * keywords, `yield` and `await` outside what they belong to.
 */
import type {
  Arguments,
  Await,
  ComprehensionExpression,
  Expression,
  Keyword,
  Lambda,
  Yield,
  YieldFrom,
} from "../ast.js";
import { checkDebug, checkDebugDeletion } from "./debug.js";
import { refuse } from "./refused.js";
import { checkUnit, createUnit, type Legality, openBlocks, refuseCompiled } from "./unit.js";

export function optional(l: Legality, node: Expression | null): void {
  if (node !== null) expression(l, node);
}

function optionals(l: Legality, nodes: readonly (Expression | null)[]): void {
  for (const node of nodes) optional(l, node);
}

export function expressions(l: Legality, nodes: readonly Expression[]): void {
  for (const node of nodes) expression(l, node);
}

/** Elements among which starred ones may stand. */
export function elements(l: Legality, nodes: readonly Expression[]): void {
  for (const node of nodes) expression(l, node.kind === "Starred" ? node.value : node);
}

/** The last child is read by going round, so that prefix chains use no stack. */
export function expression(l: Legality, start: Expression): void {
  let node = start;
  for (;;) {
    switch (node.kind) {
      case "Name":
      case "Constant":
        return;
      case "Attribute":
        node = node.value;
        break;
      case "Call":
        expression(l, node.func);
        elements(l, node.args);
        if (node.keywords.length > 0) keywords(l, node.keywords);
        return;
      case "Subscript":
        expression(l, node.value);
        node = node.slice;
        break;
      case "Tuple":
      case "List":
      case "Set":
        return elements(l, node.elts);
      case "BinOp":
        expression(l, node.left);
        node = node.right;
        break;
      case "Compare":
        expression(l, node.left);
        return expressions(l, node.comparators);
      case "BoolOp":
      case "JoinedStr":
      case "TemplateStr":
        return expressions(l, node.values);
      case "UnaryOp":
        node = node.operand;
        break;
      case "Dict":
        optionals(l, node.keys);
        return expressions(l, node.values);
      case "FormattedValue":
      case "Interpolation":
        expression(l, node.value);
        return optional(l, node.format_spec);
      case "IfExp":
        expression(l, node.body);
        expression(l, node.test);
        node = node.orelse;
        break;
      case "Slice":
        optional(l, node.lower);
        optional(l, node.upper);
        return optional(l, node.step);
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        return comprehension(l, node);
      case "Lambda":
        return lambda(l, node);
      case "NamedExpr":
        assignment(l, node.target);
        node = node.value;
        break;
      case "Await":
        checkAwait(l, node);
        node = node.value;
        break;
      case "Yield":
        checkYield(l, node);
        return optional(l, node.value);
      case "YieldFrom":
        checkYield(l, node);
        node = node.value;
        break;
      case "Starred":
        refuseCompiled(l, "starred-out-of-place", node);
        node = node.value;
        break;
      default:
        return node satisfies never;
    }
  }
}

// --- targets -----------------------------------------------------------------

/** A starred target needs room for what is before it in the 8 bits of an instruction. */
export const MAX_BEFORE_STARRED = 255;

export function assignment(l: Legality, node: Expression): void {
  switch (node.kind) {
    case "Name":
      return checkDebug(l, node.id, node);
    case "Attribute":
      checkDebug(l, node.attr, node);
      return expression(l, node.value);
    case "Starred":
      refuseCompiled(l, "starred-target-alone", node);
      return assignment(l, node.value);
    case "Tuple":
    case "List":
      checkUnpacking(l, node, node.elts);
      for (const item of node.elts) assignment(l, item.kind === "Starred" ? item.value : item);
      return;
    default:
      return expression(l, node);
  }
}

function checkUnpacking(l: Legality, place: Expression, items: readonly Expression[]): void {
  const first = items.findIndex(({ kind }) => kind === "Starred");
  if (first < 0) return;
  if (first > MAX_BEFORE_STARRED) refuseCompiled(l, "too-many-before-starred-target", place);
  const another = items.findIndex(({ kind }, index) => index > first && kind === "Starred");
  if (another >= 0) refuseCompiled(l, "several-starred-targets", place);
}

export function deletion(l: Legality, node: Expression): void {
  switch (node.kind) {
    case "Name":
      return checkDebugDeletion(l, node.id, node);
    case "Attribute":
      checkDebugDeletion(l, node.attr, node);
      return expression(l, node.value);
    case "Tuple":
    case "List":
      for (const item of node.elts) deletion(l, item);
      return;
    default:
      return expression(l, node);
  }
}

// --- calls and parameters -----------------------------------------------------

/** The keywords of a call or a class. */
export function keywords(l: Legality, nodes: readonly Keyword[]): void {
  for (const node of nodes) {
    checkDebug(l, node.arg, node);
    expression(l, node.value);
  }
  if (nodes.length > 1) checkRepeatedKeywords(l, nodes);
}

function checkRepeatedKeywords(l: Legality, nodes: readonly Keyword[]): void {
  const seen = new Set<string>();
  for (const node of nodes) {
    if (node.arg === null) continue;
    if (seen.has(node.arg)) refuseCompiled(l, "repeated-keyword", node, node.arg);
    seen.add(node.arg);
  }
}

export function defaults(l: Legality, args: Arguments): void {
  expressions(l, args.defaults);
  optionals(l, args.kw_defaults);
}

export function parameterNames(l: Legality, args: Arguments): void {
  for (const node of args.posonlyargs) checkDebug(l, node.arg, node);
  for (const node of args.args) checkDebug(l, node.arg, node);
  for (const node of args.kwonlyargs) checkDebug(l, node.arg, node);
  if (args.vararg !== null) checkDebug(l, args.vararg.arg, args.vararg);
  if (args.kwarg !== null) checkDebug(l, args.kwarg.arg, args.kwarg);
}

function lambda(l: Legality, node: Lambda): void {
  defaults(l, node.args);
  parameterNames(l, node.args);
  const { unit } = l;
  l.unit = createUnit("lambda");
  expression(l, node.body);
  l.unit = unit;
}

// --- comprehensions -----------------------------------------------------------

/** The first iterable is evaluated around the comprehension; each `async for` is a block. */
function comprehension(l: Legality, node: ComprehensionExpression): void {
  const [first] = node.generators;
  if (first === undefined) return;
  expression(l, first.iter);
  const outer = l.unit;
  const isGenerator = node.kind === "GeneratorExp";
  const unit = createUnit(isGenerator ? "generator" : "comprehension");
  if (!isGenerator) unit.blocks = outer.blocks;
  l.unit = unit;
  for (const generator of node.generators) {
    if (generator !== first) expression(l, generator.iter);
    if (generator.is_async === 1) {
      unit.awaits = true;
      openBlocks(l, node, 1);
    }
    assignment(l, generator.target);
    expressions(l, generator.ifs);
  }
  if (node.kind === "DictComp") {
    expression(l, node.key);
    expression(l, node.value);
  } else {
    expression(l, node.elt);
  }
  checkUnit(l);
  l.unit = outer;
  if (isGenerator) return;
  outer.deepest ??= unit.deepest;
  if (unit.awaits) checkAsynchronous(l, node);
}

/** A comprehension that awaits makes one around it await, and belongs in an async function in the end. */
function checkAsynchronous(l: Legality, node: ComprehensionExpression): void {
  const { unit } = l;
  if (unit.kind === "comprehension") unit.awaits = true;
  else if (unit.kind !== "async-function" && unit.kind !== "generator") {
    refuse(l, "asynchronous-comprehension", node);
  }
}

// --- coroutines and generators ------------------------------------------------

function checkAwait(l: Legality, node: Await): void {
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

/** In comprehensions and annotation scopes, the analysis of names refuses it. */
function checkYield(l: Legality, node: Yield | YieldFrom): void {
  const { unit } = l;
  const isFrom = node.kind === "YieldFrom";
  unit.yields = true;
  if (unit.kind === "module" || unit.kind === "class") {
    refuseCompiled(l, "outside-function", node, isFrom ? "yield from" : "yield");
  } else if (isFrom && unit.kind === "async-function") {
    refuseCompiled(l, "yield-from-in-async-function", node);
  }
}
