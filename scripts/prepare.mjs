// Runs after `npm install` and `npm ci` (the lifecycle script `prepare`): turns the git hooks of
// .husky/ on. It does nothing in CI, outside a git checkout, or where husky is not installed
// (`npm ci --omit=dev`), and never fails an install.
import { existsSync } from "node:fs";
import { root } from "./workspace.mjs";

const wanted = !process.env.CI && process.env.HUSKY !== "0" && existsSync(`${root}/.git`);
if (wanted && existsSync(`${root}/node_modules/husky/index.js`)) {
  process.chdir(root);
  const { default: install } = await import("husky");
  const problem = install();
  if (problem) console.warn(`git hooks are off: ${problem}`);
}
