/** The way down a tree, for walks that treat some kinds of nodes and pass through all others. */
import type { Argument, Arguments, Node } from "./ast.js";
import { pushChildren } from "./children.js";

/** A walk, with the children that it has still to visit. */
export interface Descent {
  readonly pending: Node[];
}

/** Visits the children of `node` in the order of the printed text. */
export function descend<W extends Descent>(
  walk: W,
  node: Node,
  visit: (walk: W, child: Node) => void,
): void {
  const { pending } = walk;
  const start = pending.length;
  pushChildren(node, pending);
  const end = pending.length;
  for (let index = start; index < end; index += 1) {
    const child = pending[index];
    if (child !== undefined) visit(walk, child);
  }
  pending.length = start;
}

/** Visits `nodes`, of which some may be missing. */
export function visitAll<W>(
  walk: W,
  nodes: readonly (Node | null)[],
  visit: (walk: W, child: Node) => void,
): void {
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node !== null && node !== undefined) visit(walk, node);
  }
}

/** The parameters of a function or lambda, in their order. */
export function parametersOf(args: Arguments): readonly Argument[] {
  const { posonlyargs, vararg, kwonlyargs, kwarg } = args;
  const parameters = [...posonlyargs, ...args.args];
  if (vararg !== null) parameters.push(vararg);
  parameters.push(...kwonlyargs);
  if (kwarg !== null) parameters.push(kwarg);
  return parameters;
}
