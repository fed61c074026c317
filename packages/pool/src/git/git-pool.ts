/** The functions in the tree of a commit, which is the tree of a pool (docs/pool.md, "Directory"). */
import { type DocumentFault, MOST_BYTES, mappingPath, objectPath } from "@ouverture/core";
import type { MappingReference } from "../store.js";
import type { GitTree, TreeEntry } from "./git-tree.js";

/** What is read of a file: its bytes, or what is wrong with its place; `undefined`: there is none. */
type Content = Uint8Array | DocumentFault | undefined;

/** As in a `FunctionSource`; but mappings are sorted, because a tree does not know which came first. */
export interface GitPool {
  get(hash: string): Promise<Content>;
  /** A file, by its path in the pool. */
  read(path: string): Promise<Content>;
  getMapping(hash: string, reference: MappingReference): Promise<Content>;
  listMappings(hash: string, language?: string): Promise<MappingReference[]>;
  complete(digits: string): Promise<string[]>;
  /** The first two digits of the functions, sorted. */
  listStarts(): Promise<string[]>;
  /** The functions that begin with two digits, sorted. */
  listFunctions(start: string): Promise<string[]>;
}

export function readGitPool(tree: GitTree): GitPool {
  async function read(path: string): Promise<Content> {
    const entry = await tree.find(path);
    if (entry === undefined) return undefined;
    if (entry === "blocked" || entry.kind !== "file") return NOT_A_FILE;
    const bytes = await tree.read(entry, MOST_BYTES);
    return bytes === "too-large" ? TOO_LARGE : bytes;
  }

  async function listFolders(path: string, pattern: RegExp): Promise<string[]> {
    return foldersOf(await tree.list(path), pattern);
  }

  async function listMappings(hash: string, language?: string): Promise<MappingReference[]> {
    const folder = folderOf(hash);
    if (folder === null) return [];
    const languages = language === undefined ? await listFolders(folder, ANY) : [language];
    const valid = languages.filter((name) => mappingPath(hash, name, hash).ok);
    const listed = await Promise.all(
      valid.map(async (name) => {
        const place = `${folder}/${name}/sha256`;
        const hashes = await listParted(place, "mapping.json", await listFolders(place, START));
        return hashes.map((ofMapping) => ({ language: name, hash: ofMapping }));
      }),
    );
    return listed.flat();
  }

  /** The hashes `<2>/<62>` below a folder under which there is a file of this name. */
  async function listParted(
    folder: string,
    file: string,
    starts: readonly string[],
    rest = "",
  ): Promise<string[]> {
    const found = await Promise.all(
      starts.map(async (start) => {
        const place = `${folder}/${start}`;
        const rests = (await listFolders(place, REST)).filter((name) => name.startsWith(rest));
        const entries = await Promise.all(
          rests.map((name) => tree.find(`${place}/${name}/${file}`)),
        );
        return rests.filter((_, index) => entries[index] !== undefined).map((name) => start + name);
      }),
    );
    return found.flat();
  }

  return {
    read,
    async get(hash) {
      const path = objectPath(hash);
      return path.ok ? read(path.value) : undefined;
    },
    async getMapping(hash, reference) {
      const path = mappingPath(hash, reference.language, reference.hash);
      return path.ok ? read(path.value) : undefined;
    },
    listMappings,
    async complete(digits) {
      if (!/^[0-9a-f]{4,64}$/.test(digits)) return [];
      const start = digits.slice(0, 2);
      return listParted(OBJECTS, "object.json", [start], digits.slice(2));
    },
    listStarts: () => listFolders(OBJECTS, START),
    listFunctions: (start) => listParted(OBJECTS, "object.json", [start]),
  };
}

/** Where a function lies; `null` for what is no hash. */
export function folderOf(hash: string): string | null {
  const path = objectPath(hash);
  return path.ok ? path.value.slice(0, -"/object.json".length) : null;
}

export const OBJECTS = "objects/sha256";
const START = /^[0-9a-f]{2}$/;
export const REST = /^[0-9a-f]{62}$/;
const ANY = /^/;

/** The names of the folders, sorted, each once: a tree of a stranger may have one twice. */
export function foldersOf(entries: readonly TreeEntry[], pattern: RegExp): string[] {
  const names = entries
    .filter(({ kind, name }) => kind === "folder" && pattern.test(name))
    .map(({ name }) => name);
  return [...new Set(names)].sort();
}

const NOT_A_FILE: DocumentFault = {
  code: "malformed-object",
  data: { reason: "not-a-file", path: "" },
  span: null,
};
const TOO_LARGE: DocumentFault = {
  code: "limit-exceeded",
  data: { limit: "bytes", most: MOST_BYTES },
  span: null,
};
