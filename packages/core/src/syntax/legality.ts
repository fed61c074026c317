/**
 * What Python 3.14's compiler refuses in a text that parses and whose names are
 * in order: statements and expressions that do not belong where they stand.
 */
import type { Fault } from "../result.js";
import type {
  AnnAssign,
  AsyncFor,
  AsyncFunctionDef,
  AsyncWith,
  Break,
  ClassDef,
  Continue,
  Expression,
  For,
  FunctionDef,
  Import,
  ImportFrom,
  Module,
  Return,
  Statement,
  Try,
  TryStar,
  TypeAlias,
  TypeParameter,
  While,
  With,
} from "./ast.js";
import { checkDebug } from "./legality/debug.js";
import {
  assignment,
  defaults,
  deletion,
  elements,
  expression,
  expressions,
  keywords,
  optional,
  parameterNames,
} from "./legality/expression.js";
import {
  checkFutureStar,
  futureImports,
  isFutureImport,
  postponesAnnotations,
} from "./legality/future.js";
import { checkPattern } from "./legality/pattern.js";
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
  checkFutureStar(l, imports);
  const early = new Set<Statement>(imports);
  for (const node of module.body) if (!early.has(node)) statement(l, node);
  return faultOfRefused(l, source);
}

function statements(l: Legality, body: readonly Statement[]): void {
  for (const node of body) statement(l, node);
}

function statement(l: Legality, node: Statement): void {
  switch (node.kind) {
    case "Expr":
      return expression(l, node.value);
    case "Assign":
      expression(l, node.value);
      for (const item of node.targets) assignment(l, item);
      return;
    case "If":
      return conditional(l, node);
    case "Return":
      return returns(l, node);
    case "FunctionDef":
    case "AsyncFunctionDef":
      return functionDefinition(l, node);
    case "ClassDef":
      return classDefinition(l, node);
    case "AugAssign":
      assignment(l, node.target);
      return expression(l, node.value);
    case "AnnAssign":
      return annotatedAssignment(l, node);
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
    case "Raise":
      optional(l, node.exc);
      return optional(l, node.cause);
    case "Assert":
      expression(l, node.test);
      return optional(l, node.msg);
    case "Delete":
      for (const item of node.targets) deletion(l, item);
      return;
    case "Import":
    case "ImportFrom":
      return imports(l, node);
    case "Match":
      expression(l, node.subject);
      for (const [index, item] of node.cases.entries()) {
        checkPattern(l, item, index === node.cases.length - 1);
        optional(l, item.guard);
        statements(l, item.body);
      }
      return;
    case "TypeAlias":
      return typeAlias(l, node);
    case "Break":
    case "Continue":
      return jump(l, node);
    case "Global":
    case "Nonlocal":
    case "Pass":
      return;
    default:
      return node satisfies never;
  }
}

/** A chain of `elif` is a loop here, however long. */
function conditional(l: Legality, start: Statement): void {
  let node = start;
  while (node.kind === "If") {
    expression(l, node.test);
    statements(l, node.body);
    const next = node.orelse[0];
    if (next === undefined || node.orelse.length > 1) return statements(l, node.orelse);
    node = next;
  }
  statement(l, node);
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
  optional(l, node.value);
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
  if (value !== null || target.kind !== "Name" || node.simple === 1) assignment(l, target);
  if (value === null && target.kind === "Subscript") unassignedSlice(l, target.slice);
  optional(l, value);
  const { kind } = l.unit;
  const compiled = node.simple === 1 && (kind === "module" || kind === "class") && !l.postponed;
  annotated(l, annotation, compiled);
}

/** Nothing is stored there, so CPython compiles the parts of the tuple by themselves. */
function unassignedSlice(l: Legality, node: Expression): void {
  if (node.kind !== "Tuple") expression(l, node);
  else for (const item of node.elts) unassignedSlice(l, item);
}

// --- blocks -------------------------------------------------------------------

