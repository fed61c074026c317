import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Constant, Text } from "../../../src/syntax/ast.js";
import { parse } from "../../../src/syntax/parse/module.js";
import { floatText, imaginaryText } from "../../../src/syntax/print/number.js";
import { docstringText, reprBytes, reprText } from "../../../src/syntax/print/string.js";
import { unparse } from "../../../src/syntax/print/unparse.js";

function constantIn(source: string): Constant {
  const result = parse(source);
  const statement = result.ok ? result.value.body[0] : undefined;
  if (statement?.kind !== "Expr" || statement.value.kind !== "Constant") {
    throw new Error(`no constant: ${source}`);
  }
  return statement.value;
}

function codePoints(text: Text): readonly number[] {
  return typeof text === "string" ? Array.from(text, (one) => one.codePointAt(0) ?? 0) : text;
}

const codePoint = fc.oneof(
  fc.constantFrom(...Array.from("'\"\\\n\r\t\0{}", (one) => one.charCodeAt(0))),
  fc.integer({ min: 0, max: 0x7f }),
  fc.integer({ min: 0xd800, max: 0xdfff }),
  fc.integer({ min: 0, max: 0x10ffff }),
);
const text: fc.Arbitrary<readonly number[]> = fc.array(codePoint, { maxLength: 12 });

describe("law: what is printed is read back", () => {
  test.each([
    ["repr", reprText],
    ["docstring", docstringText],
  ])("%s", (_name, print) => {
    fc.assert(
      fc.property(text, (codes) => {
        const constant = constantIn(print(codes));
        expect(constant.type === "str" && codePoints(constant.value)).toEqual(codes);
      }),
      { numRuns: 2000 },
    );
  });

  test("f-string", () => {
    fc.assert(
      fc.property(text, text, text, (before, specification, after) => {
        const part = (value: Text) => constantIn(reprText(value));
        const field = {
          kind: "FormattedValue",
          start: 0,
          end: 0,
          value: { kind: "Name", start: 0, end: 0, id: "x", ctx: "Load" },
          conversion: -1,
          format_spec: {
            kind: "JoinedStr",
            start: 0,
            end: 0,
            values: [part(specification)].filter(isString).filter(({ value }) => value.length > 0),
          },
        } as const;
        const values = [
          ...[part(before)].filter(isString),
          field,
          ...[part(after)].filter(isString),
        ].filter((value) => value.kind !== "Constant" || value.value.length > 0);
        const printed = unparse({ kind: "JoinedStr", start: 0, end: 0, values });
        const result = parse(printed);
        const statement = result.ok ? result.value.body[0] : undefined;
        if (statement?.kind !== "Expr" || statement.value.kind !== "JoinedStr") {
          throw new Error(`no f-string: ${printed}`);
        }
        expect(shape(statement.value.values)).toEqual(shape(values));
      }),
      { numRuns: 2000 },
    );
  });

  test("bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const value = String.fromCharCode(...bytes);
        expect(constantIn(reprBytes(value))).toMatchObject({ type: "bytes", value });
      }),
    );
  });

  test("float and imaginary", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), (value) => {
        expect(constantIn(floatText(value))).toMatchObject({ type: "float", value });
        expect(constantIn(imaginaryText(value))).toMatchObject({ type: "complex", value });
      }),
      { numRuns: 2000 },
    );
  });
});

function isString(constant: Constant) {
  return constant.type === "str";
}

/** Parts with texts as code points, and without positions. */
function shape(values: readonly object[]): unknown {
  return JSON.parse(
    JSON.stringify(values, (key, value: unknown) => {
      if (key === "start" || key === "end") return undefined;
      return key === "value" && typeof value === "string" ? codePoints(value) : value;
    }),
  );
}

test.each([
  ["", "''"],
  ["a", "'a'"],
  ["'", '"\'"'],
  ["'\"", "'\\'\"'"],
  ["\\", "'\\\\'"],
  ["\u007f\u0080\u00a0\u00ad\u2028\u{e0001}", "'\\x7f\\x80\\xa0\\xad\\u2028\\U000e0001'"],
  ["é\u0301😀", "'é\u0301😀'"],
  ["\ud800", "'\\ud800'"],
  [[0xd83d, 0xde00, 0x27], '"\\ud83d\\ude00\'"'],
  // Unicode 16.0 has these; that of Python 3.11 to 3.13 does not.
  ["\u1c8a\u{1ccf0}", "'\u1c8a\u{1ccf0}'"],
  // Unicode 17.0 has it.
  ["\u{323b0}", "'\\U000323b0'"],
])("repr of %j", (value, printed) => {
  expect(reprText(value)).toBe(printed);
});

test.each([
  [0, "0.0"],
  [-0, "-0.0"],
  [1, "1.0"],
  [-1.5, "-1.5"],
  [0.0001, "0.0001"],
  [0.00009999, "9.999e-05"],
  [-1e-7, "-1e-07"],
  [9999999999999998, "9999999999999998.0"],
  [1e16, "1e+16"],
  [1.5e300, "1.5e+300"],
  [Number.MIN_VALUE, "5e-324"],
  [Number.MAX_VALUE, "1.7976931348623157e+308"],
  [Infinity, "1e309"],
])("repr of %d", (value, printed) => {
  expect(floatText(value)).toBe(printed);
});
