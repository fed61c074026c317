/** The files that `init --repo` gives a repository, and what is there of them already. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  addHookLines,
  findHooks,
  findWorkflow,
  POOL_FOLDER,
  WORKFLOW_FOLDER,
} from "@ouverture/pool";
import type { Outside } from "../outside.js";
import { REPOSITORY_CONFIGURATION } from "./repository-configuration.js";
import { WORKFLOW } from "./workflow.js";

export interface RepositoryFile {
  readonly path: string;
  /** What it is for, after its path. */
  readonly purpose: string;
  /** `null` is a folder. */
  readonly content: string | null;
  readonly mode: number;
  /** What is done of it already; `to-do` may be written, `by-hand` is a file of somebody else. */
  readonly state: "done" | "to-do" | "by-hand";
  /** The lines to add, where it is by hand. */
  readonly lines: readonly string[];
}

/**
 * The files for the repository at `root`.
 * @param hasConfiguration is it configured already, be it in pyproject.toml?
 */
export function planRepositoryFiles(
  root: string,
  environment: Outside["environment"],
  hasConfiguration: boolean,
): RepositoryFile[] {
  const pool = join(root, POOL_FOLDER);
  const configuration = join(pool, "config.yaml");
  const isConfigured = hasConfiguration || existsSync(configuration);
  const workflow = join(root, WORKFLOW_FOLDER, "ouverture.yml");
  const hooks = findHooks(root, environment);
  return [
    {
      path: isConfigured ? pool : configuration,
      purpose: "the folder of the repository's own functions, and its settings",
      content: isConfigured ? null : REPOSITORY_CONFIGURATION,
      mode: 0o666,
      state: isConfigured && existsSync(pool) ? "done" : "to-do",
      lines: [],
    },
    ...hooks.map((hook) => ({
      path: hook.path,
      purpose: hook.name === "pre-commit" ? "the check before each commit" : "that of each merge",
      content: addHookLines(null, HOOK_LINES, hook.isOfHusky),
      mode: 0o777,
      state: stateOf(hook.verifies, hook.exists || !hook.isOwn),
      lines: HOOK_LINES,
    })),
    {
      path: workflow,
      purpose: "the check on GitHub",
      content: WORKFLOW,
      mode: 0o666,
      state: stateOf(findWorkflow(root) !== null, existsSync(workflow)),
      lines: ["- uses: ouverture/verify-action@v1"],
    },
  ];
}

/** By the command that a project with packages of npm has. */
const HOOK_LINES = ["npx --no-install ouverture verify --staged --offline --quiet || exit $?"];

function stateOf(isDone: boolean, isForeign: boolean): RepositoryFile["state"] {
  if (isDone) return "done";
  return isForeign ? "by-hand" : "to-do";
}
