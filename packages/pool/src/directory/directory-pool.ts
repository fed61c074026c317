/** A pool in a directory (docs/pool.md, "Directory"). It is read as it is: nothing is remembered. */
import { resolve } from "node:path";
import { escapeText } from "@ouverture/core";
import type { Added, FunctionRecord, FunctionStore, Refused } from "../store.js";
import {
  listFunctions,
  listMappings,
  listStarts,
  readMappingFile,
  readObject,
} from "./read-directory.js";
import { storeError } from "./system-failure.js";

export interface DirectoryPool extends FunctionStore {
  /** The whole path of the directory. */
  readonly directory: string;
}

/** The pool in `directory`, which need not exist yet. `name` is what people call it. */
export function openDirectoryPool(
  directory: string,
  options: { readonly name?: string | undefined } = {},
): DirectoryPool {
  const root = resolve(directory);
  const name = options.name ?? `the pool ${escapeText(directory)}`;
  async function reading<T>(read: () => T): Promise<T> {
    try {
      return read();
    } catch (error) {
      throw storeError(name, "read", error);
    }
  }
  async function* list(): AsyncGenerator<string> {
    for (const start of await reading(() => listStarts(root))) {
      yield* await reading(() => listFunctions(root, start));
    }
  }
  // Most pools are only read.
  async function* add(
    records: Iterable<FunctionRecord> | AsyncIterable<FunctionRecord>,
  ): AsyncGenerator<Added | Refused> {
    const { addToDirectory } = await import("./add-to-directory.js");
    yield* addToDirectory(name, root, records);
  }
  return {
    name,
    directory: root,
    get: (hash) => reading(() => readObject(root, hash)),
    complete: (digits) => reading(() => completeHash(root, digits)),
    listMappings: (hash, language) => reading(() => listMappings(root, hash, language)),
    getMapping: (hash, reference) => reading(() => readMappingFile(root, hash, reference)),
    list,
    add,
    close: () => Promise.resolve(),
  };
}

/** Four digits and more are looked for: fewer name no function. */
function completeHash(root: string, digits: string): string[] {
  if (!/^[0-9a-f]{4,64}$/.test(digits)) return [];
  return listFunctions(root, digits.slice(0, 2), digits.slice(2));
}
