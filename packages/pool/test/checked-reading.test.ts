import { mappingHash } from "@ouverture/core";
import { expect, it } from "vitest";
import { readFunction, readMapping, readMappings } from "../src/checked-reading.js";
import { openDirectoryPool } from "../src/directory/directory-pool.js";
import { type FunctionSource, StoreError } from "../src/store.js";
import { temporaryFolder, writeFiles } from "./folder.js";
import { addAll, collect, must, referencesOf } from "./store-suite-checks.js";
import { filesOf, mean, olderForm, recordOf } from "./store-suite-records.js";

const source = "def one():\n    return 1";
const one = recordOf({ eng: source, fra: source }, ["b", "a", "c"]);

async function poolOf(...records: Parameters<typeof addAll>[1]) {
  const pool = openDirectoryPool(temporaryFolder());
  await addAll(pool, records);
  return pool;
}

it("gives functions that are what their hash says", async () => {
  const pool = await poolOf(mean, olderForm);
  expect(await readFunction(pool, mean.object.hash)).toMatchObject({
    value: { object: mean.object, dependencies: [], olderForm: null },
  });
  expect(await readFunction(pool, olderForm.object.hash)).toMatchObject({
    value: { olderForm: { code: "not-canonical" } },
  });
  expect(await readFunction(pool, one.object.hash)).toBeUndefined();
  expect(await readFunction(pool, "mean")).toMatchObject({ fault: { code: "malformed-hash" } });
});

it("gives mappings in their order, of all languages or of one", async () => {
  const pool = await poolOf(one);
  const all = await collect(readMappings(pool, one.object));
  expect(all.map(({ reference }) => reference)).toEqual(referencesOf(one));
  const french = await collect(readMappings(pool, one.object, "fra"));
  expect(french.map(({ mapping }) => mapping)).toEqual(
    one.mappings.slice(3).map(({ mapping }) => ({ ok: true, value: mapping })),
  );
  expect(await collect(readMappings(pool, one.object, "deu"))).toEqual([]);
});

it("tells which mapping is corrupt, and gives the others", async () => {
  const pool = await poolOf(one);
  const path = must([...filesOf(one).keys()][2]);
  writeFiles(pool.directory, { [path]: "{}" });
  const read = await collect(readMappings(pool, one.object, "eng"));
  const corrupt = read.filter(({ mapping }) => !mapping.ok);
  expect(read).toHaveLength(3);
  expect(corrupt.map(({ reference }) => reference)).toEqual([referencesOf(one)[1]]);
});

it("leaves out what is gone by the time that it is read", async () => {
  const pool = await poolOf(one);
  const gone = { language: "eng", hash: "0".repeat(64) };
  const late: FunctionSource = {
    ...pool,
    listMappings: async (hash, language) => [gone, ...(await pool.listMappings(hash, language))],
  };
  expect(await collect(readMappings(late, one.object, "eng"))).toHaveLength(3);
  expect(await readMapping(late, one.object, gone)).toBeUndefined();
});

it("checks a mapping against the function that it is asked for", async () => {
  const pool = await poolOf(mean, one);
  const reference = { language: "eng", hash: mappingHash(must(one.mappings[0]).mapping) };
  const other = { ...mean.object, hash: one.object.hash };
  expect(await readMapping(pool, other, reference)).toMatchObject({
    fault: { code: "invalid-mapping" },
  });
});

it("throws what a source throws", async () => {
  const pool = await poolOf(mean);
  const failing: FunctionSource = {
    ...pool,
    get: () => Promise.reject(new StoreError("far", "Cannot read far: it is far. Go nearer.")),
  };
  await expect(readFunction(failing, mean.object.hash)).rejects.toThrow(StoreError);
});
