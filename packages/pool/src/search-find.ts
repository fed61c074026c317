/** Which functions match: as few rows of the index as can be are looked at (index-rank.ts). */
import { type IndexDatabase, numberOf, textOf } from "./index-database.js";
import { compareRank, type Ranked } from "./index-rank.js";

/** A function that matches. */
export interface FoundFunction extends Ranked {
  readonly id: number;
  /** Which of the expressions it matches, the first that it does. */
  readonly level: number;
  /** The rows of those of its mappings that match. */
  readonly places: number[];
}

/**
 * Gives the first `limit` functions that match the first of the expressions, then the
 * second, and so on. What matches any of them matches the last.
 */
export function findFunctions(
  database: IndexDatabase,
  expressions: readonly string[],
  limit: number,
): FoundFunction[] {
  const last = expressions.at(-1);
  if (last === undefined || database.get(FIND, last, 0, 1) === null) return [];
  const found = new Map<number, FoundFunction>();
  for (const [level, expression] of expressions.entries()) {
    const wanted = limit - found.size;
    if (wanted <= 0) break;
    const matching = [...findLevel(database, expression, level, found, wanted).values()];
    for (const one of matching.sort(compareRank).slice(0, wanted)) found.set(one.id, one);
  }
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
): Map<number, FoundFunction> {
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
  return found;
}

const FIND = `
  SELECT text.rowid AS place, f.id, f.hash, f.created, f.callers
  FROM text
    CROSS JOIN mapping m ON m.place = text.rowid
    CROSS JOIN function f ON f.id = m.function
  WHERE text MATCH ? AND text.rowid > ?
  ORDER BY text.rowid LIMIT ?`;
