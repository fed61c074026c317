/** For any program: names mean what they mean to CPython 3.14, and what it refuses is refused. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { analyzeNames } from "../../src/names/analyze.js";
import type { Binding, Names, Scope } from "../../src/names/scope.js";
import type { Module } from "../../src/syntax/ast.js";
import { walk } from "../../src/syntax/children.js";
import { checkLegality } from "../../src/syntax/legality.js";
import { parse } from "../../src/syntax/parse/module.js";
import { compareTables } from "./compare-tables.js";
import { program } from "./programs.js";
import { type ScopeOracle, scopesOf314 } from "./python-scopes.js";

const RUNS = { numRuns: 1_500 };

function read(source: string): Module {
  const parsed = parse(source);
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.fault)}: ${source}`);
  return parsed.value;
}

/** The names of a program, or `null` where it is refused. */
function namesOf(source: string): { module: Module; names: Names } | null {
  const module = read(source);
  const names = analyzeNames(module, source);
  const isLegal = names.ok && checkLegality(module, source) === null;
  return isLegal ? { module, names: names.value } : null;
}

describe("CPython 3.14", () => {
  let cpython: ScopeOracle;
  beforeAll(async () => {
    cpython = await scopesOf314();
  });

  it("accepts and refuses the same programs", () => {
    fc.assert(
      fc.property(program, (source) => {
        const text = cpython.verdict(source);
        // A lambda in a comprehension in a class that reads `__class__` is a bug of CPython.
        if (text === "SystemError") return;
        expect(namesOf(source) === null ? text : null).toBe(text);
      }),
      RUNS,
    );
  });

  it("has the same scopes", () => {
    fc.assert(
      fc.property(program, (source) => {
        const tables = cpython.tables(source);
        if (tables === null) return;
        expect(compareTables(read(source), source, tables, 14)).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("bindings", () => {
  it("belong to a scope around the names that mean them, and know their definitions", () => {
    fc.assert(
      fc.property(program, (source) => {
        const found = namesOf(source);
        if (found === null) return;
        const { module, names } = found;
        walk(module, (node) => {
          const scope = names.scopeOf(node);
          if (scope === null) return;
          expect(node === module || scope.parent !== null).toBe(true);
          for (const [name, binding] of scope.bindings) checkBinding(names, scope, name, binding);
        });
      }),
      RUNS,
    );
  });

  function checkBinding(names: Names, scope: Scope, name: string, binding: Binding): void {
    expect(binding.scope).toBe(scope);
    expect(binding.name).toBe(name);
    expect(binding.definitions.length).toBeGreaterThan(0);
    for (const { form, node } of binding.definitions) {
      const names_ = node.kind === "Global" || node.kind === "Nonlocal" ? node.names : [name];
      const isMeant = names_.some((_, index) => names.bindingAt(node, index) === binding);
      expect(isMeant || form === "walrus").toBe(true);
    }
  }
});
