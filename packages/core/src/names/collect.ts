/**
 * The walk that enters every name of a module into the scope that mentions it
 * (Python's reference, "Naming and binding"; for annotations PEP 649 and 695).
 */
import type {
  AnnAssign,
  Arguments,
  AsyncFunctionDef,
  ClassDef,
  Comprehension,
  ComprehensionExpression,
  Expression,
  FunctionDef,
  Import,
  ImportFrom,
  Lambda,
  Module,
  Name,
  NamedExpr,
  NamedNode,
  Node,
  TypeAlias,
  TypeParameter,
} from "../syntax/ast.js";
import { parametersOf, visitAll, visitChildren, visitOptional } from "../syntax/children.js";
import { refuse } from "../syntax/legality/refused.js";
import { declare } from "./declare.js";
import { manglingPrefix } from "./mangle.js";
import type { BindingForm } from "./scope.js";
import {
  addDefinition,
  CELLS,
  type Collection,
  closeFrame,
  createCollection,
  detachedEntry,
  type Entry,
  entryHere,
  Flag,
  identifierOf,
  openFrame,
  record,
} from "./table.js";
import { checkAnnotationScope, checkWalrus, checkYield, extendWalrus } from "./walrus.js";

export function collectNames(module: Module): Collection {
  const c = createCollection(module);
  readAll(c, module.body);
  return c;
}

/** What has no case here binds nothing and opens no scope. */
function read(c: Collection, node: Node): void {
  switch (node.kind) {
    case "Name":
      return name(c, node);
    case "Constant":
      return;
    // Most nodes are one of these; what follows would do the same more slowly.
    case "Attribute":
    case "Expr":
    case "keyword":
      return read(c, node.value);
    case "Call":
      read(c, node.func);
      readAll(c, node.args);
      return readAll(c, node.keywords);
    case "If":
    case "Compare":
    case "Return":
    case "BinOp":
    case "Subscript":
      return visitChildren(c, node, read);
    case "Assign":
    case "AugAssign":
      c.form = "assignment";
      break;
    case "For":
    case "AsyncFor":
      c.form = "loop";
      break;
    case "withitem":
      read(c, node.context_expr);
      c.form = "with";
      return readOptional(c, node.optional_vars);
    case "AnnAssign":
      return annotatedAssignment(c, node);
    case "FunctionDef":
    case "AsyncFunctionDef":
      return functionDefinition(c, node);
    case "ClassDef":
      return classDefinition(c, node);
    case "TypeAlias":
      return typeAlias(c, node);
    case "Import":
    case "ImportFrom":
      return imports(c, node);
    case "Global":
    case "Nonlocal":
      return declare(c, node);
    case "ExceptHandler":
      readOptional(c, node.type);
      capture(c, node, node.name, "except");
      return readAll(c, node.body);
    case "MatchAs":
    case "MatchStar":
      visitChildren(c, node, read);
      return capture(c, node, node.name, "capture");
    case "MatchMapping":
      visitChildren(c, node, read);
      return capture(c, node, node.rest, "capture");
    case "Lambda":
      return lambda(c, node);
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return comprehension(c, node);
    case "NamedExpr":
      return walrus(c, node);
    case "Await":
      checkAnnotationScope(c, node);
      break;
    case "Yield":
    case "YieldFrom":
      checkYield(c, node);
      break;
  }
  visitChildren(c, node, read);
}

function readAll(c: Collection, nodes: readonly (Node | null)[]): void {
  visitAll(c, nodes, read);
}

function readOptional(c: Collection, node: Node | null): void {
  visitOptional(c, node, read);
}

/** Reads what is evaluated in an annotation scope: `where` names it in CPython's words. */
function annotate(c: Collection, node: Expression | null, where: string): void {
  const { frame } = c;
  const { annotation } = frame;
  frame.annotation = where;
  readOptional(c, node);
  frame.annotation = annotation;
}

// --- names --------------------------------------------------------------------

