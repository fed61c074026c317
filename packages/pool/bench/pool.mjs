/**
 * `npm run bench`: how fast a pool in a directory is validated and added to, and in how much
 * memory. Each measurement is a process of its own, on the same generated pool, and they take
 * turns, so that a machine that slows down slows all; medians count. What only reads is
 * measured in seconds of the processor.
 *
 * BENCH_FUNCTIONS is the size of the pool (100,000), BENCH_POOL a folder in which it is kept.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDirectoryPool, validatePool } from "@ouverture/pool";
import { generateRecords, writePool } from "./generate.mjs";

const FUNCTIONS = Number(process.env.BENCH_FUNCTIONS ?? 100_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

const [task, folder] = process.argv.slice(2);
if (task === undefined) await printMeasurements();
else await measure(task, folder);

async function printMeasurements() {
  const kept = process.env.BENCH_POOL ?? mkdtempSync(join(tmpdir(), "ouverture-bench-"));
  const sizes = [FUNCTIONS / 10, FUNCTIONS].map(Math.round);
  console.log(`\nnode ${process.versions.node}, ${ROUNDS} rounds, medians\n`);
  for (const size of sizes) {
    const pool = join(kept, `${size}`);
    if (!existsSync(pool)) writePool(pool, generateRecords(size));
    console.log(`a pool of ${size.toLocaleString("en")} functions:`);
    const times = { "read all files": [], "and their sha256": [], validate: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const label of Object.keys(times)) times[label].push(run(label, pool));
    }
    const base = median(times["read all files"], "seconds");
    for (const [label, runs] of Object.entries(times)) {
      const seconds = median(runs, "seconds");
      report(label, size / seconds, `${(seconds / base).toFixed(1)} times reading`, runs);
    }
  }
  const some = Math.min(FUNCTIONS, 2000);
  console.log(`${some.toLocaleString("en")} functions into an empty pool:`);
  for (const label of ["add", "write without syncs"]) {
    const runs = Array.from({ length: ROUNDS }, () => run(label, join(kept, "new"), some));
    report(label, some / median(runs, "seconds"), "", runs);
  }
  if (process.env.BENCH_POOL === undefined) rmSync(kept, { recursive: true });
}

function report(label, speed, ratio, runs) {
  const perSecond = `${Math.round(speed).toLocaleString("en")} functions/s`;
  const memory = `${Math.round(median(runs, "megabytes"))} MB`;
  console.log(`  ${label.padEnd(20)} ${perSecond.padStart(20)} ${memory.padStart(8)}   ${ratio}`);
}

function median(runs, key) {
  const sorted = runs.map((one) => one[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function run(...args) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...args], {
    encoding: "utf8",
    env: { ...process.env, BENCH_ADDED: args[2] },
    maxBuffer: 1 << 28,
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

/** Prints the seconds that a task takes, and the most memory that its process had. */
async function measure(label, pool) {
  const tasks = {
    "read all files": () => readAll(pool, () => {}),
    "and their sha256": () =>
      readAll(pool, (bytes) => createHash("sha256").update(bytes).digest("hex")),
    validate: () => validate(pool),
    add: (records) => add(pool, records),
    "write without syncs": (records) => writePool(pool, records),
  };
  const count = Number(process.env.BENCH_ADDED ?? 0);
  const records = count > 0 ? [...generateRecords(count)] : [];
  const before = process.cpuUsage();
  const start = performance.now();
  await tasks[label](records);
  // Reading waits for nothing but the processor; writing waits for the disk.
  const { user, system } = process.cpuUsage(before);
  const seconds = count > 0 ? (performance.now() - start) / 1e3 : (user + system) / 1e6;
  if (count > 0) rmSync(pool, { recursive: true });
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ seconds, megabytes }));
}

function readAll(folder, use) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = `${folder}/${entry.name}`;
    if (entry.isDirectory()) readAll(place, use);
    else use(readFileSync(place));
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
