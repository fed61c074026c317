/** Asks the interpreters of the machine about names and legality, through python_scopes.py. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { PythonInput } from "../oracle/python-tree.js";

const SCRIPT = fileURLToPath(new URL("./python_scopes.py", import.meta.url));

export type Meaning = "local" | "global" | "free";

/** A scope as `symtable` tells it: its kind, name, line, and what each of its names means. */
export type PythonTable = readonly [
  kind: string,
  name: string,
  line: number,
  symbols: Readonly<Record<string, Meaning>>,
];

/** The scopes of each input; `null` where Python refuses it. */
export function pythonTables(
  inputs: readonly PythonInput[],
  python: string,
): (readonly PythonTable[] | null)[] {
  return ask("tables", inputs, python) as (readonly PythonTable[] | null)[];
}

/** For each source `null` where `compile` accepts it, or why it does not. */
export function pythonVerdicts(sources: readonly string[], python: string): (string | null)[] {
  return ask("verdict", sources, python) as (string | null)[];
}

function ask(op: string, inputs: readonly PythonInput[], python: string): unknown[] {
  const input = inputs
    .map((item) =>
      JSON.stringify(typeof item === "string" ? { op, source: item } : { op, ...item }),
    )
    .join("\n");
  const run = spawnSync(python, [SCRIPT], {
    input: `${input}\n`,
    encoding: "utf8",
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
    maxBuffer: 2 ** 30,
  });
  const lines = run.stdout.split("\n").slice(0, -1);
  if (lines.length !== inputs.length) {
    throw new Error(`${python} answered ${lines.length} of ${inputs.length}: ${run.stderr}`);
  }
  return lines.map((line): unknown => JSON.parse(line));
}
