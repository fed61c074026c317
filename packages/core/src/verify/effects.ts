/**
 * What a function may do, read off its tree (docs/verify.md, "Effects"): through
 * imports and their aliases, attributes, and the builtins. What merely reaches a
 * module as a value counts as well, because nobody can read what becomes of it. It
 * is lint and no sandbox.
 */
import { analyzeNames } from "../names/analyze.js";
import type { Names } from "../names/scope.js";
import { type Fault, ok, type Result, type Span } from "../result.js";
import type { Call, Expression, Import, ImportFrom, Module, Node } from "../syntax/ast.js";
import { walk } from "../syntax/children.js";
import { parse } from "../syntax/parse/module.js";
import { spansOf } from "../syntax/position.js";
import type { EffectKind } from "./effect-kinds.js";
import { effectOfAttribute, effectsOfPath } from "./effect-lookup.js";
import {
  calledNames,
  collectOrigins,
  gottenAttribute,
  importsIn,
  isAbsoluteImport,
  type Origins,
  type Path,
  pathsOfBase,
  pathsOfDotted,
  textOf,
} from "./effect-origin.js";
import { moduleImportOf } from "./origin.js";

export interface Effect {
  readonly effect: EffectKind;
  /** What does it: the dotted name of what is imported, a builtin, or an attribute. */
  readonly name: string;
  readonly span: Span;
}

/**
 * Finds what a Python text may do besides computing its result, in the order of the
 * source. What the functions of the pool that it imports may do is not among it.
 * Faults: those of `parse`, and `syntax-error` where Python refuses its names.
 */
export function findEffects(code: string): Result<readonly Effect[], Fault> {
  const parsed = parse(code);
  if (!parsed.ok) return parsed;
  const names = analyzeNames(parsed.value, code);
  if (!names.ok) return names;
  return ok(effectsIn(parsed.value, names.value, code, importsIn(parsed.value)));
}

/** As `findEffects`, of a text whose tree, names and imports, in their order, are known. */
export function effectsIn(
  tree: Module,
  names: Names,
  code: string,
  imports: readonly (Import | ImportFrom)[],
): readonly Effect[] {
  const origins = collectOrigins(imports, names);
  const search: Search = { origins, found: new Map(), settled: new Set() };
  walk(tree, (node) => visit(search, node));
  return search.found.size === 0 ? [] : inOrder([...search.found.values()], code);
}

/** An effect whose place is still a node. */
interface FoundEffect {
  readonly effect: EffectKind;
  readonly name: string;
  readonly at: Node;
}

