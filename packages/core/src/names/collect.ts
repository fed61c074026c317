/**
 * The walk that enters every name of a module into the scope that mentions it
 * (Python's reference, "Naming and binding"; for annotations PEP 649 and 695).
 * Expressions are in collect-expression.ts.
 */
import type {
  AnnAssign,
  AsyncFunctionDef,
  ClassDef,
  FunctionDef,
  Import,
  ImportFrom,
  MatchAs,
  MatchMapping,
  MatchStar,
  Module,
  Pattern,
  Statement,
  Try,
  TryStar,
  TypeAlias,
  TypeParameter,
} from "../syntax/ast.js";
import { refuse } from "../syntax/legality/refused.js";
import {
  annotate,
  define,
  expression,
  expressions,
  keywords,
  optional,
  optionals,
  parameters,
  target,
} from "./collect-expression.js";
import { declare } from "./declare.js";
import { manglingPrefix } from "./mangle.js";
import {
  type Collection,
  closeFrame,
  createCollection,
  entryHere,
  Flag,
  identifierOf,
  openFrame,
  record,
} from "./table.js";

export function collectNames(module: Module): Collection {
  const c = createCollection(module);
  statements(c, module.body);
  return c;
}

function statements(c: Collection, body: readonly Statement[]): void {
  for (const node of body) statement(c, node);
}

function statement(c: Collection, node: Statement): void {
  switch (node.kind) {
    case "Expr":
      return expression(c, node.value);
    case "Assign":
      for (const item of node.targets) target(c, item, "assignment");
      return expression(c, node.value);
    case "If":
      return conditional(c, node);
    case "Return":
      return optional(c, node.value);
    case "FunctionDef":
    case "AsyncFunctionDef":
      return functionDefinition(c, node);
    case "ClassDef":
      return classDefinition(c, node);
    case "AugAssign":
      target(c, node.target, "assignment");
      return expression(c, node.value);
    case "AnnAssign":
      return annotatedAssignment(c, node);
    case "For":
    case "AsyncFor":
      target(c, node.target, "loop");
      expression(c, node.iter);
      statements(c, node.body);
      return statements(c, node.orelse);
    case "While":
      expression(c, node.test);
      statements(c, node.body);
      return statements(c, node.orelse);
    case "With":
    case "AsyncWith":
      for (const { context_expr, optional_vars } of node.items) {
        expression(c, context_expr);
        if (optional_vars !== null) target(c, optional_vars, "with");
      }
      return statements(c, node.body);
    case "Try":
    case "TryStar":
      return attempt(c, node);
    case "Raise":
      optional(c, node.exc);
      return optional(c, node.cause);
    case "Assert":
      expression(c, node.test);
      return optional(c, node.msg);
    case "Delete":
      for (const item of node.targets) target(c, item, "delete");
      return;
    case "Import":
    case "ImportFrom":
      return imports(c, node);
    case "Global":
    case "Nonlocal":
      return declare(c, node);
    case "Match":
      expression(c, node.subject);
      for (const item of node.cases) {
        pattern(c, item.pattern);
        optional(c, item.guard);
        statements(c, item.body);
      }
      return;
    case "TypeAlias":
      return typeAlias(c, node);
    case "Pass":
    case "Break":
    case "Continue":
      return;
    default:
      return node satisfies never;
  }
}

/** A chain of `elif` is a loop here, however long. */
function conditional(c: Collection, start: Statement): void {
  let node = start;
  while (node.kind === "If") {
    expression(c, node.test);
    statements(c, node.body);
    const next = node.orelse[0];
    if (next === undefined || node.orelse.length > 1) return statements(c, node.orelse);
    node = next;
  }
  statement(c, node);
}

function attempt(c: Collection, node: Try | TryStar): void {
  statements(c, node.body);
  for (const handler of node.handlers) {
    optional(c, handler.type);
    if (handler.name !== null) define(c, handler, handler.name, Flag.Local, "except");
    statements(c, handler.body);
  }
  statements(c, node.orelse);
  statements(c, node.finalbody);
}

function imports(c: Collection, node: Import | ImportFrom): void {
  for (const alias of node.names) {
    if (alias.name === "*") {
      if (c.frame.scope.kind !== "module") refuse(c, "nested-star-import", alias);
    } else {
      const dot = alias.name.indexOf(".");
      const name = alias.asname ?? (dot < 0 ? alias.name : alias.name.slice(0, dot));
      define(c, alias, name, Flag.Import, "import");
    }
  }
}

