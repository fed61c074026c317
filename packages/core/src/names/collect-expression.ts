/**
 * The part of the walk that reads expressions: uses, targets, and the scopes of
 * lambdas and comprehensions.
 */
import type {
  Arguments,
  Comprehension,
  ComprehensionExpression,
  Expression,
  Keyword,
  Lambda,
  Name,
  NamedExpr,
  NamedNode,
} from "../syntax/ast.js";
import { refuse } from "../syntax/legality/refused.js";
import type { BindingForm } from "./scope.js";
import {
  addDefinition,
  CELLS,
  type Collection,
  closeFrame,
  detachedEntry,
  type Entry,
  entryHere,
  Flag,
  identifierOf,
  openFrame,
  record,
} from "./table.js";
import { checkAnnotationScope, checkWalrus, checkYield, extendWalrus } from "./walrus.js";

export function expressions(c: Collection, nodes: readonly Expression[]): void {
  for (const node of nodes) expression(c, node);
}

export function optional(c: Collection, node: Expression | null): void {
  if (node !== null) expression(c, node);
}

export function optionals(c: Collection, nodes: readonly (Expression | null)[]): void {
  for (const node of nodes) optional(c, node);
}

export function keywords(c: Collection, nodes: readonly Keyword[]): void {
  for (const { value } of nodes) expression(c, value);
}

/** Reads what is evaluated in an annotation scope: `where` names it in CPython's words. */
export function annotate(c: Collection, node: Expression | null, where: string): void {
  if (node === null) return;
  const { frame } = c;
  const { annotation } = frame;
  frame.annotation = where;
  expression(c, node);
  frame.annotation = annotation;
}

/** The last child is read by going round, so that prefix chains use no stack. */
export function expression(c: Collection, start: Expression): void {
  let node = start;
  for (;;) {
    switch (node.kind) {
      case "Name":
        return use(c, node);
      case "Constant":
        return;
      case "Attribute":
      case "Starred":
        node = node.value;
        break;
      case "Call":
        expression(c, node.func);
        expressions(c, node.args);
        return keywords(c, node.keywords);
      case "Subscript":
        expression(c, node.value);
        node = node.slice;
        break;
      case "Tuple":
      case "List":
      case "Set":
        return expressions(c, node.elts);
      case "BinOp":
        expression(c, node.left);
        node = node.right;
        break;
      case "Compare":
        expression(c, node.left);
        return expressions(c, node.comparators);
      case "BoolOp":
        return expressions(c, node.values);
      case "UnaryOp":
        node = node.operand;
        break;
      case "Dict":
        optionals(c, node.keys);
        return expressions(c, node.values);
      case "JoinedStr":
      case "TemplateStr":
        return expressions(c, node.values);
      case "FormattedValue":
      case "Interpolation":
        expression(c, node.value);
        return optional(c, node.format_spec);
      case "IfExp":
        expression(c, node.body);
        expression(c, node.test);
        node = node.orelse;
        break;
      case "Slice":
        optional(c, node.lower);
        optional(c, node.upper);
        return optional(c, node.step);
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        return comprehension(c, node);
      case "Lambda":
        return lambda(c, node);
      case "NamedExpr":
        return walrus(c, node);
      case "Await":
        checkAnnotationScope(c, node);
        node = node.value;
        break;
      case "YieldFrom":
        checkYield(c, node);
        node = node.value;
        break;
      case "Yield":
        checkYield(c, node);
        return optional(c, node.value);
      default:
        return node satisfies never;
    }
  }
}

// --- names --------------------------------------------------------------------

function use(c: Collection, node: Name): void {
  const { frame } = c;
  const identifier = identifierOf(c, node.id);
  if (frame.annotation === null) {
    enter(c, node, entryHere(c, identifier), Flag.Used);
    // Where `super` is read, so is `__class__`, for `super()` without arguments.
    if (identifier.name === "super" && frame.scope.kind === "function") {
      entryHere(c, identifierOf(c, "__class__")).flags |= Flag.Used;
    }
  } else if (frame.scope.kind === "class" && isCell(identifier.name)) {
    const entry = detachedEntry(identifier, frame, null);
    if (frame.cells === null) frame.cells = [entry];
    else frame.cells.push(entry);
    record(c, node, entry);
  } else {
    record(c, node, entryHere(c, identifier));
  }
}

