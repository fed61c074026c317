/** What the tests of stores ask of a store, and what they expect. */
import { encodeObject, mappingHash } from "@ouverture/core";
import { expect } from "vitest";
import { readFunction, readMappings } from "../src/checked-reading.js";
import type {
  Added,
  FunctionRecord,
  FunctionSource,
  FunctionStore,
  Refused,
} from "../src/store.js";

/** Checks that the store has all of a record, and no other mapping. */
export async function expectStored(store: FunctionSource, record: FunctionRecord): Promise<void> {
  await expectFunction(store, record);
  const { object } = record;
  expect(sortedReferences(await store.listMappings(object.hash))).toEqual(
    sortedReferences(referencesOf(record)),
  );
  const read = await collect(readMappings(store, object));
  for (const { language, mapping } of record.mappings) {
    const reference = { language, hash: mappingHash(mapping) };
    expect(read).toContainEqual({ reference, mapping: { ok: true, value: mapping } });
  }
}

export async function expectFunction(
  store: FunctionSource,
  { object }: FunctionRecord,
): Promise<void> {
  expect(Buffer.from((await store.get(object.hash)) as Uint8Array).toString()).toBe(
    encodeObject(object),
  );
  expect(await readFunction(store, object.hash)).toMatchObject({ ok: true, value: { object } });
}

export async function expectAbsent(store: FunctionSource, record: FunctionRecord): Promise<void> {
  const { object } = record;
  expect(await store.get(object.hash)).toBeUndefined();
  expect(await readFunction(store, object.hash)).toBeUndefined();
  expect(await store.listMappings(object.hash)).toEqual([]);
  expect(await store.listMappings(object.hash, "eng")).toEqual([]);
  for (const reference of referencesOf(record)) {
    expect(await store.getMapping(object.hash, reference)).toBeUndefined();
  }
}

export function referencesOf({ mappings }: FunctionRecord): { language: string; hash: string }[] {
  return mappings.map(({ language, mapping }) => ({ language, hash: mappingHash(mapping) }));
}

export function sortedReferences(
  references: readonly { language: string; hash: string }[],
): string[] {
  return references.map(({ language, hash }) => `${language} ${hash}`).sort();
}

export async function listed(store: FunctionSource): Promise<string[] | null> {
  const hashes = store.list();
  return hashes === null ? null : collect(hashes);
}

export function writable(store: FunctionSource | FunctionStore): FunctionStore {
  if (!("add" in store)) throw new Error(`${store.name} has no add`);
  return store;
}

export function addAll(
  store: FunctionStore,
  records: readonly FunctionRecord[],
): Promise<(Added | Refused)[]> {
  return collect(store.add(records));
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("nothing there");
  return value;
}