function name(c: Collection, node: Name): void {
  if (node.ctx === "Load") return use(c, node);
  define(c, node, node.id, Flag.Local, node.ctx === "Del" ? "delete" : c.form);
}

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
function define(
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

function capture(
  c: Collection,
  node: NamedNode,
  name: string | null,
  form: "capture" | "except",
): void {
  if (name !== null) define(c, node, name, Flag.Local, form);
}

/** A walrus in a comprehension binds in the scope around it (PEP 572). */
function walrus(c: Collection, node: NamedExpr): void {
  const { target: place } = node;
  checkWalrus(c, node);
  if (c.frame.scope.kind === "comprehension") {
    extendWalrus(c, place);
    read(c, node.value);
    enter(c, place, entryHere(c, identifierOf(c, place.id)), Flag.Local);
  } else {
    define(c, place, place.id, Flag.Local, "walrus");
    read(c, node.value);
  }
}

// --- statements ---------------------------------------------------------------

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
    read(c, place);
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
  readOptional(c, node.value);
}

// --- definitions --------------------------------------------------------------

const ANNOTATION = "an annotation";

/** Decorators and defaults are evaluated around the type parameters, annotations inside them. */
function functionDefinition(c: Collection, node: FunctionDef | AsyncFunctionDef): void {
  define(c, node, node.name, Flag.Local, "function");
  readAll(c, node.decorator_list);
  const { args, type_params } = node;
  defaults(c, args);
  const generic = type_params.length > 0;
  if (generic) {
    openFrame(c, "type-parameters", node);
    typeParameters(c, type_params);
  }
  for (const { annotation } of parametersOf(args)) annotate(c, annotation, ANNOTATION);
  annotate(c, node.returns, ANNOTATION);
  openFrame(c, "function", node);
  parameters(c, args);
  readAll(c, node.body);
  closeFrame(c);
  if (generic) closeFrame(c);
}

/** Bases are evaluated inside the type parameters; of their names only those of type parameters are mangled. */
function classDefinition(c: Collection, node: ClassDef): void {
  define(c, node, node.name, Flag.Local, "class");
  readAll(c, node.decorator_list);
  const { prefix, mangled } = c;
  const generic = node.type_params.length > 0;
  if (generic) {
    openFrame(c, "type-parameters", node);
    c.prefix = manglingPrefix(node.name);
    c.mangled = new Set();
    typeParameters(c, node.type_params);
  }
  readAll(c, node.bases);
  readAll(c, node.keywords);
  openFrame(c, "class", node);
  c.prefix = manglingPrefix(node.name);
  c.mangled = null;
  readAll(c, node.body);
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

// --- lambdas and comprehensions -----------------------------------------------

function lambda(c: Collection, node: Lambda): void {
  defaults(c, node.args);
  openFrame(c, "lambda", node);
  parameters(c, node.args);
  read(c, node.body);
  closeFrame(c);
}

function defaults(c: Collection, args: Arguments): void {
  readAll(c, args.defaults);
  readAll(c, args.kw_defaults);
}

function parameters(c: Collection, args: Arguments): void {
  for (const node of parametersOf(args)) define(c, node, node.arg, Flag.Parameter, "parameter");
}

/** The first iterable is evaluated in the scope around the comprehension. */
function comprehension(c: Collection, node: ComprehensionExpression): void {
  const [first] = node.generators;
  if (first === undefined) return;
  iterable(c, first);
  const frame = openFrame(c, "comprehension", node);
  for (const generator of node.generators) {
    frame.inTarget = true;
    c.form = "loop";
    read(c, generator.target);
    frame.inTarget = false;
    if (generator !== first) iterable(c, generator);
    readAll(c, generator.ifs);
  }
  readAll(c, node.kind === "DictComp" ? [node.key, node.value] : [node.elt]);
  closeFrame(c);
}

function iterable(c: Collection, { iter }: Comprehension): void {
  c.iterables += 1;
  read(c, iter);
  c.iterables -= 1;
}
