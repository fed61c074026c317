/** The pool in a tree of git, be it of a commit or of an index: what is not in it does not count. */
import { escapeText } from "@ouverture/core";
import { DamagedCopy } from "../git/git-cache.js";
import { readGitPool } from "../git/git-pool.js";
import type { GitTree } from "../git/git-tree.js";
import { type FunctionSource, StoreError } from "../store.js";
import { OWN_POOL } from "./repository-view.js";

/** The functions in `tree`. Where git has lost something of it, a `StoreError` says so. */
export function openTreePool(tree: GitTree): FunctionSource {
  const pool = readGitPool(tree);
  async function* list(): AsyncGenerator<string> {
    for (const start of await reading(() => pool.listStarts())) {
      yield* await reading(() => pool.listFunctions(start));
    }
  }
  return {
    name: OWN_POOL,
    get: (hash) => reading(() => pool.get(hash)),
    getMapping: (hash, reference) => reading(() => pool.getMapping(hash, reference)),
    listMappings: (hash, language) => reading(() => pool.listMappings(hash, language)),
    complete: (digits) => reading(() => pool.complete(digits)),
    list,
    close: () => Promise.resolve(),
  };
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DamagedCopy)) throw error;
    const said = escapeText(error.message.trim());
    throw new StoreError(
      OWN_POOL,
      `Cannot read ${OWN_POOL}: ${said}. Run git fsck, and fetch what is missing.`,
      { cause: error },
    );
  }
}
