/** What a check is about: a commit that is being made, all there is, or what is between two commits. */
import type { Environment } from "@ouverture/pool";

export type Occasion =
  /** What is staged against the last commit. */
  | { readonly kind: "staged" }
  /** All of the index: what is staged, and what is committed. */
  | { readonly kind: "all" }
  /** What is different in `head` since it left `base`. */
  | { readonly kind: "range"; readonly base: string; readonly head: string }
  /** All of a commit. */
  | { readonly kind: "commit"; readonly commit: string };

/**
 * The occasion that the variables tell. The pre-commit framework names two commits before a push
 * and with --from-ref; it says nothing of --all-files to a hook that takes no names of files, but
 * then it was not git that started it: git always names the index to a hook before a commit.
 */
export function occasionOf(environment: Environment): Occasion {
  const {
    PRE_COMMIT,
    GIT_INDEX_FILE,
    PRE_COMMIT_FROM_REF: base,
    PRE_COMMIT_TO_REF: head,
  } = environment;
  if (base && head) return { kind: "range", base, head };
  return PRE_COMMIT && !GIT_INDEX_FILE ? { kind: "all" } : { kind: "staged" };
}

/** How to go round the check, where nothing else helps. */
export function bypassOf({ PRE_COMMIT }: Environment, occasion: Occasion): string {
  const isCommit = occasion.kind === "staged" || occasion.kind === "all";
  const verb = isCommit ? "commit" : "push";
  if (!PRE_COMMIT) return `git ${verb} --no-verify`;
  return `SKIP=${isCommit ? "ouverture-verify" : "ouverture-verify-all"} git ${verb}`;
}
