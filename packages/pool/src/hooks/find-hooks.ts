/** The hooks of a repository that stand before a commit: where they are, and what they do. */
import { lstatSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Environment } from "../configuration/locations.js";
import { askGit } from "./ask-git.js";
import { runsCheck } from "./hook-lines.js";

/** A merge that needs nobody's help runs the second, and not the first (githooks(5)). */
export const HOOK_NAMES = ["pre-commit", "pre-merge-commit"] as const;
export type HookName = (typeof HOOK_NAMES)[number];

export interface Hook {
  readonly name: HookName;
  readonly path: string;
  /** Is it husky that runs it? Then it needs no first line and no permission. */
  readonly isOfHusky: boolean;
  /** What is in it; `null` where there is none, or no file. */
  readonly text: string | null;
  /** Is anything there? */
  readonly exists: boolean;
  /** Does it check what is imported? */
  readonly verifies: boolean;
  /** Is it a file of this repository alone, or none yet, so that it may be written? */
  readonly isOwn: boolean;
}

/** The hooks of the repository at `root`, one of each name; nothing where git knows none. */
export function findHooks(root: string, environment: Environment): Hook[] {
  const answer = askGit(root, environment, [
    "rev-parse",
    "--git-path",
    "hooks",
    "--git-common-dir",
  ]);
  const [folder, common] = answer?.split("\n") ?? [];
  if (folder === undefined || common === undefined) return [];
  // husky keeps its own files in .husky/_, and those that people write beside it.
  const ours = folder.replace(OF_HUSKY, "$1.husky");
  return HOOK_NAMES.map((name) => {
    const path = join(resolve(root, ours), name);
    const isInside = isWithin(root, path) || isWithin(resolve(root, common), path);
    return { name, path, isOfHusky: ours !== folder, ...look(path, isInside) };
  });
}

const OF_HUSKY = /(^|[\\/])\.husky[\\/]_$/;

/** The hook in a file of which it is known where it is. */
export function readHook(path: string, name: HookName, isOfHusky: boolean): Hook {
  return { name, path, isOfHusky, ...look(path, true) };
}

function look(path: string, isInside: boolean) {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  const text = entry?.isFile() ? readFileSync(path, "utf8") : null;
  return {
    text,
    exists: entry !== undefined,
    verifies: text !== null && runsCheck(text),
    // A link may lead anywhere.
    isOwn: isInside && (entry === undefined || entry.isFile()),
  };
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way.split(sep)[0] !== ".." && !isAbsolute(way);
}
