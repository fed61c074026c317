import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { encodeMapping, mappingHash } from "@ouverture/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { beginDatabase } from "../../src/search/index-database.js";
import { hasNews, planRefresh } from "../../src/search/index-plan.js";
import { applyRefresh } from "../../src/search/index-refresh.js";
import { createTables } from "../../src/search/index-schema.js";
import type { SearchIndex, SearchIndexOptions } from "../../src/search/search-index.js";
import type { FunctionRecord } from "../../src/store.js";
import { writeFiles } from "../folder.js";
import { filesOf, mean, olderForm, pathOfMapping, pathOfObject } from "../store-suite-records.js";
import {
  isIndexNew,
  makePlace,
  openIndexOf,
  type Place,
  sketch,
  withMapping,
  writeRecords,
} from "./search-pool.js";

const named = (name: string) => sketch({ texts: { eng: { name } } });

/** The names that the empty query finds in an index that is opened for it, sorted. */
async function find(place: Place, options: Partial<SearchIndexOptions> = {}): Promise<string[]> {
  const index = await openIndexOf(place, options);
  const { hits, unreadable } = await index.search("", { limit: 1_000 });
  expect(unreadable).toEqual([]);
  return hits.map(({ name }) => name).sort();
}

/** Lets ten seconds pass, so that the times of what was written are certain. */
function passTime(): void {
  vi.useFakeTimers({ now: Date.now() + 10_000, toFake: ["Date"] });
}
afterEach(() => {
  vi.useRealTimers();
});

const objectOf = (place: Place, { object }: FunctionRecord) =>
  join(place.pool, pathOfObject(object.hash));
const mappingOf = (place: Place, { object, mappings: [first] }: FunctionRecord) =>
  join(place.pool, pathOfMapping(object.hash, first!.language, mappingHash(first!.mapping)));

async function add(place: Place, record: FunctionRecord): Promise<void> {
  for await (const added of openDirectoryPool(place.pool).add([record])) {
    expect(added).not.toHaveProperty("fault");
  }
}

