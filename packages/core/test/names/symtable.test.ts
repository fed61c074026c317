/** The scopes of whole libraries are those that CPython's `symtable` gives. */
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "../../src/syntax/parse/module.js";
import { standardLibrary314 } from "../oracle/cpython314.js";
import { libraryPaths, readLibrary } from "../oracle/python-library.js";
import { pythonOracles } from "../oracle/python-tree.js";
import { compareTables } from "./compare-tables.js";
import { type PythonTable, type ScopeOracle, scopesOf314, tablesOfFiles } from "./python-scopes.js";

function differences(
  name: string,
  source: string,
  tables: readonly PythonTable[],
  minor: number,
): string[] {
  const parsed = parse(source);
  if (!parsed.ok) return [];
  return compareTables(parsed.value, source, tables, minor).map((text) => `${name}: ${text}`);
}

describe("CPython 3.14", () => {
  let cpython: ScopeOracle;
  beforeAll(async () => {
    cpython = await scopesOf314();
  });

  it("has the same scopes for its standard library", async () => {
    const modules = await standardLibrary314();
    let compared = 0;
    const found = modules.flatMap(([name, source]) => {
      const tables = cpython.tables(source);
      compared += tables === null ? 0 : 1;
      return tables === null ? [] : differences(name, source, tables, 14);
    });
    expect(found).toEqual([]);
    expect(compared).toBeGreaterThan(500);
  });
});

/** One file of so many: the whole is compared by hand, this is against relapse. */
const SAMPLE = 40;

describe.each(pythonOracles())("$command of the machine", ({ command, minor }) => {
  it("has the same scopes for a sample of its libraries", () => {
    const paths = libraryPaths(command).filter((_, index) => index % SAMPLE === 0);
    const files = readLibrary(paths);
    const tables = tablesOfFiles(
      files.map(({ path }) => path),
      command,
    );
    const found = files.flatMap(({ path, source }, index) => {
      const known = tables[index] ?? null;
      return known === null ? [] : differences(path, source, known, minor);
    });
    expect(tables.filter((known) => known !== null).length).toBeGreaterThan(files.length / 2);
    expect(found).toEqual([]);
  });
});
