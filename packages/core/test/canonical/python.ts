/** The Pythons of the machine, as oracles: where they are not, tests that need them are skipped. */
import { spawnSync } from "node:child_process";

function runs(command: string): boolean {
  const { status } = spawnSync(command, ["-c", "import ast"], { stdio: "ignore" });
  return status === 0;
}

export const hasPython = runs("python3");

/** Runs a script that reads and writes JSON lines, one for each row. */
export function runPython(command: string, script: URL, rows: readonly unknown[]): unknown[] {
  const { stdout, stderr, status } = spawnSync(command, ["-W", "ignore", script.pathname], {
    input: rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
