/**
 * Private names: `__x` in the body of a class means `_Class__x`. Where the class
 * is renamed, the kept private names in it are mangled with its number instead.
 * What that would tear apart or bring together is a `name-clash`, because the
 * normal form cannot hold it (docs/normal-form.md, laws 3 and 6).
 */
import { isPrivate, manglingPrefix } from "../names/mangle.js";
import type { Fault } from "../result.js";
import type { ClassDef, NamedNode, Node } from "../syntax/ast.js";
import { childrenOf } from "../syntax/children.js";
import { spanOf } from "../syntax/position.js";
import { type Binder, hasClass, identifierAt } from "./inventory.js";
import type { Program } from "./program.js";
import type { Renaming } from "./rename.js";
import { roleOf } from "./role.js";

/** Checks that mangling with the new names keeps one name one, and different names different. */
export function checkPrivateNames(program: Program, renaming: Renaming): Fault | null {
  if (!hasClass(program.inventory)) return null;
  const after = new Map<string, string>();
  const before = new Map<string, string>();
  for (const { name, node, around, isForeign } of keptIdentifiers(program)) {
    const old = around === null ? name : mangle(name, around.name);
    const now = around === null ? name : mangle(name, renaming.name(around, around.name, 0));
    const isTorn = (isForeign && old !== now) || (after.get(old) ?? now) !== now;
    const isJoined = (before.get(now) ?? old) !== old;
    if (isTorn || isJoined) {
      return { code: "name-clash", data: { name }, span: spanOf(program.source, node) };
    }
    after.set(old, now);
    before.set(now, old);
  }
  return null;
}

function mangle(name: string, className: string): string {
  const prefix = isPrivate(name) ? manglingPrefix(className) : "";
  return prefix + name;
}

interface KeptIdentifier {
  readonly name: string;
  readonly node: Node;
  /** The class in whose body it is mangled. */
  readonly around: ClassDef | null;
  /** It is looked up in a module, whose names are not ours. */
  readonly isForeign: boolean;
}

/** The kept identifiers that are private, or look like a private name that is mangled already. */
function keptIdentifiers(program: Program): KeptIdentifier[] {
  const found: KeptIdentifier[] = [];
  const pending: [Node, ClassDef | null][] = [[program.module, null]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, outer] = next;
    for (const { name, isForeign = false, isLiteral = false } of identifiersAt(node, program)) {
      if (!name.startsWith("_") || !name.includes("__")) continue;
      found.push({ name, node, around: isLiteral ? null : outer, isForeign });
    }
    const body = new Set<Node>(node.kind === "ClassDef" ? node.body : []);
    const inner = node.kind === "ClassDef" ? node : outer;
    for (const child of childrenOf(node).reverse()) {
      pending.push([child, body.has(child) ? inner : outer]);
    }
  }
  return found;
}

interface Identifier {
  readonly name: string;
  readonly isForeign?: boolean;
  /** The compiler does not mangle it. */
  readonly isLiteral?: boolean;
}

function identifiersAt(node: Node, program: Program): readonly Identifier[] {
  switch (node.kind) {
    case "Name":
      return isKept(node, 0, program) ? [{ name: node.id }] : [];
    case "Attribute":
      return [{ name: node.attr }];
    case "keyword":
      return node.arg === null ? [] : [{ name: node.arg, isLiteral: true }];
    case "MatchClass":
      return node.kwd_attrs.map((name) => ({ name, isLiteral: true }));
    case "ImportFrom":
      return [
        { name: node.module ?? "", isForeign: true },
        ...node.names.map(({ name }) => ({ name, isForeign: true })),
      ];
    case "Import":
      return node.names.map(({ name }) => ({ name, isForeign: true }));
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
    case "arg":
    case "alias":
    case "Global":
    case "Nonlocal":
    case "ExceptHandler":
    case "MatchStar":
    case "MatchAs":
    case "MatchMapping":
      return keptIdentifiersOf(node, program);
    default:
      return [];
  }
}

function keptIdentifiersOf(node: Binder, program: Program): readonly Identifier[] {
  const kept: Identifier[] = [];
  for (let index = 0; ; index += 1) {
    const name = identifierAt(node, index);
    if (name === undefined) return kept;
    if (isKept(node, index, program)) kept.push({ name });
  }
}

function isKept(node: NamedNode, index: number, program: Program): boolean {
  const binding = program.names.bindingAt(node, index);
  return binding === null || roleOf(binding, program) === "kept";
}
