/** The laws of docs/normal-form.md over generated programs. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { denormalize } from "../../src/canonical/denormalize.js";
import type { Callee, NormalForm } from "../../src/canonical/form.js";
import { hash } from "../../src/canonical/hash.js";
import { normalize } from "../../src/canonical/normalize.js";
import { cpython314 } from "../oracle/cpython314.js";
import { generateProgram } from "./generate-program.js";
import { type Choose, chooseFrom, type Program, type ProgramOptions } from "./program.js";
import { chooseNames, ownNames } from "./program-names.js";
import { programText } from "./program-text.js";
import { hasPython, runPython } from "./python.js";

/** Takes every keyword, so that calls to the pool may have any. */
const callee = (): Callee => ({ code: "def f(**k): pass", name_mapping: {} });

function normalForm(text: string): NormalForm {
  const result = normalize(text, { callee });
  if (result.ok) return result.value;
  throw new Error(`${JSON.stringify(result.fault)}\n${text}`);
}

/** Choices that fast-check can make smaller. */
const choices = fc.gen().map(
  (value): Choose =>
    (count) =>
      value(fc.nat, { max: count - 1 }),
);

/** A program, and choices for what is done with it. */
const programs = (options: ProgramOptions) =>
  choices.map((choose) => ({ program: generateProgram(choose, options), choose }));

const RUNS = { numRuns: 200, seed: 1 };
const VERSIONS = [11, 13, 14] as const;

describe.each(VERSIONS)("with the syntax of Python 3.%i", (version) => {
  const any = programs({ version, size: 50 });

  test("1. renaming local names does not change the hash", () => {
    fc.assert(
      fc.property(any, ({ program, choose }) => {
        const renamed = programText(program, chooseNames(program, choose));
        expect(normalForm(renamed).code).toBe(normalForm(programText(program, ownNames)).code);
      }),
      RUNS,
    );
  });

  test("2. presentation does not change the hash", () => {
    fc.assert(
      fc.property(any, ({ program, choose }) => {
        const other = normalForm(programText(program, ownNames, choose));
        const plain = normalForm(programText(program, ownNames));
        expect(other.code).toBe(plain.code);
        expect(other.mapping.name_mapping).toEqual(plain.mapping.name_mapping);
      }),
      RUNS,
    );
  });

  test("4. the normal form is its own normal form", () => {
    fc.assert(
      fc.property(any, ({ program }) => {
        const { code, hash: given } = normalForm(programText(program, ownNames));
        expect(normalForm(code).code).toBe(code);
        expect(given).toBe(hash(code));
      }),
      RUNS,
    );
  });

  test("5. denormalized in any words, it returns", () => {
    fc.assert(
      fc.property(any, ({ program, choose }) => {
        const { code } = normalForm(programText(program, ownNames));
        for (const names of [ownNames, chooseNames(program, choose)]) {
          const { mapping } = normalForm(programText(program, names, choose));
          const text = denormalize(code, mapping, { callee });
          if (!text.ok) throw new Error(JSON.stringify(text.fault));
          expect(normalForm(text.value)).toMatchObject({ code, mapping });
        }
      }),
      RUNS,
    );
  });

  test("6. nothing is lost: of every name, its mapping or the code has it", () => {
    fc.assert(
      fc.property(any, ({ program }) => {
        const { code, mapping } = normalForm(programText(program, ownNames));
        const names = new Set([
          ...Object.values(mapping.name_mapping),
          ...Object.values(mapping.alias_mapping),
          ...(code.match(/\w+/g) ?? []),
        ]);
        const lost = program.identifiers.filter(
          ({ name, through }) => through.size > 0 && !names.has(name),
        );
        expect(lost.map(({ name }) => name)).toEqual([]);
        expect(mapping.docstring === "").toBe(program.docstring === null);
      }),
      RUNS,
    );
  });
});

// --- law 3 -----------------------------------------------------------------------

const COMPARE = new URL("compare_code.py", import.meta.url);

/** A source, its normal form, and what each new name was. */
function row(source: string): [string, string, Record<string, string>] {
  const { code, mapping } = normalForm(source);
  const names = { ...mapping.name_mapping };
  for (const [one, alias] of Object.entries(mapping.alias_mapping)) names[`object_${one}`] = alias;
  return [source, code, names];
}

function generatedRows(version: 11 | 14, count: number): ReturnType<typeof row>[] {
  return Array.from({ length: count }, (_, seed) => {
    const program: Program = generateProgram(chooseFrom(seed), { version, poolWrittenOut: true });
    return row(programText(program, ownNames));
  });
}

describe("3. meaning: the same instructions", () => {
  test.runIf(hasPython)("of generated programs, under python3", () => {
    const rows = generatedRows(11, 300);
    const differences = runPython("python3", COMPARE, rows);
    expect(differences).toEqual(rows.map(() => ""));
  });

  test("with newer syntax, under CPython 3.14", async () => {
    const python = await cpython314();
    const globals = python.toPy({ __name__: "compare_code" });
    python.runPython("import warnings; warnings.simplefilter('ignore')");
    python.runPython(readFileSync(COMPARE, "utf8"), { globals });
    const difference = globals.get("difference");
    const rows = generatedRows(14, 150);
    const differences = rows.map(([source, code, names]) => {
      return difference(source, code, python.toPy(names));
    });
    expect(differences).toEqual(rows.map(() => ""));
  });

  test.runIf(hasPython)("and what is not the same is told", () => {
    const other: readonly (readonly [string, string])[] = [
      ["def f(a, b): return a - b", "def f(a, b): return b - a"],
      ["def f(a): return a", "def f(a): return len"],
      ["def f(a): return 1", "def f(a): return 1.0"],
      ["def f(a, /): pass", "def f(a): pass"],
      ["def f(a): return lambda b: a", "def f(a): return lambda b: b"],
      [
        "def f(a): return lambda b: (lambda: (a, b))",
        "def f(a): return lambda b: (lambda: (b, a))",
      ],
      ["def f(a): return a.x", "def f(a): return a.y"],
      ["def f(a): dict(a=a)", "def f(a): dict(b=a)"],
      ["def f(a): return 'a'", "def f(a): return 'b'"],
      ["def f():\n  if len: pass\n  return 1", "def f():\n  while len: pass\n  return 1"],
      ["def f():\n  class C:\n    a = 1", "def f():\n  class C:\n    b = 1"],
      ["def f():\n  class C:\n    len.__a", "def f():\n  class D:\n    len.__a"],
      ["import os\ndef f(): pass", "import sys\ndef f(): pass"],
      ["def f(a): pass", "def f(a: int): pass"],
      ["def f(a=1): pass", "def f(a=2): pass"],
    ];
    const differences = runPython(
      "python3",
      COMPARE,
      other.map((pair) => [...pair, {}]),
    );
    expect(other.filter((_, index) => differences[index] === "")).toEqual([]);
  });
});