function loop(l: Legality, node: For | AsyncFor | While): void {
  const { unit } = l;
  if (node.kind === "AsyncFor") checkAsync(l, node, "async for");
  if (node.kind !== "While") expression(l, node.iter);
  const { leaves } = unit;
  unit.leaves = "loop";
  openBlocks(l, node, 1);
  if (node.kind === "While") expression(l, node.test);
  else assignment(l, node.target);
  statements(l, node.body);
  unit.blocks -= 1;
  unit.leaves = leaves;
  statements(l, node.orelse);
}

function withStatement(l: Legality, node: With | AsyncWith): void {
  if (node.kind === "AsyncWith") checkAsync(l, node, "async with");
  for (const { context_expr, optional_vars } of node.items) {
    expression(l, context_expr);
    openBlocks(l, node, 1);
    if (optional_vars !== null) assignment(l, optional_vars);
  }
  statements(l, node.body);
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
  statements(l, node.body);
  unit.blocks -= guarded;
  for (const [index, handler] of handlers.entries()) {
    const isLast = index === handlers.length - 1;
    if (handler.type === null && !isLast) refuse(l, "default-except-not-last", handler);
    checkDebug(l, handler.name, handler);
    openBlocks(l, handler, 1);
    optional(l, handler.type);
    openBlocks(l, handler, 1);
    const { leaves } = unit;
    if (node.kind === "TryStar") {
      unit.leaves = "except-star";
      unit.exceptStars += 1;
    }
    statements(l, handler.body);
    if (node.kind === "TryStar") unit.exceptStars -= 1;
    unit.leaves = leaves;
    unit.blocks -= 2;
  }
  statements(l, node.orelse);
  statements(l, node.finalbody);
  unit.blocks -= finished;
}

// --- definitions --------------------------------------------------------------

function functionDefinition(l: Legality, node: FunctionDef | AsyncFunctionDef): void {
  checkDebug(l, node.name, node);
  expressions(l, node.decorator_list);
  defaults(l, node.args);
  typeParameters(l, node.type_params);
  const { args } = node;
  const compiled = !l.postponed;
  for (const { annotation } of args.posonlyargs) annotated(l, annotation, compiled);
  for (const { annotation } of args.args) annotated(l, annotation, compiled);
  const rest = args.vararg?.annotation ?? null;
  annotated(l, rest?.kind === "Starred" ? rest.value : rest, compiled);
  for (const { annotation } of args.kwonlyargs) annotated(l, annotation, compiled);
  annotated(l, args.kwarg?.annotation ?? null, compiled);
  annotated(l, node.returns, compiled);
  parameterNames(l, args);
  const { unit } = l;
  l.unit = createUnit(node.kind === "FunctionDef" ? "function" : "async-function");
  statements(l, node.body);
  checkUnit(l);
  l.unit = unit;
}

function classDefinition(l: Legality, node: ClassDef): void {
  checkDebug(l, node.name, node);
  expressions(l, node.decorator_list);
  typeParameters(l, node.type_params);
  const { unit } = l;
  if (node.type_params.length > 0) l.unit = createUnit("annotation");
  elements(l, node.bases);
  keywords(l, node.keywords);
  l.unit = createUnit("class");
  statements(l, node.body);
  l.unit = unit;
}

function typeAlias(l: Legality, node: TypeAlias): void {
  assignment(l, node.name);
  typeParameters(l, node.type_params);
  annotated(l, node.value, true);
}

function typeParameters(l: Legality, nodes: readonly TypeParameter[]): void {
  let defaulted = false;
  for (const node of nodes) {
    const { default_value } = node;
    checkDebug(l, node.name, node);
    if (node.kind === "TypeVar") annotated(l, node.bound, true);
    annotated(l, default_value?.kind === "Starred" ? default_value.value : default_value, true);
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
  expression(l, node);
  l.unit = unit;
  l.compiled = outer;
}
