/**
 * The symbol table while it is being made: collect.ts enters each name into the
 * scope that mentions it, resolve.ts then says which binding each entry means.
 */
import type { Global, NamedNode, Node, Nonlocal } from "../syntax/ast.js";
import type { Refusing } from "../syntax/legality/refused.js";
import { isPrivate } from "./mangle.js";
import type { Binding, BindingForm, Definition, Scope, ScopeKind } from "./scope.js";

/** What a scope does with a name. */
export enum Flag {
  Used = 1,
  /** Bound by a statement or a target. */
  Local = 2,
  Parameter = 4,
  TypeParameter = 8,
  Import = 16,
  /** Bound in the module by a walrus in a comprehension. */
  Walrus = 32,
  Annotated = 64,
  Global = 128,
  Nonlocal = 256,
  /** Stands in the target of a comprehension. */
  Iteration = 512,

  Bound = Local | Parameter | TypeParameter | Import | Walrus,
  Elsewhere = Global | Nonlocal,
}

/** A name, whatever it means; one for all scopes. */
export interface Identifier {
  /** After private name mangling. */
  readonly name: string;
  /** Its entry in the innermost open scope that has one. */
  innermost: Entry | null;
  /** While resolving: what a nested function sees. */
  visible: OpenBinding | null;
  /** Its binding in the module. */
  global: OpenBinding | null;
}

/** A name in a scope. */
export interface Entry {
  readonly identifier: Identifier;
  readonly frame: Frame;
  flags: number;
  /** Of the same identifier, in the next scope outside that has one. */
  outer: Entry | null;
  definitions: Definition[] | null;
  /** What it means; `null` where nothing in the file binds it, and until resolved. */
  binding: OpenBinding | null;
}

/** A binding whose definitions are still being added. */
export interface OpenBinding extends Binding {
  definitions: Definition[];
}

/** A scope whose bindings are still being added. */
interface OpenScope extends Scope {
  bindings: Map<string, OpenBinding>;
}

/** A scope that is being filled. */
export interface Frame {
  readonly scope: OpenScope;
  readonly parent: Frame | null;
  readonly depth: number;
  /** Of a comprehension: the innermost scope around it that is none, where a walrus binds. */
  readonly home: Frame | null;
  readonly entries: Entry[];
  /** The annotation scope that is open just inside this one, in CPython's words; it binds nothing. */
  annotation: string | null;
  /** Whether the target of a comprehension is being read. */
  inTarget: boolean;
  /** Of a class: names in its annotations that may mean its implicit cells. */
  cells: Entry[] | null;
  /** Of a class: what is declared global in it. */
  globals: Set<Identifier> | null;
}

/** The names that a class binds by itself, for the functions and annotations in its body. */
export const CELLS: readonly string[] = [
  "__class__",
  "__classdict__",
  "__conditional_annotations__",
];

/** The walk over the tree. */
export interface Collection extends Refusing {
  readonly identifiers: Map<string, Identifier>;
  readonly module: Frame;
  /** Every scope, in the order in which they open. */
  readonly frames: Frame[];
  frame: Frame;
  /** What private names are mangled with. */
  prefix: string;
  /** The only names that are mangled, where not all are: the type parameters of a class. */
  mangled: Set<string> | null;
  /** What the target that is being read is bound by. */
  form: BindingForm;
  /** How many iterables of comprehensions are open. */
  iterables: number;
  /** The nodes that name something, and beside each its entry. */
  readonly nodes: NamedNode[];
  readonly entries: Entry[];
  /** What each `global` and `nonlocal` names; `null` where there is none. */
  declared: Map<Node, Entry[]> | null;
  /** The first such statement of each entry. */
  declarations: Map<Entry, Global | Nonlocal> | null;
}

/** A table of the module alone. */
export function createCollection(module: Node): Collection {
  const frame = createFrame("module", module, null);
  return {
    identifiers: new Map(),
    module: frame,
    frames: [frame],
    frame,
    prefix: "",
    mangled: null,
    form: "assignment",
    iterables: 0,
    nodes: [],
    entries: [],
    declared: null,
    declarations: null,
    refused: null,
  };
}

/** Most lambdas and comprehensions bind little: their map is made when it is needed. */
const NO_BINDINGS: Map<string, OpenBinding> = new Map();

function createFrame(kind: ScopeKind, node: Node, parent: Frame | null): Frame {
  const isComprehension = kind === "comprehension" && parent !== null;
  return {
    scope: { kind, node, parent: parent === null ? null : parent.scope, bindings: NO_BINDINGS },
    parent,
    depth: parent === null ? 0 : parent.depth + 1,
    home: isComprehension ? (parent.home ?? parent) : null,
    entries: [],
    annotation: null,
    inTarget: false,
    cells: null,
    globals: null,
  };
}

/** Opens a scope inside the current one. */
export function openFrame(c: Collection, kind: ScopeKind, node: Node): Frame {
  const frame = createFrame(kind, node, c.frame);
  c.frames.push(frame);
  c.frame = frame;
  return frame;
}

/** Closes the current scope. */
export function closeFrame(c: Collection): void {
  const { entries, parent } = c.frame;
  for (const { identifier, outer } of entries) identifier.innermost = outer;
  if (parent !== null) c.frame = parent;
}

/** The identifier that `name` is here, mangled if it is private. */
export function identifierOf(c: Collection, name: string): Identifier {
  const key = c.prefix !== "" && isPrivate(name) && isMangled(c, name) ? c.prefix + name : name;
  const known = c.identifiers.get(key);
  if (known !== undefined) return known;
  const added: Identifier = {
    name: key,
    innermost: null,
    visible: null,
    global: null,
  };
  c.identifiers.set(key, added);
  return added;
}

function isMangled({ mangled }: Collection, name: string): boolean {
  return mangled === null || mangled.has(name);
}

/** The entry of `identifier` in the current scope. */
export function entryHere(c: Collection, identifier: Identifier): Entry {
  const { innermost } = identifier;
  if (innermost !== null && innermost.frame === c.frame) return innermost;
  const entry = createEntry(identifier, c.frame, innermost);
  identifier.innermost = entry;
  return entry;
}

/** The entry of `identifier` in `frame`, which is open. */
export function entryIn(identifier: Identifier, frame: Frame): Entry {
  let inner: Entry | null = null;
  let entry = identifier.innermost;
  while (entry !== null && entry.frame.depth > frame.depth) {
    inner = entry;
    entry = entry.outer;
  }
  if (entry !== null && entry.frame === frame) return entry;
  const added = createEntry(identifier, frame, entry);
  if (inner === null) identifier.innermost = added;
  else inner.outer = added;
  return added;
}

function createEntry(identifier: Identifier, frame: Frame, outer: Entry | null): Entry {
  const entry = detachedEntry(identifier, frame, outer);
  frame.entries.push(entry);
  return entry;
}

/** An entry that the scope does not list. */
export function detachedEntry(identifier: Identifier, frame: Frame, outer: Entry | null): Entry {
  return { identifier, frame, flags: 0, outer, definitions: null, binding: null };
}

export function addDefinition(entry: Entry, form: BindingForm, node: NamedNode): void {
  if (entry.definitions === null) entry.definitions = [{ form, node }];
  else entry.definitions.push({ form, node });
}

/** Notes that `node` stands for `entry`. */
export function record(c: Collection, node: NamedNode, entry: Entry): void {
  c.nodes.push(node);
  c.entries.push(entry);
}
