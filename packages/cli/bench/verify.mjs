/**
 * `npm run bench`: how long `ouverture verify` takes beside what does less: `grep` over the same
 * files, and an empty Node. All are processes, and they take turns, so that a machine that slows
 * down slows all; medians count. Processor time is of the process and its children. They have no
 * variables but PATH and HOME: some (NODE_EXTRA_CA_CERTS) double the time in which Node starts.
 *
 * BENCH_FILES is the number of files (10,000), BENCH_ROUNDS how often all is done, BENCH_KEEP a
 * folder in which the repositories are kept.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeRepository } from "../../pool/bench/generate-repository.mjs";
import { forgetCaches } from "./forget-caches.mjs";

const FILES = Number(process.env.BENCH_FILES ?? 10_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const OUVERTURE = fileURLToPath(new URL("../dist/bin.cjs", import.meta.url));

const kept = process.env.BENCH_KEEP ?? mkdtempSync(join(tmpdir(), "ouverture-bench-"));
const home = join(kept, "home");
const SIZE = sizeOf(FILES);
const EMPTY = { files: FILES, importing: 0, imports: 0, functions: 0 };

console.log(`\nnode ${process.versions.node}, ${ROUNDS} rounds, medians\n`);
const full = repository(`${FILES}`, SIZE);
compare(`${number(FILES)} files, of which ${number(SIZE.importing)} import`, [
  ["grep -rl ouverture", () => grep(full)],
  ["verify --all, again", () => ouverture(full, "verify", "--all")],
  ["verify --all, first", () => first(full)],
]);
const empty = repository(`${FILES}-empty`, EMPTY);
compare("no imports at all", [
  ["grep -rl ouverture", () => grep(empty)],
  ["verify --all", () => ouverture(empty, "verify", "--all", "--allow-empty")],
]);
stageOne(full);
compare("one staged file", [
  ["node -e 0", () => timed(full, process.execPath, "-e", "0")],
  ["verify --staged", () => ouverture(full, "verify", "--staged")],
]);
for (const files of [FILES / 10, FILES / 3, FILES].map(Math.round)) {
  const size = sizeOf(files);
  const root = repository(`${files}`, size);
  compare(`${number(files)} files and functions`, [
    ["verify --all, first", () => first(root)],
    ["verify --all, again", () => ouverture(root, "verify", "--all")],
  ]);
}
if (process.env.BENCH_KEEP === undefined) rmSync(kept, { recursive: true });

/** A twentieth of the files imports, and all functions are reached. */
function sizeOf(files) {
  return {
    files,
    importing: Math.round(files / 20),
    imports: Math.round(files / 5),
    functions: files,
  };
}

function repository(name, size) {
  const root = join(kept, name);
  if (existsSync(join(root, ".git"))) return root;
  mkdirSync(root, { recursive: true });
  writeRepository(root, size);
  return root;
}

/** A run that knows nothing of an earlier one. */
function first(root) {
  forgetCaches(home);
  return ouverture(root, "verify", "--all");
}

function stageOne(root) {
  writeFileSync(join(root, "staged.py"), "x = 1\n");
  spawnSync("git", ["add", "staged.py"], { cwd: root });
}

function grep(root) {
  return timed(root, "grep", "-rl", "ouverture", ".");
}

function ouverture(root, ...args) {
  return timed(root, process.execPath, OUVERTURE, ...args, "--quiet");
}

/** Seconds by the clock and of the processor, and the most memory in MB, as `time` has them. */
function timed(root, ...command) {
  const env = { PATH: process.env.PATH, HOME: home };
  const start = performance.now();
  const run = spawnSync("/usr/bin/time", ["-f", "%U %S %M", ...command], {
    cwd: root,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const clock = (performance.now() - start) / 1000;
  const last = run.stderr.trimEnd().split("\n").at(-1) ?? "";
  const [user, system, kilobytes] = last.split(" ").map(Number);
  if (run.error !== undefined || Number.isNaN(user)) throw new Error(`${command}: ${run.stderr}`);
  return { clock, processor: user + system, megabytes: kilobytes / 1024 };
}

/** Prints each, and how many times the first it is. */
function compare(title, rows) {
  const runs = rows.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    rows.forEach(([, run], index) => {
      runs[index].push(run());
    });
  }
  console.log(`${title}:`);
  const [base] = runs;
  rows.forEach(([label], index) => {
    const ratio = (key) => `${(median(runs[index], key) / median(base, key)).toFixed(2)} times`;
    const clock = `${median(runs[index], "clock").toFixed(2)} s by the clock`;
    const memory = `${Math.round(median(runs[index], "megabytes"))} MB`;
    const processor = `${median(runs[index], "processor").toFixed(2)} s of processor`;
    console.log(
      `  ${label.padEnd(22)} ${clock} (${ratio("clock")})  ${processor} (${ratio("processor")})  ${memory}`,
    );
  });
}

function median(runs, key) {
  const sorted = runs.map((one) => one[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function number(value) {
  return Math.round(value).toLocaleString("en");
}
