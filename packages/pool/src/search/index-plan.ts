/**
 * What of a pool has to be looked at to bring its index up to date: the shards that were
 * changed, and as many of the others as can be looked at each time that it is searched.
 */
import { lookAt } from "../directory/safe-file.js";
import type { MappingReference } from "../store.js";
import { damage, type IndexDatabase, jsonOf, numberOf, textOf } from "./index-database.js";
import {
  type Depth,
  type FoundFunction,
  isSettled,
  listShards,
  type SeenFunction,
  type SeenTimes,
  type Shard,
  scanShard,
  shardTime,
} from "./index-scan.js";

/**
 * What is looked at although nothing says that it changed: nothing, all, or some functions
 * by their hashes, which are read again.
 */
export type Doubt = "none" | "all" | ReadonlySet<string>;

export interface RefreshPlan {
  /** A time before anything was looked at, in milliseconds since 1970. */
  readonly now: number;
  /** Functions that are read again, whatever was seen of them. */
  readonly doubted: ReadonlySet<string>;
  /** Something in the pool is not what its hash says. */
  readonly hasDamage: boolean;
  /** Those of schema 1 first. */
  readonly visits: readonly Visit[];
}
export interface Visit {
  readonly shard: Shard;
  /** `null`: it need not be looked at. */
  readonly depth: Depth | null;
  /** When it was changed; 0 where it is gone. */
  readonly changed: number;
  /** The index does not have this time yet, or now it is certain. */
  readonly isTimeNew: boolean;
}

/** Says what of the pool in `root` has to be looked at. Throws when the system fails. */
export function planRefresh(root: string, database: IndexDatabase, doubt: Doubt): RefreshPlan {
  const now = Date.now();
  const seen = new Map(
    database
      .all("SELECT path, changed, is_settled FROM shard")
      .map((row) => [textOf(row, "path"), row]),
  );
  const meta = database.get("SELECT functions, mappings, damaged FROM meta");
  const quick = quickDepth(numberOf(meta, "functions"), numberOf(meta, "mappings"));
  const shards = listShards(root);
  const listed = new Set(shards.map(({ path }) => path));
  const gone = [...seen.keys()].filter((path) => !listed.has(path)).map(shardOf);
  const bySchema = [...shards, ...gone].sort((a, b) => b.schema - a.schema);
  const visits = bySchema.map((shard): Visit => {
    const row = seen.get(shard.path);
    const changed = shardTime(root, shard);
    const isSame = row !== undefined && numberOf(row, "changed") === changed;
    const wasSettled = isSame && numberOf(row, "is_settled") === 1;
    return {
      shard,
      depth: isDoubted(doubt, shard) || !wasSettled ? "list" : quick,
      changed,
      isTimeNew: !isSame || (!wasSettled && isSettled(changed, now)),
    };
  });
  return {
    now,
    doubted: typeof doubt === "string" ? new Set() : doubt,
    hasDamage: numberOf(meta, "damaged") > 0,
    visits,
  };
}

function isDoubted(doubt: Doubt, { start }: Shard): boolean {
  if (typeof doubt === "string") return doubt === "all";
  return [...doubt].some((hash) => hash.startsWith(start));
}

function shardOf(path: string): Shard {
  return { path, schema: path.includes("sha256") ? 1 : 0, start: path.slice(-2) };
}

/** So many times a file or a folder may be looked at before each search: it takes some microseconds. */
const MOST_LOOKS = 5_000;

/** How closely a pool can be looked at each time that it is searched. */
function quickDepth(functions: number, mappings: number): Depth | null {
  if (2 * functions + 4 * mappings <= MOST_LOOKS) return "files";
  return functions <= MOST_LOOKS ? "folders" : null;
}

/** Is there anything that the index does not have? */
export function hasNews(root: string, database: IndexDatabase, plan: RefreshPlan): boolean {
  return plan.visits.some(
    (visit) => visit.isTimeNew || !visitShard(root, database, visit, plan).next().done,
  );
}

