/** Texts made to hang or break a parser: each is answered, and in time that grows with its length. */
import { describe, expect, it } from "vitest";
import { parse } from "../../../src/syntax/parse/module.js";
import { MAX_DEPTH } from "../../../src/syntax/parse/state.js";

const MEBIBYTE = 1 << 20;

function fill(piece: string, length = MEBIBYTE): string {
  return piece.repeat(Math.floor(length / piece.length));
}

/** What is repeated for a mebibyte. */
const PIECES = [
  ..."()[]{}\"'\\\n\r \t\f#a10_.,:;=@!$?`é日😀\u0301\ufeff\0*-~",
  "\ud800",
  '"""',
  'f"',
  "f'{",
  'f"{x:',
  "f'{f\"{",
  "{{",
  "\\\n",
  "\r\n",
  "a=",
  "a,",
  "a;",
  "a\n",
  "\\N{",
  "@a\n",
  "if a:\n",
  "if a:",
  " a\n  b\n",
  "lambda:",
  "not ",
  "await ",
  "a**",
  "a if ",
  "a if b else ",
  "a for a in ",
  "[a for ",
  "for a in ",
  "match a:\n",
  "match (",
  "case ",
  "with (a,",
  "with (a) as ",
  "def f(a, ",
  "class A[",
  "type X = ",
  "try:\n",
  "b'\\x",
  "'\\u",
  "0x",
  "1e",
  "1_",
  "'a' ",
  "f'{a}' ",
  "t'{a}' ",
  "'\\ud800' '\\udc00' ",
  "print x\n",
  "a(b c",
  "(a b",
  "global a\n",
  "import a.",
  "from .",
  "a[b:",
  "a < ",
  "a and ",
  "a == b\n",
  "{a:b,",
  "f(a=b,",
  "a:=",
  "a: b\n",
];

/** Whole texts of about a mebibyte. */
const TEXTS: Readonly<Record<string, string>> = {
  "5,000 brackets": `${fill("(", 5000)}x${fill(")", 5000)}`,
  "a sum of 20,000 terms": `x = ${"a + ".repeat(20_000)}a`,
  "attributes of attributes": `a${fill(".b")}`,
  "calls of calls": `a${fill("()")}`,
  "powers of powers": `${fill("a**")}b`,
  "elif after elif": `if a: b\n${fill("elif a: b\n")}`,
  "a decimal integer": fill("9"),
  "a hexadecimal integer": `0x${fill("f")}`,
  "a string": `'${fill("a")}'`,
  "a string of escapes": `'${fill("\\n")}'`,
  "a string of names": `'${fill("\\N{DIGIT ONE}")}'`,
  "a string of backslashes and quotes": `"""${fill('\\"')}"""`,
  "a string of quotes": `"""${fill('"" ')}"""`,
  "a string of surrogates": `'${fill("\\ud800\\udc00")}'`,
  "an f-string of braces": `f'${fill("{{")}'`,
  "an f-string of fields": `f'${fill("{x}")}'`,
  "a format of fields": `f'{x:${fill("{y}")}}'`,
  "debug fields with comments": `f'''${"{x # c\n=}".repeat(10_000)}'''`,
  "many names": Array.from({ length: 100_000 }, (_, i) => `n${i}`).join("\n"),
  "a list of numbers": `[${fill("1, ")}]`,
  "patterns in a row": `match x:\n    case [${fill("a, ")}]: pass`,
  "dots in a pattern": `match x:\n    case a${fill(".b")}: pass`,
};

describe("a mebibyte of anything", () => {
  it.each(PIECES)("%j", (piece) => {
    expect(parse(fill(piece))).toHaveProperty("ok");
  });
  it.each(Object.entries(TEXTS))("%s", (_, text) => {
    expect(parse(text)).toHaveProperty("ok");
  });
});

describe("depth", () => {
  /** Trees of `n` levels, whose parts are not in brackets. */
  const chains: Readonly<Record<string, (n: number) => string>> = {
    sum: (n) => `${"a + ".repeat(n)}a`,
    minus: (n) => `${"-".repeat(n)}a`,
    not: (n) => `${"not ".repeat(n)}a`,
    lambda: (n) => `${"lambda: ".repeat(n)}a`,
    condition: (n) => `${"a if b else ".repeat(n)}a`,
    power: (n) => `${"a ** ".repeat(n)}a`,
    attribute: (n) => `a${".b".repeat(n)}`,
    call: (n) => `a${"()".repeat(n)}`,
    elif: (n) => `if a: b\n${"elif a: b\n".repeat(n)}`,
  };
  it.each(Object.entries(chains))("a chain of %s is read up to the limit", (_, chain) => {
    expect(parse(chain(MAX_DEPTH - 10)).ok).toBe(true);
    const deep = parse(chain(MAX_DEPTH + 1));
    expect(deep).toMatchObject({ ok: false, fault: { code: "limit-exceeded" } });
  });

  it("counts levels that are hidden in the leftmost operand", () => {
    const inner = `(${"a + ".repeat(1000)}a)`;
    expect(parse(`${inner}${" + a".repeat(1000)}`)).toMatchObject({
      fault: { code: "limit-exceeded" },
    });
    expect(parse(`a${` + ${inner}`.repeat(400)}`).ok).toBe(true);
  });

  it("allows what CPython does: 200 brackets, 99 blocks, 150 templates", () => {
    expect(parse(`${"(".repeat(200)}a${")".repeat(200)}`).ok).toBe(true);
    const blocks = Array.from({ length: 99 }, (_, i) => `${" ".repeat(i)}if x:\n`).join("");
    expect(parse(`${blocks}${" ".repeat(99)}pass\n`).ok).toBe(true);
    const quotes = ["'", '"'];
    let nested = "x";
    for (let i = 0; i < 149; i++) nested = `f${quotes[i % 2]}{${nested}}${quotes[i % 2]}`;
    expect(parse(nested).ok).toBe(true);
  });
});
