/**
 * Says which binding each entry of the table means. The scopes are opened again in
 * their order; what a name means to a nested function is kept with the name, so
 * that neither depth nor number of names makes a lookup longer.
 */
import { refuse } from "../syntax/legality/refused.js";
import type { Definition } from "./scope.js";
import {
  CELLS,
  type Collection,
  type Entry,
  Flag,
  type Frame,
  type Identifier,
  type OpenBinding,
} from "./table.js";

interface Resolution {
  readonly collection: Collection;
  readonly module: Frame;
  /** The names of the implicit cells of a class, as far as they are mentioned. */
  readonly cells: readonly Identifier[];
  /** What `cells` meant outside the open classes. */
  readonly savedCells: (OpenBinding | null)[];
  /** Bindings with definitions from several scopes. */
  readonly joined: Set<OpenBinding>;
}

export function resolveNames(c: Collection): void {
  const cells = CELLS.flatMap((name) => c.identifiers.get(name) ?? []);
  const r: Resolution = {
    collection: c,
    module: c.module,
    cells,
    savedCells: [],
    joined: new Set(),
  };
  let open: Frame | null = null;
  for (const frame of c.frames) {
    while (open !== null && open !== frame.parent) {
      leave(r, open);
      open = open.parent;
    }
    enter(r, frame);
    open = frame;
  }
  for (const { definitions } of r.joined) {
    definitions.sort((a, b) => a.node.start - b.node.start);
  }
}

function enter(r: Resolution, frame: Frame): void {
  for (const entry of frame.entries) entry.binding = meaningOf(r, frame, entry);
  const { kind } = frame.scope;
  if (kind === "class") enterClass(r, frame);
  else if (kind !== "module") showBindings(frame);
}

function leave(r: Resolution, frame: Frame): void {
  if (frame.scope.kind === "class") leaveClass(r, frame);
  else hideBindings(frame);
}

// --- what an entry means ------------------------------------------------------

function meaningOf(r: Resolution, frame: Frame, entry: Entry): OpenBinding | null {
  const { flags, identifier } = entry;
  if (frame === r.module) return (flags & OWNED) === 0 ? null : globalBinding(r, entry);
  if ((flags & Flag.Elsewhere) !== 0) return declaredMeaning(r, entry);
  if ((flags & Flag.Bound) !== 0) return bind(frame, entry);
  return seenByAnnotation(frame, identifier) ?? identifier.visible ?? identifier.global;
}

/** In the module, `global` is no other scope. */
const OWNED = Flag.Bound | Flag.Global;

function bind({ scope }: Frame, { identifier: { name }, definitions }: Entry): OpenBinding {
  const binding: OpenBinding = { scope, name, definitions: definitions ?? [] };
  if (scope.bindings.size === 0) scope.bindings = new Map();
  scope.bindings.set(name, binding);
  return binding;
}

/** The binding in the module of a name that is bound there, or declared global anywhere. */
function globalBinding(r: Resolution, entry: Entry): OpenBinding {
  const { identifier, definitions, declaration, frame } = entry;
  if (identifier.global !== null) {
    if (definitions !== null) join(r, identifier.global, definitions);
    return identifier.global;
  }
  const binding = bind(r.module, entry);
  if (declaration !== null && (frame !== r.module || definitions === null)) {
    binding.definitions = [{ form: "global", node: declaration }, ...binding.definitions];
  }
  identifier.global = binding;
  return binding;
}

/** What a name means where it is declared `global` or `nonlocal`. */
function declaredMeaning(r: Resolution, entry: Entry): OpenBinding | null {
  const { flags, identifier, declaration, definitions } = entry;
  if ((flags & Flag.Global) !== 0) return globalBinding(r, entry);
  const binding = identifier.visible;
  if (declaration !== null) {
    if (binding === null || binding.scope === r.module.scope) {
      refuse(r.collection, "nonlocal-without-binding", declaration, identifier.name);
    } else if (binding.scope.kind === "type-parameters") {
      refuse(r.collection, "nonlocal-type-parameter", declaration, identifier.name);
    }
  }
  if (binding !== null && definitions !== null) join(r, binding, definitions);
  return binding;
}

/** Type parameters of what stands in a class body see the names of the class. */
function seenByAnnotation({ scope, parent }: Frame, { inClass }: Identifier): OpenBinding | null {
  if (scope.kind !== "type-parameters" || inClass === null || inClass.frame !== parent) return null;
  const { flags } = inClass;
  const isClassName = (flags & Flag.Global) !== 0 || isOwn(flags);
  return isClassName ? inClass.binding : null;
}

function isOwn(flags: number): boolean {
  return (flags & Flag.Bound) !== 0 && (flags & Flag.Elsewhere) === 0;
}

/** A binding that another scope adds definitions to, through `global` or `nonlocal`. */
function join(r: Resolution, binding: OpenBinding, definitions: readonly Definition[]): void {
  if (!r.joined.has(binding)) binding.definitions = [...binding.definitions];
  r.joined.add(binding);
  for (const definition of definitions) binding.definitions.push(definition);
}

// --- what the scopes inside see -----------------------------------------------

const SHOWN = Flag.Bound | Flag.Global;

function showBindings({ entries }: Frame): void {
  for (const entry of entries) {
    if ((entry.flags & SHOWN) !== 0 && (entry.flags & Flag.Nonlocal) === 0) {
      entry.savedVisible = entry.identifier.visible;
      entry.identifier.visible = entry.binding;
    }
  }
}

function hideBindings({ entries }: Frame): void {
  for (const { flags, identifier, savedVisible } of entries) {
    if ((flags & SHOWN) !== 0 && (flags & Flag.Nonlocal) === 0) identifier.visible = savedVisible;
  }
}

/** The names of a class are seen by its annotations alone; its cells by all that it holds. */
function enterClass(r: Resolution, { scope, entries, cells }: Frame): void {
  for (const entry of entries) {
    entry.savedInClass = entry.identifier.inClass;
    entry.identifier.inClass = entry;
  }
  if (scope.node.kind !== "ClassDef") return;
  for (const identifier of r.cells) {
    r.savedCells.push(identifier.visible);
    const definitions: Definition[] = [{ form: "class-cell", node: scope.node }];
    identifier.visible = { scope, name: identifier.name, definitions };
  }
  for (const entry of cells) {
    const { inClass, visible } = entry.identifier;
    const isAttribute = inClass !== null && inClass.frame === entry.frame && isOwn(inClass.flags);
    entry.binding = isAttribute ? inClass.binding : visible;
  }
}

function leaveClass(r: Resolution, { entries }: Frame): void {
  for (const { identifier, savedInClass } of entries) identifier.inClass = savedInClass;
  for (const identifier of r.cells.toReversed()) identifier.visible = r.savedCells.pop() ?? null;
}
