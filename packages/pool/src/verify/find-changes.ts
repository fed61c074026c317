/**
 * Which files differ from what was checked before: from the last commit where it is about
 * what is staged, else from where the change and its base part. Never are they none because
 * that is not known: then everything is checked.
 */
import { createHash } from "node:crypto";
import type { Notice, ReportMode } from "@ouverture/core";
import {
  type ConfigurationFiles,
  readRepositoryView,
} from "../configuration/configuration-repository.js";
import { withoutFilters } from "../git/filter-settings.js";
import { type Difference, LIST_DIFFERENCE, parseDifference } from "../git/git-entries.js";
import { splitNames } from "../git/git-names.js";
import type { GitRepository } from "../git/git-repository.js";
import { openCommitView } from "../sources/git-views.js";
import { isWithin, type RepositoryView, type ViewFile } from "../sources/repository-view.js";
import { isSourceName } from "../sources/source-files.js";
import type { StagedView } from "../sources/staged-view.js";
import type { WorkingTree } from "../sources/working-tree.js";
import { type CommitOptions, findCommit, findDefaultBase, resolveCommit } from "./find-commit.js";

export interface Changes {
  /** The files to search; `null` for all. */
  readonly isChanged: ((file: ViewFile) => boolean) | null;
  /** These files, where it is known that there are no others, and nothing has to be listed. */
  readonly files: readonly ViewFile[] | null;
  readonly mode: ReportMode;
  readonly notices: readonly Notice[];
}

export interface ChangesOptions extends CommitOptions {
  readonly view: RepositoryView;
  /** The folder of the pool below the root; `null` where it is elsewhere. */
  readonly pool: string | null;
  readonly files: ConfigurationFiles;
}

/** What is staged, against the last commit, or against nothing before the first. */
export async function findStagedChanges(
  repository: GitRepository,
  view: StagedView,
  options: ChangesOptions,
): Promise<Changes> {
  const differences = await view.listDifferences();
  const base = () => resolveCommit(repository, "HEAD");
  const mode = { kind: "staged", base: null, head: null } as const;
  const paths = differences.map(({ path }) => path);
  const changes = await decide(repository, paths, mode, base, options);
  return { ...changes, files: changes.isChanged === null ? null : plainSources(differences) };
}

/**
 * What is staged, where it is nothing but plain sources; else `null`: a link that nobody touched
 * may lead to a file that is none by its name, and only a list of all tells.
 */
function plainSources(differences: readonly Difference[]): readonly ViewFile[] | null {
  if (differences.some(({ isConflict }) => isConflict)) return null;
  const files = differences.flatMap(({ after }) => after ?? []);
  return files.every(({ path, kind }) => kind === "file" && isSourceName(path)) ? files : null;
}

/**
 * What differs from the merge base of `base` and the head. Where they have none in common,
 * as in a shallow clone, it is compared with the base itself: what is the same there was
 * checked there (docs/decisions/0027).
 * @param head the commit that is looked at; `null` for the working tree.
 * @param tree the working tree, where it is that.
 */
export async function findChangesFrom(
  repository: GitRepository,
  base: string | undefined,
  head: string | null,
  tree: WorkingTree | null,
  options: ChangesOptions,
): Promise<Changes> {
  const found =
    base === undefined
      ? await findDefaultBase(repository)
      : { name: base, ...(await findCommit(repository, base, options)) };
  if ("missing" in found) return missingBase(found.name, found.missing, head);
  const tip = head ?? (await resolveCommit(repository, "HEAD"));
  const start = (tip && (await mergeBase(repository, found.commit, tip))) ?? found.commit;
  const mode = { kind: "changed", base: start, head: tip } as const;
  const paths =
    tree === null || tip === null
      ? await diffCommits(repository, start, tip ?? start)
      : await Promise.all([
          diffWorkingTree(repository, start, tree),
          listUntrackedObjects(repository, options),
        ]).then((lists) => lists.flat());
  return decide(repository, paths, mode, () => Promise.resolve(start), options);
}

/** Everything is checked, because what has changed is not known. */
export function missingBase(base: string, reason: string, head: string | null): Changes {
  return {
    isChanged: null,
    files: null,
    mode: { kind: "changed", base: null, head },
    notices: [
      { code: "base-missing", data: { base, reason } },
      { code: "everything-checked", data: { why: "base", path: null } },
    ],
  };
}

