/** Numbers of a pool, and of one of its functions. */
import { followCalls } from "./graph.js";
import { type IndexDatabase, numberOf, textOf } from "./index-database.js";
import { LISTED, type ListedFunction, listFunction, listRows } from "./index-list.js";
import { ABSENT, DAMAGED, PRESENT } from "./index-schema.js";

export interface PoolStatistics {
  /** Those that can be read, or are once they are migrated. */
  readonly functions: number;
  /** How many of them are of schema 0, and need to be migrated. */
  readonly schema0: number;
  readonly mappings: number;
  /** Functions and mappings that are not what their hashes say, or cannot be read. */
  readonly damaged: { readonly functions: number; readonly mappings: number };
  /** By the number of functions. */
  readonly languages: readonly {
    readonly language: string;
    readonly functions: number;
    readonly mappings: number;
  }[];
  /** How many authors there are, and those with the most functions. */
  readonly authors: { readonly count: number; readonly most: readonly Counted[] };
  readonly tags: { readonly count: number; readonly most: readonly Counted[] };
  /** How many calls of one function by another there are. */
  readonly dependencies: number;
  /** The hashes of functions that are called, and not in the pool. */
  readonly missing: readonly string[];
  /** By the number of functions that call them. */
  readonly mostCalled: readonly ListedFunction[];
  /** When the oldest and the newest function of schema 1 were created; `null` without any. */
  readonly created: { readonly first: string; readonly last: string } | null;
}
export interface Counted {
  readonly name: string;
  readonly functions: number;
}

export interface FunctionStatistics {
  readonly function: ListedFunction;
  readonly languages: readonly { readonly language: string; readonly mappings: number }[];
  /** What it calls itself, what that calls and so on, and how much of it is not in the pool. */
  readonly dependencies: {
    readonly direct: number;
    readonly all: number;
    readonly missing: number;
  };
  readonly callers: { readonly direct: number; readonly all: number };
}

/** Lists of authors, tags and functions are cut after so many. */
const MOST = 10;

/** Counts what is in a pool. */
export function countPool(database: IndexDatabase, languages: readonly string[]): PoolStatistics {
  const count = (sql: string) => numberOf(database.get(`SELECT count(*) AS n FROM ${sql}`), "n");
  const times = database.get(TIMES);
  return {
    functions: count(`function WHERE state = ${PRESENT}`),
    schema0: count(`function WHERE state = ${PRESENT} AND schema = 0`),
    mappings: count(`mapping WHERE state = ${PRESENT}`),
    damaged: {
      functions: count(`function WHERE state = ${DAMAGED}`),
      mappings: count(DAMAGED_MAPPINGS),
    },
    languages: database.all(LANGUAGES).map((row) => ({
      language: textOf(row, "language"),
      functions: numberOf(row, "functions"),
      mappings: numberOf(row, "mappings"),
    })),
    authors: countNames(database, AUTHORS),
    tags: countNames(database, TAGS),
    dependencies: count("dependency"),
    missing: database
      .all(`SELECT hash FROM function WHERE state = ${ABSENT} ORDER BY hash`)
      .map((row) => textOf(row, "hash")),
    mostCalled: listRows(database, database.all(MOST_CALLED, MOST), languages),
    created:
      typeof times?.first === "string"
        ? { first: textOf(times, "first"), last: textOf(times, "last") }
        : null,
  };
}

/** Of what is damaged itself nothing is said of its mappings. */
const DAMAGED_MAPPINGS = `mapping m JOIN function f ON f.id = m.function
  WHERE m.state = ${DAMAGED} AND f.state = ${PRESENT}`;
const TIMES = `SELECT min(created) AS first, max(created) AS last FROM function
  WHERE state = ${PRESENT} AND schema = 1`;
const LANGUAGES = `
  SELECT language, count(DISTINCT function) AS functions, count(*) AS mappings
  FROM mapping WHERE state = ${PRESENT}
  GROUP BY language ORDER BY functions DESC, language`;
const MOST_CALLED = `
  SELECT ${LISTED} FROM function WHERE state = ${PRESENT} AND callers > 0
  ORDER BY callers DESC, created DESC, hash LIMIT ?`;
const AUTHORS = `
  SELECT author ->> '$' AS name, count(*) AS functions FROM function
  WHERE state = ${PRESENT} AND author <> '""' GROUP BY author`;
const TAGS = `
  SELECT tag.value AS name, count(DISTINCT function.id) AS functions
  FROM function, json_each(function.tags) AS tag
  WHERE state = ${PRESENT} GROUP BY tag.value`;

function countNames(database: IndexDatabase, sql: string): PoolStatistics["authors"] {
  return {
    count: numberOf(database.get(`SELECT count(*) AS n FROM (${sql})`), "n"),
    most: database.all(`${sql} ORDER BY functions DESC, name LIMIT ?`, MOST).map((row) => ({
      name: textOf(row, "name"),
      functions: numberOf(row, "functions"),
    })),
  };
}

/** Counts what belongs to a function; `undefined` where the pool has none with this hash. */
export function countFunction(
  database: IndexDatabase,
  hash: string,
  languages: readonly string[],
): FunctionStatistics | undefined {
  const listed = listFunction(database, hash, languages);
  if (listed === undefined) return undefined;
  const dependencies = followCalls(database, hash, "dependencies", languages) ?? [];
  const callers = followCalls(database, hash, "callers", languages) ?? [];
  return {
    function: listed,
    languages: database.all(LANGUAGES_OF, hash).map((one) => ({
      language: textOf(one, "language"),
      mappings: numberOf(one, "mappings"),
    })),
    dependencies: {
      direct: dependencies[0]?.next.length ?? 0,
      all: Math.max(0, dependencies.length - 1),
      missing: dependencies.filter(({ state }) => state === "missing").length,
    },
    callers: { direct: callers[0]?.next.length ?? 0, all: Math.max(0, callers.length - 1) },
  };
}

const LANGUAGES_OF = `
  SELECT language, count(*) AS mappings FROM mapping
  WHERE function = (SELECT id FROM function WHERE hash = ?) AND state = ${PRESENT}
  GROUP BY language ORDER BY language`;
