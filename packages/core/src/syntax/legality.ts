/**
 * What Python 3.14's compiler refuses in a text that parses and whose names are
 * in order: statements and expressions that do not belong where they stand.
 */
import type { Fault } from "../result.js";
import type {
  AnnAssign,
  Arguments,
  AsyncFor,
  AsyncFunctionDef,
  AsyncWith,
  Break,
  ClassDef,
  ComprehensionExpression,
  Continue,
  Expression,
  For,
  FunctionDef,
  Import,
  ImportFrom,
  Keyword,
  Lambda,
  Module,
  Node,
  Return,
  Try,
  TryStar,
  TypeAlias,
  TypeParameter,
  While,
  With,
} from "./ast.js";
import { parametersOf, visitAll, visitChildren, visitOptional } from "./children.js";
import { futureImports, isFutureImport, postponesAnnotations } from "./future.js";
import {
  checkAsynchronous,
  checkAwait,
  checkDebug,
  checkKeywords,
  checkStarred,
  checkUnpacking,
  checkYield,
} from "./legality/expression.js";
import { checkPatterns } from "./legality/pattern.js";
import { faultOfRefused, refuse } from "./legality/refused.js";
import {
  checkUnit,
  createUnit,
  type Legality,
  openBlocks,
  refuseCompiled,
} from "./legality/unit.js";

/**
 * Checks a module after the rules of CPython's compiler. Those of its symbol table
 * are checked by `analyzeNames`; a program is Python when both find nothing.
 *
 * @param module the tree that `parse` gave for `source`.
 * @returns a `syntax-error`, or `null` where there is none.
 */
export function checkLegality(module: Module, source: string): Fault | null {
  const imports = futureImports(module.body);
  const l: Legality = {
    source,
    postponed: postponesAnnotations(imports),
    unit: createUnit("module"),
    compiled: true,
    refused: null,
  };
  const begin = imports.at(-1)?.end ?? 0;
  for (const node of module.body) if (node.start >= begin) check(l, node);
  return faultOfRefused(l, source);
}

/** What has no case here is legal wherever the grammar puts it. */
function check(l: Legality, node: Node): void {
  switch (node.kind) {
    case "Constant":
      return;
    case "Name":
      return checkDebug(l, node.id, node, node.ctx);
    case "Attribute":
      checkDebug(l, node.attr, node, node.ctx);
      return check(l, node.value);
    case "Expr":
    case "keyword":
      return check(l, node.value);
    case "Call":
      check(l, node.func);
      return argumentsOf(l, node.args, node.keywords);
    // Most other nodes are one of these: they need not be compared with all that follow.
    case "If":
    case "Compare":
    case "BinOp":
    case "Subscript":
      return visitChildren(l, node, check);
    case "Starred":
      checkStarred(l, node);
      break;
    case "Tuple":
    case "List":
      if (node.ctx === "Store") checkUnpacking(l, node, node.elts);
      return elements(l, node.elts);
    case "Set":
      return elements(l, node.elts);
    case "Lambda":
      return lambda(l, node);
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return comprehension(l, node);
    case "Await":
      checkAwait(l, node);
      break;
    case "Yield":
    case "YieldFrom":
      checkYield(l, node);
      break;
    case "Assign":
      check(l, node.value);
      return checkAll(l, node.targets);
    case "AnnAssign":
      return annotatedAssignment(l, node);
    case "Return":
      return returns(l, node);
    case "Break":
    case "Continue":
      return jump(l, node);
    case "Import":
    case "ImportFrom":
      return imports(l, node);
    case "For":
    case "AsyncFor":
    case "While":
      return loop(l, node);
    case "With":
    case "AsyncWith":
      return withStatement(l, node);
    case "Try":
    case "TryStar":
      return attempt(l, node);
    case "Match":
      checkPatterns(l, node.cases);
      break;
    case "FunctionDef":
    case "AsyncFunctionDef":
      return functionDefinition(l, node);
    case "ClassDef":
      return classDefinition(l, node);
    case "TypeAlias":
      return typeAlias(l, node);
  }
  visitChildren(l, node, check);
}

function checkAll(l: Legality, nodes: readonly (Node | null)[]): void {
  visitAll(l, nodes, check);
}

function checkOptional(l: Legality, node: Node | null): void {
  visitOptional(l, node, check);
}

