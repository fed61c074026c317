/** The search indexes of the pools at hand: that of the repository, and the user's own. */
import { existsSync } from "node:fs";
import { openDirectoryPool, openSearchIndex, type SearchIndex } from "@ouverture/pool";
import { openProgress } from "./output/progress.js";
import type { Session } from "./session.js";

export interface IndexFlags {
  /** Only the user's own pool. */
  readonly user?: true;
  /** Look at every file, whatever the folders say of changes. */
  readonly reindex?: true;
}

/** The directories of the pools that there are, the repository's first. */
export async function indexedPools(session: Session, { user }: IndexFlags): Promise<string[]> {
  const { repositoryPool, userPool } = await session.configuration();
  const all = user === true || repositoryPool === null ? [userPool] : [repositoryPool, userPool];
  return all.filter((directory) => existsSync(directory));
}

/** Does something with the indexes of these pools, in their order. */
export async function withIndexes<T>(
  session: Session,
  flags: IndexFlags,
  use: (indexes: readonly SearchIndex[]) => Promise<T>,
): Promise<T> {
  const { cache, user: settings } = await session.configuration();
  const progress = openProgress(session, "Indexing");
  const indexes: SearchIndex[] = [];
  try {
    for (const directory of await indexedPools(session, flags)) {
      indexes.push(
        await openSearchIndex({
          pool: openDirectoryPool(directory),
          cache,
          languages: settings.languages,
          refresh: flags.reindex === true ? "full" : "changed",
          onProgress: ({ done }) => progress.update(done),
          signal: session.signal,
        }),
      );
    }
    progress.end();
    return await use(indexes);
  } finally {
    progress.end();
    for (const index of indexes) index.close();
  }
}

/** Of functions that several pools have, each once: as the first pool has it. */
export function onlyOnce<T extends { readonly hash: string }>(functions: Iterable<T>): T[] {
  const byHash = new Map<string, T>();
  for (const one of functions) if (!byHash.has(one.hash)) byHash.set(one.hash, one);
  return [...byHash.values()];
}
