/** The repository around: is its pool tracked, is what it imports checked before a commit? */
import { join, relative } from "node:path";
import {
  askGit,
  type Check,
  type Configuration,
  findHooks,
  good,
  type Hook,
  POOL_FOLDER,
  warning,
} from "@ouverture/pool";
import type { Outside } from "../outside.js";

/** Nothing outside of repositories that have a pool. */
export function checkRepository(
  { repositoryPool, root }: Configuration,
  { environment }: Outside,
): Check[] {
  if (repositoryPool === null) return [];
  const ignored = askGit(root, environment, ["check-ignore", join(POOL_FOLDER, "objects")]);
  const hooks = findHooks(root, environment);
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
    ...hooks.slice(0, 1).map((hook) => checkHook(hook, root)),
  ];
}

function checkHook(hook: Hook, root: string): Check {
  const path = relative(root, hook.path);
  if (hook.verifies) return good("the hook", path);
  if (hook.exists) {
    return warning(
      "the hook",
      `${path} does not verify`,
      "'ouverture init --repo' shows what to add.",
    );
  }
  return warning("the hook", "is not there", "'ouverture init --repo' writes it.");
}