/** As the Python tool stored it before. */
function writeSchema0(place: Place, { object, mappings }: FunctionRecord): string {
  const { hash, normalized_code } = object;
  const path = `objects/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
  const by = <T>(pick: (mapping: FunctionRecord["mappings"][number]["mapping"]) => T) =>
    Object.fromEntries(mappings.map(({ language, mapping }) => [language, pick(mapping)]));
  const document = {
    version: 0,
    hash,
    normalized_code,
    docstrings: by(({ docstring }) => docstring),
    name_mappings: by(({ name_mapping }) => name_mapping),
    alias_mappings: by(({ alias_mapping }) => alias_mapping),
  };
  writeFiles(place.pool, { [path]: JSON.stringify(document) });
  return join(place.pool, path);
}

describe("an index", () => {
  it("of nothing has nothing, and is there for what comes", async () => {
    const place = makePlace();
    rmSync(place.pool, { recursive: true });
    expect(await find(place)).toEqual([]);
    writeRecords(place.pool, [named("a")]);
    expect(await find(place)).toEqual(["a"]);
  });

  it("is made once", async () => {
    const place = makePlace([named("a"), named("b"), olderForm]);
    expect(await isIndexNew(place)).toBe(true);
    passTime();
    // Now the times are certain, which may have to be noted.
    await isIndexNew(place);
    expect(await isIndexNew(place)).toBe(false);
    expect(readdirSync(join(place.cache, "index"))).toHaveLength(1);
    expect(await find(place)).toEqual(["a", "b", "double"]);
  });

  const [a, c] = [named("a"), named("c")];
  let b = named("b");
  while (b.object.hash.startsWith(a.object.hash.slice(0, 2))) b = named("b");
  const a2 = withMapping(a, "eng", { name: "a2" });
  const aFra = withMapping(a, "fra", { name: "a_fra" });
  /** What happens to a pool of a and b, and what is found then. */
  const changes: [string, (place: Place) => void | Promise<void>, string[]][] = [
    ["a function is added", (place) => add(place, c), ["a", "b", "c"]],
    [
      "a function is written by another tool",
      (place) => writeRecords(place.pool, [c]),
      ["a", "b", "c"],
    ],
    ["a language is added", (place) => add(place, aFra), ["a_fra", "b"]],
    [
      "a language is written by another tool",
      (place) => writeRecords(place.pool, [aFra]),
      ["a_fra", "b"],
    ],
    ["a mapping is added", (place) => add(place, a2), ["a", "b"]],
    [
      "a function is removed",
      (place) => rmSync(dirname(objectOf(place, a)), { recursive: true }),
      ["b"],
    ],
    ["an object is removed", (place) => rmSync(objectOf(place, a)), ["b"]],
    ["a mapping is removed", (place) => rmSync(mappingOf(place, a)), ["b"]],
    [
      "a language is removed",
      (place) => rmSync(join(dirname(objectOf(place, a)), "eng"), { recursive: true }),
      ["b"],
    ],
    [
      "a shard is removed",
      (place) => rmSync(dirname(dirname(objectOf(place, a))), { recursive: true }),
      ["b"],
    ],
    ["an object is damaged", (place) => writeFileSync(objectOf(place, a), "{}"), ["b"]],
    ["a mapping is damaged", (place) => writeFileSync(mappingOf(place, a), "{}"), ["b"]],
    [
      "a mapping is that of another",
      (place) => writeFileSync(mappingOf(place, a), readFileSync(mappingOf(place, b))),
      ["b"],
    ],
    [
      "a file is damaged, and its time is set back",
      (place) => {
        const old = new Date("2026-01-01");
        writeFileSync(mappingOf(place, a), "{}");
        utimesSync(mappingOf(place, a), old, old);
      },
      ["b"],
    ],
    [
      "a damaged file is repaired",
      async (place) => {
        const text = readFileSync(objectOf(place, a));
        writeFileSync(objectOf(place, a), "{");
        await isIndexNew(place);
        writeFileSync(`${objectOf(place, a)}.tmp`, text);
        renameSync(`${objectOf(place, a)}.tmp`, objectOf(place, a));
      },
      ["a", "b"],
    ],
    [
      "a folder is a link by now",
      (place) => {
        const folder = dirname(objectOf(place, a));
        renameSync(folder, join(place.folder, "moved"));
        symlinkSync(join(place.folder, "moved"), folder);
      },
      ["b"],
    ],
    ["the pool is removed", (place) => rmSync(place.pool, { recursive: true }), []],
    [
      "the pool is another",
      (place) => {
        const other = makePlace([c]);
        rmSync(place.pool, { recursive: true });
        cpSync(other.pool, place.pool, { recursive: true, preserveTimestamps: true });
      },
      ["c"],
    ],
    ["a function of schema 0 comes", (place) => void writeSchema0(place, c), ["a", "b", "c"]],
    ["and goes", (place) => rmSync(writeSchema0(place, c)), ["a", "b"]],
    [
      "it is migrated",
      async (place) => {
        const old = writeSchema0(place, c);
        await isIndexNew(place);
        writeRecords(place.pool, [c]);
        rmSync(old);
      },
      ["a", "b", "c"],
    ],
    [
      "it is there in both, and then only in schema 0",
      async (place) => {
        writeSchema0(place, a);
        await isIndexNew(place);
        rmSync(dirname(objectOf(place, a)), { recursive: true });
      },
      ["a", "b"],
    ],
    ["schema 0 is damaged", (place) => writeFileSync(writeSchema0(place, c), "{"), ["a", "b"]],
  ];

  describe.each([["at once"], ["when the times are certain"]])("follows, %s,", (when) => {
    it.each(changes)("when %s", async (_, change, expected) => {
      const place = makePlace([a, b]);
      expect(await find(place)).toEqual(["a", "b"]);
      if (when !== "at once") {
        passTime();
        expect(await find(place)).toEqual(["a", "b"]);
      }
      await change(place);
      const languages = ["fra", "eng"];
      expect(await find(place, { languages })).toEqual(expected);
      expect(await find(place, { languages, refresh: "full" })).toEqual(expected);
    });
  });

  it("is of the pool, by whatever path", async () => {
    const place = makePlace([a]);
    symlinkSync(place.pool, join(place.folder, "link"));
    passTime();
    expect(await isIndexNew(place)).toBe(true);
    expect(await isIndexNew({ ...place, pool: join(place.folder, "link") })).toBe(false);
  });

  it("takes of several mappings the one that was there first", async () => {
    const record = withMapping(named("first"), "eng", { name: "second" });
    const place = makePlace([record]);
    const [first, second] = record.mappings.map((one) =>
      mappingOf(place, { ...record, mappings: [one] }),
    );
    for (const [older, newer, name] of [
      [first!, second!, "first"],
      [second!, first!, "second"],
    ] as const) {
      utimesSync(older, 1_700_000_000, 1_700_000_000);
      utimesSync(newer, 1_800_000_000, 1_800_000_000);
      expect(await find(place)).toEqual([name]);
    }
  });

  it("tells what was changed after it was opened", async () => {
    const place = makePlace([a, b]);
    const index = await openIndexOf(place);
    rmSync(dirname(objectOf(place, a)), { recursive: true });
    const names = async () => (await index.search("")).hits.map(({ name }) => name);
    expect(await names()).toEqual(["b"]);
    chmodSync(mappingOf(place, b), 0o000);
    writeFileSync(mappingOf(place, b), encodeMapping(a.mappings[0]!.mapping));
    expect(await names()).toEqual([]);
  });

  it("can be stopped", async () => {
    const place = makePlace(Array.from({ length: 250 }, (_, index) => named(`f${index}`)));
    const stop = new AbortController();
    const options = {
      signal: stop.signal,
      onProgress: ({ done }: { done: number }) => done === 200 && stop.abort(new Error("stopped")),
    };
    await expect(find(place, options as Partial<SearchIndexOptions>)).rejects.toThrow("stopped");
    expect(readdirSync(join(place.cache, "index"))).toEqual([]);
    expect(await find(place)).toHaveLength(250);
  });

  it("says how far it is", async () => {
    const place = makePlace(Array.from({ length: 250 }, (_, index) => named(`f${index}`)));
    const steps: string[] = [];
    await openIndexOf(place, {
      onProgress: ({ step, done, total }) => steps.push(`${step} ${done} of ${total}`),
    });
    expect(steps).toEqual([
      "read 100 of 250",
      "read 200 of 250",
      "index 100 of 250",
      "index 200 of 250",
    ]);
  });

  it.skipIf(process.platform === "win32")("fails where the pool is no folder", async () => {
    const place = makePlace();
    rmSync(place.pool, { recursive: true });
    writeFileSync(place.pool, "");
    await expect(find(place)).rejects.toMatchObject({ name: "StoreError" });
  });
});

/** All that an index tells. */
async function tellAll(index: SearchIndex): Promise<unknown> {
  const listed = [];
  for await (const one of index.list()) listed.push(one);
  const graphs = [];
  for (const { hash } of listed) {
    graphs.push(await index.dependencies(hash), await index.callers(hash));
  }
  const searches = [];
  for (const query of ["", "f", "g1", "common", "commonly"]) {
    searches.push(await index.search(query, { limit: 500 }));
  }
  return { listed, graphs, searches, statistics: await index.statistics() };
}

describe("an index that followed changes", () => {
  it("is as one that is made anew", async () => {
    const place = makePlace();
    const records: FunctionRecord[] = [];
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return Math.floor((seed / 0x8000_0000) * below);
    };
    const pick = () => records[random(records.length)]!;
    const newFunction = () => {
      const calls = records.length === 0 ? [] : [...new Set([pick(), pick()])].slice(random(3));
      const day = `${1 + random(28)}`.padStart(2, "0");
      const record = sketch({
        texts: { eng: { name: `f${random(9)}`, docstring: "common words" } },
        created: `2026-01-${day}T00:00:00Z`,
        calls,
      });
      records.push(record);
      writeRecords(place.pool, [record]);
    };
    const steps = [
      newFunction,
      newFunction,
      () => writeRecords(place.pool, [withMapping(pick(), "fra", { name: `g${random(9)}` })]),
      () => rmSync(dirname(objectOf(place, pick())), { recursive: true, force: true }),
      () => writeFiles(place.pool, { [pathOfObject(pick().object.hash)]: "damaged" }),
      () => writeFiles(place.pool, Object.fromEntries(filesOf(pick()))),
      passTime,
    ];
    for (let step = 0; step < 40; step += 1) {
      for (let times = random(3); times >= 0; times -= 1) {
        if (records.length > 0) steps[random(steps.length)]!();
        else newFunction();
      }
      const followed = await tellAll(await openIndexOf(place));
      const anew = await openIndexOf({ ...place, cache: join(place.folder, `cache-${step}`) });
      expect(followed).toEqual(await tellAll(anew));
    }
  });
});

describe("a large pool", () => {
  it("is followed by its shards alone", async () => {
    const place = makePlace([mean, named("a")]);
    const database = await beginDatabase("", "memory", false);
    createTables(database!, place.pool);
    passTime();
    const apply = () =>
      applyRefresh(place.pool, database!, planRefresh(place.pool, database!, "none"), {});
    const isNew = () => hasNews(place.pool, database!, planRefresh(place.pool, database!, "none"));
    for (const size of [100, 4_000, 500_000]) {
      await apply();
      database!.run("UPDATE meta SET functions = ?, mappings = ?", size, size);
      expect(isNew()).toBe(false);
      const { visits } = planRefresh(place.pool, database!, "none");
      const depth = { 100: "files", 4000: "folders", 500000: null }[size];
      expect(new Set(visits.map((visit) => visit.depth))).toEqual(new Set([depth]));
      await add(place, withMapping(mean, "eng", { name: `of_${size}` }));
      expect(isNew()).toBe(true);
      await apply();
      database!.run("UPDATE meta SET functions = ?, mappings = ?", size, size);
      await add(place, named(`of_${size}`));
      expect(isNew()).toBe(true);
    }
    database!.close();
  });
});

describe("a pool that was copied", () => {
  it("has an index of its own", async () => {
    const place = makePlace([named("a")]);
    const copy = { ...place, pool: join(place.folder, "copy") };
    cpSync(place.pool, copy.pool, { recursive: true });
    writeRecords(copy.pool, [named("b")]);
    mkdirSync(join(copy.pool, "objects", "sha256", "zz"));
    expect(await find(place)).toEqual(["a"]);
    expect(await find(copy)).toEqual(["a", "b"]);
    const files = readdirSync(join(place.cache, "index"));
    expect(files.filter((name) => name.endsWith(".sqlite"))).toHaveLength(2);
  });
});
