/**
 * Our scopes against those of CPython's `symtable`. What older or newer Pythons do
 * otherwise is stepped over: 3.11 has no annotation scopes, 3.12 and later merge
 * list, set and dict comprehensions into the scope around them.
 */
import { collectNames } from "../../src/names/collect.js";
import { resolveNames } from "../../src/names/resolve.js";
import { type Collection, type Entry, Flag, type Frame } from "../../src/names/table.js";
import type { Module } from "../../src/syntax/ast.js";
import type { Meaning, PythonTable } from "./python-scopes.js";

/** Names that CPython enters by itself. */
const IMPLICIT = new Set([
  "__class__",
  "__classdict__",
  "__type_params__",
  "__conditional_annotations__",
  "__annotate__",
]);

/** The annotation scopes that are none of ours, because nothing can be bound in them. */
const BINDING_NOTHING = new Set(["annotation", "type alias", "type variable", "TypeVar bound"]);

/** Since 3.12 they have tables only within annotations (PEP 709). */
const MERGED = /^function (list|set|dict)comp /;

/** Every difference, one sentence each. `minor` is the version of the Python that made `tables`. */
export function compareTables(
  module: Module,
  source: string,
  tables: readonly PythonTable[],
  minor: number,
): string[] {
  const collection = collectNames(module);
  if (collection.refused !== null) return [`refused: ${collection.refused.reason}`];
  resolveNames(collection);
  const lines = lineCounter(source);
  const theirs = group(
    tables.filter(([kind]) => !BINDING_NOTHING.has(kind)),
    keyOfTable,
  );
  const ours = group(
    collection.frames.filter((frame) => minor < 12 || !isMerged(frame)),
    (frame) => keyOfFrame(frame, lines),
  );
  const differences: string[] = [];
  for (const key of new Set([...theirs.keys(), ...ours.keys()])) {
    if (minor >= 12 && MERGED.test(key)) continue;
    const frames = ours.get(key) ?? [];
    const known = [...(theirs.get(key) ?? [])];
    if (frames.length !== known.length) {
      differences.push(`${key}: ${frames.length} scopes for ${known.length}`);
      continue;
    }
    // Scopes of one name on one line are compared in whichever order agrees.
    for (const frame of frames) {
      const attempts = known.map((table) => differencesOf(collection, frame, table[3], minor));
      const best = attempts.reduce((one, other) => (other.length < one.length ? other : one));
      differences.push(...best.map((text) => `${key}: ${text}`));
      known.splice(attempts.indexOf(best), 1);
    }
  }
  return differences;
}

function differencesOf(
  collection: Collection,
  frame: Frame,
  symbols: Readonly<Record<string, Meaning>>,
  minor: number,
): string[] {
  const merged = minor >= 12 ? namesOfComprehensions(collection, frame) : new Set<string>();
  const differences: string[] = [];
  const seen = new Set<string>();
  for (const entry of frame.entries) {
    const { name } = entry.identifier;
    const theirs = symbols[name];
    seen.add(name);
    if (IMPLICIT.has(name) || merged.has(name)) continue;
    // Annotations have scopes of their own since 3.14, and before where they are postponed.
    if (entry.flags === 0 && (minor >= 14 || theirs === undefined)) continue;
    // In the module, CPython calls global what a walrus in a comprehension binds there.
    if (frame.scope.kind === "module" && (entry.flags & DECLARED) !== 0) continue;
    const ours = meaningOf(entry);
    if (theirs !== ours) differences.push(`${name} is ${ours}, not ${theirs ?? "there"}`);
  }
  for (const [name, theirs] of Object.entries(symbols)) {
    if (seen.has(name) || name.startsWith(".") || IMPLICIT.has(name) || merged.has(name)) continue;
    // What a scope only passes on to the scopes inside is no entry of ours, nor is in the
    // module what only functions declare global.
    if (theirs !== "free" && !frame.scope.bindings.has(name))
      differences.push(`${name} is not there, but ${theirs}`);
  }
  return differences;
}

const DECLARED = Flag.Global | Flag.Walrus;

function meaningOf({ frame, binding, flags }: Entry): Meaning {
  const { scope } = frame;
  if (scope.kind === "module") return (flags & Flag.Bound) !== 0 ? "local" : "global";
  if (binding === null || binding.scope.kind === "module") return "global";
  if (binding.scope === scope) return "local";
  return binding.scope.kind === "class" && binding.scope.bindings.has(binding.name)
    ? "global"
    : "free";
}

/** The names in the comprehensions that CPython merges into `frame`. */
function namesOfComprehensions({ frames }: Collection, frame: Frame): Set<string> {
  const names = new Set<string>();
  for (const inner of frames) {
    if (isMerged(inner) && around(inner) === frame) {
      for (const { identifier } of inner.entries) names.add(identifier.name);
    }
  }
  return names;
}

/** The scope that a merged comprehension becomes part of. */
function around(frame: Frame): Frame | null {
  let outer = frame.parent;
  while (outer !== null && isMerged(outer)) outer = outer.parent;
  return outer;
}

function isMerged({ scope }: Frame): boolean {
  return scope.kind === "comprehension" && scope.node.kind !== "GeneratorExp";
}

// --- which table is which -----------------------------------------------------

function keyOfTable([kind, name, line]: PythonTable): string {
  if (kind === "module") return kind;
  if (kind === "type parameters") return `type-parameters ${line}`;
  return `${kind} ${name} ${line}`;
}

function keyOfFrame({ scope }: Frame, lineAt: (offset: number) => number): string {
  const { kind, node } = scope;
  const line = lineAt(node.start);
  if (kind === "type-parameters") return `${kind} ${line}`;
  switch (node.kind) {
    case "Module":
      return "module";
    case "FunctionDef":
    case "AsyncFunctionDef":
      return `function ${node.name} ${line}`;
    case "ClassDef":
      return `class ${node.name} ${line}`;
    default:
      return `function ${NAMES[node.kind] ?? kind} ${line}`;
  }
}

const NAMES: Readonly<Record<string, string>> = {
  Lambda: "lambda",
  ListComp: "listcomp",
  SetComp: "setcomp",
  DictComp: "dictcomp",
  GeneratorExp: "genexpr",
};

function group<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [item]);
    else members.push(item);
  }
  return groups;
}

/** Gives the line of an offset; offsets may come in any order. */
function lineCounter(source: string): (offset: number) => number {
  const starts = [0];
  for (const match of source.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
