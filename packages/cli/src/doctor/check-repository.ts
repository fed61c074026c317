/** The repository around: is its pool tracked, is what it imports checked before a commit? */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { type Configuration, POOL_FOLDER } from "@ouverture/pool";
import type { Outside } from "../outside.js";
import { askGit } from "../setup/ask-git.js";
import { findHook } from "../setup/git-hook.js";
import { type Check, good, warning } from "./check.js";

/** Nothing outside of repositories that have a pool. */
export function checkRepository(
  { repositoryPool, root }: Configuration,
  { environment }: Outside,
): Check[] {
  if (repositoryPool === null) return [];
  const ignored = askGit(root, environment, ["check-ignore", join(POOL_FOLDER, "objects")]);
  const hook = findHook(root, environment);
  return [
    ...(ignored === null
      ? []
      : [
          warning(
            "the repository's pool",
            "is ignored by git",
            `Take ${POOL_FOLDER} out of .gitignore, so that others get the functions.`,
          ),
        ]),
    ...(hook === null ? [] : [checkHook(hook, root)]),
  ];
}

function checkHook(hook: NonNullable<ReturnType<typeof findHook>>, root: string): Check {
  const path = relative(root, hook.path);
  if (hook.verifies) return good("the hook", path);
  if (existsSync(hook.path)) {
    return warning(
      "the hook",
      `${path} does not verify`,
      "'ouverture init --repo' shows what to add.",
    );
  }
  return warning("the hook", "is not there", "'ouverture init --repo' writes it.");
}
