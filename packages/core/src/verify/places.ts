/**
 * From what is wrong back to the imports that lead to it. Each import is told
 * under the nearest function at fault, with the way to it; a function that is
 * nearest to none is told under the first import that reached it. So every import
 * and every function is named, at a cost that is linear in the graph.
 */
import type { Closure } from "./closure.js";
import { compareLocations, type FindingLocation, type Location } from "./finding.js";

/** The imports of each function, by its hash. */
export type ImportPlaces = ReadonlyMap<string, readonly Location[]>;

/** Gives the places of each of `faulty`, nearest first. */
export function placesOf(
  faulty: readonly string[],
  closure: Closure,
  imports: ImportPlaces,
): ReadonlyMap<string, readonly FindingLocation[]> {
  const places = new Map<string, FindingLocation[]>(faulty.map((hash) => [hash, []]));
  const towards = waysTowards(faulty, closure);
  for (const [imported, locations] of imports) {
    if (!towards.has(imported)) continue;
    const way = follow(imported, towards);
    const via = way.slice(0, -1);
    const at = places.get(way.at(-1) ?? "");
    for (const location of locations) at?.push({ ...location, via });
  }
  const firstPlace = openFirstPlaces(closure, imports);
  for (const [hash, at] of places) {
    if (at.length === 0) {
      const first = firstPlace(hash);
      if (first !== null) at.push(first);
    }
    at.sort((a, b) => a.via.length - b.via.length || compareLocations(a, b));
  }
  return places;
}

/** Gives, of any function, a first import that leads to it, and one of the shortest ways from there. */
export function openFirstPlaces(
  closure: Closure,
  imports: ImportPlaces,
): (hash: string) => FindingLocation | null {
  const callers = firstCallers(closure, imports);
  return (hash) => {
    const way = follow(hash, callers).reverse();
    const first = imports.get(way[0] ?? "")?.[0];
    return first === undefined ? null : { ...first, via: way.slice(0, -1) };
  };
}

/** Of each function that depends on one of `faulty`: the next on its shortest way to one. */
export function waysTowards(
  faulty: readonly string[],
  closure: Closure,
): ReadonlyMap<string, string | null> {
  const callers = callersOf(closure);
  const towards = new Map<string, string | null>(faulty.map((hash) => [hash, null]));
  // A map is walked to its end, also what is added on the way: breadth first.
  for (const hash of towards.keys()) {
    for (const caller of callers.get(hash) ?? []) {
      if (!towards.has(caller)) towards.set(caller, hash);
    }
  }
  return towards;
}

/** Of each function that others import: those others, in the order of the walk. */
export function callersOf(closure: Closure): ReadonlyMap<string, readonly string[]> {
  const callers = new Map<string, string[]>();
  for (const { hash, dependencies } of closure.values()) {
    for (const dependency of dependencies) {
      const known = callers.get(dependency);
      if (known === undefined) callers.set(dependency, [hash]);
      else known.push(hash);
    }
  }
  return callers;
}

/** Of each function that is not imported: the first that depends on it, nearest to an import. */
function firstCallers(closure: Closure, imports: ImportPlaces): Map<string, string | null> {
  const callers = new Map<string, string | null>();
  for (const hash of imports.keys()) callers.set(hash, null);
  for (const { hash, dependencies } of closure.values()) {
    for (const dependency of dependencies) {
      if (!callers.has(dependency)) callers.set(dependency, hash);
    }
  }
  return callers;
}

function follow(start: string, next: ReadonlyMap<string, string | null>): string[] {
  const way = [start];
  for (let hash = next.get(start); hash != null; hash = next.get(hash)) way.push(hash);
  return way;
}
