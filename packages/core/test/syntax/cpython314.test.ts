/** Trees and printed text are CPython 3.14's, for its standard library and for what is new in it. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "../../src/syntax/parse/module.js";
import { unparse } from "../../src/syntax/print/unparse.js";
import { type Answer, parserOf314, standardLibrary314 } from "../oracle/cpython314.js";
import { dumpTree } from "../oracle/dump-tree.js";

let cpython: (source: string) => Answer;
beforeAll(async () => {
  cpython = await parserOf314();
});

/** What of `source` is not as CPython has it; empty when all is. */
function difference(source: string): string {
  const theirs = cpython(source);
  const ours = parse(source);
  if (!("dump" in theirs)) return ours.ok ? `accepted: ${theirs.message}` : "";
  if (!ours.ok) return `refused: ${JSON.stringify(ours.fault)}`;
  if (dumpTree(ours.value, { minor: 14 }) !== theirs.dump) return "tree";
  return unparse(ours.value) === theirs.print ? "" : "print";
}

describe("CPython 3.14", () => {
  it("has the same trees and prints the same for its whole standard library", async () => {
    const modules = await standardLibrary314();
    expect(modules.length).toBeGreaterThan(500);
    const differences = modules.flatMap(([name, source]) => {
      const what = difference(source);
      return what === "" ? [] : [`${name}: ${what}`];
    });
    expect(differences).toEqual([]);
  });

  it("has the same for every snippet of the vectors", () => {
    const path = new URL("../vectors/syntax.json", import.meta.url);
    const snippets: { name: string; source: string }[] = JSON.parse(readFileSync(path, "utf8"));
    const texts = snippets.filter(({ name }) => name !== "lone_surr_src");
    expect(texts.map(({ source }) => difference(source)).filter((what) => what !== "")).toEqual([]);
  });

  it.each([
    "t'a{ x }b{y = }{z!r:>{w}}' t\"{ {1: 2} }\"",
    "t'{a+b}' ; t'{\"a\"}' ; rt'\\{x}' ; t'''{x\n}'''",
    "t'{lambda x: 1}'",
    "t'{(lambda x: 1)}'",
    "try: x\nexcept A, B: y\nexcept* C: z",
    "try: x\nexcept A, B: y",
    "try: x\nexcept A, B,: y",
    "try: x\nexcept* A, B: y",
    "try: x\nexcept A, B as c: y",
    "try: x\nexcept (A), (B) as c: y",
    "try: x\nexcept (A, B) as c: y",
    "try: x\nexcept (A), (B): y",
    "del (a), (b)",
    "del (a), b",
    "del (a, b), (c)",
    "del ((a), (b))",
    "del (a), (b),",
    "del (a)",
    "x = 1 += 2",
    "(a).b: c",
    "(a)[0]: c",
    "((a).b).c: d",
    "(a.b)().c: d = 1",
    "(a): b; (a.b): c; ((a).b): d; (a[0]): e",
    "(a + b).c: d; (a, b).c: d; (a()).c: d; [a].b: c; (a := b).c: d",
    "\\\n\nx",
    "x;\\\n\ny",
    "def f[T = int, *U = *tuple[int], **P = [int]](): ...",
    "type A[T: (int, str) = int] = T",
    "f'{x!r:{y}}' f'{x:{y:{z}}}' f'{x=!s:^{w}}'",
    "f'{x:\\N{BULLET}{y}}' f'\\N{BULLET}'",
    "f'{'a' 'b'}' f\"{\"x\"}\"",
    "with (a as b, c as d,): pass",
    "match x:\n    case {'a': 1, **r} | [*_, 2]: pass",
    "class A[*Ts](B[*Ts], metaclass=M): x: int = 1",
    "async def f():\n    return [x async for x in y if await z]",
    "lambda *, a=1, **k: (yield)",
    "match x:\n    case _(y): pass",
    "match x:\n    case _.y: pass",
    "match x:\n    case [_.y, 1]: pass",
    "match x:\n    case {_.y: 1}: pass",
    "match x:\n    case a._: pass",
    "from __future__ import nope",
    "from __future__ import *",
    "match x:\n    case f'a{b}': pass\n    case {t'a': 1}: pass",
    "x = 1\nfrom __future__ import nope",
    "'\\N{LATIN SMALL LETTER A}\\N{BULLET}'",
  ])("agrees on %j", (source) => {
    expect(difference(source)).toBe("");
  });
});
