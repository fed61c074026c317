/** A graph of functions: as a tree for people, as DOT for Graphviz. */
import { escapeText } from "@ouverture/core";
import type { FunctionGraph, GraphNode } from "../function-graph.js";
import type { Cell } from "./cell.js";
import { shortenHashes } from "./hash.js";
import type { Screen } from "./screen.js";
import { type Branch, renderTree } from "./tree.js";

/** Writes the graph below `root` as a tree; what stands in it twice is opened once. */
export function renderGraph(graph: FunctionGraph, root: string, screen: Screen): string {
  const short = shortenHashes(graph.keys());
  const opened = new Set<string>();
  const top: OpenBranch = { label: [], children: [] };
  const waiting: { hash: string; parent: OpenBranch }[] = [{ hash: root, parent: top }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = graph.get(next.hash);
    if (node === undefined) continue;
    const isAgain = opened.has(node.hash) && node.next.length > 0;
    const branch: OpenBranch = { label: labelOf(node, short, isAgain, screen), children: [] };
    next.parent.children.push(branch);
    opened.add(node.hash);
    if (isAgain) continue;
    for (const hash of node.next.toReversed()) waiting.push({ hash, parent: branch });
  }
  return top.children.map((branch) => renderTree(branch, screen)).join("");
}

interface OpenBranch extends Branch {
  readonly children: OpenBranch[];
}

function labelOf(
  { hash, name, language, state }: GraphNode,
  short: (hash: string) => string,
  isAgain: boolean,
  { paint }: Screen,
): Cell[] {
  const label: Cell[] = [{ text: short(hash), paint: paint.faint }];
  if (name !== null) label.push({ text: name, paint: paint.strong });
  if (language !== null) label.push({ text: language, paint: paint.faint });
  if (state !== "present") label.push({ text: state, paint: paint.error });
  if (isAgain) label.push({ text: "(see above)", paint: paint.faint });
  return label;
}

/** Writes the graph in Graphviz's language; arrows go from a function to what it imports. */
export function renderDot(graph: FunctionGraph, isReversed: boolean): string {
  const lines = [...graph.values()].flatMap(({ hash, name, next }) => [
    `  "${hash}" [label="${quoteDot(name ?? hash.slice(0, 12))}"];`,
    ...next.map((other) =>
      isReversed ? `  "${other}" -> "${hash}";` : `  "${hash}" -> "${other}";`,
    ),
  ]);
  return ["digraph functions {", ...lines, "}", ""].join("\n");
}

function quoteDot(text: string): string {
  return escapeText(text).replace(/["\\]/g, "\\$&");
}
