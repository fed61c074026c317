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
  readonly cells: Identifier[];
  /** What the names that the open scopes show meant outside them, a stack. */
  readonly outside: (OpenBinding | null)[];
  /** How many bindings there are so far. */
  count: number;
  /** Bindings with definitions from several scopes. */
  joined: Set<OpenBinding> | null;
}

export function resolveNames(c: Collection): void {
  const r: Resolution = {
    collection: c,
    module: c.module,
    cells: [],
    outside: [],
    count: 0,
    joined: null,
  };
  for (const name of CELLS) {
    const cell = c.identifiers.get(name);
    if (cell !== undefined) r.cells.push(cell);
  }
  let open: Frame | null = null;
  for (const frame of c.frames) {
    while (open !== null && open !== frame.parent) {
      leave(r, open);
      open = open.parent;
    }
    enter(r, frame);
    open = frame;
  }
  for (const { definitions } of r.joined ?? []) {
    definitions.sort((a, b) => a.node.start - b.node.start);
  }
}

function enter(r: Resolution, frame: Frame): void {
  for (const entry of frame.entries) entry.binding = meaningOf(r, frame, entry);
  const { kind } = frame.scope;
  if (kind === "class") showCells(r, frame);
  else if (kind !== "module") showBindings(r, frame);
}

function leave(r: Resolution, frame: Frame): void {
  if (frame.scope.kind === "class") hideCells(r);
  else hideBindings(r, frame);
}

// --- what an entry means ------------------------------------------------------

function meaningOf(r: Resolution, frame: Frame, entry: Entry): OpenBinding | null {
  const { flags, identifier } = entry;
  if (frame === r.module) return (flags & OWNED) === 0 ? null : globalBinding(r, entry);
  if ((flags & Flag.Elsewhere) !== 0) return declaredMeaning(r, entry);
  if ((flags & Flag.Bound) !== 0) return bind(r, frame, entry);
  return seenByTypeParameters(frame, identifier) ?? identifier.visible ?? identifier.global;
}

/** In the module, `global` is no other scope. */
const OWNED = Flag.Bound | Flag.Global;

function bind(r: Resolution, { scope }: Frame, entry: Entry): OpenBinding {
  const { name } = entry.identifier;
  const binding = { index: r.count++, scope, name, definitions: entry.definitions ?? [] };
  if (scope.bindings.size === 0) scope.bindings = new Map();
  scope.bindings.set(name, binding);
  return binding;
}

/** The binding in the module of a name that is bound there, or declared global anywhere. */
function globalBinding(r: Resolution, entry: Entry): OpenBinding {
  const { identifier, definitions, frame } = entry;
  if (identifier.global !== null) {
    if (definitions !== null) join(r, identifier.global, definitions);
    return identifier.global;
  }
  const binding = bind(r, r.module, entry);
  const declaration = r.collection.declarations?.get(entry);
  if (declaration !== undefined && (frame !== r.module || definitions === null)) {
    binding.definitions = [{ form: "global", node: declaration }, ...binding.definitions];
  }
  identifier.global = binding;
  return binding;
}

/** What a name means where it is declared `global` or `nonlocal`. */
function declaredMeaning(r: Resolution, entry: Entry): OpenBinding | null {
  const { flags, identifier, definitions } = entry;
  if ((flags & Flag.Global) !== 0) return globalBinding(r, entry);
  const binding = identifier.visible;
  const declaration = r.collection.declarations?.get(entry);
  if (declaration !== undefined) {
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
function seenByTypeParameters(
  { scope, parent }: Frame,
  identifier: Identifier,
): OpenBinding | null {
  if (scope.kind !== "type-parameters" || parent === null) return null;
  if (parent.scope.kind !== "class") return null;
  if (parent.globals?.has(identifier) === true) return identifier.global;
  return parent.scope.bindings.get(identifier.name) ?? null;
}

/** A binding that another scope adds definitions to, through `global` or `nonlocal`. */
function join(r: Resolution, binding: OpenBinding, definitions: readonly Definition[]): void {
  r.joined ??= new Set();
  if (!r.joined.has(binding)) binding.definitions = [...binding.definitions];
  r.joined.add(binding);
  for (const definition of definitions) binding.definitions.push(definition);
}

// --- what the scopes inside see -----------------------------------------------

function showBindings({ outside }: Resolution, { entries }: Frame): void {
  for (const { flags, identifier, binding } of entries) {
    if (!isShown(flags)) continue;
    outside.push(identifier.visible);
    identifier.visible = binding;
  }
}

function hideBindings({ outside }: Resolution, { entries }: Frame): void {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry !== undefined && isShown(entry.flags))
      entry.identifier.visible = outside.pop() ?? null;
  }
}

function isShown(flags: number): boolean {
  return (flags & (Flag.Bound | Flag.Global)) !== 0 && (flags & Flag.Nonlocal) === 0;
}

/** A class shows its implicit cells to all that it holds, and its own names to its annotations alone. */
function showCells(r: Resolution, { scope, cells: entries }: Frame): void {
  if (scope.node.kind !== "ClassDef") return;
  for (const identifier of r.cells) {
    r.outside.push(identifier.visible);
    const definitions: Definition[] = [{ form: "class-cell", node: scope.node }];
    identifier.visible = { index: r.count++, scope, name: identifier.name, definitions };
  }
  for (const entry of entries ?? []) {
    const { name, visible } = entry.identifier;
    entry.binding = scope.bindings.get(name) ?? visible;
  }
}

function hideCells({ cells, outside }: Resolution): void {
  for (const identifier of cells.toReversed()) identifier.visible = outside.pop() ?? null;
}
