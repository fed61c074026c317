// `npm run check`: everything that CI requires besides the tests. All checks run; the last line
// names those that failed.
import { readdirSync, readFileSync } from "node:fs";
import { build, install, root, run } from "./workspace.mjs";

install();
build();

// Those that npm publishes: packages/python is no package of npm.
const packages = readdirSync(new URL("../packages", import.meta.url))
  .map((name) => `packages/${name}`)
  .filter((path) => !JSON.parse(readFileSync(`${root}/${path}/package.json`, "utf8")).private);

const checks = [
  ["format and lint", "biome", ["ci", "."]],
  ["types", "turbo", ["run", "typecheck", "--output-logs=errors-only"]],
  ["types outside the packages", "tsc", []],
  ["unused code and dependencies", "knip", []],
  ["workflows", "node", ["scripts/check-workflows.mjs"]],
  [
    "generated files",
    "npm",
    ["run", "generate", "-w", "packages/core", "--silent", "--", "--check"],
  ],
  [
    "the bundle of the Action",
    "npm",
    ["run", "generate", "-w", "packages/action", "--silent", "--", "--check"],
  ],
  ...packages.map((path) => [`what ${path} publishes`, "publint", ["--strict", path]]),
  ...packages.map((path) => [
    `types of ${path}`,
    "attw",
    ["--pack", path, "--profile", "esm-only", "--quiet"],
  ]),
];

const failed = [];
for (const [name, command, args] of checks) {
  console.log(`\n== ${name}: ${command} ${args.join(" ")}`);
  if (run(command, args) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "\nall checks passed" : `\nchecks failed: ${failed.join("; ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
