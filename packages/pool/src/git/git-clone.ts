/**
 * A branch of a remote repository, as it was when it was last asked for: fetched into the
 * cache, and read from there. A copy that is damaged is made anew.
 */
import { escapeText } from "@ouverture/core";
import { errorCode } from "../directory/safe-file.js";
import { DamagedCopy, discardGitCache, type GitCache, openGitCache } from "./git-cache.js";
import { gitError, startError } from "./git-failure.js";
import { type GitObjects, openGitObjects } from "./git-objects.js";
import { type GitPool, readGitPool } from "./git-pool.js";
import type { GitRemote, ShownBranch } from "./git-remote.js";
import { type GitTree, openGitTree } from "./git-tree.js";

export interface CloneSettings {
  /** What people call the registry. */
  readonly name: string;
  /** The folder of the copy. */
  readonly base: string;
  readonly remote: GitRemote;
  /** The folder of the pool in the repository. */
  readonly folder: string;
  /** The remote is not asked: what was fetched before is read. */
  readonly isOffline: boolean;
}

/** The branch at one commit. */
export interface Snapshot {
  readonly shown: ShownBranch;
  readonly cache: GitCache;
  readonly tree: GitTree;
  readonly pool: GitPool;
}

export interface GitClone {
  /** Reads the branch, which is fetched the first time. Throws a `StoreError`. */
  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  /** Asks the remote again. Throws a `StoreError`. */
  refresh(): Promise<Snapshot>;
  /** Goes on to a commit that was pushed. */
  advance(snapshot: Snapshot, commit: string): void;
  /** Forgets the copy, which is then fetched anew. */
  discard(): void;
  close(): void;
}

export function openGitClone(settings: CloneSettings): GitClone {
  const { name, base, remote, folder, isOffline } = settings;
  let opened: { readonly cache: GitCache; readonly objects: GitObjects } | undefined;
  let current: Promise<Snapshot> | undefined;
  let loads: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  /** The number of copies that were given up. */
  let generation = 0;

  function open(): { readonly cache: GitCache; readonly objects: GitObjects } {
    if (isClosed) throw new DamagedCopy("closed");
    if (opened !== undefined) return opened;
    let cache = openGitCache(base);
    if (!isOffline && cache.isCluttered()) {
      cache.close();
      discardGitCache(base);
      cache = openGitCache(base);
    }
    opened = { cache, objects: openGitObjects(cache.place) };
    return opened;
  }

  function snapshotOf(shown: ShownBranch): Snapshot {
    const { cache, objects } = open();
    const tree = openGitTree(objects, shown.tip && `${shown.tip}^{tree}`, folder);
    return { shown, cache, tree, pool: readGitPool(tree) };
  }

  async function load(): Promise<Snapshot> {
    const { cache } = open();
    if (isOffline) {
      if (cache.isKnown) return snapshotOf({ ...UNKNOWN, tip: cache.tip() });
      const what = "it was never fetched, and nothing is fetched now";
      throw gitError(name, "read", what, "run it again with a network");
    }
    const shown = await remote.look(cache.place);
    if (shown.tip === cache.tip() && cache.isKnown) return snapshotOf(shown);
    if (shown.format !== null && shown.format !== cache.format) {
      if (cache.tip() !== null) throw new DamagedCopy("its repository is another now");
      cache.setFormat(shown.format);
    }
    const tip = shown.tip === null ? null : await remote.fetch(cache, shown, "tip");
    cache.setTip(tip);
    return snapshotOf({ ...shown, tip });
  }

  /** Does something again on a new copy, where the copy is damaged. */
  async function healing<T>(work: () => Promise<T>): Promise<T> {
    const mine = generation;
    try {
      try {
        return await work();
      } catch (error) {
        if (!isDamage(error) || isOffline || isClosed) throw error;
        // Others may have found it before.
        if (mine === generation) discard();
        return await work();
      }
    } catch (error) {
      throw explain(error);
    }
  }

  function explain(error: unknown): Error {
    if (isClosed) return gitError(name, "read", "it was closed", "open it again", error);
    if (!(error instanceof DamagedCopy)) return startError(name, "read", error);
    const what = `the copy of it in ${escapeText(base)} is damaged`;
    const todo = isOffline
      ? "run it again with a network"
      : "look at the disk, and at the repository";
    return gitError(name, "read", what, todo, error);
  }

  function refresh(): Promise<Snapshot> {
    // One after another: two that fetch into one place lock each other out.
    const loading = loads.then(() => healing(load));
    loads = loading.catch(() => {});
    current = loading;
    // What failed is tried again by whoever comes next.
    loading.catch(() => {
      if (current === loading) current = undefined;
    });
    return loading;
  }

  function shut(): void {
    opened?.objects.close();
    opened?.cache.close();
    opened = undefined;
    current = undefined;
  }

  function discard(): void {
    generation += 1;
    shut();
    discardGitCache(base);
  }

  return {
    read: (work) => healing(async () => work(await (current ?? refresh()))),
    refresh,
    advance({ shown, cache }, commit) {
      // The copy may have been given up meanwhile: it is then fetched again.
      current = undefined;
      if (cache !== opened?.cache) return;
      cache.setTip(commit);
      current = Promise.resolve(snapshotOf({ ...shown, tip: commit, hasHead: true }));
    },
    discard,
    close() {
      isClosed = true;
      shut();
    },
  };
}

/** Git says so, or a folder of the copy is not there. */
function isDamage(error: unknown): boolean {
  return error instanceof DamagedCopy || errorCode(error) === "ENOENT";
}

const UNKNOWN: ShownBranch = { reference: "HEAD", tip: null, hasHead: false, format: null };
