import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Node } from "../../../src/syntax/ast.js";
import { unparse } from "../../../src/syntax/print/unparse.js";
import { olderUnicode } from "../../oracle/older-unicode.js";
import { libraryPaths, readLibrary } from "../../oracle/python-library.js";
import {
  partsOf,
  pythonOracles,
  pythonUnparseParts,
  pythonUnparseTrees,
  treesFromPython,
} from "../../oracle/python-tree.js";
import {
  ANY_FIELDS,
  expressions,
  type Family,
  modules,
  PLAIN_FIELDS,
  QUOTELESS_FIELDS,
} from "./trees.js";

const SEED = 314;
const SAMPLES = 400;
const FILES = 60;

/** Python 3.11 quotes f-strings as 3.14 does; 3.12 and 3.13 do where fields have no quotes. */
function familyOf(minor: number): Family {
  if (minor >= 14) return ANY_FIELDS;
  return minor >= 12 ? QUOTELESS_FIELDS : PLAIN_FIELDS;
}

// Older ones lack statements, and print others otherwise.
const oracles = pythonOracles().filter(({ minor }) => minor >= 11);

describe.each(oracles)("$command, Python 3.$minor", ({ command, minor }) => {
  const family = familyOf(minor);

  async function checkSamples(trees: readonly Node[]): Promise<void> {
    const texts = await pythonUnparseTrees(trees, command);
    for (const [index, tree] of trees.entries()) expect(unparse(tree)).toBe(texts[index]);
  }

  test("generated expressions are printed alike", async () => {
    await checkSamples(fc.sample(expressions(family), { numRuns: SAMPLES, seed: SEED }));
  });

  test("generated modules are printed alike", async () => {
    await checkSamples(fc.sample(modules(family, minor), { numRuns: SAMPLES / 4, seed: SEED }));
  });

  test.skipIf(minor === 12 || minor === 13)("its library is printed alike", async () => {
    const paths = libraryPaths(command);
    const step = Math.max(1, Math.floor(paths.length / FILES));
    const files = readLibrary(paths.filter((_, index) => index % step === 0));
    const sources = files.map(({ source }) => source);
    const trees = await treesFromPython(sources, command);
    const texts = await pythonUnparseParts(sources, command);
    let definitions = 0;
    for (const [index, tree] of trees.entries()) {
      const expected = texts[index];
      if (tree === null || expected === null || expected === undefined) continue;
      definitions += expected.length;
      const printed = [tree, ...partsOf(tree)].map((part) => unparse(part));
      expect(printed.map(olderUnicode), files[index]?.path).toEqual(expected.map(olderUnicode));
    }
    expect(definitions).toBeGreaterThan(FILES);
  });
});
