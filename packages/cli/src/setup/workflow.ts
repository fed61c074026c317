/** The workflow of GitHub Actions that checks what a repository imports. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const WORKFLOW_FOLDER = ".github/workflows";

export const WORKFLOW = `# Checks that every function that is imported from the pool is what its hash says.
# Written by 'ouverture init --repo'.
name: ouverture

on: [push, pull_request]

permissions:
  contents: read

jobs:
  verify:
    name: Verify imported functions
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - uses: ouverture/verify-action@v1
`;

/** Does a workflow of the repository at `root` check what is imported? */
export function hasWorkflow(root: string): boolean {
  const folder = join(root, WORKFLOW_FOLDER);
  if (!existsSync(folder)) return false;
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .some((name) => VERIFIES.test(readFileSync(join(folder, name), "utf8")));
}

const VERIFIES = /^[^#\n]*(?:ouverture\/verify-action@|\bouverture verify\b)/m;