/** Elements among which starred ones may stand. */
function elements(l: Legality, nodes: readonly Expression[]): void {
  for (const node of nodes) check(l, node.kind === "Starred" ? node.value : node);
}

/** The arguments of a call, or the bases of a class. */
function argumentsOf(
  l: Legality,
  nodes: readonly Expression[],
  keywords: readonly Keyword[],
): void {
  elements(l, nodes);
  if (keywords.length === 0) return;
  checkKeywords(l, keywords);
  checkAll(l, keywords);
}

// --- simple statements --------------------------------------------------------

function returns(l: Legality, node: Return): void {
  const { unit } = l;
  if (unit.kind !== "function" && unit.kind !== "async-function") {
    refuse(l, "outside-function", node, "return");
  } else if (unit.exceptStars > 0) {
    refuse(l, "jump-in-except-star", node);
  }
  if (node.value !== null) unit.returned ??= node;
  checkOptional(l, node.value);
}

function jump(l: Legality, node: Break | Continue): void {
  const { leaves } = l.unit;
  if (leaves === "except-star") refuse(l, "jump-in-except-star", node);
  else if (leaves === null) {
    refuse(l, node.kind === "Break" ? "break-outside-loop" : "continue-outside-loop", node);
  }
}

function imports(l: Legality, node: Import | ImportFrom): void {
  if (isFutureImport(node)) refuse(l, "late-future-import", node);
  for (const alias of node.names) {
    const dot = node.kind === "Import" ? alias.name.indexOf(".") : -1;
    const name = alias.asname ?? (dot < 0 ? alias.name : alias.name.slice(0, dot));
    checkDebug(l, name, alias);
  }
}

/** Only annotations of plain names in modules and classes are evaluated (PEP 649). */
function annotatedAssignment(l: Legality, node: AnnAssign): void {
  const { target, annotation, value } = node;
  if (value !== null || target.kind !== "Name" || node.simple === 1) check(l, target);
  if (value === null && target.kind === "Subscript") unassignedSlice(l, target.slice);
  checkOptional(l, value);
  const { kind } = l.unit;
  const compiled = node.simple === 1 && (kind === "module" || kind === "class") && !l.postponed;
  annotated(l, annotation, compiled);
}

/** Nothing is stored there, so CPython compiles the parts of the tuple by themselves. */
function unassignedSlice(l: Legality, node: Expression): void {
  if (node.kind !== "Tuple") check(l, node);
  else for (const item of node.elts) unassignedSlice(l, item);
}

// --- blocks -------------------------------------------------------------------

function loop(l: Legality, node: For | AsyncFor | While): void {
  const { unit } = l;
  if (node.kind === "AsyncFor") checkAsync(l, node, "async for");
  if (node.kind !== "While") check(l, node.iter);
  const { leaves } = unit;
  unit.leaves = "loop";
  openBlocks(l, node, 1);
  check(l, node.kind === "While" ? node.test : node.target);
  checkAll(l, node.body);
  unit.blocks -= 1;
  unit.leaves = leaves;
  checkAll(l, node.orelse);
}

function withStatement(l: Legality, node: With | AsyncWith): void {
  if (node.kind === "AsyncWith") checkAsync(l, node, "async with");
  for (const { context_expr, optional_vars } of node.items) {
    check(l, context_expr);
    openBlocks(l, node, 1);
    checkOptional(l, optional_vars);
  }
  checkAll(l, node.body);
  l.unit.blocks -= node.items.length;
}

function checkAsync(l: Legality, node: AsyncFor | AsyncWith, what: string): void {
  if (l.unit.kind !== "async-function") refuse(l, "outside-async-function", node, what);
}

/** `finally` is a block around the rest, and again while it runs; a handler is two. */
function attempt(l: Legality, node: Try | TryStar): void {
  const { unit } = l;
  const { handlers } = node;
  const guarded = handlers.length > 0 ? 1 : 0;
  const finished = node.finalbody.length > 0 ? 1 : 0;
  openBlocks(l, node, finished + guarded);
  checkAll(l, node.body);
  unit.blocks -= guarded;
  for (const [index, handler] of handlers.entries()) {
    const isLast = index === handlers.length - 1;
    if (handler.type === null && !isLast) refuse(l, "default-except-not-last", handler);
    checkDebug(l, handler.name, handler);
    openBlocks(l, handler, 1);
    checkOptional(l, handler.type);
    openBlocks(l, handler, 1);
    const { leaves } = unit;
    if (node.kind === "TryStar") {
      unit.leaves = "except-star";
      unit.exceptStars += 1;
    }
    checkAll(l, handler.body);
    if (node.kind === "TryStar") unit.exceptStars -= 1;
    unit.leaves = leaves;
    unit.blocks -= 2;
  }
  checkAll(l, node.orelse);
  checkAll(l, node.finalbody);
  unit.blocks -= finished;
}

