/** Input that is made to hurt: a result or a fault, in time proportional to its size. */
import { describe, expect, test } from "vitest";
import { denormalize } from "../../src/canonical/denormalize.js";
import { normalize } from "../../src/canonical/normalize.js";
import { A } from "./case.js";

const IMPORT = `from ouverture.pool import object_${A} as g\n`;
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");
const list = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(", ");
const nested = (count: number, open: string, inner: string, close: string): string =>
  open.repeat(count) + inner + close.repeat(count);

/** Files of about `n` parts. */
const files: Readonly<Record<string, (n: number) => string>> = {
  "a long sum": (n) => `def f(x): return x${" + x".repeat(n)}`,
  "a long chain of attributes": (n) => `${IMPORT}def f(): return g${".x".repeat(n)}`,
  "a long chain of calls": (n) => `def f(a): return f${"(a=1)".repeat(n)}`,
  "many names": (n) => `def f(): return [${list(n, (i) => `(x${i} := 1)`)}]`,
  "many parameters and keywords": (n) =>
    `def f(${list(n, (i) => `x${i}`)}): return f(${list(n, (i) => `x${i}=1`)})`,
  "many imports": (n) => `${lines(n, (i) => `from m import x${n - i} as y${i}`)}\ndef f(): pass`,
  "one pool import many times": (n) => `${IMPORT.repeat(n)}def f(): return g`,
  "many references to the pool": (n) => `${IMPORT}def f(): return [${list(n, () => "g")}]`,
  "many classes with private names": (n) =>
    `def f():\n${lines(n, (i) => `  class C${i}: __a${i} = __b${i} = 1`)}`,
  "many declarations": (n) => `def f():\n  global ${list(n, (i) => `x${i}`)}\n  x1 = 1`,
  "many annotations in a class": (n) =>
    `def f(a):\n  class C:\n${lines(n, (i) => `    x${i}: a = 1`)}`,
  "many unused imports": (n) => `def f():\n${lines(n, (i) => `  import x${i}`)}`,
  "many f-strings": (n) => `def f(a): return [${list(n, () => "f'{a=}'")}]`,
  "a long docstring": (n) => `def f():\n  """${"\t\n x".repeat(n)}"""`,
  "a long string": (n) => `def f(): return "${"é".repeat(n)}"`,
  "a long name": (n) => `def ${"f".repeat(n)}(): pass`,
  "one function defined many times": (n) => `def f():\n${lines(n, () => "  def g(): pass")}`,
  "one class defined many times": (n) => `def f():\n${lines(n, () => "  class C: x = 1")}`,
  "one import many times": (n) => `def f():\n${lines(n, () => "  import a")}`,
  "one handler's name many times": (n) =>
    `def f():\n${lines(n, () => "  try: pass\n  except A as e: e")}`.replaceAll("A", "ValueError"),
  "many calls of one function": (n) =>
    `def f():\n${lines(n, () => "  def g(a): pass")}\n  return [${list(n, () => "g(a=1)")}]`,
  "a long comment in a field": (n) => `def f(a): return f'''{a # ${")".repeat(n)}\n}'''`,
};

describe.each(Object.entries(files))("%s", (_name, file) => {
  // What grows with the square of so many parts does not end in the time of a test.
  test("is answered, there and back", () => {
    const result = normalize(file(60_000));
    if (!result.ok) return expect(["limit-exceeded", "name-clash"]).toContain(result.fault.code);
    const { code, mapping } = result.value;
    const back = denormalize(code, mapping);
    expect(back.ok).toBe(true);
  });
});

const deep: Readonly<Record<string, (n: number) => string>> = {
  brackets: (n) => `def f(): return ${nested(n, "[", "", "]")}`,
  lambdas: (n) => `def f(): return ${"lambda x: ".repeat(n)}x`,
  "conditional expressions": (n) => `def f(x): return ${"x if x else ".repeat(n)}x`,
  "negations and powers": (n) => `def f(x): return ${"- x ** ".repeat(n)}x`,
  calls: (n) => `def f(a): return ${nested(n, "f(a=", "a", ")")}`,
  comprehensions: (n) => `def f(x): return ${nested(n, "[", "x", " for x in x]")}`,
  "f-strings": (n) => `def f(x): return ${nested(n, "f'{", "x", "}'")}`,
  blocks: (n) =>
    `def f(x):\n${lines(n, (i) => `${" ".repeat(i + 1)}if x:`)}\n${" ".repeat(n + 2)}pass`,
  functions: (n) =>
    `def f(x):\n${lines(n, (i) => `${" ".repeat(i + 1)}def f(x):`)}\n${" ".repeat(n + 2)}pass`,
  classes: (n) =>
    `def f(x):\n${lines(n, (i) => `${" ".repeat(i + 1)}class C:`)}\n${" ".repeat(n + 2)}__x = 1`,
  elif: (n) => `def f(x):\n  if x: pass\n${lines(n, () => "  elif x: pass")}`,
  patterns: (n) => `def f(x):\n match x:\n  case ${nested(n, "[", "x", "]")}: pass`,
  types: (n) => `def f[T](x: ${nested(n, "T[", "T", "]")}): pass`,
};

describe.each(Object.entries(deep))("%s inside one another", (_name, file) => {
  test.each([90, 400, 1400, 5000, 100_000])("%i deep", (n) => {
    // So many spaces would be a large file, and the tokenizer refuses them early.
    if (/\n /.test(file(1)) && n > 5000 && !file(2).includes("elif")) return;
    const result = normalize(file(n));
    if (result.ok) expect(denormalize(result.value.code, result.value.mapping).ok).toBe(true);
    else expect(["limit-exceeded", "syntax-error"]).toContain(result.fault.code);
  });
});

describe("no text at all throws", () => {
  test.each([
    "\0",
    "\ud800",
    "def f(): '\ud800'",
    "\ufeff",
    "\ufeff\ufeff",
    "def",
    "\f\f",
    "\\",
    "'''",
    "(".repeat(100_000),
  ])("%j", (text) => {
    expect(normalize(text).ok).toBe(false);
    const mapping = {
      docstring: text,
      name_mapping: { [text]: text },
      alias_mapping: { [text]: text },
      comment: text,
    };
    expect(denormalize(text, mapping).ok).toBe(false);
    expect(denormalize("def _ouverture_v_0():\n    pass", mapping).ok).toBe(false);
  });
});
