import { mappingHash } from "@ouverture/core";
import { expect, it } from "vitest";
import { readFunction, readMapping, readMappings } from "../src/checked-reading.js";
import { openDirectoryPool } from "../src/directory/directory-pool.js";
import { openLayeredSource } from "../src/registry/layered-source.js";
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

it("takes the word of a source that checks, and checks nothing again", async () => {
  const pool = await poolOf(mean);
  const reference = must(referencesOf(mean)[0]);
  const unread = { get: failing, getMapping: failing };
  const layered = { ...openLayeredSource({ layers: [pool] }), ...unread };
  expect(await readFunction(layered, mean.object.hash)).toEqual(
    await readFunction(pool, mean.object.hash),
  );
  expect(await readMapping(layered, mean.object, reference)).toEqual(
    await readMapping(pool, mean.object, reference),
  );
});

it.each(["object.json", "mapping.json"])("finds a bad %s behind it", async (name) => {
  const pool = await poolOf(mean);
  const path = must([...filesOf(mean).keys()].find((one) => one.endsWith(name)));
  const layered = openLayeredSource({ layers: [pool] });
  const reference = must(referencesOf(mean)[0]);
  writeFiles(pool.directory, { [path]: "{}" });
  const read = async (from: FunctionSource) => [
    await readFunction(from, mean.object.hash),
    await readMapping(from, mean.object, reference),
  ];
  expect(JSON.stringify(await read(layered))).toContain("fault");
  expect((await read(layered))[0]).toEqual((await read(pool))[0]);
});

it("checks a mapping against the code that it is given, behind it as well", async () => {
  const layered = openLayeredSource({ layers: [await poolOf(mean, one)] });
  const reference = { language: "eng", hash: mappingHash(must(one.mappings[0]).mapping) };
  const other = { ...mean.object, hash: one.object.hash };
  expect(await readMapping(layered, one.object, reference)).toMatchObject({ ok: true });
  expect(await readMapping(layered, other, reference)).toMatchObject({
    fault: { code: "invalid-mapping" },
  });
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

function failing(): never {
  throw new Error("read again");
}
