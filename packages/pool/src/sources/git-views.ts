/** The views of an index and of a commit (repository-view.ts). */
import { type GitEntry, LIST_INDEX, listTree, parseIndex, parseTree } from "../git/git-entries.js";
import type { GitObjects } from "../git/git-objects.js";
import type { GitRepository } from "../git/git-repository.js";
import { openEntriesView } from "./entries-view.js";
import type { RepositoryView } from "./repository-view.js";

/**
 * What the next commit will be.
 * @param objects of the repository; they are closed with the view.
 */
export function openIndexView(repository: GitRepository, objects?: GitObjects): RepositoryView {
  const load = async () => {
    const entries = parseIndex(await repository.ask(LIST_INDEX));
    return withoutIntended(repository, entries);
  };
  return openEntriesView(repository, " (staged)", load, objects);
}

/**
 * A commit, whether it is checked out or not.
 * @param commit its full id.
 * @param paths where they are given, only these files are in the view.
 */
export function openCommitView(
  repository: GitRepository,
  commit: string,
  paths?: readonly string[],
): RepositoryView {
  return openEntriesView(repository, ` (commit ${commit.slice(0, 12)})`, async () =>
    parseTree(await repository.ask(listTree(commit, paths))),
  );
}

/** The blob without content, in both formats of repositories. */
const EMPTY: ReadonlySet<string> = new Set([
  "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
  "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
]);
/** What is empty and no source: of sources it makes no difference. */
const PYTHON = /\.pyi?w?$/i;
/** In what `git ls-files --debug` says (CE_INTENT_TO_ADD in git's read-cache.h). */
const INTENT_TO_ADD = 1 << 29;

/**
 * Leaves out what `git add --intent-to-add` has entered: no commit has it, and its entry is
 * that of an empty file.
 */
async function withoutIntended(
  repository: GitRepository,
  entries: readonly GitEntry[],
): Promise<readonly GitEntry[]> {
  const empty = entries.filter(({ id, path }) => EMPTY.has(id) && !PYTHON.test(path));
  if (empty.length === 0) return entries;
  const output = await repository.ask(["ls-files", "-z", "--debug"]);
  const intended = new Set<string>();
  // `<path>\0  ctime: ...\n  ...flags: <hexadecimal>\n<path>\0`: latin1 keeps every byte.
  for (const [, path = "", flags = ""] of output
    .toString("latin1")
    .matchAll(/([^\0]*)\0 {2}ctime: [^\0]*?flags: ([0-9a-f]+)\n/g)) {
    if ((Number.parseInt(flags, 16) & INTENT_TO_ADD) !== 0) intended.add(path);
  }
  const isIntended = ({ path, bytes }: GitEntry) =>
    intended.has((bytes ?? Buffer.from(path)).toString("latin1"));
  return entries.filter((entry) => !EMPTY.has(entry.id) || !isIntended(entry));
}
