/** What was put into a store comes back as it was. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { mappingHash } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import type { Suite } from "./store-suite.js";
import { expectStored, listed, referencesOf } from "./store-suite-checks.js";
import {
  manyRecords,
  mean,
  olderForm,
  pathOfObject,
  recordOf,
  spread,
} from "./store-suite-records.js";

export function describeReading({ abilities, placeWith, fill }: Suite): void {
  describe("what was stored", () => {
    it.each([
      ["in many languages", [mean]],
      ["with a dependency and aliases", [mean, spread]],
      ["of the older form", [olderForm]],
      ["without any mapping", [{ ...mean, mappings: [] }]],
      ["many", manyRecords(40)],
    ])("comes back whole: %s", async (_, records) => {
      const { store } = await placeWith(...records);
      for (const record of records) await expectStored(store, record);
    });

    it("is there for one that opens the place later", async () => {
      const { another } = await placeWith(mean, spread);
      const store = await another();
      for (const record of [mean, spread]) await expectStored(store, record);
    });

    it("is listed by its language", async () => {
      const { store } = await placeWith(mean);
      for (const { language, mapping } of mean.mappings) {
        const expected = [{ language, hash: mappingHash(mapping) }];
        expect(await store.listMappings(mean.object.hash, language)).toEqual(expected);
      }
    });

    it("is all there where a language has many mappings", async () => {
      const record = recordOf({ eng: "def one():\n    return 1" }, variants(12));
      const { store } = await placeWith(record);
      await expectStored(store, record);
      expect(await store.listMappings(record.object.hash, "eng")).toHaveLength(12);
    });

    it.skipIf(!abilities.ordersMappings)("has the first mapping first", async () => {
      const source = "def one():\n    return 1";
      const later = ["b", "a", "d", "c"].map((comment) => recordOf({ eng: source }, [comment]));
      const first = recordOf({ eng: source, fra: source }, variants(6));
      const { store, another, change } = await placeWith(first);
      const before = await store.listMappings(first.object.hash, "eng");
      expect(before).toEqual(referencesOf(first).filter(({ language }) => language === "eng"));
      for (const record of later) {
        await fill({ store: await another(), another, change }, [record]);
      }
      expect(await (await another()).listMappings(first.object.hash, "eng")).toEqual([
        ...before,
        ...later.flatMap(referencesOf),
      ]);
    });

    it.skipIf(!abilities.lists)("is listed, sorted, each once", async () => {
      const records = [...manyRecords(60), mean, spread];
      const { store } = await placeWith(...records);
      expect(await listed(store)).toEqual(records.map(({ object }) => object.hash).sort());
    });

    it.skipIf(abilities.lists)("cannot be listed, and says so", async () => {
      const { store } = await placeWith(mean);
      expect(store.list()).toBeNull();
      expect(await store.complete(mean.object.hash.slice(0, 8))).toEqual([]);
    });

    it.skipIf(!abilities.lists)("is known by four digits and more", async () => {
      const records = manyRecords(40);
      const { store } = await placeWith(...records);
      for (const { object } of records.slice(0, 5)) {
        for (const length of [4, 5, 63, 64]) {
          const digits = object.hash.slice(0, length);
          const expected = records.map((one) => one.object.hash);
          expect(await store.complete(digits)).toEqual(
            expected.filter((hash) => hash.startsWith(digits)).sort(),
          );
        }
        for (const digits of ["", object.hash.slice(0, 3), `${object.hash.slice(0, 4)}zz`]) {
          expect(await store.complete(digits)).toEqual([]);
        }
      }
    });

    it.skipIf(!abilities.lists)("names no function where there is no object", async () => {
      const { store, change } = await placeWith(mean, spread);
      await change((folder) => rmSync(join(folder, pathOfObject(mean.object.hash))));
      expect(await listed(store)).toEqual([spread.object.hash]);
      expect(await store.complete(mean.object.hash)).toEqual([]);
      expect(await store.get(mean.object.hash)).toBeUndefined();
    });
  });
}

function variants(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `variant ${index}`);
}
