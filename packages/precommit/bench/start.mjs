// How long a commit waits: `npm run bench -w packages/precommit`. A repository of 10,000 Python
// files, packed as a clone is, of which one or 1,000 are staged; against the start of Node alone,
// `node -e 0`.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { randomNumbers } from "../../pool/bench/generate.mjs";
import { moduleText } from "../../pool/bench/generate-repository.mjs";

const FILES = 10_000;
const ROUNDS = 15;
const bin = fileURLToPath(new URL("../dist/bin.cjs", import.meta.url));
const market = fileURLToPath(new URL("../../../examples/market/.ouverture", import.meta.url));
const hashes = [
  "7cb06aec1c85c82c01e574a3554129ed8194e4c7a5181edbf341a9f41248883b",
  "e6f94f14f251dd71f7085c5e9b9644da2cd5ddbd800be431e48bf7caea5e0c85",
  "1a10a1ae3d69b80ed435436035c1e583a15310c0ba41c92615061ab52d27875a",
];

const root = mkdtempSync(join(tmpdir(), "ouverture-bench-"));
const environment = {
  PATH: process.env.PATH,
  HOME: join(root, "home"),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};
try {
  bench();
} finally {
  rmSync(root, { recursive: true, force: true });
}

function bench() {
  const repository = join(root, "repository");
  mkdirSync(repository);
  git(repository, "init", "-q");
  // Git would begin to pack by itself.
  git(repository, "config", "gc.auto", "0");
  cpSync(market, join(repository, ".ouverture"), { recursive: true });
  for (let index = 0; index < FILES; index += 1) write(repository, index, 1);
  git(repository, "add", "--all");
  git(repository, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x");
  git(repository, "gc", "-q");
  const nothing = ["-e", "0"];
  for (const staged of [1, 1000]) {
    for (let index = 0; index < staged; index += 1) write(repository, index, 2);
    git(repository, "add", "--all");
    report(`${staged} staged of ${FILES}`, compare(repository, [bin], nothing));
  }
}

/** A source that imports one function: every tenth has 10 kB, the others 1 kB. */
function write(repository, index, seed) {
  const path = join(repository, `package_${index % 100}`, `module_${index}.py`);
  mkdirSync(dirname(path), { recursive: true });
  const line = `from ouverture.pool import object_${hashes[index % hashes.length]} as f`;
  const bytes = index % 10 === 0 ? 10_000 : 1000;
  writeFileSync(path, moduleText(index, [line], randomNumbers(seed), bytes));
}

/** Runs both in turn, and gives the least of each: other programs only ever add. */
function compare(directory, ours, theirs) {
  const best = { ours: [Infinity, Infinity], theirs: [Infinity, Infinity] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, args] of [
      ["ours", ours],
      ["theirs", theirs],
    ]) {
      const took = run(directory, args);
      best[name] = best[name].map((least, index) => Math.min(least, took[index]));
    }
  }
  return best;
}

/** Milliseconds of the clock, and of the processor with the git that it starts (times, POSIX). */
function run(directory, args) {
  const script = '"$@" >/dev/null || exit; times';
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", script, "sh", process.execPath, ...args],
    { cwd: directory, env: environment, encoding: "utf8" },
  );
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(stderr);
  const [, children = ""] = stdout.split("\n");
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return [wall, seconds.reduce((sum, one) => sum + one, 0) * 1000];
}

function report(name, { ours, theirs }) {
  const ratio = (index) => (ours[index] / theirs[index]).toFixed(2);
  console.log(
    `${name}: ${ours[0].toFixed(0)} ms, ${ratio(0)} times an empty Node by the clock, ${ratio(1)} times by the processor`,
  );
}

function git(directory, ...args) {
  const { status, stderr } = spawnSync("git", args, {
    cwd: directory,
    env: environment,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
}
