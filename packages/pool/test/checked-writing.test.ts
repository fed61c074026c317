/** What was checked when it was read is not checked again: nothing else gets by because of that. */

import { gzipSync } from "node:zlib";
import { encodeObject, MOST_BYTES, type StoredObject } from "@ouverture/core";
import { expect, it } from "vitest";
import { readFunction, readMapping } from "../src/checked-reading.js";
import { encodeRecord } from "../src/checked-writing.js";
import { openDirectoryPool } from "../src/directory/directory-pool.js";
import { temporaryFolder, writeFiles } from "./folder.js";
import { addAll, must, referencesOf } from "./store-suite-checks.js";
import { filesOf, mean, pathOfObject, recordOf, spread } from "./store-suite-records.js";

async function readBack(record: typeof mean) {
  const pool = openDirectoryPool(temporaryFolder());
  await addAll(pool, [mean, record]);
  const object = await readFunction(pool, record.object.hash);
  if (!object?.ok) throw new Error("no function");
  const reference = must(referencesOf(record)[0]);
  const mapping = await readMapping(pool, object.value.object, reference);
  if (!mapping?.ok) throw new Error("no mapping");
  return {
    object: object.value.object,
    mappings: [{ language: reference.language, mapping: mapping.value }],
  };
}

it("writes what was read as it was read", async () => {
  const record = await readBack(spread);
  const files = encodeRecord(record);
  const expected = [...filesOf({ ...spread, mappings: spread.mappings.slice(0, 1) })];
  expect(files.ok && files.value.map(({ path, bytes }) => [path, `${bytes}`])).toEqual(expected);
});

it("checks what was made of what was read", async () => {
  const { object, mappings } = await readBack(spread);
  const code = object.normalized_code.replace("max", "min");
  const changed: readonly [StoredObject, string][] = [
    [{ ...object, normalized_code: code }, "hash-mismatch"],
    [{ ...object, metadata: { ...object.metadata, created: "now" } }, "malformed-object"],
    [{ ...object, hash: "../x" }, "malformed-hash"],
  ];
  for (const [one, fault] of changed) {
    expect(encodeRecord({ object: one, mappings })).toMatchObject({ fault: { code: fault } });
  }
  const [first] = mappings;
  const mapping = { ...must(first).mapping, name_mapping: { _ouverture_v_0: "class" } };
  const spoilt = { object, mappings: [{ language: "eng", mapping }] };
  expect(encodeRecord(spoilt)).toMatchObject({ ok: false });
});

it("checks a mapping again for another function", async () => {
  const { mappings } = await readBack(spread);
  const { object } = await readBack(mean);
  expect(encodeRecord({ object, mappings })).toMatchObject({ fault: { code: "invalid-mapping" } });
});

it("refuses what was read packed and is too large unpacked", async () => {
  const { object } = recordOf({ eng: `def long():\n    return '${"a".repeat(MOST_BYTES - 100)}'` });
  const packed = gzipSync(object.normalized_code).toString("base64");
  const root = temporaryFolder();
  const text = JSON.stringify({ ...object, encoding: "gzip", normalized_code: packed });
  writeFiles(root, { [pathOfObject(object.hash)]: text });
  const read = await readFunction(openDirectoryPool(root), object.hash);
  if (!read?.ok) throw new Error("no function");
  expect(encodeObject(read.value.object).length).toBeGreaterThan(MOST_BYTES);
  expect(encodeRecord({ object: read.value.object, mappings: [] })).toMatchObject({
    fault: { code: "limit-exceeded" },
  });
});
