/**
 * What is in a pool directory at this moment (docs/pool.md, "Directory"). What is no
 * folder in the place of one is left out of lists, and told where something is read
 * through it. Paths are relative to the pool, with `/`. All of it throws when the system fails.
 */
import { type Dirent, lstatSync } from "node:fs";
import { type DocumentFault, MOST_BYTES, mappingPath, objectPath } from "@ouverture/core";
import type { MappingReference } from "../store.js";
import {
  listFolder,
  listFolderBelow,
  listNames,
  lookAt,
  readFileBelow,
  readSeenFile,
} from "./safe-file.js";

/** A hash in a path is parted after its first two digits. */
export const START = /^[0-9a-f]{2}$/;
export const REST = /^[0-9a-f]{62}$/;

/** What is read of a file: its bytes, or what is wrong with its place; `undefined`: there is none. */
export type Content = Uint8Array | DocumentFault | undefined;

/** object.json of a function. Of what is no hash there is nothing. */
export function readObject(root: string, hash: string): Content {
  const path = objectPath(hash);
  return path.ok ? readDocument(root, path.value) : undefined;
}

/** mapping.json. Of what is no hash, or no language, there is nothing. */
export function readMappingFile(root: string, hash: string, reference: MappingReference): Content {
  const path = mappingPath(hash, reference.language, reference.hash);
  return path.ok ? readDocument(root, path.value) : undefined;
}

export function readDocument(root: string, path: string): Content {
  return contentOf(readFileBelow(root, path, MOST_BYTES));
}

/** As `readDocument`, of a file that was listed just now. */
export function readSeenDocument(root: string, path: string): Content {
  return contentOf(readSeenFile(root, path, MOST_BYTES));
}

function contentOf(read: ReturnType<typeof readFileBelow>): Content {
  if (read === "not-a-file") {
    return { code: "malformed-object", data: { reason: "not-a-file", path: "" }, span: null };
  }
  if (read === "too-large") {
    return { code: "limit-exceeded", data: { limit: "bytes", most: MOST_BYTES }, span: null };
  }
  return read;
}

/** The first two digits of the functions that are there, sorted. */
export function listStarts(root: string): string[] {
  return folderNames(listFolderBelow(root, OBJECTS), START);
}

/** The hashes of the functions that begin with `start` and go on with `rest`, sorted. */
export function listFunctions(root: string, start: string, rest = ""): string[] {
  const shard = `${OBJECTS}/${start}`;
  return folderNames(listFolderBelow(root, shard), REST)
    .filter((name) => name.startsWith(rest))
    .filter((name) => lookAt(`${root}/${shard}/${name}/object.json`) !== undefined)
    .map((name) => start + name);
}

/** The mappings of a function, by language; of those of one, that which was there first first. */
export function listMappings(root: string, hash: string, language?: string): MappingReference[] {
  const folder = folderOf(hash);
  if (folder === null) return [];
  if (language !== undefined) {
    if (!mappingPath(hash, language, hash).ok) return [];
    return referencesTo(language, listDatedMappings(root, `${folder}/${language}/sha256`));
  }
  const entries = listFolderBelow(root, folder);
  return languagesIn(root, hash, folder, entries).flatMap(({ language, place }) =>
    referencesTo(language, listDated(place, listFolder(place))),
  );
}

/**
 * What may be the mappings of a function, for whoever reads all of them at once: no link on the way is
 * seen here, and what is no folder is told by what is read there. Sorted by language and hash, because
 * it takes time to find which was there first.
 */
export function listMappingsBeside(root: string, hash: string): MappingReference[] {
  const folder = folderOf(hash);
  if (folder === null) return [];
  const found: MappingReference[] = [];
  for (const language of listNames(`${root}/${folder}`)) {
    if (!mappingPath(hash, language, hash).ok) continue;
    const place = `${root}/${folder}/${language}/sha256`;
    for (const start of listNames(place)) {
      if (!START.test(start)) continue;
      for (const rest of listNames(`${place}/${start}`)) {
        if (REST.test(rest)) found.push({ language, hash: start + rest });
      }
    }
  }
  return found;
}

function folderOf(hash: string): string | null {
  const path = objectPath(hash);
  return path.ok ? path.value.slice(0, -"/object.json".length) : null;
}

/** The languages among the entries of a function's folder, sorted, and where their mappings are. */
function languagesIn(
  root: string,
  hash: string,
  folder: string,
  entries: readonly Dirent[],
): { readonly language: string; readonly place: string }[] {
  return (
    folderNames(entries, ANY)
      .filter((name) => mappingPath(hash, name, hash).ok)
      .map((language) => ({ language, place: `${root}/${folder}/${language}/sha256` }))
      // The folders above it were seen just now.
      .filter(({ place }) => lookAt(place)?.isDirectory() === true)
  );
}

function referencesTo(language: string, mappings: readonly DatedMapping[]): MappingReference[] {
  return mappings.map(({ hash }) => ({ language, hash }));
}

/** A mapping on disk, and when it was written, in nanoseconds since 1970. */
export interface DatedMapping {
  readonly hash: string;
  readonly changed: bigint;
  readonly born: bigint;
}

/** The mappings in a folder, `<language>/sha256`: that which was there first first. */
export function listDatedMappings(root: string, folder: string): DatedMapping[] {
  return listDated(`${root}/${folder}`, listFolderBelow(root, folder));
}

function listDated(folder: string, starts: readonly Dirent[]): DatedMapping[] {
  const mappings: DatedMapping[] = [];
  for (const start of folderNames(starts, START)) {
    const place = `${folder}/${start}`;
    for (const rest of folderNames(listFolder(place), REST)) {
      const file = `${place}/${rest}/mapping.json`;
      const stats = lstatSync(file, { bigint: true, throwIfNoEntry: false });
      if (stats === undefined) continue;
      mappings.push({ hash: start + rest, changed: stats.mtimeNs, born: stats.birthtimeNs });
    }
  }
  return mappings.sort((a, b) => compare(a.changed, b.changed) || compare(a.born, b.born));
}

const OBJECTS = "objects/sha256";
const ANY = /^/;

function folderNames(entries: readonly Dirent[], pattern: RegExp): string[] {
  return entries
    .filter((entry) => entry.isDirectory() && pattern.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
