/** What is kept of searches, and that nothing passes because of it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SearchedFile, searchSource } from "@ouverture/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSearchCache, type SearchCache } from "../../src/verify/search-cache.js";
import { temporaryFolder } from "../folder.js";
import { mean, spread } from "../store-suite-records.js";
import { importOf, makeRepository, SOUND, told } from "./checked-repository.js";

const FULL = importOf(spread.object.hash);
const SHORT = `from ouverture.pool import object_${spread.object.hash.slice(0, 8)}\n`;
const text = (source: string, path = "a.py"): SearchedFile => ({
  kind: "text",
  path,
  text: source,
});
const notebook = (...cells: string[]): SearchedFile => {
  const json = cells.map((source) => ({ cell_type: "code", source }));
  const format = { nbformat: 4, nbformat_minor: 5, metadata: {} };
  return { kind: "notebook", path: "n.ipynb", text: JSON.stringify({ ...format, cells: json }) };
};

const open = (folder: string | null, program = "this one"): SearchCache =>
  openSearchCache({ folder, program });
const fileOf = (folder: string): string => join(folder, "searched-sources");
const linesIn = (folder: string): string[] => readFileSync(fileOf(folder), "utf8").split("\n");

/** A folder in which these were searched. */
async function keptFolder(...files: SearchedFile[]): Promise<string> {
  const folder = temporaryFolder();
  const cache = open(folder);
  for (const file of files) expect(cache.search(file)).toEqual(searchSource(file));
  await cache.save();
  return folder;
}

/** Puts another hash into what is kept, to see what is read from it. */
async function markedFolder(...files: SearchedFile[]): Promise<string> {
  const folder = await keptFolder(...files);
  const marked = readFileSync(fileOf(folder), "utf8").replaceAll(
    spread.object.hash,
    mean.object.hash,
  );
  writeFileSync(fileOf(folder), marked);
  return folder;
}

describe("the cache of searches", () => {
  const flawless: Record<string, SearchedFile> = {
    "an import": text(FULL),
    "one in a function": text(`def f():\n    ${FULL}    return f\n`),
    "an attribute": text(`import ouverture.pool\nouverture.pool.object_${spread.object.hash}\n`),
    "two cells": notebook("x = 1", FULL),
  };
  it.each(Object.entries(flawless))("knows in a later run what it found: %s", async (_, file) => {
    const folder = await keptFolder(file);
    expect(open(folder).search(file)).toEqual(searchSource(file));
    const read = open(await markedFolder(file)).search(file);
    expect(read.imports.map(({ hash }) => hash)).toEqual([mean.object.hash]);
    // The same text elsewhere.
    const moved = { ...file, path: "elsewhere/z.py" };
    expect(open(folder).search(moved)).toEqual(searchSource(moved));
  });

  it.each([
    ["another text", text(`${FULL}\n`)],
    ["another kind", { kind: "notebook", path: "a.py", text: FULL }],
  ] satisfies [string, SearchedFile][])("does not know %s", async (_, file) => {
    expect(open(await markedFolder(text(FULL))).search(file)).toEqual(searchSource(file));
  });

  it.each([
    ["an abbreviated hash", text(SHORT)],
    ["a module that is computed", text(`import ouverture.pool as p\ngetattr(p, n)\n${FULL}`)],
    ["no Python", text(`${FULL}def\n`)],
    ["a name that looks like another", text(importOf(spread.object.hash, "\u0441ount"))],
    ["a magic", notebook(`!python -c "import ouverture.pool"\n${FULL}`)],
    [
      "what cannot be decoded",
      { kind: "undecodable", path: "a.py", why: { reason: "not-a-notebook" } },
    ],
    ["what has nothing to do with it", { kind: "unrelated", path: "a.py" }],
    ["half of a character", text(`${FULL}x = "\ud83d"\n`)],
  ] satisfies [string, SearchedFile][])("does not keep %s", async (_, file) => {
    // Beside something that it keeps, so that there is a file.
    const folder = await keptFolder(file, text(FULL));
    expect(linesIn(folder)).toHaveLength(3);
    expect(open(folder).search(file)).toEqual(searchSource(file));
  });

  it("finds what a search finds, in any text, also a second time", async () => {
    const piece = fc.constantFrom(
      FULL,
      SHORT,
      "import ouverture",
      ".pool",
      "\n",
      " as x",
      "é",
      '"',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece), async (pieces) => {
        const file = text(pieces.join(""));
        const folder = await keptFolder(file, text(FULL));
        expect(open(folder).search(file)).toEqual(searchSource(file));
      }),
    );
  });

  it("believes nothing that another program found, and nothing that is damaged", async () => {
    const folder = await markedFolder(text(FULL));
    expect(open(folder, "another").search(text(FULL))).toEqual(searchSource(text(FULL)));
    const lines = linesIn(folder);
    writeFileSync(fileOf(folder), lines.join("\n").replace('{"imports":[', '{"imports":[,'));
    expect(open(folder).search(text(FULL))).toEqual(searchSource(text(FULL)));
  });

  it("does without a folder", async () => {
    const cache = open(null);
    expect(cache.search(text(FULL))).toEqual(searchSource(text(FULL)));
    await cache.save();
  });
});

describe("a run after another", () => {
  it("finds what a source imports since", async () => {
    const one = makeRepository({ ...SOUND, "b.py": FULL });
    expect(told(await one.check())).toEqual(["verified"]);
    expect(told(await one.check())).toEqual(["verified"]);
    one.write({ "b.py": SHORT });
    expect(told(await one.check())).toEqual(["failed", "malformed-import b.py:1"]);
    one.write({ "b.py": FULL, "c.py": importOf("0".repeat(64)) });
    expect(told(await one.check())).toEqual(["failed", "missing c.py:1"]);
    expect(told(await one.check())).toEqual(["failed", "missing c.py:1"]);
  });
});
