/**
 * Which binding each name of a module means, after Python 3.14's rules of scope.
 * Names are compared as the parser gives them (NFKC), never searched for in the text.
 */
import { err, type Fault, ok, type Result } from "../result.js";
import type { Module, NamedNode } from "../syntax/ast.js";
import { faultOfRefused } from "../syntax/legality/refused.js";
import { collectNames } from "./collect.js";
import { resolveNames } from "./resolve.js";
import type { Names } from "./scope.js";
import type { Collection } from "./table.js";

/**
 * Resolves the names of a module.
 *
 * @param module the tree that `parse` gave for `source`.
 * @returns the scopes and bindings; or a `syntax-error` where CPython's symbol
 * table refuses the program (Python's reference, "Execution model").
 */
export function analyzeNames(module: Module, source: string): Result<Names, Fault> {
  const collection = collectNames(module);
  if (collection.refused === null) resolveNames(collection);
  const fault = faultOfRefused(collection, source);
  return fault === null ? ok(namesOf(collection)) : err(fault);
}

function namesOf({ module, frames, nodes, entries, declared }: Collection): Names {
  const find = indexNodes(nodes);
  return {
    module: module.scope,
    bindingAt: (node, index = 0) =>
      declared !== null && (node.kind === "Global" || node.kind === "Nonlocal")
        ? (declared.get(node)?.[index]?.binding ?? null)
        : (entries[find(node)]?.binding ?? null),
    forEach: (visit) => {
      for (let index = 0; index < nodes.length; index += 1) {
        const node = nodes[index];
        if (node !== undefined) visit(node, entries[index]?.binding ?? null);
      }
    },
    forEachMention: (visit) => {
      for (const { scope, entries: mentioned } of frames) {
        for (const { binding } of mentioned) if (binding !== null) visit(binding, scope);
      }
    },
    scopeOf: (node) => frames.findLast(({ scope }) => scope.node === node)?.scope ?? null,
  };
}

/**
 * Gives the index of a node in `nodes`, or -1. Nodes are told apart by where they
 * start, and then by identity: several times faster than a `Map` of so many.
 */
function indexNodes(nodes: readonly NamedNode[]): (node: NamedNode) => number {
  let size = 16;
  while (size < nodes.length * 2) size *= 2;
  // By the last bits of the start, 1 + an index; after those, by index, 1 + the next index.
  const links = new Array<number>(size + nodes.length).fill(0);
  for (let index = 0; index < nodes.length; index += 1) {
    const slot = (nodes[index]?.start ?? 0) & (size - 1);
    links[size + index] = links[slot] ?? 0;
    links[slot] = index + 1;
  }
  return (node) => {
    let index = (links[node.start & (size - 1)] ?? 0) - 1;
    while (index >= 0 && nodes[index] !== node) index = (links[size + index] ?? 0) - 1;
    return index;
  };
}
