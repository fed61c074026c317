/** What guards where a hook was skipped: the workflow of GitHub that makes the check. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const WORKFLOW_FOLDER = ".github/workflows";

/** The workflow of the repository at `root`, relative to it and with `/`; `null` without one. */
export function findWorkflow(root: string): string | null {
  const folder = join(root, WORKFLOW_FOLDER);
  if (!existsSync(folder)) return null;
  const found = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .find((name) => VERIFIES.test(readFileSync(join(folder, name), "utf8")));
  return found === undefined ? null : `${WORKFLOW_FOLDER}/${found}`;
}

const VERIFIES =
  /^[^#\n]*(?:ouverture\/verify-action@|\bouverture(?: verify|-precommit verify-all)\b|\bouverture-verify-all\b)/m;
