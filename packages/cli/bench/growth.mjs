/**
 * `npm run bench:growth`: how the time of `ouverture verify --all` grows with the files and with the
 * functions of a repository, from 1,000 to BENCH_MOST (100,000) of the one, and 1,000 of the other.
 * One run each, the first and the one after it: what counts is the time for each file or function.
 *
 * BENCH_KEEP is a folder in which the repositories are kept.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeRepository } from "../../pool/bench/generate-repository.mjs";
import { forgetCaches } from "./forget-caches.mjs";

const MOST = Number(process.env.BENCH_MOST ?? 100_000);
const LEAST = 1000;
const OUVERTURE = fileURLToPath(new URL("../dist/bin.cjs", import.meta.url));
/** More than a run does by default. */
const LIMITS = { functions: 1_000_000, bytes: 2 ** 30, seconds: 3600 };

const kept = process.env.BENCH_KEEP ?? mkdtempSync(join(tmpdir(), "ouverture-bench-"));
const home = join(kept, "home");

console.log(
  `\nnode ${process.versions.node}: seconds by the clock, and of the processor for each 1,000\n`,
);
for (const kind of ["files", "functions"]) {
  for (let count = LEAST; count <= MOST; count *= 10) {
    const size = { files: LEAST, functions: LEAST, [kind]: count };
    const root = repository(size);
    forgetCaches(home);
    const runs = { first: verify(root), again: verify(root) };
    const columns = Object.entries(runs).map(([label, { clock, processor, megabytes }]) => {
      const each = ((processor / count) * 1000).toFixed(3);
      return `${label} ${clock.toFixed(2).padStart(7)} s  ${each} s  ${Math.round(megabytes)} MB`;
    });
    console.log(
      `${count.toLocaleString("en").padStart(8)} ${kind.padEnd(10)} ${columns.join("   ")}`,
    );
  }
}
if (process.env.BENCH_KEEP === undefined) rmSync(kept, { recursive: true });

function repository({ files, functions }) {
  const root = join(kept, `${files}-files-${functions}-functions`);
  if (existsSync(join(root, ".git"))) return root;
  mkdirSync(root, { recursive: true });
  const limits = Object.entries(LIMITS).map(([name, value]) => `    ${name}: ${value}\n`);
  mkdirSync(join(root, ".ouverture"));
  writeFileSync(join(root, ".ouverture/config.yaml"), `verify:\n  limits:\n${limits.join("")}`);
  const importing = Math.round(files / 20);
  writeRepository(root, { files, importing, imports: Math.round(functions / 5), functions });
  return root;
}

function verify(root) {
  const env = { PATH: process.env.PATH, HOME: home };
  const command = ["-f", "%U %S %M", process.execPath, OUVERTURE, "verify", "--all", "--quiet"];
  const start = performance.now();
  const run = spawnSync("/usr/bin/time", command, { cwd: root, env, encoding: "utf8" });
  const clock = (performance.now() - start) / 1000;
  if (run.status !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
  const [user, system, kilobytes] = (run.stderr.trimEnd().split("\n").at(-1) ?? "").split(" ");
  return { clock, processor: Number(user) + Number(system), megabytes: Number(kilobytes) / 1024 };
}
