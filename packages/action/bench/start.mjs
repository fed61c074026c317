// `npm run bench`: how long the Action takes until it reads its first source, and for examples/market,
// both over an empty Node: the median of several runs, in milliseconds of the processor and of the
// clock. On a machine that does something else as well only the former says something.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const RUNS = Number(process.argv[2] ?? 15);
const home = fileURLToPath(new URL("..", import.meta.url));
const market = fileURLToPath(new URL("../../../examples/market", import.meta.url));
const node24 = join(
  home,
  "test/node24/node_modules",
  `node-${process.platform}-${process.arch}`,
  "bin/node",
);
const folder = mkdtempSync(join(tmpdir(), "ouverture-bench-"));
const environment = {
  PATH: process.env.PATH,
  HOME: folder,
  GITHUB_EVENT_NAME: "schedule",
  GITHUB_WORKSPACE: market,
  RUNNER_TEMP: folder,
};

// The first time that a file of the repository's sources is opened or read, the process ends.
const stop = `data:text/javascript,${encodeURIComponent(`
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  const isSource = (path) => /\\.py$/.test(String(path));
  for (const name of ["readFileSync", "openSync", "readFile", "open"]) {
    const real = fs[name];
    fs[name] = (path, ...rest) => (isSource(path) ? process.exit(0) : real(path, ...rest));
  }
  for (const name of ["readFile", "open"]) {
    const real = fs.promises[name];
    fs.promises[name] = (path, ...rest) => (isSource(path) ? process.exit(0) : real(path, ...rest));
  }
  syncBuiltinESMExports();
`)}`;

for (const node of [process.execPath, node24].filter((path) => existsSync(path))) {
  const main = pathToFileURL(join(home, "dist/index.js")).pathname;
  const empty = measure(node, ["-e", "0"]);
  const hooked = measure(node, ["--import", stop, "-e", "0"]);
  const first = measure(node, ["--import", stop, main]);
  const whole = measure(node, [main]);
  console.log(`\n${spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim()}`);
  show("node -e 0", empty);
  show("until the first source is read, over that with the same hook", minus(first, hooked));
  show("examples/market, over that", minus(whole, empty));
}
rmSync(folder, { recursive: true, force: true });

function measure(node, args) {
  const runs = Array.from({ length: RUNS }, () => {
    // The shell tells what the processor did for its child.
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["-c", 'TIMEFORMAT="%U %S %R"; time "$0" "$@" 2>&1 >/dev/null', node, ...args],
      { env: environment, cwd: market, encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`${args.join(" ")}: ${stdout}${stderr}`);
    const [user, system, real] = stderr
      .trim()
      .split(/\s+/)
      .map((one) => Number(one) * 1000);
    return { processor: user + system, clock: real };
  });
  return { processor: medianOf(runs, "processor"), clock: medianOf(runs, "clock") };
}

function medianOf(runs, key) {
  const values = runs.map((run) => run[key]).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}

function minus(one, other) {
  return { processor: one.processor - other.processor, clock: one.clock - other.clock };
}

function show(what, { processor, clock }) {
  console.log(`${what}: ${processor.toFixed(0)} ms of the processor, ${clock.toFixed(0)} ms`);
}
