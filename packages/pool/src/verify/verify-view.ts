/** The check of what a view shows of a repository, by the settings that it has or is given. */
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import {
  DEFAULT_LIMITS,
  DEFAULT_POLICY,
  MOST_BYTES,
  type Notice,
  type Policy,
  type Report,
  type RunLimits,
  verifyWith,
} from "@ouverture/core";
import {
  CONFIGURATION_FILES,
  nameConfiguration,
} from "../configuration/configuration-repository.js";
import type { PlacedExemption, VerifySettings } from "../configuration/configuration-settings.js";
import type { DirectoryPool } from "../directory/directory-pool.js";
import { withoutOptimizing } from "../process/without-optimizing.js";
import { POOL_FOLDER } from "../sources/find-repository.js";
import { OWN_POOL, type RepositoryView } from "../sources/repository-view.js";
import { readSources } from "../sources/source-files.js";
import type { FunctionSource } from "../store.js";
import { programStamp } from "./check-cache.js";
import { deferLayers } from "./defer-layers.js";
import { excludePaths } from "./exclude-paths.js";
import {
  type Changes,
  type ChangesOptions,
  findChangesFrom,
  findStagedChanges,
  missingBase,
} from "./find-changes.js";
import { openObjectSource } from "./object-source.js";
import type { CheckedView } from "./open-checked-view.js";
import { openChecks } from "./open-checks.js";
import { GIT_MILLISECONDS, type RepositoryOptions } from "./repository-options.js";
import type { SearchCache } from "./search-cache.js";
import { readSettings } from "./trusted-settings.js";

/**
 * Verifies the pool imports in a view of the repository in the folder `root`. Throws as
 * `verifyRepository`; the view is the caller's to close.
 */
export async function verifyView(
  checked: CheckedView,
  root: string,
  options: RepositoryOptions,
): Promise<Report> {
  const { signal, offline = false } = options;
  const git = { offline, timeout: options.timeout ?? GIT_MILLISECONDS };
  const places =
    options.configuration === undefined
      ? CONFIGURATION_FILES
      : nameConfiguration(options.configuration);
  const opened: { close(): Promise<void> }[] = [];
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
      files: places,
    });
    const { configuration } = settings;
    const { limits, exclude, failOn, allowEmpty } = configuration.verify;
    const pool = poolFolder(root, options.pool, configuration.repositoryPool !== null);
    const changes = await findChanges(options, checked, {
      ...git,
      pool: pool.below,
      files: places,
    });
    const own = await openOwnPool(checked.view, pool);
    const others = deferLayers(configuration, {
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
    const isExcluded = await excludePaths([...exclude, ...(options.exclude ?? [])]);
    const mostBytes = limits.object_bytes ?? MOST_BYTES;
    const runLimits = { ...DEFAULT_LIMITS, ...limitsOf(limits), ...options.limits };
    const cache = options.cache === false ? null : configuration.cache;
    const program = programStamp();
    const mostFunctions = runLimits.functions;
    const checks = await openChecks({ cache, program, own, mostBytes, mostFunctions });
    opened.push(checks);
    const files = paths.length === 0 ? changes.files : null;
    // A link to a file that is excluded may not be.
    const isWhole = files === null || files.some(({ path }) => isExcluded(path));
    const searches = isWhole ? await openSearches(cache, program) : null;
    const check = () =>
      verifyWith(
        checks.inspect,
        readSources(checked.view, {
          paths,
          isExcluded,
          files: isWhole ? undefined : files,
          isWanted: changes.isChanged ?? undefined,
        }),
        openObjectSource({
          own,
          user: { pool: others.user, recall: cache === null ? undefined : checks.recall },
          others: others.all,
          mostBytes,
          ahead: checks.ahead,
        }),
        {
          limits: runLimits,
          policy: policyOf(configuration.verify),
          today: options.today ?? new Date().toISOString().slice(0, 10),
          now: () => process.uptime() * 1000,
          failOn: options.failOn ?? failOn,
          allowEmpty: options.allowEmpty ?? allowEmpty,
          allowUnfetched: options.allowUnfetched,
          concurrency: options.concurrency,
          onProgress: options.onProgress,
          isPartial: paths.length > 0,
          mode: changes.mode,
          search: searches?.search,
          notices: [...settings.notices, ...changes.notices, ...(offline ? [OFFLINE] : [])],
          signal,
        },
      );
    const isShort = !isWhole && files.length <= MOST_FILES_OF_SHORT;
    const isAlone = options.ownsProcess === true;
    const report = await (isShort && isAlone ? withoutOptimizing(check) : check());
    await checks.save();
    await searches?.save();
    return report.mode.kind !== "all" && changes.isChanged !== null && report.coverage.files === 0
      ? { ...report, notices: [...report.notices, NOTHING_CHANGED] }
      : report;
  } finally {
    await Promise.all(opened.map((one) => one.close()));
  }
}

/** A run over so few files is short, unless they are large. */
const MOST_FILES_OF_SHORT = 8;

/** Of few files, most have changed since they were last searched. */
async function openSearches(folder: string | null, program: string): Promise<SearchCache> {
  const { openSearchCache } = await import("./search-cache.js");
  return openSearchCache({ folder, program });
}

const OFFLINE: Notice = { code: "offline", data: {} };
const NOTHING_CHANGED: Notice = { code: "nothing-changed", data: {} };

async function findChanges(
  { changed }: RepositoryOptions,
  { repository, view, tree, staged, commit }: CheckedView,
  options: Omit<ChangesOptions, "view">,
): Promise<Changes> {
  if (changed === undefined) {
    const mode = { kind: "all", base: null, head: null } as const;
    return { isChanged: null, files: null, mode, notices: [] };
  }
  if (repository === null) {
    return missingBase(changed.base ?? "HEAD", "There is no repository of git.", null);
  }
  if (staged !== null) return findStagedChanges(repository, staged, { ...options, view });
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
): Promise<FunctionSource | DirectoryPool | null> {
  if (below !== null) return view.openPool(below);
  if (full === null) return null;
  const { openDirectoryPool } = await import("../directory/directory-pool.js");
  return openDirectoryPool(full, { name: OWN_POOL });
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

function limitsOf(limits: VerifySettings["limits"]): Partial<RunLimits> {
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
