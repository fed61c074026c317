/** The hook `pre-commit` of a repository: where it is, and whether it checks what is imported. */
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Outside } from "../outside.js";
import { askGit } from "./ask-git.js";

export const HOOK_COMMAND = "npx --no-install ouverture verify --all --quiet";

export const HOOK = `#!/bin/sh
# Checks that every function that is imported from the pool is what its hash says.
# Written by 'ouverture init --repo'. 'git commit --no-verify' goes without.
${HOOK_COMMAND}
`;

export interface Hook {
  readonly path: string;
  /** Is there a hook? */
  readonly exists: boolean;
  /** Does it run `ouverture verify`? */
  readonly verifies: boolean;
  /** Is it of this repository alone, so that it may be written? */
  readonly isOwn: boolean;
}

/** The hook of the repository at `root`; `null` where git knows none. */
export function findHook(root: string, environment: Outside["environment"]): Hook | null {
  const ask = (...args: string[]) => askGit(root, environment, args);
  const folder = ask("rev-parse", "--git-path", "hooks");
  const common = ask("rev-parse", "--git-common-dir");
  if (folder === null || common === null) return null;
  // husky keeps its own files in .husky/_, and those that people write beside it.
  const ours = folder.replace(/(^|[\\/])\.husky[\\/]_$/, "$1.husky");
  const path = join(resolve(root, ours), "pre-commit");
  const text = existsSync(path) ? readFileSync(path, "utf8") : null;
  return {
    path,
    exists: text !== null,
    verifies: text !== null && /^[^#\n]*\bouverture verify\b/m.test(text),
    isOwn: isWithin(root, path) || isWithin(resolve(root, common), path),
  };
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way.split(sep)[0] !== ".." && !isAbsolute(way);
}