/** Only a simple annotation or a value binds: `(x): int` does not. */
function annotatedAssignment(c: Collection, node: AnnAssign): void {
  const { target: place } = node;
  if (place.kind !== "Name") {
    target(c, place, "assignment");
  } else {
    const entry = entryHere(c, identifierOf(c, place.id));
    const simple = node.simple === 1;
    if (simple && (entry.flags & Flag.Elsewhere) !== 0 && c.frame.scope.kind !== "module") {
      const word = (entry.flags & Flag.Global) !== 0 ? "global" : "nonlocal";
      refuse(c, "declared-annotation", node, entry.identifier.name, word);
    }
    if (simple || node.value !== null) {
      define(c, place, place.id, simple ? Flag.Local | Flag.Annotated : Flag.Local, "assignment");
    } else {
      record(c, place, entry);
    }
  }
  annotate(c, node.annotation, ANNOTATION);
  optional(c, node.value);
}

// --- definitions --------------------------------------------------------------

const ANNOTATION = "an annotation";

/** Decorators and defaults are evaluated around the type parameters, annotations inside them. */
function functionDefinition(c: Collection, node: FunctionDef | AsyncFunctionDef): void {
  define(c, node, node.name, Flag.Local, "function");
  expressions(c, node.decorator_list);
  const { args, type_params } = node;
  expressions(c, args.defaults);
  optionals(c, args.kw_defaults);
  const generic = type_params.length > 0;
  if (generic) {
    openFrame(c, "type-parameters", node);
    typeParameters(c, type_params);
  }
  for (const { annotation } of args.posonlyargs) annotate(c, annotation, ANNOTATION);
  for (const { annotation } of args.args) annotate(c, annotation, ANNOTATION);
  if (args.vararg !== null) annotate(c, args.vararg.annotation, ANNOTATION);
  for (const { annotation } of args.kwonlyargs) annotate(c, annotation, ANNOTATION);
  if (args.kwarg !== null) annotate(c, args.kwarg.annotation, ANNOTATION);
  annotate(c, node.returns, ANNOTATION);
  openFrame(c, "function", node);
  parameters(c, args);
  statements(c, node.body);
  closeFrame(c);
  if (generic) closeFrame(c);
}

/** Bases are evaluated inside the type parameters; of their names only those of type parameters are mangled. */
function classDefinition(c: Collection, node: ClassDef): void {
  define(c, node, node.name, Flag.Local, "class");
  expressions(c, node.decorator_list);
  const { prefix, mangled } = c;
  const generic = node.type_params.length > 0;
  if (generic) {
    openFrame(c, "type-parameters", node);
    c.prefix = manglingPrefix(node.name);
    c.mangled = new Set();
    typeParameters(c, node.type_params);
  }
  expressions(c, node.bases);
  keywords(c, node.keywords);
  openFrame(c, "class", node);
  c.prefix = manglingPrefix(node.name);
  c.mangled = null;
  statements(c, node.body);
  closeFrame(c);
  if (generic) closeFrame(c);
  c.prefix = prefix;
  c.mangled = mangled;
}

function typeAlias(c: Collection, node: TypeAlias): void {
  define(c, node.name, node.name.id, Flag.Local, "type-alias");
  const generic = node.type_params.length > 0;
  if (generic) {
    openFrame(c, "type-parameters", node);
    typeParameters(c, node.type_params);
  }
  annotate(c, node.value, "a type alias");
  if (generic) closeFrame(c);
}

function typeParameters(c: Collection, nodes: readonly TypeParameter[]): void {
  for (const node of nodes) {
    if (node.name === "__classdict__") refuse(c, "reserved-type-parameter", node, node.name);
    c.mangled?.add(node.name);
    define(c, node, node.name, Flag.TypeParameter, "type-parameter");
    if (node.kind === "TypeVar") {
      const isTuple = node.bound?.kind === "Tuple";
      annotate(c, node.bound, isTuple ? "a TypeVar constraint" : "a TypeVar bound");
    }
    annotate(c, node.default_value, `a ${node.kind} default`);
  }
}

// --- patterns -----------------------------------------------------------------

function pattern(c: Collection, node: Pattern): void {
  switch (node.kind) {
    case "MatchValue":
      return expression(c, node.value);
    case "MatchSingleton":
      return;
    case "MatchSequence":
    case "MatchOr":
      return patterns(c, node.patterns);
    case "MatchMapping":
      expressions(c, node.keys);
      patterns(c, node.patterns);
      return capture(c, node, node.rest);
    case "MatchClass":
      expression(c, node.cls);
      patterns(c, node.patterns);
      return patterns(c, node.kwd_patterns);
    case "MatchStar":
      return capture(c, node, node.name);
    case "MatchAs":
      if (node.pattern !== null) pattern(c, node.pattern);
      return capture(c, node, node.name);
    default:
      return node satisfies never;
  }
}

function patterns(c: Collection, nodes: readonly Pattern[]): void {
  for (const node of nodes) pattern(c, node);
}

function capture(
  c: Collection,
  node: MatchAs | MatchMapping | MatchStar,
  name: string | null,
): void {
  if (name !== null) define(c, node, name, Flag.Local, "capture");
}
