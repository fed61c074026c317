/** The tests in unit/, which are Python's own, on each Python of this machine. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { interpreters } from "./interpreters.js";

const script = fileURLToPath(new URL("run_unit.py", import.meta.url));
const sources = fileURLToPath(new URL("../src", import.meta.url));

interface Line {
  readonly name: string;
  readonly trouble: readonly string[];
  readonly skipped: string | null;
}
interface End {
  readonly run: number;
  readonly sound: boolean;
}

function runUnit(python: string): { readonly lines: readonly Line[]; readonly end: End | null } {
  const { stdout, stderr } = spawnSync(python, ["-W", "error", script], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
    env: { ...process.env, PYTHONPATH: sources, PYTHONDONTWRITEBYTECODE: "", PYTHONUTF8: "1" },
  });
  const rows = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
  if (rows.length === 0) throw new Error(stderr);
  const end = "run" in rows.at(-1) ? rows.pop() : null;
  return { lines: rows, end };
}

test("there is a Python to test", () => {
  expect(interpreters.length).toBeGreaterThan(0);
});

describe.each(interpreters)("Python $version", ({ path }) => {
  const { lines, end } = runUnit(path);

  for (const { name, trouble, skipped } of lines) {
    // Syntax that this version does not have, or that all versions after it have.
    test.skipIf(skipped !== null)(name, () => {
      expect(trouble.join("\n")).toBe("");
    });
  }

  test("all of them ran", () => {
    expect(end).toEqual({ run: lines.length, sound: true });
  });
});
