/**
 * `npm run bench`: how fast a pool in a directory is validated, pulled and added to, and in how
 * much memory, beside what only reads and writes the same files. Each measurement is a process
 * of its own, on the same generated pool, and they take turns, so that a machine that slows down
 * slows all; medians count. Seconds are those of the processor, which wait for no disk, and of
 * the clock.
 *
 * BENCH_FUNCTIONS is the size of the pool (100,000), BENCH_POOL a folder in which it is kept,
 * BENCH_ROUNDS how often all is done.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDirectoryPool, pullClosure, validatePool } from "@ouverture/pool";
import { generateRecords, writePool } from "./generate.mjs";

const FUNCTIONS = Number(process.env.BENCH_FUNCTIONS ?? 100_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

const [task, folder, other] = process.argv.slice(2);
if (task === undefined) await printMeasurements();
else await measure(task, folder, other);

async function printMeasurements() {
  const kept = process.env.BENCH_POOL ?? mkdtempSync(join(tmpdir(), "ouverture-bench-"));
  const sizes = [FUNCTIONS / 10, FUNCTIONS].map(Math.round);
  console.log(`\nnode ${process.versions.node}, ${ROUNDS} rounds, medians\n`);
  for (const size of sizes) {
    const pool = join(kept, `${size}`);
    if (!existsSync(pool)) writePool(pool, generateRecords(size));
    console.log(`a pool of ${size.toLocaleString("en")} functions:`);
    compare(["grep -r", "read all files", "and their sha256", "validate"], size, (label) =>
      label === "grep -r" ? timed("grep", "-rl", "no function has this", pool) : run(label, pool),
    );
    const target = join(kept, "new");
    compare(["cp -r", "copy all files", "copy and sync all", "pull"], size, (label) => {
      if (label !== "cp -r") return run(label, pool, target);
      const copied = timed("cp", "-r", pool, target);
      rmSync(target, { recursive: true });
      return copied;
    });
  }
  const some = Math.min(FUNCTIONS, 2000);
  console.log(`${some.toLocaleString("en")} functions into an empty pool:`);
  const env = { BENCH_ADDED: `${some}` };
  compare(["write without syncs", "add"], some, (label) => run(label, join(kept, "new"), "", env));
  if (process.env.BENCH_POOL === undefined) rmSync(kept, { recursive: true });
}

/** Prints how fast each task is for `size` functions, and how many times the first. */
function compare(labels, size, measureOne) {
  const times = Object.fromEntries(labels.map((label) => [label, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const label of labels) times[label].push(measureOne(label));
  }
  const base = median(times[labels[0]], "processor");
  for (const [label, runs] of Object.entries(times)) {
    const [processor, clock, megabytes] = ["processor", "clock", "megabytes"].map((key) =>
      median(runs, key),
    );
    const columns = [
      `${speed(size / processor)} functions/s of processor`,
      `${speed(size / clock)} by the clock`,
      `${Math.round(megabytes)} MB`.padStart(7),
      `${(processor / base).toFixed(1)} times`,
    ];
    console.log(`  ${label.padEnd(20)} ${columns.join("  ")}`);
  }
}

/** As `run`, of another program, as `time` has it. */
function timed(...command) {
  const start = performance.now();
  const child = spawnSync("/usr/bin/time", ["-f", "%U %S %M", ...command], { encoding: "utf8" });
  const clock = (performance.now() - start) / 1e3;
  const last = child.stderr.trimEnd().split("\n").at(-1) ?? "";
  const [user, system, kilobytes] = last.split(" ").map(Number);
  if (Number.isNaN(kilobytes)) throw new Error(`${command}: ${child.stderr}`);
  return { processor: user + system, clock, megabytes: kilobytes / 1024 };
}

function speed(number) {
  return Math.round(number).toLocaleString("en").padStart(7);
}

function median(runs, key) {
  const sorted = runs.map((one) => one[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function run(label, pool, target = "", env = {}) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), label, pool, target], {
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

/** Prints the seconds that a task takes, and the most memory that its process had. */
async function measure(label, pool, target) {
  const tasks = {
    "read all files": () => readAll(pool, () => {}),
    "and their sha256": () =>
      readAll(pool, (bytes) => createHash("sha256").update(bytes).digest("hex")),
    validate: () => validate(pool),
    "copy all files": () => copyAll(pool, target, writeFileSync),
    "copy and sync all": () => copyAll(pool, target, writeAndSync, sync),
    pull: () => pull(pool, target),
    "write without syncs": (records) => writePool(pool, records),
    add: (records) => add(pool, records),
  };
  const count = Number(process.env.BENCH_ADDED ?? 0);
  const records = count > 0 ? [...generateRecords(count)] : [];
  const before = process.cpuUsage();
  const start = performance.now();
  await tasks[label](records);
  const clock = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(before);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const made = count > 0 ? pool : target;
  if (made !== "") rmSync(made, { recursive: true });
  console.log(JSON.stringify({ processor: (user + system) / 1e6, clock, megabytes }));
}

function readAll(folder, use) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = `${folder}/${entry.name}`;
    if (entry.isDirectory()) readAll(place, use);
    else use(readFileSync(place));
  }
}

function copyAll(folder, target, write, done = () => {}) {
  mkdirSync(target);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const [from, to] = [`${folder}/${entry.name}`, `${target}/${entry.name}`];
    if (entry.isDirectory()) copyAll(from, to, write, done);
    else write(to, readFileSync(from));
  }
  done(target);
}

function writeAndSync(place, bytes) {
  writeFileSync(place, bytes, { flush: true });
}

/** What is in a folder is durable then. */
function sync(folder) {
  const opened = openSync(folder, "r");
  fsyncSync(opened);
  closeSync(opened);
}

async function pull(from, to) {
  const source = openDirectoryPool(from);
  for await (const one of pullClosure(source, openDirectoryPool(to), source.list())) {
    if (one.outcome !== "added") throw new Error(`${one.hash}: ${one.outcome}`);
  }
}

async function validate(directory) {
  for await (const problem of validatePool(openDirectoryPool(directory))) {
    throw new Error(`${problem.path}: ${problem.message}`);
  }
}

async function add(directory, records) {
  for await (const answer of openDirectoryPool(directory).add(records)) {
    if ("fault" in answer) throw new Error(answer.fault.code);
  }
}
