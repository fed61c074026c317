/**
 * Every file of python3's standard library and of its site-packages: our tree is
 * CPython's, and what we print of the module, of each definition in it and of each
 * member of its classes are CPython's bytes.
 */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/result.js";
import { parse } from "../../src/syntax/parse/module.js";
import { unparse } from "../../src/syntax/print/unparse.js";
import { dumpTree } from "../oracle/dump-tree.js";
import { olderUnicode } from "../oracle/older-unicode.js";
import { type LibraryFile, libraryPaths, readLibrary } from "../oracle/python-library.js";
import {
  partsOf,
  pythonDigests,
  pythonDumps,
  pythonOracles,
  pythonUnparseParts,
} from "../oracle/python-tree.js";

const python = pythonOracles().find(({ command }) => command === "python3");
/** Newer ones quote f-strings otherwise (3.12, 3.13), older ones do not know all of the syntax. */
const isOracle = python?.minor === 11;
const MINUTES = 60_000;

describe.skipIf(!isOracle)("the library of python3", () => {
  // Two halves at once: while one waits for Python, the other one works.
  it.concurrent.each([0, 1])(
    "is parsed and printed as by CPython, half %i",
    async (half) => {
      const paths = libraryPaths();
      const files = readLibrary(paths.filter((_, index) => index % 2 === half));
      expect(files.length).toBeGreaterThan(200);
      const sources = files.map(({ source }) => source);
      const differing: LibraryFile[] = [];
      let index = 0;
      for await (const theirs of pythonDigests(sources)) {
        const file = files[index];
        index += 1;
        if (file !== undefined && !isSame(file.source, theirs)) differing.push(file);
      }
      expect(index).toBe(files.length);
      expect(await otherwiseDiffering(differing)).toEqual([]);
    },
    30 * MINUTES,
  );
});

function isSame(source: string, theirs: readonly string[] | null): boolean {
  const parsed = parse(source);
  if (!parsed.ok || theirs === null) return parsed.ok === (theirs !== null);
  const [tree, ...parts] = theirs;
  if (digest(dumpTree(parsed.value, { minor: 11 })) !== tree) return false;
  const ours = [parsed.value, ...partsOf(parsed.value)].map((part) => digest(unparse(part)));
  return ours.length === parts.length && ours.every((text, index) => text === parts[index]);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Of files that differ, those that do so by more than the characters that Python
 * 3.11 writes as escapes because its Unicode (14.0) does not know them.
 */
async function otherwiseDiffering(files: readonly LibraryFile[]): Promise<string[]> {
  const sources = files.map(({ source }) => source);
  const dumps = await pythonDumps(sources);
  const texts = await pythonUnparseParts(sources);
  return files.flatMap(({ path, source }, index) => {
    const parsed = parse(source);
    if (!parsed.ok) return isRefusedSince314(parsed.fault) ? [] : [`${path}: refused`];
    const tree = dumps[index];
    const parts = texts[index];
    if (tree === null || tree === undefined || !parts) return [`${path}: accepted`];
    if (olderUnicode(dumpTree(parsed.value, { minor: 11 })) !== olderUnicode(tree))
      return [`${path}: tree`];
    const ours = [parsed.value, ...partsOf(parsed.value)].map((part) =>
      olderUnicode(unparse(part)),
    );
    return ours.join("\0") === parts.map(olderUnicode).join("\0") ? [] : [`${path}: text`];
  });
}

/** Unknown features of `__future__` are for the parser to refuse since 3.14; before, the compiler did. */
function isRefusedSince314(fault: Fault): boolean {
  const reasons = ["unknown-future", "future-braces"];
  return fault.code === "syntax-error" && reasons.includes(fault.data.reason);
}