function isCell(name: string): boolean {
  return name.startsWith("__c") && CELLS.includes(name);
}

/** Enters `node` for `entry`, which is of the current scope. */
function enter(c: Collection, node: NamedNode, entry: Entry, flag: number): void {
  if (c.frame.inTarget) {
    if ((entry.flags & Flag.Elsewhere) !== 0) {
      refuse(c, "iteration-rebinds-walrus", node, entry.identifier.name);
    }
    entry.flags |= Flag.Iteration;
  }
  entry.flags |= flag;
  record(c, node, entry);
}

/** Enters a definition of `name` in the current scope. */
export function define(
  c: Collection,
  node: NamedNode,
  name: string,
  flag: number,
  form: BindingForm,
): void {
  const entry = entryHere(c, identifierOf(c, name));
  const repeated = flag & entry.flags & UNIQUE;
  if (repeated !== 0) {
    const isParameter = (repeated & Flag.Parameter) !== 0;
    const reason = isParameter ? "duplicate-argument" : "duplicate-type-parameter";
    refuse(c, reason, node, entry.identifier.name);
  }
  enter(c, node, entry, flag);
  addDefinition(entry, form, node);
}

const UNIQUE = Flag.Parameter | Flag.TypeParameter;

/** What is assigned to or deleted. */
export function target(c: Collection, node: Expression, form: BindingForm): void {
  switch (node.kind) {
    case "Name":
      return define(c, node, node.id, Flag.Local, form);
    case "Tuple":
    case "List":
      for (const item of node.elts) target(c, item, form);
      return;
    case "Starred":
      return target(c, node.value, form);
    default:
      return expression(c, node);
  }
}

/** A walrus in a comprehension binds in the scope around it (PEP 572). */
function walrus(c: Collection, node: NamedExpr): void {
  const { target: place } = node;
  checkWalrus(c, node);
  if (c.frame.scope.kind === "comprehension") {
    extendWalrus(c, place);
    expression(c, node.value);
    enter(c, place, entryHere(c, identifierOf(c, place.id)), Flag.Local);
  } else {
    define(c, place, place.id, Flag.Local, "walrus");
    expression(c, node.value);
  }
}

// --- scopes -------------------------------------------------------------------

function lambda(c: Collection, node: Lambda): void {
  const { args } = node;
  expressions(c, args.defaults);
  optionals(c, args.kw_defaults);
  openFrame(c, "lambda", node);
  parameters(c, args);
  expression(c, node.body);
  closeFrame(c);
}

export function parameters(c: Collection, args: Arguments): void {
  for (const node of args.posonlyargs) define(c, node, node.arg, Flag.Parameter, "parameter");
  for (const node of args.args) define(c, node, node.arg, Flag.Parameter, "parameter");
  const { vararg, kwarg } = args;
  if (vararg !== null) define(c, vararg, vararg.arg, Flag.Parameter, "parameter");
  for (const node of args.kwonlyargs) define(c, node, node.arg, Flag.Parameter, "parameter");
  if (kwarg !== null) define(c, kwarg, kwarg.arg, Flag.Parameter, "parameter");
}

/** The first iterable is evaluated in the scope around the comprehension. */
function comprehension(c: Collection, node: ComprehensionExpression): void {
  const [first] = node.generators;
  if (first === undefined) return;
  iterable(c, first);
  const frame = openFrame(c, "comprehension", node);
  for (const generator of node.generators) {
    frame.inTarget = true;
    target(c, generator.target, "loop");
    frame.inTarget = false;
    if (generator !== first) iterable(c, generator);
    expressions(c, generator.ifs);
  }
  if (node.kind === "DictComp") {
    expression(c, node.key);
    expression(c, node.value);
  } else {
    expression(c, node.elt);
  }
  closeFrame(c);
}

function iterable(c: Collection, { iter }: Comprehension): void {
  c.iterables += 1;
  expression(c, iter);
  c.iterables -= 1;
}
