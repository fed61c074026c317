/** Of what a store has none. */
import { describe, expect, it } from "vitest";
import { readFunction } from "../src/checked-reading.js";
import { writeFiles } from "./folder.js";
import type { Suite } from "./store-suite.js";
import { expectAbsent, listed, referencesOf, sortedReferences } from "./store-suite-checks.js";
import { filesOf, mean } from "./store-suite-records.js";

export function describeAbsence({ abilities, placeWith }: Suite): void {
  describe("of which it has none", () => {
    it("has nothing in an empty place", async () => {
      const { store } = await placeWith();
      await expectAbsent(store, mean);
      expect(await listed(store)).toEqual(abilities.lists ? [] : null);
      expect(await store.complete(mean.object.hash.slice(0, 8))).toEqual([]);
    });

    it("has nothing of the neighbours of a function", async () => {
      const { store } = await placeWith(mean);
      const { hash } = mean.object;
      for (const other of [nextHash(hash), nextHash(hash.slice(0, 2)) + hash.slice(2)]) {
        await expectAbsent(store, { ...mean, object: { ...mean.object, hash: other } });
      }
      const [reference] = await store.listMappings(hash, "eng");
      for (const other of [
        { language: "eng", hash: nextHash(reference?.hash ?? "") },
        { language: "deu", hash: reference?.hash ?? "" },
      ]) {
        expect(await store.getMapping(hash, other)).toBeUndefined();
      }
      expect(await store.listMappings(hash, "deu")).toEqual([]);
    });

    it("has nothing under what is no hash and no language", async () => {
      const { store } = await placeWith(mean);
      const { hash } = mean.object;
      const [reference] = await store.listMappings(hash, "eng");
      for (const hostile of HOSTILE) {
        expect(await store.get(hostile), hostile).toBeUndefined();
        expect(await store.listMappings(hostile), hostile).toEqual([]);
        expect(await store.listMappings(hash, hostile), hostile).toEqual([]);
        expect(await store.complete(hostile), hostile).toEqual([]);
        for (const [ofFunction, language, ofMapping] of [
          [hostile, "eng", reference?.hash ?? ""],
          [hash, hostile, reference?.hash ?? ""],
          [hash, "eng", hostile],
        ] as const) {
          const found = await store.getMapping(ofFunction, { language, hash: ofMapping });
          expect(found, hostile).toBeUndefined();
        }
        expect(await readFunction(store, hostile)).toMatchObject({
          fault: { code: "malformed-hash" },
        });
      }
      expect(await store.get(hash.toUpperCase())).toBeUndefined();
    });

    it("lists no mapping under what is no language and no hash", async () => {
      const { store, change } = await placeWith(mean);
      const files = [...filesOf(mean)].slice(1, 2);
      await change((folder) => {
        for (const [path, text] of files) {
          writeFiles(folder, { [path.replace("/eng/", "/e/")]: text });
          writeFiles(folder, { [path.replace("/eng/", "/a.b/")]: text });
          writeFiles(folder, { [path.replace(/[^/]+\/mapping/, "00/mapping")]: text });
        }
      });
      expect(sortedReferences(await store.listMappings(mean.object.hash))).toEqual(
        sortedReferences(referencesOf(mean)),
      );
    });
  });
}

const HOSTILE = [
  "",
  ".",
  "..",
  "../x",
  "../../../../etc/passwd",
  "/etc/passwd",
  "C:\\x",
  "..\\x",
  "0".repeat(63),
  "0".repeat(65),
  `${"0".repeat(62)}/.`,
  `../${"0".repeat(61)}`,
  `${"0".repeat(64)}\n`,
  "g".repeat(64),
  "\0".repeat(64),
  "%2e%2e%2f",
  "sha256",
  "__proto__",
  "a b c",
  "?x=",
  "eng/../fra",
  "-rf",
  "\u202e",
];

function nextHash(hash: string): string {
  return hash.slice(0, -1) + (hash.endsWith("0") ? "1" : "0");
}
