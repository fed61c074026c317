/**
 * The check of a repository: the one call that the command, the Action and the hook make.
 * It reads, fetches what is missing, and writes nothing but what it fetched, to the user's
 * pool.
 */
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import {
  DEFAULT_LIMITS,
  DEFAULT_POLICY,
  MOST_BYTES,
  type Notice,
  type Policy,
  type Report,
  type RunLimits,
  type VerifyProgress,
  verify,
} from "@ouverture/core";
import {
  CONFIGURATION_FILES,
  nameConfiguration,
} from "./configuration/configuration-repository.js";
import type { PlacedExemption, VerifySettings } from "./configuration/configuration-settings.js";
import type { Environment } from "./configuration/locations.js";
import { openDirectoryPool } from "./directory/directory-pool.js";
import { POOL_FOLDER } from "./sources/find-repository.js";
import { OWN_POOL, type RepositoryView } from "./sources/repository-view.js";
import { readSources } from "./sources/source-files.js";
import type { FunctionSource } from "./store.js";
import { openCheckCache } from "./verify/check-cache.js";
import { excludePaths } from "./verify/exclude-paths.js";
import {
  type Changes,
  type ChangesOptions,
  findChangesFrom,
  findStagedChanges,
  missingBase,
} from "./verify/find-changes.js";
import { openObjectSource } from "./verify/object-source.js";
import { type CheckedView, openCheckedView } from "./verify/open-checked-view.js";
import { openLayers } from "./verify/open-layers.js";
import { readSettings } from "./verify/trusted-settings.js";

