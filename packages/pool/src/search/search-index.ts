/**
 * Search over the functions of a pool in a directory, in all their languages, and the
 * graph of their calls (docs/search.md). What is found is read from the pool before it is
 * told: the index says where to look.
 */
import type { DirectoryPool } from "../directory/directory-pool.js";
import {
  type FunctionGraph,
  followCalls,
  type GraphDirection,
  type GraphOptions,
} from "./graph.js";
import { type IndexDatabase, isDamage } from "./index-database.js";
import {
  type ListedFunction,
  type ListOptions,
  listFunction,
  listHashes,
  listRecent,
} from "./index-list.js";
import { indexPlace, openIndex } from "./index-open.js";
import type { Doubt } from "./index-plan.js";
import { compareRank } from "./index-rank.js";
import type { RefreshWatch } from "./index-refresh.js";
import {
  countFunction,
  countPool,
  type FunctionStatistics,
  type PoolStatistics,
} from "./index-statistics.js";
import { matchExpressions, type SearchFilter } from "./index-text.js";
import { findFunctions } from "./search-find.js";
import { readHit, type SearchHit } from "./search-hits.js";
import { parseQuery } from "./search-query.js";

export interface SearchIndexOptions extends RefreshWatch {
  readonly pool: Pick<DirectoryPool, "directory" | "name">;
  /** The folder for what can be made again; the index is in `index/` there. */
  readonly cache: string;
  /** The languages of the user, the best first: which of a function's names is shown. */
  readonly languages?: readonly string[] | undefined;
  /** "full" looks at every file of the pool, whatever its folders say of changes. */
  readonly refresh?: "changed" | "full" | undefined;
}

export interface SearchOptions extends SearchFilter {
  /** How many functions are found at most; 20 without it. */
  readonly limit?: number | undefined;
}

export interface SearchResult {
  /** The best first. */
  readonly hits: readonly SearchHit[];
  /** There are more than `limit`. */
  readonly isMore: boolean;
  /** The query has more than 64 words: the later ones were not looked for. */
  readonly isCut: boolean;
  /** Functions that should be here, but can no longer be read: `validate` tells why. */
  readonly unreadable: readonly string[];
}

/** All of it throws a `StoreError` where the pool cannot be read. */
export interface SearchIndex {
  /** Finds functions. Every text is a query; the empty one finds all. */
  search(query: string, options?: SearchOptions): Promise<SearchResult>;
  /** All functions, by their names. */
  list(options?: ListOptions): AsyncIterable<ListedFunction>;
  /** The functions that were created last, the newest first; 20 without a limit. */
  recent(limit?: number, offset?: number): Promise<readonly ListedFunction[]>;
  /** What a function calls, what that calls and so on; `undefined` where no one knows it. */
  dependencies(hash: string, options?: GraphOptions): Promise<FunctionGraph | undefined>;
  /** Who calls a function, who calls those and so on; `undefined` where no one knows it. */
  callers(hash: string, options?: GraphOptions): Promise<FunctionGraph | undefined>;
  statistics(): Promise<PoolStatistics>;
  /** `undefined` where the pool does not have it. */
  statisticsOf(hash: string): Promise<FunctionStatistics | undefined>;
  close(): void;
}

/** The order of hits, for those of several pools. */
export function compareHits(a: SearchHit, b: SearchHit): number {
  return a.level - b.level || compareRank(a, b);
}

/**
 * Opens the index of a pool. What is new in the pool is read first, and without an index
 * all of it: `onProgress` tells how far that is. Throws a `StoreError` where the pool
 * cannot be read, and the reason of `signal` where it is aborted.
 */
export async function openSearchIndex(options: SearchIndexOptions): Promise<SearchIndex> {
  const { pool, cache, languages = [], refresh } = options;
  const place = indexPlace(pool, cache);
  let database = await openIndex(place, options, refresh === "full" ? "all" : "none");
  async function reopen(doubt: Doubt, isAnew: boolean): Promise<void> {
    database.close();
    database = await openIndex(place, options, doubt, isAnew);
  }
  /** What is damaged shows only when it is read. */
  async function tryTwice<T>(question: Question<T>): Promise<T> {
    try {
      return await question(database);
    } catch (error) {
      if (!isDamage(error)) throw error;
      await reopen("none", true);
      return await question(database);
    }
  }
  let before: Promise<unknown> = Promise.resolve();
  /** One after the other: a question may close the database and open another. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = before.then(task);
    before = result.catch(() => {});
    return result;
  }
  const ask = <T>(question: Question<T>) => inTurn(() => tryTwice(question));
  const follow = (hash: string, direction: GraphDirection, graph?: GraphOptions) =>
    ask((index) => followCalls(index, hash, direction, languages, graph));

  return {
    search: (query, searchOptions = {}) =>
      inTurn(async () => {
        const question = (index: IndexDatabase) =>
          searchIn(index, place.root, query, searchOptions, languages);
        const result = await tryTwice(question);
        if (result.unreadable.length === 0) return result;
        await reopen(new Set(result.unreadable), false);
        return tryTwice(question);
      }),
    list: async function* (listOptions = {}) {
      for (const hash of await ask((index) => listHashes(index, languages, listOptions))) {
        const listed = await ask((index) => listFunction(index, hash, languages));
        if (listed !== undefined) yield listed;
      }
    },
    recent: (limit = FEW, offset = 0) =>
      ask((index) => listRecent(index, languages, { limit, offset })),
    dependencies: (hash, graph) => follow(hash, "dependencies", graph),
    callers: (hash, graph) => follow(hash, "callers", graph),
    statistics: () => ask((index) => countPool(index, languages)),
    statisticsOf: (hash) => ask((index) => countFunction(index, hash, languages)),
    close: () => database.close(),
  };
}

type Question<T> = (database: IndexDatabase) => T | Promise<T>;

const FEW = 20;

async function searchIn(
  database: IndexDatabase,
  root: string,
  text: string,
  { limit = FEW, ...filter }: SearchOptions,
  languages: readonly string[],
): Promise<SearchResult> {
  const query = parseQuery(text);
  const expressions = matchExpressions(query, filter);
  const found = expressions === null ? [] : findFunctions(database, expressions, limit + 1);
  const hits: SearchHit[] = [];
  const unreadable: string[] = [];
  for (const one of found.slice(0, limit)) {
    const hit = await readHit(root, database, query, one, languages);
    if (hit === null) unreadable.push(one.hash);
    else hits.push(hit);
  }
  return { hits, isMore: found.length > limit, isCut: query.isCut, unreadable };
}
