/** Which functions match: as few rows of the index as can be are looked at (index-rank.ts). */
import { type IndexDatabase, numberOf, textOf } from "./index-database.js";
import { compareRank, type Ranked } from "./index-rank.js";
import type { MatchExpressions } from "./index-text.js";

/** A function that matches. */
export interface FoundFunction extends Ranked {
  readonly id: number;
  /** Which of the expressions it matches, the first that it does. */
  readonly level: number;
  /** The rows of those of its mappings that match. */
  readonly places: number[];
}

/**
 * Gives the first `limit` functions that match: the first of the levels, then the second
 * and so on; then those in which words go on, first in the name and then anywhere.
 */
export function findFunctions(
  database: IndexDatabase,
  { levels, longer }: MatchExpressions,
  limit: number,
): FoundFunction[] {
  const found = new Map<number, FoundFunction>();
  /** Gives what a level has more, and takes of it what is wanted. */
  const take = (expression: string, level: number): void => {
    const wanted = limit - found.size;
    if (wanted <= 0) return;
    const matching = findLevel(database, expression, level, found, wanted);
    for (const one of matching.slice(0, wanted)) found.set(one.id, one);
  };
  for (const [level, expression] of levels.entries()) take(expression, level);
  if (longer === null || found.size >= limit) return [...found.values()];
  take(longer.name, levels.length);
  take(longer.anywhere, levels.length + 1);
  return [...found.values()];
}

/** So many rows are looked at in any case: among them the order is exact. */
const LEAST_ROWS = 100;

function findLevel(
  database: IndexDatabase,
  expression: string,
  level: number,
  earlier: ReadonlyMap<number, unknown>,
  wanted: number,
): FoundFunction[] {
  const found = new Map<number, FoundFunction>();
  const most = Math.max(LEAST_ROWS, 3 * wanted);
  let place = 0;
  while (found.size < wanted) {
    const rows = database.all(FIND, expression, place, most);
    for (const row of rows) {
      place = numberOf(row, "place");
      const id = numberOf(row, "id");
      if (earlier.has(id)) continue;
      const known = found.get(id);
      if (known !== undefined) known.places.push(place);
      else {
        const [hash, created] = [textOf(row, "hash"), textOf(row, "created")];
        const callers = numberOf(row, "callers");
        found.set(id, { id, hash, created, callers, level, places: [place] });
      }
    }
    if (rows.length < most) break;
  }
  return [...found.values()].sort(compareRank);
}

const FIND = `
  SELECT text.rowid AS place, f.id, f.hash, f.created, f.callers
  FROM text
    CROSS JOIN mapping m ON m.place = text.rowid
    CROSS JOIN function f ON f.id = m.function
  WHERE text MATCH ? AND text.rowid > ?
  ORDER BY text.rowid LIMIT ?`;
