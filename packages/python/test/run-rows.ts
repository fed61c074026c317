/** Runs a script of this folder that reads and writes a line of JSON for each row. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export function runRows<T>(
  python: string,
  script: string,
  rows: readonly unknown[],
  directory?: string,
): T[] {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout, stderr, status } = spawnSync(python, ["-W", "ignore", path], {
    input: rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    encoding: "utf8",
    cwd: directory,
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", PYTHONUTF8: "1" },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
