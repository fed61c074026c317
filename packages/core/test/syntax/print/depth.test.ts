import { describe, expect, test } from "vitest";
import type { Expression, Statement } from "../../../src/syntax/ast.js";
import { unparse } from "../../../src/syntax/print/unparse.js";

const at = { start: 0, end: 0 };
const x: Expression = { kind: "Name", ...at, id: "x", ctx: "Load" };
const parameter = { kind: "arg", ...at, arg: "a", annotation: null } as const;
const parameters = {
  kind: "arguments",
  ...at,
  posonlyargs: [],
  args: [],
  vararg: null,
  kwonlyargs: [],
  kw_defaults: [],
  kwarg: null,
  defaults: [],
} as const;

/** Deeper than a parser lets through. */
const DEPTH = 1500;

function nested<T>(wrap: (inner: T) => T, innermost: T, depth: number): T {
  let node = innermost;
  for (let i = 0; i < depth; i += 1) node = wrap(node);
  return node;
}

describe(`${DEPTH} levels`, () => {
  test.each<[string, (inner: Expression) => Expression, string, string]>([
    ["unary", (operand) => ({ kind: "UnaryOp", ...at, op: "Not", operand }), "not ", ""],
    ["power", (right) => ({ kind: "BinOp", ...at, left: x, op: "Pow", right }), "x ** ", ""],
    ["list", (inner) => ({ kind: "List", ...at, elts: [inner], ctx: "Load" }), "[", "]"],
    ["tuple", (inner) => ({ kind: "Tuple", ...at, elts: [inner], ctx: "Load" }), "(", ",)"],
    ["dict", (inner) => ({ kind: "Dict", ...at, keys: [x], values: [inner] }), "{x: ", "}"],
    [
      "conditional",
      (orelse) => ({ kind: "IfExp", ...at, test: x, body: x, orelse }),
      "x if x else ",
      "",
    ],
    ["lambda", (body) => ({ kind: "Lambda", ...at, args: parameters, body }), "lambda: ", ""],
    [
      "default",
      (inner) => ({
        kind: "Lambda",
        ...at,
        args: { ...parameters, args: [parameter], defaults: [inner] },
        body: x,
      }),
      "lambda a=",
      ": x",
    ],
    ["call", (inner) => ({ kind: "Call", ...at, func: x, args: [inner], keywords: [] }), "x(", ")"],
    [
      "keyword",
      (value) => ({
        kind: "Call",
        ...at,
        func: x,
        args: [],
        keywords: [{ kind: "keyword", ...at, arg: "k", value }],
      }),
      "x(k=",
      ")",
    ],
    [
      "subscript",
      (slice) => ({ kind: "Subscript", ...at, value: x, slice, ctx: "Load" }),
      "x[",
      "]",
    ],
    [
      "comprehension",
      (elt) => ({
        kind: "ListComp",
        ...at,
        elt,
        generators: [{ kind: "comprehension", ...at, target: x, iter: x, ifs: [], is_async: 0 }],
      }),
      "[",
      " for x in x]",
    ],
  ])("%s", (_kind, wrap, before, after) => {
    const text = unparse(nested(wrap, x, DEPTH));
    expect(text === `${before.repeat(DEPTH)}x${after.repeat(DEPTH)}`).toBe(true);
  });

  test("f-string", () => {
    const text = unparse(
      nested<Expression>(
        (value) => ({
          kind: "JoinedStr",
          ...at,
          values: [{ kind: "FormattedValue", ...at, value, conversion: -1, format_spec: null }],
        }),
        x,
        DEPTH / 2,
      ),
    );
    expect(text.startsWith("f'{f'{f'{")).toBe(true);
    expect(text).toContain("{f'''{f\"\"\"{f\"{f'{x}'}\"}\"\"\"}'''}");
  });
});

describe("50,000 links of a chain", () => {
  const LENGTH = 50_000;
  test.each<[string, (inner: Expression) => Expression, string]>([
    ["sum", (left) => ({ kind: "BinOp", ...at, left, op: "Add", right: x }), " + x"],
    ["attribute", (value) => ({ kind: "Attribute", ...at, value, attr: "a", ctx: "Load" }), ".a"],
    ["call", (func) => ({ kind: "Call", ...at, func, args: [], keywords: [] }), "()"],
    ["subscript", (value) => ({ kind: "Subscript", ...at, value, slice: x, ctx: "Load" }), "[x]"],
  ])("%s", (_kind, wrap, link) => {
    expect(unparse(nested(wrap, x, LENGTH)) === `x${link.repeat(LENGTH)}`).toBe(true);
  });

  test("elif", () => {
    const pass: Statement = { kind: "Pass", ...at };
    const text = unparse(
      nested<Statement>(
        (inner) => ({ kind: "If", ...at, test: x, body: [pass], orelse: [inner] }),
        pass,
        LENGTH,
      ),
    );
    const elif = "\nelif x:\n    pass".repeat(LENGTH - 1);
    expect(text === `if x:\n    pass${elif}\nelse:\n    pass`).toBe(true);
  });
});
