/** What may be said of a check of a repository (verify-repository.ts). */
import type { RunLimits, VerifyProgress } from "@ouverture/core";
import type { Environment } from "../configuration/locations.js";

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
  /**
   * The process is there for this check alone: what is quick is then done without V8's optimizing
   * compilers, which are of the whole process (docs/decisions/0045).
   */
  readonly ownsProcess?: boolean | undefined;
  /** Milliseconds for a request to a registry. */
  readonly timeout?: number | undefined;
  readonly retries?: number | undefined;
  /** As `2027-01-31`, for what expires; without it the clock's, in UTC. */
  readonly today?: string | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /** Ends it: its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/** How long git may be silent when it fetches a commit, where nothing else is said. */
export const GIT_MILLISECONDS = 30_000;
