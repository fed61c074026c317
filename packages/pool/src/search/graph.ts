/**
 * Who calls whom in a pool, from its index. What a function calls is what its code imports,
 * whatever its metadata say; a hash cannot be in the text that it is of, so that there are
 * no circles.
 */
import { type IndexDatabase, numberOf, textOf } from "./index-database.js";
import { preferredName } from "./index-languages.js";
import { namesOf } from "./index-list.js";
import { DAMAGED, PRESENT } from "./index-schema.js";

/** A function of a graph. */
export interface GraphFunction {
  readonly hash: string;
  /** "missing": it is called, and the pool does not have it. Of what is damaged no one knows the calls. */
  readonly state: "present" | "missing" | "damaged";
  /** In the best of the user's languages, where it has a mapping. */
  readonly name: string | null;
  readonly language: string | null;
  /** How many steps it is away from the function that was asked for. */
  readonly distance: number;
  /** The hashes of the functions one step further on: what it calls, or what calls it. */
  readonly next: readonly string[];
}

/** Every function once, the nearest first; the first is the one that was asked for. */
export type FunctionGraph = readonly GraphFunction[];

export interface GraphOptions {
  /** How many steps are taken; all without it. */
  readonly depth?: number | undefined;
}

/** In which direction a graph is followed: to what a function calls, or to its callers. */
export type GraphDirection = "dependencies" | "callers";

/** Follows calls from a function on; `undefined` where the pool knows none with this hash. */
export function followCalls(
  database: IndexDatabase,
  hash: string,
  direction: GraphDirection,
  languages: readonly string[],
  { depth = Number.POSITIVE_INFINITY }: GraphOptions = {},
): FunctionGraph | undefined {
  const root = database.get("SELECT id FROM function WHERE hash = ?", hash);
  if (root === null) return undefined;
  const id = numberOf(root, "id");
  const distances = new Map([[id, 0]]);
  const graph: GraphFunction[] = [];
  // The map grows while it is gone through, the nearest first.
  for (const [one, distance] of distances) {
    const next = database.all(NEXT[direction], one).map((row) => ({
      id: numberOf(row, "id"),
      hash: textOf(row, "hash"),
    }));
    graph.push({
      ...describe(database, one, languages),
      distance,
      next: next.map((step) => step.hash),
    });
    if (distance >= depth) continue;
    for (const step of next) {
      if (!distances.has(step.id)) distances.set(step.id, distance + 1);
    }
  }
  return graph;
}

const NEXT: Readonly<Record<GraphDirection, string>> = {
  dependencies: `
    SELECT f.id, f.hash FROM dependency d JOIN function f ON f.id = d.callee
    WHERE d.caller = ? ORDER BY f.hash`,
  callers: `
    SELECT f.id, f.hash FROM dependency d JOIN function f ON f.id = d.caller
    WHERE d.callee = ? ORDER BY f.hash`,
};

function describe(database: IndexDatabase, id: number, languages: readonly string[]) {
  const row = database.get("SELECT hash, state FROM function WHERE id = ?", id);
  const shown = preferredName(namesOf(database, id), languages);
  return {
    hash: textOf(row, "hash"),
    state: stateOf(numberOf(row, "state")),
    name: shown?.name ?? null,
    language: shown?.language ?? null,
  };
}

function stateOf(state: number): GraphFunction["state"] {
  if (state === PRESENT) return "present";
  return state === DAMAGED ? "damaged" : "missing";
}
