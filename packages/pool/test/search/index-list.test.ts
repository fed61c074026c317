import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ListOptions } from "../../src/search/index-list.js";
import type { SearchIndex } from "../../src/search/search-index.js";
import { writeFiles } from "../folder.js";
import { olderForm, pathOfObject } from "../store-suite-records.js";
import { makePlace, openIndexOf, sketch, withMapping } from "./search-pool.js";

async function list(index: SearchIndex, options: ListOptions = {}): Promise<string[]> {
  const listed: string[] = [];
  for await (const { name, language, schema } of index.list(options)) {
    listed.push(`${name} ${language} ${schema}`);
  }
  return listed;
}

const zebra = sketch({ texts: { eng: { name: "zebra" }, fra: { name: "âne" } }, author: "Zoé" });
const apple = sketch({
  texts: { eng: { name: "Apple" }, "fra-canadian": { name: "pomme" } },
  author: "Zoé",
  tags: ["fruit", "fruit", "red"],
  created: "2026-03-01T00:00:00Z",
});
const bear = sketch({
  texts: { jpn: { name: "熊" } },
  author: "Bob",
  tags: ["fruit"],
  calls: [apple, zebra],
});
const nameless = sketch({ texts: {}, created: "2025-03-01T00:00:00Z", calls: [apple] });
const schema0 = {
  version: 0,
  hash: olderForm.object.hash,
  normalized_code: olderForm.object.normalized_code,
  docstrings: { eng: "Twice the number." },
  name_mappings: { eng: olderForm.mappings[0]!.mapping.name_mapping },
  alias_mappings: { eng: {} },
};

function makePool() {
  const place = makePlace([zebra, apple, bear, nameless]);
  const { hash } = schema0;
  const path = `objects/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
  writeFiles(place.pool, { [path]: JSON.stringify(schema0) });
  return place;
}

describe("a list", () => {
  it("is by the names in the user's languages", async () => {
    const place = makePool();
    const english = await openIndexOf(place, { languages: ["eng", "fra"] });
    expect(await list(english)).toEqual([
      "Apple eng 1",
      "double eng 0",
      "zebra eng 1",
      "熊 jpn 1",
      "null null 1",
    ]);
    const french = await openIndexOf(place, { languages: ["FRA", "no 'language'; --", "jpn"] });
    expect(await list(french)).toEqual([
      "âne fra 1",
      "double eng 0",
      "pomme fra-canadian 1",
      "熊 jpn 1",
      "null null 1",
    ]);
    expect(await list(french, { schema: 0 })).toEqual(["double eng 0"]);
    expect(await list(french, { schema: 1 })).toHaveLength(4);
  });

  it("goes on while the pool changes", async () => {
    const place = makePool();
    const index = await openIndexOf(place);
    const names = [];
    for await (const { name } of index.list()) {
      names.push(name);
      writeFileSync(join(place.pool, pathOfObject(bear.object.hash)), "{}");
      await index.search("");
    }
    expect(names).toContain("zebra");
  });

  it("of what is recent begins with the newest", async () => {
    const index = await openIndexOf(makePool(), { languages: ["eng"] });
    const names = async (limit?: number, offset?: number) =>
      (await index.recent(limit, offset)).map(
        ({ name, created }) => `${name} ${created.slice(0, 7)}`,
      );
    const sorted = [zebra, bear].sort((a, b) => (a.object.hash < b.object.hash ? -1 : 1));
    const middle = sorted.map((one) => (one === zebra ? "zebra 2026-01" : "熊 2026-01"));
    const all = ["Apple 2026-03", ...middle, "null 2025-03", "double 1970-01"];
    expect(await names()).toEqual(all);
    expect(await names(2)).toEqual(all.slice(0, 2));
    expect(await names(2, 3)).toEqual(all.slice(3));
    expect(await names(2, 9)).toEqual([]);
  });
});

describe("statistics", () => {
  it("count what is in the pool", async () => {
    const place = makePool();
    const index = await openIndexOf(place, { languages: ["eng"] });
    expect(await index.statistics()).toMatchObject({
      functions: 5,
      schema0: 1,
      mappings: 6,
      damaged: { functions: 0, mappings: 0 },
      languages: [
        { language: "eng", functions: 3, mappings: 3 },
        { language: "fra", functions: 1, mappings: 1 },
        { language: "fra-canadian", functions: 1, mappings: 1 },
        { language: "jpn", functions: 1, mappings: 1 },
      ],
      authors: {
        count: 2,
        most: [
          { name: "Zoé", functions: 2 },
          { name: "Bob", functions: 1 },
        ],
      },
      tags: {
        count: 2,
        most: [
          { name: "fruit", functions: 2 },
          { name: "red", functions: 1 },
        ],
      },
      dependencies: 3,
      missing: [],
      mostCalled: [
        { name: "Apple", callers: 2 },
        { name: "zebra", callers: 1 },
      ],
      created: { first: "2025-03-01T00:00:00Z", last: "2026-03-01T00:00:00Z" },
    });
  });

  it("of an empty pool are zeros", async () => {
    expect(await (await openIndexOf(makePlace())).statistics()).toEqual({
      functions: 0,
      schema0: 0,
      mappings: 0,
      damaged: { functions: 0, mappings: 0 },
      languages: [],
      authors: { count: 0, most: [] },
      tags: { count: 0, most: [] },
      dependencies: 0,
      missing: [],
      mostCalled: [],
      created: null,
    });
  });

  it("count what belongs to a function", async () => {
    const place = makePlace([zebra, withMapping(apple, "eng", { name: "apple" }), bear, nameless]);
    const index = await openIndexOf(place, { languages: ["eng"] });
    expect(await index.statisticsOf(apple.object.hash)).toMatchObject({
      function: { hash: apple.object.hash, tags: ["fruit", "fruit", "red"], callers: 2 },
      languages: [
        { language: "eng", mappings: 2 },
        { language: "fra-canadian", mappings: 1 },
      ],
      dependencies: { direct: 0, all: 0, missing: 0 },
      callers: { direct: 2, all: 2 },
    });
    expect(await index.statisticsOf(bear.object.hash)).toMatchObject({
      dependencies: { direct: 2, all: 2, missing: 0 },
      callers: { direct: 0, all: 0 },
    });
    expect(await index.statisticsOf("0".repeat(64))).toBeUndefined();
  });
});
