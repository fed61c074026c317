/**
 * What is new in a pool on disk since it was last looked at, by the times at which folders
 * and files were changed. Every write of ours changes the folder of the shard; tools that
 * know nothing of pools may change only something further down.
 */
import { type Dirent, readdirSync, type Stats, statSync } from "node:fs";
import { mappingPath } from "@ouverture/core";
import {
  errorCode,
  listFolder,
  listFolderBelow,
  lookAt,
  noFolder,
} from "../directory/safe-file.js";
import type { MappingReference } from "../store.js";

/** A folder of the pool, with the functions whose hashes begin alike. */
export interface Shard {
  /** Relative to the pool: `objects/sha256/ab`, or `objects/ab` for schema 0. */
  readonly path: string;
  readonly schema: 0 | 1;
  /** The first two digits of the hashes. */
  readonly start: string;
}

/**
 * How closely a shard is looked at: which functions it has ("list"), or only whether the
 * "files" of those that are known changed, or their "folders".
 */
export type Depth = "folders" | "files" | "list";

/** When something was last changed: ctime, which no tool sets back, in milliseconds since 1970. */
export interface SeenTimes {
  /** The change of the function's folder. */
  readonly folder: number;
  /** The newest change of all its folders and files. */
  readonly newest: number;
  /** It was looked at long enough after the change for the next one to have another time. */
  readonly isSettled: boolean;
}

/** What was seen of a function. */
export interface SeenFunction extends SeenTimes {
  readonly mappings: readonly MappingReference[];
}

export interface FoundMapping {
  readonly language: string;
  readonly hash: string;
  /** When it was written (mtime), and when its file was made, in milliseconds since 1970. */
  readonly since: number;
  readonly born: number;
}

/** What a scan finds of a function. */
export type FoundFunction =
  /** It is new, or something of it changed. */
  | {
      readonly type: "changed";
      readonly hash: string;
      readonly times: SeenTimes;
      readonly mappings: readonly FoundMapping[];
    }
  /** Nothing changed, and now that is certain. */
  | { readonly type: "settled"; readonly hash: string; readonly times: SeenTimes }
  | { readonly type: "gone"; readonly hash: string };

/**
 * What changed so shortly before it was looked at may change once more without showing:
 * systems count in ticks of some milliseconds, and some file systems in whole seconds.
 */
const FINE = 100;
const COARSE = 2_000;

/** Was it looked at, at `now` or later, long enough after it was changed? */
export function isSettled(changed: number, now: number): boolean {
  return now - changed > (changed % 1_000 === 0 ? COARSE : FINE);
}

const TWO_DIGITS = /^[0-9a-f]{2}$/;
const REST = /^[0-9a-f]{62}$/;
const FILE_OF_SCHEMA_0 = /^[0-9a-f]{62}\.json$/;

/**
 * The shards of the pool in `root`, those of schema 1 first; none where there is no pool.
 * Throws when the system fails.
 */
export function listShards(root: string): Shard[] {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() === false) throw noFolder(root);
  const shards = (path: string, schema: 0 | 1) =>
    foldersIn(listFolderBelow(root, path), TWO_DIGITS).map(
      (start): Shard => ({ path: `${path}/${start}`, schema, start }),
    );
  return [...shards("objects/sha256", 1), ...shards("objects", 0)];
}

/** When a shard was last changed; 0 where it is gone. */
export function shardTime(root: string, { path }: Shard): number {
  return lookAt(`${root}/${path}`)?.ctimeMs ?? 0;
}

/** The number of functions in a shard, about: what has the name of one is counted. */
export function countShard(root: string, { path, schema }: Shard): number {
  const pattern = schema === 1 ? REST : FILE_OF_SCHEMA_0;
  return listFolder(`${root}/${path}`).filter(({ name }) => pattern.test(name)).length;
}

/** Compares a shard with what is `known` of it. `now` is a time before all of this. */
export function* scanShard(
  root: string,
  shard: Shard,
  known: ReadonlyMap<string, SeenFunction>,
  depth: Depth,
  now: number,
): Generator<FoundFunction> {
  const look = shard.schema === 1 ? lookAtFolder : lookAtFile;
  const hashes = depth === "list" ? listHashes(root, shard) : new Set(known.keys());
  for (const hash of known.keys()) {
    if (!hashes.has(hash)) yield { type: "gone", hash };
  }
  for (const hash of hashes) {
    const seen = known.get(hash);
    const looked = look(`${root}/${shard.path}/${hash.slice(2)}`, seen, depth === "folders");
    if (looked === "unchanged") continue;
    if (looked === undefined) {
      if (seen !== undefined) yield { type: "gone", hash };
      continue;
    }
    const { folder, newest, mappings } = looked;
    const times = { folder, newest, isSettled: isSettled(newest, now) };
    if (seen === undefined || !isSame(seen, looked)) {
      yield { type: "changed", hash, times, mappings };
    } else if (times.isSettled && !seen.isSettled) yield { type: "settled", hash, times };
  }
}