export interface RepositoryOptions {
  /** The folder of the repository, or one in it: what is outside of it is not looked at. */
  readonly root: string;
  /** Variables: of the user's folders, of the configuration, tokens, and git's within a hook. */
  readonly environment: Environment;
  /** Files and folders, relative to `root` and with `/`: only they are searched. */
  readonly paths?: readonly string[] | undefined;
  /** Patterns of paths that are not searched, besides those of the configuration. */
  readonly exclude?: readonly string[] | undefined;
  /**
   * `index`: sources, pool and configuration as they are staged. `commit`: as they are in a
   * commit, whatever is in the index and the working tree.
   */
  readonly content?: "worktree" | "index" | "commit" | undefined;
  /** With the content of a commit: which one; without it the one that is checked out. */
  readonly commit?: string | undefined;
  /**
   * Only files that differ: from the last commit with the content of the index, else from the
   * merge base of `base` (the default branch without it) and `head`. A head that is not
   * checked out is read from its commit.
   */
  readonly changed?:
    | { readonly base?: string | undefined; readonly head?: string | undefined }
    | undefined;
  /** The commit whose configuration counts, in place of that of the repository as it is. */
  readonly trustedCommit?: string | undefined;
  /** The folder that we run in, which the paths in git's variables start from. */
  readonly directory?: string | undefined;
  /** Git's variables are heeded, as in a hook; without it that is so for the content of the index. */
  readonly inheritGit?: boolean | undefined;
  /** The file that configures the repository, relative to `root` and with `/`, in place of its own. */
  readonly configuration?: string | undefined;
  /** The folder of the pool; without it the repository's own, `.ouverture`. */
  readonly pool?: string | undefined;
  /** More registries, each as `name=url`. */
  readonly registries?: readonly string[] | undefined;
  /** Nothing is fetched. */
  readonly offline?: boolean | undefined;
  /** Over the configuration: `network=deny`. */
  readonly policy?: readonly string[] | undefined;
  readonly failOn?: "error" | "warning" | undefined;
  readonly allowUnfetched?: boolean | undefined;
  readonly allowEmpty?: boolean | undefined;
  readonly limits?: Partial<RunLimits> | undefined;
  readonly concurrency?: number | undefined;
  /** `false`: nothing is believed that an earlier run found, and nothing is kept for a later one. */
  readonly cache?: boolean | undefined;
  /** Milliseconds for a request to a registry. */
  readonly timeout?: number | undefined;
  readonly retries?: number | undefined;
  /** As `2027-01-31`, for what expires; without it the clock's, in UTC. */
  readonly today?: string | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /** Ends it: its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Verifies the pool imports of a repository. Throws a `ConfigurationError`, a `StoreError`
 * where a pool cannot be opened, and a `RepositoryError` where the repository cannot be
 * read; all else is in the report.
 */
export async function verifyRepository(options: RepositoryOptions): Promise<Report> {
  const { signal } = options;
  signal?.throwIfAborted();
  const root = resolve(options.root);
  const { content = "worktree", offline = false } = options;
  const git = { offline, timeout: options.timeout ?? GIT_MILLISECONDS };
  const head = headOf(options);
  const files =
    options.configuration === undefined
      ? CONFIGURATION_FILES
      : nameConfiguration(options.configuration);
  const checked = await openCheckedView({ ...options, ...git, root, content, head });
  const opened: { close(): Promise<void> }[] = [checked.view];
  try {
    const settings = await readSettings({
      ...git,
      ...checked,
      root,
      environment: options.environment,
      registries: options.registries,
      policy: options.policy,
      trustedCommit: options.trustedCommit,
      isOnDisk: checked.tree !== null,
      files,
    });
    const { configuration } = settings;
    const { limits, exclude, failOn, allowEmpty } = configuration.verify;
    const pool = poolFolder(root, options.pool, configuration.repositoryPool !== null);
    const changes = await findChanges(options, checked, { ...git, pool: pool.below, files });
    const own = await openOwnPool(checked.view, pool);
    const others = openLayers(configuration, {
      environment: options.environment,
      offline,
      timeout: options.timeout ?? milliseconds(limits.request_seconds),
      retries: options.retries,
    });
    opened.push(others.all, ...(own === null ? [] : [own]));
    // What waits for an answer waits no more.
    const letGo = () => void others.all.close().catch(() => {});
    signal?.addEventListener("abort", letGo, { once: true });
    opened.push({ close: async () => signal?.removeEventListener("abort", letGo) });
    signal?.throwIfAborted();
    const { paths = [] } = options;
    const isExcluded = excludePaths([...exclude, ...(options.exclude ?? [])]);
    const checks = options.cache === false ? null : openCheckCache(configuration.cache);
    const report = await verify(
      readSources(checked.view, { paths, isExcluded, isWanted: changes.isChanged ?? undefined }),
      openObjectSource({
        own,
        user: { pool: others.user, recall: checks?.recall },
        others: others.all,
        mostBytes: limits.object_bytes ?? MOST_BYTES,
      }),
      {
        limits: { ...DEFAULT_LIMITS, ...runLimits(limits), ...options.limits },
        policy: policyOf(configuration.verify),
        today: options.today ?? new Date().toISOString().slice(0, 10),
        now: () => performance.now(),
        failOn: options.failOn ?? failOn,
        allowEmpty: options.allowEmpty ?? allowEmpty,
        allowUnfetched: options.allowUnfetched,
        concurrency: options.concurrency,
        onProgress: options.onProgress,
        isPartial: paths.length > 0,
        mode: changes.mode,
        notices: [...settings.notices, ...changes.notices, ...(offline ? [OFFLINE] : [])],
        inspect: checks?.inspect,
        signal,
      },
    );
    await checks?.save();
    return report.mode.kind !== "all" && changes.isChanged !== null && report.coverage.files === 0
      ? { ...report, notices: [...report.notices, NOTHING_CHANGED] }
      : report;
  } finally {
    await Promise.all(opened.map((one) => one.close()));
    signal?.throwIfAborted();
  }
}

function headOf({ content, commit, changed }: RepositoryOptions): string | undefined {
  if (content === "index") return undefined;
  return content === "commit" ? (commit ?? "HEAD") : changed?.head;
}

/** How long git may be silent when it fetches a commit. */
const GIT_MILLISECONDS = 30_000;
const OFFLINE: Notice = { code: "offline", data: {} };
const NOTHING_CHANGED: Notice = { code: "nothing-changed", data: {} };

async function findChanges(
  { content, changed }: RepositoryOptions,
  { repository, view, tree, commit }: CheckedView,
  options: Omit<ChangesOptions, "view">,
): Promise<Changes> {
  if (changed === undefined) {
    return { isChanged: null, mode: { kind: "all", base: null, head: null }, notices: [] };
  }
  if (repository === null) {
    return missingBase(changed.base ?? "HEAD", "There is no repository of git.", null);
  }
  if (content === "index") return findStagedChanges(repository, { ...options, view });
  return findChangesFrom(repository, changed.base, commit, tree, { ...options, view });
}

interface PoolFolder {
  /** The full path; `null` where the repository has none. */
  readonly full: string | null;
  /** Relative to the root, with `/`; `null` where it is elsewhere. */
  readonly below: string | null;
}

function poolFolder(root: string, given: string | undefined, mayHaveOwn: boolean): PoolFolder {
  if (given === undefined && !mayHaveOwn) return { full: null, below: null };
  const full = given === undefined ? join(root, POOL_FOLDER) : resolve(root, given);
  const path = relative(root, full).split(sep).join("/");
  const isBelow = path !== "" && path !== ".." && !path.startsWith("../") && !isAbsolute(path);
  return { full, below: isBelow ? path : null };
}

async function openOwnPool(
  view: RepositoryView,
  { full, below }: PoolFolder,
): Promise<FunctionSource | null> {
  if (below !== null) return view.openPool(below);
  return full === null ? null : openDirectoryPool(full, { name: OWN_POOL });
}

function policyOf({ effects, exemptions }: VerifySettings): Policy {
  return {
    effects: { ...DEFAULT_POLICY.effects, ...effects },
    exemptions: exemptions.map((exemption) => {
      const { hash, effects, reason, expires } = exemption;
      return { hash, effects, reason, expires, location: locationOf(exemption) };
    }),
  };
}

function locationOf({ path, line = 1 }: PlacedExemption): Policy["exemptions"][number]["location"] {
  if (path === null) return null;
  return { path, line, column: 1, end: { line, column: 1 } };
}

function runLimits(limits: VerifySettings["limits"]): Partial<RunLimits> {
  const { depth, functions, bytes } = limits;
  const time = milliseconds(limits.seconds);
  return {
    ...(depth === undefined ? {} : { depth }),
    ...(functions === undefined ? {} : { functions }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(time === undefined ? {} : { milliseconds: time }),
  };
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}
