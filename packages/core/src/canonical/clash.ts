/**
 * Names that the normal form would make mean something else: each is a
 * `name-clash`, because the normal form cannot hold it (docs/normal-form.md, laws
 * 3 and 6; "Pool imports"). Clashes among imports are in imports.ts, those of
 * private names in private-names.ts.
 */
import type { Binding } from "../names/scope.js";
import type { Fault } from "../result.js";
import type { Node, Range } from "../syntax/ast.js";
import { walk } from "../syntax/children.js";
import { spanOf } from "../syntax/position.js";
import { hasClass, identifierAt } from "./inventory.js";
import { poolNameOf } from "./pool-name.js";
import type { Program } from "./program.js";
import { roleOf } from "./role.js";

export function checkClashes(program: Program): Fault | null {
  const clash =
    rebinding(program) ?? annotation(program) ?? capture(program) ?? classBodyRead(program);
  if (clash === null) return null;
  const data = { name: clash.name };
  return { code: "name-clash", data, span: spanOf(program.source, clash.at) };
}

interface Clash {
  readonly name: string;
  readonly at: Range;
}

/** A pool import that is bound again with `global`; the function's own name, by an import. */
function rebinding({ pool, self, imported }: Program): Clash | null {
  if (pool.size > 0) {
    const top = new Set<Node>(imported.map(({ node }) => node));
    for (const { name, definitions } of pool.keys()) {
      const other = definitions.find(({ node }) => !top.has(node));
      if (other !== undefined) return { name, at: other.node };
    }
  }
  const own = self?.definitions.find(({ form }) => form === "import");
  return own === undefined || self === null ? null : { name: self.name, at: own.node };
}

/** `(g): T`, where `g` is a pool import: with an attribute in its place, another statement. */
function annotation({ names, inventory, pool }: Program): Clash | null {
  if (pool.size === 0) return null;
  for (const node of inventory.names) {
    const binding = node.ctx === "Load" ? null : names.bindingAt(node);
    if (binding !== null && pool.has(binding)) return { name: node.id, at: node };
  }
  return null;
}

/** A kept name that is `object_<hash>` of a pool import, and would be taken for it. */
function capture(program: Program): Clash | null {
  const { names, inventory, pool } = program;
  if (pool.size === 0) return null;
  const taken = new Set([...pool.values()].map(poolNameOf));
  function isTaken(binding: Binding | null): boolean {
    return binding !== null && taken.has(binding.name) && roleOf(binding, program) === "kept";
  }
  for (const node of inventory.names) {
    if (isTaken(names.bindingAt(node))) return { name: node.id, at: node };
  }
  for (const node of inventory.binders) {
    for (let index = 0; ; index += 1) {
      const name = identifierAt(node, index);
      if (name === undefined) break;
      if (isTaken(names.bindingAt(node, index))) return { name, at: node };
    }
  }
  return null;
}

/**
 * A name that a class body binds and also reads: where it is not bound yet, Python
 * looks for it outside, by its spelling, so that it may not be renamed there. A
 * class body itself looks in the module alone (the function, the pool imports); an
 * annotation scope (PEP 649, PEP 695) looks in the functions around, too.
 */
function classBodyRead(program: Program): Clash | null {
  const { names, inventory } = program;
  if (!hasClass(inventory)) return null;
  const readToo = new Set<Node>(inventory.augmented.map(({ target }) => target));
  let deferred: ReadonlySet<Node> | null = null;
  for (const node of inventory.names) {
    if (node.ctx !== "Load" && !readToo.has(node)) continue;
    const binding = names.bindingAt(node);
    if (binding === null || binding.scope.kind !== "class") continue;
    if (isRenamed(names.module.bindings.get(binding.name), program)) {
      return { name: node.id, at: node };
    }
    if (!isRenamed(bindingAround(binding), program)) continue;
    deferred ??= namesBelow(inventory.deferred);
    if (deferred.has(node)) return { name: node.id, at: node };
  }
  return null;
}

function isRenamed(binding: Binding | undefined, program: Program): boolean {
  return binding !== undefined && roleOf(binding, program) !== "kept";
}

/** The binding of the same name that is seen from around a class. */
function bindingAround({ name, scope }: Binding): Binding | undefined {
  for (let around = scope.parent; around !== null; around = around.parent) {
    const binding = around.kind === "class" ? undefined : around.bindings.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

function namesBelow(nodes: readonly Node[]): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const node of nodes) {
    walk(node, (below) => {
      if (below.kind === "Name") found.add(below);
    });
  }
  return found;
}
