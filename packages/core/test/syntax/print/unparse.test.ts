import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Module } from "../../../src/syntax/ast.js";
import { parse } from "../../../src/syntax/parse/module.js";
import { unparse } from "../../../src/syntax/print/unparse.js";
import { PRINTED, PRINTED_OTHERWISE } from "./cases.js";

function parsed(source: string): Module {
  const result = parse(source);
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

function vectors<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8"));
}

describe("the vectors of CPython 3.14", () => {
  const valid = vectors<{ name: string; source: string; unparse?: string }>("syntax").filter(
    (vector) => vector.unparse !== undefined,
  );
  test.each(valid.map(({ name, source, unparse: text }) => [name, source, text] as const))(
    "%s",
    (_name, source, text) => {
      expect(unparse(parsed(source))).toBe(text);
    },
  );

  test("a normal form is printed as it is", () => {
    const codes = vectors<{ files: { code?: string }[] }>("normal-form")
      .flatMap(({ files }) => files)
      .flatMap(({ code }) => (code === undefined ? [] : [code]));
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.map((code) => unparse(parsed(code)))).toEqual(codes);
  });
});

describe.each(Object.entries(PRINTED))("%s", (_rule, cases) => {
  test.each(cases)("%s", (source, printed) => {
    expect(unparse(parsed(source))).toBe(printed);
    expect(unparse(parsed(printed))).toBe(printed);
  });
});

describe("what CPython prints, but does not read back", () => {
  test.each(PRINTED_OTHERWISE)("%s", (source, printed, byCpython) => {
    expect(unparse(parsed(source))).toBe(printed);
    expect(unparse(parsed(printed))).toBe(printed);
    const read = parse(byCpython);
    expect(read.ok && unparse(read.value) === printed).toBe(false);
  });
});

test("a node of any kind is printed by itself", () => {
  const [definition] = parsed(
    "def f[T](a: b=1, *c):\n with d as e: import g as h\n try: i(j=k)\n except l: [m for m in n]\n" +
      " match o:\n  case p: pass",
  ).body;
  if (definition?.kind !== "FunctionDef") throw new Error("a function is expected");
  const [block, attempt, choice] = definition.body;
  if (block?.kind !== "With" || attempt?.kind !== "Try" || choice?.kind !== "Match") {
    throw new Error("three statements are expected");
  }
  const [handled] = attempt.body;
  const [handler] = attempt.handlers;
  const [comprehended] = handler?.body ?? [];
  if (handled?.kind !== "Expr" || handled.value.kind !== "Call") throw new Error("a call");
  if (comprehended?.kind !== "Expr" || comprehended.value.kind !== "ListComp") {
    throw new Error("a comprehension is expected");
  }
  const [imported] = block.body;
  const nodes = [
    definition.type_params[0],
    definition.args,
    definition.args.args[0],
    block.items[0],
    imported?.kind === "Import" ? imported.names[0] : undefined,
    handled.value.keywords[0],
    handler,
    comprehended.value.generators[0],
    choice.cases[0],
    choice.cases[0]?.pattern,
    choice.subject,
  ];
  expect(nodes.map((node) => (node === undefined ? null : unparse(node)))).toEqual([
    "T",
    "a: b=1, *c",
    "a: b",
    "d as e",
    "g as h",
    "j=k",
    "except l:\n    [m for m in n]",
    " for m in n",
    "case p:\n    pass",
    "p",
    "o",
  ]);
});
