/** Asks CPython about names and legality, through python_scopes.py: 3.14 in WebAssembly, and the machine's own. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cpython314 } from "../oracle/cpython314.js";

const SCRIPT = fileURLToPath(new URL("./python_scopes.py", import.meta.url));

export type Meaning = "local" | "global" | "free";

/** A scope as `symtable` tells it: its kind, name, line, and what each of its names means. */
export type PythonTable = readonly [
  kind: string,
  name: string,
  line: number,
  symbols: Readonly<Record<string, Meaning>>,
];

export interface ScopeOracle {
  /** The scopes of a source; `null` where CPython refuses it. */
  tables(source: string): readonly PythonTable[] | null;
  /** `null` where `compile` accepts a source, or why it does not. */
  verdict(source: string): string | null;
}

/** CPython 3.14, the reference. */
export async function scopesOf314(): Promise<ScopeOracle> {
  const python = await cpython314();
  python.runPython(readFileSync(SCRIPT, "utf8"));
  const answer = python.globals.get("answer") as (op: string, source: string) => string;
  return {
    tables: (source) => JSON.parse(answer("tables", source)) as readonly PythonTable[] | null,
    verdict: (source) => JSON.parse(answer("verdict", source)) as string | null,
  };
}

/** The scopes of each file, by an interpreter of the machine; `null` where it refuses. */
export function tablesOfFiles(
  paths: readonly string[],
  python: string,
): (readonly PythonTable[] | null)[] {
  const input = paths.map((path) => `${JSON.stringify({ op: "tables", path })}\n`).join("");
  const run = spawnSync(python, [SCRIPT, "--lines"], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const lines = run.stdout.split("\n").slice(0, -1);
  if (lines.length !== paths.length) {
    throw new Error(`${python} answered ${lines.length} of ${paths.length}: ${run.stderr}`);
  }
  return lines.map((line) => JSON.parse(line) as readonly PythonTable[] | null);
}
