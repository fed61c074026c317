/**
 * vectors/verdicts.json: programs that parse, with the reason why the compiler
 * refuses them (`null` where it does not), its arguments and its place.
 */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { analyzeNames } from "../../src/names/analyze.js";
import { COMPILE_MESSAGES } from "../../src/report/compile-message.js";
import { SYNTAX_MESSAGES } from "../../src/report/syntax-message.js";
import type { Fault } from "../../src/result.js";
import type { Expression, Module } from "../../src/syntax/ast.js";
import { checkLegality } from "../../src/syntax/legality.js";
import { parse } from "../../src/syntax/parse/module.js";
import { type ScopeOracle, scopesOf314 } from "../names/python-scopes.js";

interface Vector {
  readonly source: string;
  readonly reason: string | null;
  readonly args?: readonly string[];
  readonly line?: number;
  readonly column?: number;
}

const url = new URL("../vectors/verdicts.json", import.meta.url);
const vectors = JSON.parse(readFileSync(url, "utf8")) as readonly Vector[];

function read(source: string): Module {
  const parsed = parse(source);
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.fault)}: ${source}`);
  return parsed.value;
}

/** What the compiler would refuse: names first, then the rest. */
function faultOf(module: Module, source: string): Fault | null {
  const names = analyzeNames(module, source);
  return names.ok ? checkLegality(module, source) : names.fault;
}

function vectorOf(source: string): Vector {
  const fault = faultOf(read(source), source);
  if (fault === null) return { source, reason: null };
  if (fault.code !== "syntax-error") throw new Error(fault.code);
  const { reason, args } = fault.data;
  const { line, column } = fault.span ?? { line: 0, column: 0 };
  return { source, reason, args: args.map(String), line, column };
}

const MESSAGES: Readonly<Record<string, string>> = { ...SYNTAX_MESSAGES, ...COMPILE_MESSAGES };

function sentence(reason: string, args: readonly string[]): string {
  const text = MESSAGES[reason] ?? "";
  return text.replace(/\{(\d)\}/g, (_, index: string) => args[Number(index)] ?? "");
}

describe("the verdicts of the vectors", () => {
  it("are ours", () => {
    expect(vectors.length).toBeGreaterThan(250);
    expect(vectors.map(({ source }) => vectorOf(source))).toEqual(vectors);
  });

  it("use every reason there is", () => {
    const used = new Set(vectors.map(({ reason }) => reason));
    const elsewhere = ["too-many-nested-blocks", "pattern-no-literal", "pattern-key-no-literal"];
    const unused = Object.keys(COMPILE_MESSAGES).filter((reason) => !used.has(reason));
    expect(unused).toEqual(elsewhere);
  });

  describe("and CPython 3.14", () => {
    let cpython: ScopeOracle;
    beforeAll(async () => {
      cpython = await scopesOf314();
    });

    it("agree, and say so in the same words", () => {
      const ours = vectors.map(({ source, reason, args = [] }) => ({
        source,
        text: reason === null ? null : sentence(reason, args),
      }));
      // A repeated key is quoted as it stands, where CPython prints its value.
      const isSaid = ({ reason }: Vector): boolean => reason !== "repeated-pattern-key";
      const theirs = vectors.map((vector, index) => {
        const { source } = vector;
        const text = cpython.verdict(source);
        const same = isSaid(vector) || text === null;
        return { source, text: same ? text : (ours[index]?.text ?? null) };
      });
      expect(ours).toEqual(theirs);
    });
  });
});

describe("nested blocks", () => {
  /** What opens a block, what closes it, and how many of them CPython 3.14 takes in a function and in a generator. */
  const blocks: readonly [head: string, tail: string, most: number, mostInGenerator: number][] = [
    ["for x in y:", "", 21, 20],
    ["while x:", "", 21, 20],
    ["with x:", "", 21, 20],
    ["with x, y:", "", 10, 10],
    ["if x:", "", 60, 60],
    ["try:", "except A: pass", 20, 19],
    ["try: pass\nexcept A:", "", 10, 10],
    ["try: pass\nexcept* A as e:", "", 10, 10],
    ["try: pass\nexcept A: pass\nelse:", "", 60, 60],
    ["try:", "finally: pass", 21, 20],
    ["try:", "except A: pass\nfinally: pass", 10, 9],
    ["try: pass\nexcept A:", "finally: pass", 7, 6],
    ["for x in y: pass\nelse:", "", 60, 60],
    ["def f():", "", 60, 60],
    ["class C:", "", 60, 60],
  ];

  function nest(around: string, head: string, tail: string, count: number, leaf: string): string {
    let text = `${" ".repeat(count + 1)}pass\n`;
    for (let depth = count; depth > 0; depth -= 1) {
      const indented = (lines: string): string =>
        lines === "" ? "" : lines.replace(/^/gm, " ".repeat(depth)).concat("\n");
      text = indented(head) + text + indented(tail);
    }
    return `${around}\n${text} ${leaf}\n`;
  }

  function isRefused(source: string): boolean {
    return vectorOf(source).reason === "too-many-nested-blocks";
  }

  it.each(blocks)("%j ... %j: %i, in a generator %i", (head, tail, most, mostInGenerator) => {
    const limits: readonly [around: string, leaf: string, most: number][] = [
      ["def f():", "pass", most],
      ["def f():", "yield", mostInGenerator],
      ["async def f():", "pass", mostInGenerator],
    ];
    for (const [around, leaf, limit] of limits) {
      const isBounded = limit < 60;
      expect(isRefused(nest(around, head, tail, limit, leaf))).toBe(false);
      expect(isRefused(nest(around, head, tail, limit + 1, leaf))).toBe(isBounded);
    }
  });

  it("count the asynchronous loops of comprehensions", () => {
    const loops = (count: number): string => " async for x in y".repeat(count);
    expect(isRefused(`async def f():\n  [x${loops(20)}]\n`)).toBe(false);
    expect(isRefused(`async def f():\n  [x${loops(21)}]\n`)).toBe(true);
    expect(isRefused(`def f():\n  (x${loops(21)})\n`)).toBe(true);
    expect(isRefused(`def f():\n  (x${" for x in y".repeat(30)})\n`)).toBe(false);
  });
});

describe("a pattern that is no literal", () => {
  /** A mapping pattern and a value pattern whose literal is `value`, whatever the parser thinks of it. */
  function withLiteral(source: string, value: Expression): Module {
    return JSON.parse(JSON.stringify(read(source)), (_, node: unknown) =>
      typeof node === "object" && node !== null && "value" in node && node.value === "literal"
        ? value
        : node,
    ) as Module;
  }

  it.each([
    ['match x:\n  case "literal": pass\n', "pattern-no-literal"],
    ['match x:\n  case {"literal": _}: pass\n', "pattern-key-no-literal"],
  ])("%j", (source, reason) => {
    const value: Expression = { kind: "JoinedStr", start: 0, end: 1, values: [] };
    const fault = faultOf(withLiteral(source, value), source);
    expect(fault).toMatchObject({ data: { reason } });
  });
});

describe("long programs take linear time", () => {
  const list = (count: number, item: (index: number) => string, separator = ", "): string =>
    Array.from({ length: count }, (_, index) => item(index)).join(separator);
  const COUNT = 50_000;
  const programs: Readonly<Record<string, string>> = {
    keywords: `f(${list(COUNT, (i) => `a${i}=1`)})\n`,
    "keys of a mapping pattern": `match x:\n case {${list(COUNT, (i) => `${i}: _`)}}: pass\n`,
    captures: `match x:\n case [${list(COUNT, (i) => `a${i}`)}]: pass\n`,
    alternatives: `match x:\n case ${list(COUNT, () => "[a]", " | ")}: pass\n`,
    "hexadecimal keys": `match x:\n case {0x${"f".repeat(COUNT * 10)}: 1, 0: 2}: pass\n`,
    "names of a function": `def f():\n${list(COUNT, (i) => ` a${i} = a${i + 1}`, "\n")}\n`,
    "global names": `def f():\n global ${list(COUNT, (i) => `a${i}`)}\n`,
    "nonlocal names": `def f():\n${list(COUNT, (i) => ` a${i} = 1`, "\n")}\n def g():\n  nonlocal ${list(COUNT, (i) => `a${i}`)}\n`,
    "functions that share a name": `def f():\n x = 1\n${list(COUNT / 4, (i) => ` def f${i}():\n  nonlocal x\n  x = ${i}`, "\n")}\n`,
    parameters: `def f(${list(COUNT, (i) => `a${i}`)}): pass\n`,
    "names below many scopes": `${"lambda a: ".repeat(700)}(${list(COUNT, (i) => `a${i}`)})\n`,
    "walruses below many comprehensions": `${"[".repeat(90)}(${list(COUNT, () => "(z := 1)")})${" for a in b]".repeat(90)}\n`,
    elif: `if a: pass\n${"elif a: pass\n".repeat(1_400)}`,
    operators: `x = ${"a + ".repeat(1_400)}a\n`,
    lambdas: `x = ${"lambda a: ".repeat(1_400)}a\n`,
  };

  it.each(Object.entries(programs))("%s", (_, source) => {
    // Quadratic would take minutes, more than a test has.
    expect(faultOf(read(source), source)).toBe(null);
  });
});
