import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NamedNode } from "../../../src/syntax/ast.js";
import { parse } from "../../../src/syntax/parse/module.js";
import type { Naming } from "../../../src/syntax/print/naming.js";
import { unparse } from "../../../src/syntax/print/unparse.js";
import { ANY_FIELDS, modules, QUOTELESS_FIELDS } from "./trees.js";

/** Answers `<0>`, `<1>` ... and remembers what it was asked. */
function counting(): Naming & { readonly asked: { node: NamedNode; spelled: string }[] } {
  const asked: { node: NamedNode; spelled: string }[] = [];
  return {
    asked,
    name(node, spelled) {
      asked.push({ node, spelled });
      return `<${asked.length - 1}>`;
    },
  };
}

function named(source: string): { readonly text: string; readonly spelled: string } {
  const result = parse(source);
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  const naming = counting();
  const text = unparse(result.value, naming);
  return { text, spelled: naming.asked.map(({ spelled }) => spelled).join(" ") };
}

describe("each identifier is asked for where it is printed", () => {
  test.each([
    ["a.b", "<0>.b", "a"],
    ["a if b else c", "<0> if <1> else <2>", "a b c"],
    ["[a for b in c if d]", "[<0> for <1> in <2> if <3>]", "a b c d"],
    ["{a: b for c in d}", "{<0>: <1> for <2> in <3>}", "a b c d"],
    [
      "lambda a, b=c, *d, e=f, **g: h",
      "lambda <0>, <1>=<2>, *<3>, <4>=<5>, **<6>: <7>",
      "a b c d e f g h",
    ],
    ["f(a, b=c, **d)", "<0>(<1>, <2>=<3>, **<4>)", "f a b c d"],
    [
      "@a\ndef f[T: b = c, *U, **V](d: e) -> g: h",
      "@<0>\ndef <1>[<2>: <3> = <4>, *<5>, **<6>](<7>: <8>) -> <9>:\n    <10>",
      "a f T b c U V d e g h",
    ],
    ["@a\nclass f[T](b, c=d): e", "@<0>\nclass <1>[<2>](<3>, <4>=<5>):\n    <6>", "a f T b c d e"],
    ["type a[T] = b", "type <0>[<1>] = <2>", "a T b"],
    ["import a.b, c as d", "import a.b, c as <0>", "d"],
    ["from a import b, c as d", "from a import b, c as <0>", "d"],
    ["global a, b", "global <0>, <1>", "a b"],
    ["nonlocal a, b", "nonlocal <0>, <1>", "a b"],
    ["try: a\nexcept b as c: d", "try:\n    <0>\nexcept <1> as <2>:\n    <3>", "a b c d"],
    ["with a as b: c", "with <0> as <1>:\n    <2>", "a b c"],
    ["match a:\n case [*b, *_]: c", "match <0>:\n    case [*<1>, *_]:\n        <2>", "a b c"],
    [
      "match a:\n case {b.c: d, **e}: f",
      "match <0>:\n    case {<1>.c: <2>, **<3>}:\n        <4>",
      "a b d e f",
    ],
    [
      "match a:\n case B(c, d=e) as f: _",
      "match <0>:\n    case <1>(<2>, d=<3>) as <4>:\n        <5>",
      "a B c e f _",
    ],
    [
      "match a:\n case b | _ if c: pass",
      "match <0>:\n    case <1> | _ if <2>:\n        pass",
      "a b c",
    ],
    ["f'{a!r:{b}}{c=}'", "f'{<0>!r:{<1>}}c={<2>!r}'", "a b c"],
    ["t'{a + b!r:{c}}'", "t'{<0> + <1>!r:{<2>}}'", "a b c"],
    ["t'{ (a) }'", "t'{<0>}'", "a"],
    ["t'{ {a} }'", "t'{ {<0>}}'", "a"],
  ])("%s", (source, text, spelled) => {
    expect(named(source)).toEqual({ text, spelled });
  });
});

test("the index is the place in a global or nonlocal statement", () => {
  const result = parse("global a, b, c");
  if (!result.ok) throw new Error("it parses");
  const text = unparse(result.value, { name: (_node, spelled, index) => `${spelled}${index}` });
  expect(text).toBe("global a0, b1, c2");
});

test("a name may become a dotted name", () => {
  const result = parse("a(a.b)[a]");
  if (!result.ok) throw new Error("it parses");
  expect(unparse(result.value, { name: () => "x.y" })).toBe("x.y(x.y.b)[x.y]");
});

test("law: names are asked for once, in the order of the printed text", () => {
  fc.assert(
    fc.property(modules(ANY_FIELDS, 14), (module) => {
      const naming = counting();
      const text = unparse(module, naming);
      const printed = [...text.matchAll(/<(\d+)>/g)].map(([, index]) => Number(index));
      expect(printed).toEqual(naming.asked.map((_, index) => index));
    }),
    { numRuns: 200 },
  );
});

test("law: a naming that keeps the spelling changes nothing but the prefix `u`", () => {
  fc.assert(
    fc.property(modules({ ...QUOTELESS_FIELDS, prefixed: false }, 14), (module) => {
      expect(unparse(module, { name: (_node, spelled) => spelled })).toBe(unparse(module));
    }),
    { numRuns: 100 },
  );
  expect(named("u'a'\nx = u'b'").text).toBe('"""a"""\n<0> = \'b\'');
});
