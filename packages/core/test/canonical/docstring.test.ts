/** docs/normal-form.md, "Docstring and body": `inspect.cleandoc`, and the way back. */
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleandoc, indentDocstring } from "../../src/canonical/docstring.js";
import { hasPython } from "./python.js";

describe("cleandoc", () => {
  test.each([
    ["", ""],
    ["one", "one"],
    ["  padded  ", "padded  "],
    ["\n\n  a\n    b\n\n  c\n  ", "a\n  b\n\nc"],
    ["a\n    b\n  c", "a\n  b\nc"],
    ["a\n  ", "a\n  "],
    ["a\n  b\n      ", "a\nb\n    "],
    ["\n   ", "   "],
    ["\n      \n  b", "    \nb"],
    ["  \n  \n", "  "],
    ["a\tb\n\tc\n        d", "a       b\nc\nd"],
    ["\u{1f600}\tb", "\u{1f600}       b"],
    ["a\r\tb", "a\r        b"],
    // Only spaces indent, since Python 3.13.
    ["\fa\n\f b\n  c", "\fa\n\f b\n  c"],
    ["\u00a0a\n\u00a0 b", "\u00a0a\n\u00a0 b"],
    ["a\u000b\n \u001c b\n  c", "a\u000b\n\u001c b\n c"],
    ["a\u2028  b\u0085  c", "a\u2028  b\u0085  c"],
  ])("%j", (text, expected) => expect(cleandoc(text)).toBe(expected));

  const texts = fc.string({
    unit: fc.constantFrom("a", "\u00e9", "\u{1f600}", " ", "  ", "\t", "\n", '"'),
    maxLength: 24,
  });

  test.runIf(hasPython)("is Python's", () => {
    const program =
      "import inspect, json, sys; print(json.dumps([inspect.cleandoc(t) for t in json.load(sys.stdin)]))";
    const sampled = fc.sample(texts, { numRuns: 3000, seed: 1 });
    const { stdout } = spawnSync("python3", ["-c", program], {
      input: JSON.stringify(sampled),
      encoding: "utf8",
    });
    expect(sampled.map(cleandoc)).toEqual(JSON.parse(stdout));
  });

  test("every docstring can be written back", () => {
    const any = fc.oneof(
      texts,
      fc.string({
        unit: fc.constantFrom("\r", "\f", "\u000b", "\u00a0", " ", "\n", "x", "\\"),
        maxLength: 16,
      }),
    );
    fc.assert(
      fc.property(any, (text) => {
        const docstring = cleandoc(text);
        const indented = indentDocstring(docstring, "    ");
        expect(indented === null ? null : cleandoc(indented)).toBe(docstring);
      }),
      { numRuns: 3000 },
    );
  });

  test("takes very long texts", () => {
    for (const unit of ["\t", "\n", " \n", "\n  \t", "a\n "]) {
      const text = unit.repeat(200_000);
      expect(cleandoc(text)).not.toContain("\t");
    }
  });
});

describe("indentDocstring", () => {
  test.each([
    ["one", "one"],
    ["a\n  b\n\nc", "a\n      b\n\n    c"],
    ["a\n  b", "\n    a\n      b"],
    ["    \nb", "\n        \n    b"],
    ["   ", "\n   "],
    // No string is cleaned to these.
    ["a\tb", null],
    ["a\n", null],
    ["\na", null],
    [" a", null],
    ["a\n\n", null],
  ])("%j", (docstring, expected) => expect(indentDocstring(docstring, "    ")).toBe(expected));
});
