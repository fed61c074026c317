/** The graph around a function: what it imports, or who imports it, and so on. */
import { type FunctionSource, readFunction, type SearchIndex } from "@ouverture/pool";
import { type FunctionName, nameOf } from "./name-of.js";

export interface GraphNode extends FunctionName {
  readonly hash: string;
  /** "damaged": it is not what its hash says. */
  readonly state: "present" | "missing" | "damaged";
  /** The hashes of the functions one step further on. */
  readonly next: readonly string[];
}
/** Each function once, the nearest first; the first is that which was asked for. */
export type FunctionGraph = ReadonlyMap<string, GraphNode>;

/** What a function imports, what that imports and so on, as their code says. */
export function followDependencies(
  source: FunctionSource,
  hash: string,
  languages: readonly string[],
): Promise<FunctionGraph> {
  return follow(source, hash, languages, async (_, dependencies) => dependencies);
}

/** Who imports a function, who imports those and so on, as far as the indexed pools know. */
export function followCallers(
  source: FunctionSource,
  indexes: readonly SearchIndex[],
  hash: string,
  languages: readonly string[],
): Promise<FunctionGraph> {
  return follow(source, hash, languages, async (one) => {
    const graphs = await Promise.all(indexes.map((index) => index.callers(one, { depth: 1 })));
    const callers = graphs.flatMap((graph) => graph?.find(({ hash }) => hash === one)?.next ?? []);
    return [...new Set(callers)].sort();
  });
}

async function follow(
  source: FunctionSource,
  root: string,
  languages: readonly string[],
  step: (hash: string, dependencies: readonly string[]) => Promise<readonly string[]>,
): Promise<FunctionGraph> {
  const graph = new Map<string, GraphNode>();
  const waiting = new Set([root]);
  for (const hash of waiting) {
    const found = await readFunction(source, hash);
    const isSound = found?.ok === true;
    const name = isSound ? await nameOf(source, found.value.object, languages) : UNNAMED;
    const next = await step(hash, isSound ? found.value.dependencies : []);
    const state = isSound ? "present" : found === undefined ? "missing" : "damaged";
    graph.set(hash, { hash, state, ...name, next });
    // The set grows while it is gone through.
    for (const one of next) waiting.add(one);
  }
  return graph;
}

const UNNAMED: FunctionName = { name: null, language: null, languages: [] };
