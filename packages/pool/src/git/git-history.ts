/**
 * Which file of a repository came first: by its commits, which are fetched without the
 * content of files, into a copy of their own, once there is something to put in order.
 * What counts is when a commit came into the branch: its date is only a claim.
 */
import { once } from "node:events";
import {
  DamagedCopy,
  discardGitCache,
  type GitCache,
  openGitCache,
  TIP,
  whyNotStarted,
} from "./git-cache.js";
import { startGit } from "./git-process.js";
import type { GitRemote, ShownBranch } from "./git-remote.js";

export interface HistorySettings {
  /** The folder of the copy. */
  readonly base: string;
  /** `null` offline: then what was fetched before is all that is known. */
  readonly remote: GitRemote | null;
  /** The folder of the pool in the repository. */
  readonly folder: string;
}

export interface GitHistory {
  /**
   * Sorts paths of the pool, the first that came first. What one commit brought, and
   * what is not known, keeps its order; what is not known comes last.
   */
  sort(paths: readonly string[], shown: ShownBranch): Promise<string[]>;
  close(): void;
}

export function openGitHistory({ base, remote, folder }: HistorySettings): GitHistory {
  let known: { readonly tip: string | null; readonly order: Order } | undefined;
  let asking: Promise<unknown> = Promise.resolve();
  let cache: GitCache | undefined;

  async function load({ tip, ...shown }: ShownBranch): Promise<Order> {
    cache ??= openGitCache(base);
    if (remote !== null && tip !== null && cache.tip() !== tip) {
      if (cache.tip() === null && shown.format !== null) cache.setFormat(shown.format);
      cache.setTip(await remote.fetch(cache, { ...shown, tip }, "history"));
    }
    return cache.tip() === null ? new Map() : await readOrder(cache, folder);
  }

  /** A copy that is damaged is made anew; offline nothing is known then. */
  async function reload(shown: ShownBranch): Promise<Order> {
    try {
      return await load(shown);
    } catch (error) {
      if (!(error instanceof DamagedCopy)) throw error;
      close();
      if (remote === null) return new Map();
      discardGitCache(base);
      return await load(shown);
    }
  }

  function close(): void {
    cache?.close();
    cache = undefined;
  }

  /** The order of these paths at least. */
  async function orderOf(paths: readonly string[], shown: ShownBranch): Promise<Order> {
    const { tip } = shown;
    const isEnough = tip === known?.tip || paths.every((path) => known?.order.has(path));
    if (known === undefined || !isEnough) known = { tip, order: await reload(shown) };
    return known.order;
  }

  return {
    async sort(paths, shown) {
      // One after another: a history is fetched once.
      const mine = asking.then(() => orderOf(paths, shown));
      asking = mine.catch(() => {});
      const order = await mine;
      const placeOf = (path: string): number => order.get(path) ?? Number.MAX_SAFE_INTEGER;
      return [...paths].sort((a, b) => placeOf(a) - placeOf(b));
    },
    close,
  };
}

/** The paths of mappings in the pool, and the number of the commit that brought each. */
type Order = ReadonlyMap<string, number>;

const COMMIT = "\x01";

/** A merge brings what the branch did not have before it. */
async function readOrder({ place }: GitCache, folder: string): Promise<Order> {
  const order = new Map<string, number>();
  const prefix = folder === "" ? "" : `${folder}/`;
  const walk = ["--reverse", "--first-parent", "-m", "--root"];
  const show = ["-z", "--name-only", "--diff-filter=A", "--no-renames", "--format=%x01"];
  const args = [
    "--literal-pathspecs",
    "log",
    ...walk,
    ...show,
    TIP,
    "--",
    `${prefix}objects/sha256`,
  ];
  const git = startGit(args, place);
  const closed = once(git, "close").catch((error: Error) => {
    throw whyNotStarted(place, error);
  });
  closed.catch(() => {});
  git.stdin.end();
  let stderr = "";
  git.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  let commit = 0;
  let rest = "";
  for await (const text of git.stdout.setEncoding("utf8")) {
    const parts = `${rest}${text}`.split("\0");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      if (part === COMMIT) commit += 1;
      const path = part.replace(/^\n/, "");
      if (!path.startsWith(prefix) || !path.endsWith("/mapping.json")) continue;
      const inPool = path.slice(prefix.length);
      if (!order.has(inPool)) order.set(inPool, commit);
    }
  }
  const [status] = await closed;
  if (status !== 0) throw new DamagedCopy(stderr);
  return order;
}
