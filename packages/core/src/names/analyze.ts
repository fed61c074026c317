/**
 * Which binding each name of a module means, after Python 3.14's rules of scope.
 * Names are compared as the parser gives them (NFKC), never searched for in the text.
 */
import { err, type Fault, ok, type Result } from "../result.js";
import type { Module, NamedNode, Node } from "../syntax/ast.js";
import { faultOfRefused } from "../syntax/legality/refused.js";
import { collectNames } from "./collect.js";
import { resolveNames } from "./resolve.js";
import type { Binding, Names, Scope } from "./scope.js";
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
  const bindings = new Map<NamedNode, Binding>();
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    const binding = entries[index]?.binding ?? null;
    if (node !== undefined && binding !== null) bindings.set(node, binding);
  }
  const scopes = new Map<Node, Scope>();
  for (const { scope } of frames) scopes.set(scope.node, scope);
  return {
    module: module.scope,
    bindingAt: (node, index = 0) =>
      node.kind === "Global" || node.kind === "Nonlocal"
        ? (declared.get(node)?.[index]?.binding ?? null)
        : (bindings.get(node) ?? null),
    scopeOf: (node) => scopes.get(node) ?? null,
  };
}
