/**
 * The view of the index, for what is staged in it (repository-view.ts). To list a large index
 * takes longer than all else: what is not staged is looked up in the last commit, which has the
 * same, and the index is listed only where neither that nor the difference tells enough.
 */
import { DamagedCopy } from "../git/git-cache.js";
import { type Difference, LIST_DIFFERENCE, parseDifference } from "../git/git-entries.js";
import type { GitRepository } from "../git/git-repository.js";
import { openGitTree } from "../git/git-tree.js";
import { openIndexView } from "./git-views.js";
import { readBlob } from "./read-blob.js";
import { isWithin, type RepositoryView } from "./repository-view.js";
import { openTreePool } from "./tree-pool.js";

export interface StagedView extends RepositoryView {
  /** What differs from the last commit; before the first, all. */
  listDifferences(): Promise<readonly Difference[]>;
}

/** The folder that git runs in, as the last commit has it (gitrevisions(7)). */
const LAST_COMMIT = "HEAD:./";

/** Opens it. Git looks for what is staged from now on, so that others can work meanwhile. */
export function openStagedView(repository: GitRepository): StagedView {
  const { answer, objects } = repository.askAndOpenObjects(WHAT_IS_STAGED);
  const index = openIndexView(repository, objects);
  const committed = openGitTree(objects, LAST_COMMIT, "");
  const loading = load(answer);
  // It is told to whoever asks.
  loading.catch(() => {});
  // So that the folder is read by then, too.
  void findCommitted(".");

  /** What stands at a path; "unknown" where the index has to be listed to know. */
  async function find(path: string) {
    const { byPath, hasConflict } = await loading;
    if (hasConflict) return "unknown";
    const difference = byPath.get(path);
    if (difference !== undefined) return difference.after ?? undefined;
    return findCommitted(path);
  }

  async function findCommitted(path: string) {
    try {
      const entry = await committed.find(path);
      // A file on the way: then there is nothing below it.
      return entry === "blocked" ? undefined : entry;
    } catch (error) {
      // Before the first commit, in a folder that is new, or in a damaged repository.
      if (error instanceof DamagedCopy) return "unknown";
      throw error;
    }
  }

  return {
    ...index,
    listDifferences: async () => (await loading).differences,
    async read(path, most) {
      const found = await find(path);
      if (found === "unknown") return index.read(path, most);
      if (found === undefined || found.kind === "folder") return { why: "absent" };
      return found.kind === "file" ? readBlob(objects, found.id, most) : { why: "not-a-file" };
    },
    async openPool(folder) {
      const { differences } = await loading;
      const isStaged = differences.some(({ path }) => isWithin(path, folder));
      const found = isStaged ? "unknown" : await find(folder);
      if (found === undefined) return null;
      if (found === "unknown" || found.kind !== "folder") return index.openPool(folder);
      return openTreePool(openGitTree(objects, found.id, ""));
    },
  };
}

interface Loaded {
  readonly differences: readonly Difference[];
  readonly byPath: ReadonlyMap<string, Difference>;
  readonly hasConflict: boolean;
}

const WHAT_IS_STAGED = ["diff", "--cached", "--no-color", "--no-ext-diff", ...LIST_DIFFERENCE];

async function load(answer: Promise<Buffer>): Promise<Loaded> {
  const differences = parseDifference(await answer);
  return {
    differences,
    byPath: new Map(differences.map((one) => [one.path, one])),
    hasConflict: differences.some(({ isConflict }) => isConflict),
  };
}