/** What a visit finds. */
export function* visitShard(
  root: string,
  database: IndexDatabase,
  { shard, depth }: Visit,
  { now, doubted, hasDamage }: Pick<RefreshPlan, "now" | "doubted" | "hasDamage">,
): Generator<FoundFunction> {
  if (depth === null) return;
  const seen = readSeen(database, shard);
  if (depth === "folders" && hasSameFolders(root, shard, seen)) return;
  const mappings = readMappings(database, shard);
  const known = new Map<string, SeenFunction>();
  for (const [hash, times] of timesOf(shard, seen)) {
    // What was damaged may have been half written.
    const isDoubted = doubted.has(hash) || (hasDamage && !times.isSettled);
    const believed = isDoubted ? { folder: 0, newest: 0, isSettled: false } : times;
    known.set(hash, { ...believed, mappings: mappings.get(hash) ?? [] });
  }
  yield* scanShard(root, shard, known, depth, now);
}

/** Most often nothing changed: then there is no time for more than this. */
function hasSameFolders(root: string, { path, schema }: Shard, seen: object): boolean {
  const end = schema === 1 ? "" : ".json";
  return Object.entries(seen).every(([rest, times]) => {
    const [folder, , settled]: unknown[] = Array.isArray(times) ? times : [];
    return settled === 1 && lookAt(`${root}/${path}/${rest}${end}`)?.ctimeMs === folder;
  });
}

function readMappings(database: IndexDatabase, { schema, start }: Shard) {
  const mappings = new Map<string, MappingReference[]>();
  for (const row of schema === 1 ? database.all(MAPPINGS, start, `${start}g`) : []) {
    const list = mappings.get(textOf(row, "function")) ?? [];
    list.push({ language: textOf(row, "language"), hash: textOf(row, "hash") });
    mappings.set(textOf(row, "function"), list);
  }
  return mappings;
}

const MAPPINGS = `
  SELECT f.hash AS function, m.language, m.hash
  FROM function f CROSS JOIN mapping m ON m.function = f.id
  WHERE f.hash >= ? AND f.hash < ? AND f.schema = 1`;

/** What was seen of the functions of a shard. */
export function readTimes(database: IndexDatabase, shard: Shard): Map<string, SeenTimes> {
  return timesOf(shard, readSeen(database, shard));
}

/** As it is stored: one text, for there may be many. */
function readSeen(database: IndexDatabase, { path }: Shard): object {
  const row = database.get("SELECT seen FROM shard WHERE path = ?", path);
  const seen = row === null ? {} : jsonOf(row, "seen");
  if (typeof seen !== "object" || seen === null) throw damage("seen is no object");
  return seen;
}

function timesOf({ start }: Shard, seen: object): Map<string, SeenTimes> {
  return new Map(
    Object.entries(seen).map(([rest, times]): [string, SeenTimes] => {
      const [folder, newest, settled]: unknown[] = Array.isArray(times) ? times : [];
      if (typeof folder !== "number" || typeof newest !== "number") throw damage("no times");
      return [start + rest, { folder, newest, isSettled: settled === 1 }];
    }),
  );
}

/** Notes what was seen of a shard, and when it was changed. */
export function writeTimes(
  database: IndexDatabase,
  { shard, changed }: Visit,
  now: number,
  times: ReadonlyMap<string, SeenTimes>,
): void {
  if (changed === 0) {
    database.run("DELETE FROM shard WHERE path = ?", shard.path);
    return;
  }
  const seen: Record<string, [number, number, number]> = {};
  for (const [hash, { folder, newest, isSettled }] of times) {
    seen[hash.slice(2)] = [folder, newest, isSettled ? 1 : 0];
  }
  const values = [shard.path, changed, isSettled(changed, now), JSON.stringify(seen)] as const;
  database.run("INSERT OR REPLACE INTO shard VALUES (?, ?, ?, ?)", ...values);
}