// --- definitions --------------------------------------------------------------

function functionDefinition(l: Legality, node: FunctionDef | AsyncFunctionDef): void {
  checkDebug(l, node.name, node);
  checkAll(l, node.decorator_list);
  defaults(l, node.args);
  typeParameters(l, node.type_params);
  const { args } = node;
  const compiled = !l.postponed;
  for (const parameter of parametersOf(args)) {
    checkDebug(l, parameter.arg, parameter);
    annotated(l, unstarred(parameter.annotation), compiled);
  }
  annotated(l, node.returns, compiled);
  const { unit } = l;
  l.unit = createUnit(node.kind === "FunctionDef" ? "function" : "async-function");
  checkAll(l, node.body);
  checkUnit(l);
  l.unit = unit;
}

function classDefinition(l: Legality, node: ClassDef): void {
  checkDebug(l, node.name, node);
  checkAll(l, node.decorator_list);
  typeParameters(l, node.type_params);
  const { unit } = l;
  if (node.type_params.length > 0) l.unit = createUnit("annotation");
  argumentsOf(l, node.bases, node.keywords);
  l.unit = createUnit("class");
  checkAll(l, node.body);
  l.unit = unit;
}

function typeAlias(l: Legality, node: TypeAlias): void {
  check(l, node.name);
  typeParameters(l, node.type_params);
  annotated(l, node.value, true);
}

function typeParameters(l: Legality, nodes: readonly TypeParameter[]): void {
  let defaulted = false;
  for (const node of nodes) {
    const { default_value } = node;
    checkDebug(l, node.name, node);
    if (node.kind === "TypeVar") annotated(l, node.bound, true);
    annotated(l, unstarred(default_value), true);
    if (default_value !== null) defaulted = true;
    else if (defaulted) refuseCompiled(l, "type-parameter-without-default", node, node.name);
  }
}

/** What is evaluated in an annotation scope, if it is compiled at all. */
function annotated(l: Legality, node: Expression | null, compiled: boolean): void {
  if (node === null) return;
  const { unit } = l;
  const outer = l.compiled;
  l.unit = createUnit("annotation");
  l.compiled = outer && compiled;
  check(l, node);
  l.unit = unit;
  l.compiled = outer;
}

/** `*args: *Ts` and `*Ts = *default` */
function unstarred(node: Expression | null): Expression | null {
  return node?.kind === "Starred" ? node.value : node;
}

// --- lambdas and comprehensions -----------------------------------------------

function defaults(l: Legality, args: Arguments): void {
  checkAll(l, args.defaults);
  checkAll(l, args.kw_defaults);
}

function lambda(l: Legality, node: Lambda): void {
  defaults(l, node.args);
  for (const parameter of parametersOf(node.args)) checkDebug(l, parameter.arg, parameter);
  const { unit } = l;
  l.unit = createUnit("lambda");
  check(l, node.body);
  l.unit = unit;
}

/** The first iterable is evaluated around the comprehension; each `async for` is a block. */
function comprehension(l: Legality, node: ComprehensionExpression): void {
  const [first] = node.generators;
  if (first === undefined) return;
  check(l, first.iter);
  const outer = l.unit;
  const isGenerator = node.kind === "GeneratorExp";
  const unit = createUnit(isGenerator ? "generator" : "comprehension");
  if (!isGenerator) unit.blocks = outer.blocks;
  l.unit = unit;
  for (const generator of node.generators) {
    if (generator !== first) check(l, generator.iter);
    if (generator.is_async === 1) {
      unit.awaits = true;
      openBlocks(l, node, 1);
    }
    check(l, generator.target);
    checkAll(l, generator.ifs);
  }
  checkAll(l, node.kind === "DictComp" ? [node.key, node.value] : [node.elt]);
  checkUnit(l);
  l.unit = outer;
  if (isGenerator) return;
  outer.deepest ??= unit.deepest;
  if (unit.awaits) checkAsynchronous(l, node);
}
