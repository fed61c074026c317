/**
 * What git tells a hook by variables: which repository it works on, which index it is about
 * to commit (that of `commit -a` and `commit -- path` is another one), and where the objects
 * are that it has not taken in yet. Only who runs in a hook is to heed them.
 */
import { isAbsolute, resolve } from "node:path";
import type { Environment } from "../configuration/locations.js";

/** Paths, which git gives relative to the folder that the hook runs in. */
const PATHS = [
  "GIT_DIR",
  "GIT_COMMON_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_QUARANTINE_PATH",
  "GIT_SHALLOW_FILE",
  "GIT_GRAFT_FILE",
];
/** Settings of `git -c name=value`, and paths that are parted by colons. */
const TEXTS = ["GIT_CONFIG_PARAMETERS", "GIT_ALTERNATE_OBJECT_DIRECTORIES"];
/** They say where the repository is; the others hold in it alone. */
const OF_PLACE = new Set(["GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE"]);

/** The variables of a hook, by their names. */
export type HookVariables = Readonly<Record<string, string>>;

/** Did git set variables for a hook, or its user for git? */
export function isWithinHook(environment: Environment): boolean {
  return PATHS.some((name) => Boolean(environment[name]));
}

/**
 * Takes git's variables out of the environment of a hook.
 * @param directory the folder that the hook runs in.
 */
export function hookVariables(environment: Environment, directory: string): HookVariables {
  const variables: Record<string, string> = {};
  for (const name of PATHS) {
    const path = environment[name];
    if (path) variables[name] = isAbsolute(path) ? path : resolve(directory, path);
  }
  for (const name of TEXTS) {
    const text = environment[name];
    if (text) variables[name] = text;
  }
  // As git has it: without a work tree that is named, it is the folder that it runs in.
  if (variables.GIT_DIR !== undefined && !variables.GIT_QUARANTINE_PATH) {
    variables.GIT_WORK_TREE ??= directory;
  }
  return variables;
}

/** The variables without those that say where the repository is. */
export function withoutPlace(variables: HookVariables): HookVariables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !OF_PLACE.has(name)));
}