/** A link is always looked at: what it leads to may have changed. */
async function decide(
  repository: GitRepository,
  paths: readonly string[],
  mode: ReportMode,
  base: () => Promise<string | null>,
  options: ChangesOptions,
): Promise<Changes> {
  const all = await whyAll(repository, paths, base, options);
  if (all !== null) return { isChanged: null, files: null, mode, notices: [all] };
  const changed = new Set(paths);
  const isChanged = ({ path, kind }: ViewFile) => kind === "link" || changed.has(path);
  return { isChanged, files: null, mode, notices: [] };
}

/** A pool and a configuration decide about files that have not changed, too. */
async function whyAll(
  repository: GitRepository,
  paths: readonly string[],
  base: () => Promise<string | null>,
  { pool, view, files }: ChangesOptions,
): Promise<Notice | null> {
  const { own, pyproject } = files;
  if (own !== null && paths.includes(own)) return everything("configuration", own);
  const ofPool = pool === null ? undefined : paths.find((path) => isWithin(path, pool));
  if (ofPool !== undefined) return everything("pool", ofPool);
  if (pyproject === null || !paths.includes(pyproject)) return null;
  const commit = await base();
  const before = commit === null ? null : openCommitView(repository, commit, [pyproject]);
  try {
    const [one, other] = await Promise.all([tableOf(before, files), tableOf(view, files)]);
    return one === other ? null : everything("configuration", pyproject);
  } finally {
    await before?.close();
  }
}

function everything(why: "pool" | "configuration", path: string): Notice {
  return { code: "everything-checked", data: { why, path } };
}

/** What [tool.ouverture] says, as JSON. What cannot be read differs from everything else. */
async function tableOf(
  view: RepositoryView | null,
  { pyproject }: ConfigurationFiles,
): Promise<string | symbol> {
  if (view === null) return "null";
  try {
    const file = await readRepositoryView(view, false, { own: null, pyproject });
    return JSON.stringify(file?.content ?? null, (key, value) => (key === "line" ? 0 : value));
  } catch {
    return Symbol();
  }
}

async function mergeBase(
  repository: GitRepository,
  one: string,
  other: string,
): Promise<string | null> {
  const output = await repository.askOr(["merge-base", one, other]);
  return output?.toString("latin1").trim() || null;
}

async function diffCommits(
  repository: GitRepository,
  base: string,
  head: string,
): Promise<string[]> {
  const output = await repository.ask(["diff-tree", "-r", ...LIST_DIFFERENCE, base, head]);
  return parseDifference(output).map(({ path }) => path);
}

/**
 * With what is not tracked, and what git was told not to look at; all there is, where git
 * could not look without running a program that its settings name.
 */
async function diffWorkingTree(
  repository: GitRepository,
  base: string,
  tree: WorkingTree,
): Promise<string[]> {
  const settings = await withoutFilters(repository);
  const listed = await tree.list();
  if (settings === null) return listed.map(({ path }) => path);
  const output = await repository.ask([...settings, "diff-index", ...LIST_DIFFERENCE, base]);
  const changed: string[] = [];
  for (const difference of parseDifference(output)) {
    if (!(await isSame(difference, tree))) changed.push(difference.path);
  }
  return [...changed, ...listed.filter((file) => file.isUnwatched).map(({ path }) => path)];
}

/**
 * What is among the objects of the pool and git does not track, be it ignored or not. The list of
 * the working tree leaves it out (docs/decisions/0043).
 */
async function listUntrackedObjects(
  repository: GitRepository,
  { pool }: ChangesOptions,
): Promise<string[]> {
  if (pool === null) return [];
  const folder = pool === "" ? "objects" : `${pool}/objects`;
  const output = await repository.ask([
    "--literal-pathspecs",
    ...["ls-files", "-z", "--others", "--", folder],
  ]);
  return splitNames(output).map(({ text }) => text);
}

/** A larger file is taken for changed. */
const MOST_COMPARED_BYTES = 16 << 20;

/**
 * Is a file, of which git knows no more than that it was written since, what it was? Git
 * would write what it finds out to the index.
 */
async function isSame({ path, before, isUnread }: Difference, tree: WorkingTree): Promise<boolean> {
  if (!isUnread) return false;
  const content = await tree.read(path, MOST_COMPARED_BYTES);
  if (!Buffer.isBuffer(content)) return false;
  const hash = createHash(before.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${content.length}\0`).update(content).digest("hex") === before;
}
