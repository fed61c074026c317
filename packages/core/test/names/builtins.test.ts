/** The frozen list of builtins is that of the vectors. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { builtinNames, isBuiltin } from "../../src/names/builtins.js";

const url = new URL("../vectors/builtins.json", import.meta.url);
const builtins = JSON.parse(readFileSync(url, "utf8")) as readonly string[];

it("has the names of the vectors and no other", () => {
  expect([...builtinNames()].sort()).toEqual([...builtins].sort());
});

it("knows them by name", () => {
  expect(builtins.filter((name) => !isBuiltin(name))).toEqual([]);
  expect(["", "foo", "Error", "constructor", "ValueErrorError"].filter(isBuiltin)).toEqual([]);
});
