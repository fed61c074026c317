/**
 * Python as the oracle: trees, dumps and printed text from the interpreters of
 * the machine, through ast_json.py. One process answers a whole list.
 */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import type { Module, Node } from "../../src/syntax/ast.js";

const SCRIPT = fileURLToPath(new URL("./ast_json.py", import.meta.url));
const COMMANDS = ["python3", "python3.14", "python3.13", "python3.12"] as const;

/** An interpreter that runs, and the minor number of its version 3. */
export interface PythonOracle {
  readonly command: string;
  readonly minor: number;
}

/** A source text, or a file that Python reads itself (with its declared encoding). */
export type PythonInput = string | { readonly path: string };

/** The interpreters on PATH that really run (a version manager's shim may not). */
export function pythonOracles(): readonly PythonOracle[] {
  const program = "import sys; print(*sys.version_info[:2])";
  const oracles: PythonOracle[] = [];
  for (const command of COMMANDS) {
    const run = spawnSync(command, ["-c", program], { encoding: "utf8" });
    const version = run.status === 0 ? /^3 (\d+)$/.exec(run.stdout.trim()) : null;
    if (version !== null) oracles.push({ command, minor: Number(version[1]) });
  }
  return oracles;
}

/** The trees of `sources`, in our shape; `null` where Python refuses. */
export async function treesFromPython(
  sources: readonly string[],
  python = "python3",
): Promise<(Module | null)[]> {
  const trees: (Module | null)[] = [];
  for await (const tree of streamTrees(sources, python)) trees.push(tree);
  return trees;
}

/** As `treesFromPython`, one tree at a time, for lists too large for memory. */
export async function* streamTrees(
  sources: Iterable<string>,
  python = "python3",
): AsyncGenerator<Module | null> {
  for await (const line of askPython(python, "tree", requests(sources))) {
    yield reviveTree(line);
  }
}

/**
 * `ast.dump` of each input; `null` where Python refuses. Fields are those of
 * that Python: `type_params` since 3.12, `default_value` since 3.13.
 */
export async function pythonDumps(
  inputs: readonly PythonInput[],
  python = "python3",
  options: { readonly attributes?: boolean } = {},
): Promise<(string | null)[]> {
  const op = options.attributes === true ? "dump-attributes" : "dump";
  return (await collect(askPython(python, op, requests(inputs)))).map(textOrNull);
}

/**
 * `ast.unparse` of each module, followed by those of its parts, in the order of
 * `partsOf`; `null` where Python refuses.
 */
export async function pythonUnparseParts(
  inputs: readonly PythonInput[],
  python = "python3",
): Promise<(readonly string[] | null)[]> {
  const lines = await collect(askPython(python, "unparse-parts", requests(inputs)));
  return lines.map((line) => JSON.parse(line) as readonly string[] | null);
}

/**
 * sha256 of `ast.dump` of each module, followed by those of `ast.unparse` of it and
 * of its parts; `null` where Python refuses.
 */
export async function* pythonDigests(
  inputs: readonly PythonInput[],
  python = "python3",
): AsyncGenerator<readonly string[] | null> {
  for await (const line of askPython(python, "digests", requests(inputs))) {
    yield JSON.parse(line) as readonly string[] | null;
  }
}

/** The top-level definitions of a module, and after each class its members. */
export function partsOf(module: Module): Node[] {
  const parts: Node[] = [];
  for (const statement of module.body) {
    if (statement.kind === "FunctionDef" || statement.kind === "AsyncFunctionDef") {
      parts.push(statement);
    } else if (statement.kind === "ClassDef") {
      parts.push(statement, ...statement.body);
    }
  }
  return parts;
}

/** `ast.unparse` of trees in our shape, rebuilt in Python; `null` where Python cannot. */
export async function pythonUnparseTrees(
  trees: readonly Node[],
  python = "python3",
): Promise<(string | null)[]> {
  const lines = trees.map((tree) => JSON.stringify({ tree }, tagNumber));
  return (await collect(askPython(python, "build", lines))).map(textOrNull);
}

/** One request for each line of JSON; one line of JSON for each answer, in order. */
export async function* askPython(
  python: string,
  op: string,
  lines: Iterable<string>,
): AsyncGenerator<string> {
  const child = spawn(python, [SCRIPT], { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (data: Buffer) => {
    complaint = (complaint + data.toString()).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  ended.catch(() => {});
  let asked = 0;
  function* counted(): Generator<string> {
    yield `${JSON.stringify({ op })}\n`;
    for (const line of lines) {
      asked += 1;
      yield `${line}\n`;
    }
  }
  // What the interpreter does not read any more is told by the count of its answers.
  pipeline(Readable.from(counted()), child.stdin).catch(() => {});
  let answered = 0;
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    answered += 1;
    yield line;
  }
  const code = await ended;
  if (code !== 0 || answered !== asked) {
    throw new Error(`${python} ended with ${code} after ${answered} of ${asked}: ${complaint}`);
  }
}

function* requests(inputs: Iterable<PythonInput>): Generator<string> {
  for (const input of inputs) {
    yield JSON.stringify(typeof input === "string" ? { source: input } : { path: input.path });
  }
}

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

function textOrNull(line: string): string | null {
  return JSON.parse(line) as string | null;
}

// --- numbers that JSON cannot hold: {"$int": hexadecimal}, {"$float": "inf"} ------

function tagNumber(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") {
    return { $int: value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}` };
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    return { $float: value > 0 ? "inf" : "-inf" };
  }
  return value;
}

function reviveTree(line: string): Module | null {
  if (!line.includes('{"$')) return JSON.parse(line) as Module | null;
  return JSON.parse(line, reviveNumber) as Module | null;
}

function reviveNumber(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$int" in value) return BigInt(String(value.$int));
  if ("$float" in value) return value.$float === "inf" ? Infinity : -Infinity;
  return value;
}