function inOrder(found: readonly FoundEffect[], code: string): Effect[] {
  const sorted = found.toSorted((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  const places = sorted.map(({ at }) => at);
  return spansOf(code, places).flatMap((span, index) => {
    const one = sorted[index];
    return one === undefined ? [] : [{ effect: one.effect, name: one.name, span }];
  });
}

interface Search {
  readonly origins: Origins;
  /** By effect, name and place, each once. */
  readonly found: Map<string, FoundEffect>;
  /** The expressions that what is around them has explained. A node comes before its children. */
  readonly settled: Set<Node>;
}

function report(search: Search, effect: EffectKind, name: string, at: Node): void {
  search.found.set([effect, name, at.start, at.end].join(" "), { effect, name, at });
}

function reportPath(search: Search, path: Path, at: Node): ReadonlySet<EffectKind> {
  const effects = effectsOfPath(path);
  for (const effect of effects) report(search, effect, nameOf(path), at);
  return effects;
}

function reportAttribute(search: Search, name: string, at: Node): void {
  const effect = effectOfAttribute(name);
  if (effect !== null) report(search, effect, name, at);
}

/** A builtin is named as programs name it. */
function nameOf(path: Path): string {
  return (path[0] === "builtins" && path.length > 1 ? path.slice(1) : path).join(".");
}

function visit(search: Search, node: Node): void {
  switch (node.kind) {
    case "Name":
      if (node.ctx === "Load") visitChain(search, node);
      return;
    case "Attribute":
    case "Subscript":
      return visitChain(search, node);
    case "Call":
      visitChain(search, node);
      return visitCall(search, node);
    case "Import":
    case "ImportFrom":
      if (isAbsoluteImport(node)) visitImport(search, node);
      return;
    case "MatchClass":
      for (const name of node.kwd_attrs) reportAttribute(search, name, node);
      return;
    case "Expr":
      // A string that stands alone is documentation.
      if (node.value.kind === "Constant") search.settled.add(node.value);
      return;
    case "Constant":
      if (typeof node.value === "string") visitText(search, node.value, node);
      return;
    default:
  }
}

/** A star import, or one that binds an attribute of a class: its uses cannot be read. */
function visitImport(search: Search, node: Import | ImportFrom): void {
  for (const alias of node.names) {
    const { path } = moduleImportOf(node, alias);
    const scope = search.origins.names.bindingAt(alias)?.scope;
    if (scope === undefined) reportPath(search, path.slice(0, -1), alias);
    else if (scope.kind === "class") reportPath(search, path, alias);
  }
}

/** A format may name attributes: `"{0.__globals__}".format(f)`. */
function visitText(search: Search, text: string, at: Node): void {
  if (!text.includes(".__") || search.settled.has(at)) return;
  for (const [, name = ""] of text.matchAll(/\.(__\w+__)/g)) reportAttribute(search, name, at);
}

// --- attributes -------------------------------------------------------------------

/** Visits the longest chain of attributes at a node; its links need no visit of their own. */
function visitChain(search: Search, node: Expression): void {
  if (search.settled.has(node)) return;
  const { base, links } = chainAt(search.origins, node);
  const paths = pathsOfBase(search.origins, base);
  if (links.length === 0) {
    for (const path of paths) reportPath(search, path, node);
    return;
  }
  const told = new Set<EffectKind>();
  for (const path of paths) {
    const whole = [...path, ...links.map(({ name }) => name)];
    for (const effect of reportPath(search, whole, node)) told.add(effect);
  }
  for (const { name, at } of links) {
    const effect = effectOfAttribute(name);
    if (effect !== null && !told.has(effect)) report(search, effect, name, at);
    search.settled.add(at);
  }
  if (base.kind !== "Constant") search.settled.add(base);
}

/** An expression, and the attributes that are taken of it, each with what it ends. */
interface Chain {
  readonly base: Expression;
  readonly links: readonly { readonly name: string; readonly at: Expression }[];
}

function chainAt(origins: Origins, node: Expression): Chain {
  const links: { name: string; at: Expression }[] = [];
  let base = node;
  for (;;) {
    if (base.kind === "Attribute") {
      links.push({ name: base.attr, at: base });
      base = base.value;
      continue;
    }
    const gotten = base.kind === "Call" ? gottenAttribute(origins, base) : null;
    if (gotten === null) return { base, links: links.reverse() };
    links.push({ name: gotten.name, at: base });
    base = gotten.object;
  }
}

/** Attributes by name: one that is written down is as good as an attribute. */
function visitCall(search: Search, node: Call): void {
  const names = namesPassed(search.origins, node);
  if (names === null) return;
  for (let link = node.func; link.kind === "Attribute"; link = link.value) {
    search.settled.add(link).add(link.value);
  }
  search.settled.add(node.func);
  for (const name of names) {
    const text = textOf(name);
    if (name === undefined || text === null) {
      for (const path of pathsOfDotted(search.origins, node.func)) reportPath(search, path, node);
    } else {
      for (const part of text.split(".")) reportAttribute(search, part, name);
    }
  }
}

/** The arguments that are names of attributes; `null` in a call that takes none. */
function namesPassed(origins: Origins, call: Call): readonly (Expression | undefined)[] | null {
  const called = calledNames(origins, call);
  if (called.length === 0) return null;
  const [first, second] = call.args;
  if (called.some((name) => OF_OBJECTS.includes(name))) {
    return gottenAttribute(origins, call) === null ? [second] : [];
  }
  if (called.includes("operator.attrgetter")) return [first, ...call.args.slice(1)];
  return called.includes("operator.methodcaller") ? [first] : null;
}
const OF_OBJECTS = ["builtins.getattr", "builtins.setattr", "builtins.delattr"];