/** An object and a mapping do not change, so that it is enough to know which there are. */
function isSame(seen: SeenFunction, { folder, newest, mappings }: Looked): boolean {
  const names = (all: readonly MappingReference[]) =>
    all
      .map(({ language, hash }) => `${language} ${hash}`)
      .sort()
      .join();
  return (
    seen.folder === folder && seen.newest === newest && names(seen.mappings) === names(mappings)
  );
}

function listHashes(root: string, { path, schema, start }: Shard): Set<string> {
  const place = `${root}/${path}`;
  if (schema === 1) return new Set(foldersIn(listFolder(place), REST).map((rest) => start + rest));
  const files = listFolder(place).filter((one) => one.isFile() && FILE_OF_SCHEMA_0.test(one.name));
  return new Set(files.map(({ name }) => start + name.slice(0, -".json".length)));
}

interface Looked {
  readonly folder: number;
  readonly newest: number;
  readonly mappings: readonly FoundMapping[];
}

function lookAtFile(
  place: string,
  seen: SeenFunction | undefined,
): Looked | "unchanged" | undefined {
  const stats = lookAt(`${place}.json`);
  if (stats?.isFile() !== true) return undefined;
  if (seen?.isSettled === true && stats.ctimeMs === seen.folder) return "unchanged";
  return { folder: stats.ctimeMs, newest: stats.ctimeMs, mappings: [] };
}

function lookAtFolder(
  place: string,
  seen: SeenFunction | undefined,
  isShallow: boolean,
): Looked | "unchanged" | undefined {
  const stats = lookAt(place);
  if (stats?.isDirectory() !== true) return undefined;
  const folder = stats.ctimeMs;
  const isKnown = seen?.isSettled === true && folder === seen.folder;
  if (isKnown && (isShallow || newestOf(place, folder, seen) === seen.newest)) return "unchanged";
  return listFunction(place, folder);
}

/** As `listFunction` finds it, where nothing is new. */
function newestOf(place: string, folder: number, { mappings }: SeenFunction): number {
  const places = new Set([`${place}/object.json`]);
  for (const { language, hash } of mappings) {
    const [start, rest] = [hash.slice(0, 2), hash.slice(2)];
    const below = `${place}/${language}/sha256`;
    for (const path of [`${place}/${language}`, below, `${below}/${start}`]) places.add(path);
    places.add(`${below}/${start}/${rest}/mapping.json`);
  }
  let newest = folder;
  for (const path of places) {
    newest = Math.max(newest, lookAt(path)?.ctimeMs ?? Number.POSITIVE_INFINITY);
  }
  return newest;
}

/** Every folder is looked at before it is listed: a change in between shows the next time. */
function listFunction(place: string, folder: number): Looked | undefined {
  const object = lookAt(`${place}/object.json`);
  if (object === undefined) return undefined;
  let newest = Math.max(folder, object.ctimeMs);
  const look = (path: string): Stats | undefined => {
    const stats = lookAt(path);
    newest = Math.max(newest, stats?.ctimeMs ?? 0);
    return stats;
  };
  /** That they are folders shows when what is in them is read. */
  const namesIn = (path: string, pattern: RegExp): string[] =>
    look(path)?.isDirectory() === true ? listNames(path).filter((name) => pattern.test(name)) : [];
  const mappings: FoundMapping[] = [];
  const zeros = "0".repeat(64);
  for (const language of foldersIn(listFolder(place), /^/)) {
    if (!mappingPath(zeros, language, zeros).ok) continue;
    look(`${place}/${language}`);
    const below = `${place}/${language}/sha256`;
    for (const start of namesIn(below, TWO_DIGITS)) {
      for (const rest of namesIn(`${below}/${start}`, REST)) {
        const file = look(`${below}/${start}/${rest}/mapping.json`);
        if (file === undefined) continue;
        const { mtimeMs: since, birthtimeMs: born } = file;
        mappings.push({ language, hash: start + rest, since, born });
      }
    }
  }
  return { folder, newest, mappings };
}

/** The names in a folder; none where it is gone by now. */
function listNames(place: string): string[] {
  try {
    return readdirSync(place);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

function foldersIn(entries: readonly Dirent[], pattern: RegExp): string[] {
  return entries
    .filter((entry) => entry.isDirectory() && pattern.test(entry.name))
    .map((entry) => entry.name);
}
