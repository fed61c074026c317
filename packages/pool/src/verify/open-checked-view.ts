/** What of a repository is looked at: the working tree, the index or a commit. */
import { escapeText } from "@ouverture/core";
import type { Environment } from "../configuration/locations.js";
import { type GitRepository, openGitRepository, RepositoryError } from "../git/git-repository.js";
import { openCommitView, openIndexView } from "../sources/git-views.js";
import type { RepositoryView } from "../sources/repository-view.js";
import { openStagedView, type StagedView } from "../sources/staged-view.js";
import type { WorkingTree } from "../sources/working-tree.js";
import { type CommitOptions, findCommit, resolveCommit } from "./find-commit.js";

export interface CheckedView {
  /** `null` where there is no git, or no repository. */
  readonly repository: GitRepository | null;
  readonly view: RepositoryView;
  /** The same, where it is the working tree. */
  readonly tree: WorkingTree | null;
  /** The same, where it is the index, and is about what is staged in it. */
  readonly staged: StagedView | null;
  /** The commit, where it is one. */
  readonly commit: string | null;
}

export interface CheckedViewOptions extends CommitOptions {
  readonly root: string;
  readonly environment: Environment;
  readonly content: "worktree" | "index" | "commit";
  /** Is it about what differs? */
  readonly isChange: boolean;
  readonly inheritGit?: boolean | undefined;
  readonly directory?: string | undefined;
  readonly head: string | undefined;
}

/**
 * Opens it. A head that is checked out is looked at in the working tree, with what is not
 * committed yet, unless it is the content of a commit that is asked for. Throws a `RepositoryError` where what was asked for is not there.
 */
export async function openCheckedView(options: CheckedViewOptions): Promise<CheckedView> {
  const { root, content, head } = options;
  const isIndex = content === "index";
  const isPushed = Boolean(options.environment.GIT_QUARANTINE_PATH);
  const repository = await openGitRepository(root, {
    ...options,
    inheritGit: options.inheritGit ?? (content !== "worktree" || isPushed),
    isNeeded: isIndex,
  });
  if (repository === null && (isIndex || head !== undefined)) {
    const what = isIndex ? "nothing is staged in it" : "it has no commits";
    throw new RepositoryError(
      `The folder '${escapeText(root)}' is in no repository of git, so that ${what}. Run git init, or check its files as they are.`,
    );
  }
  if (repository !== null && isIndex) {
    const staged = options.isChange ? openStagedView(repository) : null;
    const view = staged ?? openIndexView(repository);
    return { repository, view, tree: null, staged, commit: null };
  }
  if (repository !== null && head !== undefined) {
    const commit = await findHead(repository, head, options);
    if (content === "commit" || commit !== (await checkedOut(repository))) {
      const view = openCommitView(repository, commit);
      return { repository, view, tree: null, staged: null, commit };
    }
  }
  const { openWorkingTree } = await import("../sources/working-tree.js");
  const tree = openWorkingTree(root, repository);
  // Git lists the files while the rest of this program is loaded. Where it fails, that is told then.
  tree.list().catch(() => {});
  return { repository, view: tree, tree, staged: null, commit: null };
}

async function findHead(
  repository: GitRepository,
  name: string,
  options: CommitOptions,
): Promise<string> {
  const found = await findCommit(repository, name, options);
  if ("commit" in found) return found.commit;
  throw new RepositoryError(
    `The commit '${escapeText(name)}', which is to be checked, is not to be had. ${found.missing}`,
  );
}

/** A bare repository has nothing checked out. */
async function checkedOut(repository: GitRepository): Promise<string | null> {
  const output = await repository.askOr(["rev-parse", "--is-bare-repository"]);
  return output?.toString("latin1").trim() === "true" ? null : resolveCommit(repository, "HEAD");
}
