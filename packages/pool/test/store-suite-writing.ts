/** What a store does that functions can be put into. */
import { describe, expect, it } from "vitest";
import { readFunction, readMappings } from "../src/checked-reading.js";
import type { FunctionRecord } from "../src/store.js";
import type { Suite } from "./store-suite.js";
import { addAll, collect, expectStored, must, writable } from "./store-suite-checks.js";
import { FORGED_RECORDS } from "./store-suite-forged.js";
import { filesOf, manyRecords, mean, recordOf, spread } from "./store-suite-records.js";

export function describeWriting({ abilities, placeWith }: Suite): void {
  describe.skipIf(!abilities.writes)("when it is written", () => {
    it("answers each function in its order, with what was written", async () => {
      const { store } = await placeWith();
      const records = [mean, spread, ...manyRecords(10)];
      expect(await addAll(writable(store), records)).toEqual(
        records.map((record) => ({
          hash: record.object.hash,
          written: [...filesOf(record).keys()],
        })),
      );
    });

    it("takes no function, and functions that come one by one", async () => {
      const { store } = await placeWith();
      expect(await addAll(writable(store), [])).toEqual([]);
      async function* oneByOne(): AsyncGenerator<FunctionRecord> {
        for (const record of manyRecords(5)) {
          await Promise.resolve();
          yield record;
        }
      }
      const answers = await collect(writable(store).add(oneByOne()));
      expect(answers.map(({ hash }) => hash)).toEqual(manyRecords(5).map((r) => r.object.hash));
      for (const record of manyRecords(5)) await expectStored(store, record);
    });

    it("writes nothing of a known function but a new mapping", async () => {
      const { store, another } = await placeWith({
        ...mean,
        mappings: mean.mappings.slice(0, 1),
      });
      const again: FunctionRecord = {
        object: {
          ...mean.object,
          metadata: {
            ...mean.object.metadata,
            author: "another",
            created: "2027-01-01T00:00:00Z",
          },
        },
        mappings: mean.mappings.slice(0, 2),
      };
      const written = [...filesOf(mean).keys()].slice(2, 3);
      const answers = await addAll(writable(store), [again, again]);
      expect(answers).toEqual([
        { hash: mean.object.hash, written },
        { hash: mean.object.hash, written: [] },
      ]);
      expect(await addAll(writable(await another()), [again])).toEqual([
        { hash: mean.object.hash, written: [] },
      ]);
      await expectStored(store, { ...mean, mappings: mean.mappings.slice(0, 2) });
    });

    it("refuses what is forged, and stores the rest", async () => {
      const { store } = await placeWith();
      const good = manyRecords(FORGED_RECORDS.length);
      const records = FORGED_RECORDS.flatMap(([record], index) => [record, must(good[index])]);
      const answers = await addAll(writable(store), records);
      expect(
        answers.map((answer) => ("fault" in answer ? answer.fault.code : answer.written.length)),
      ).toEqual(FORGED_RECORDS.flatMap(([, code]) => [code, 2]));
      for (const record of good) await expectStored(store, record);
      for (const [{ object }] of FORGED_RECORDS) {
        expect(await store.get(object.hash)).toBeUndefined();
        expect(await store.listMappings(object.hash)).toEqual([]);
      }
    });

    it("keeps what it answered when the functions stop coming", async () => {
      const { store } = await placeWith();
      const records = manyRecords(3);
      function* failing(): Generator<FunctionRecord> {
        yield* records;
        throw new Error("no more");
      }
      const answered: string[] = [];
      const adding = async (): Promise<void> => {
        for await (const { hash } of writable(store).add(failing())) answered.push(hash);
      };
      await expect(adding()).rejects.toThrow("no more");
      for (const record of records) {
        if (answered.includes(record.object.hash)) await expectStored(store, record);
      }
      for await (const _ of writable(store).add(records)) break;
      await addAll(writable(store), records);
      for (const record of records) await expectStored(store, record);
    });

    it("writes the same functions by many at once", async () => {
      const { store, another } = await placeWith();
      const records = [mean, spread, ...manyRecords(4)];
      const stores = [store, await another(), await another()].map(writable);
      const runs = [...stores, ...stores].map((one) => addAll(one, records));
      for (const answers of await Promise.all(runs)) {
        expect(answers.map(({ hash }) => hash)).toEqual(records.map((r) => r.object.hash));
        expect(answers.filter((answer) => "fault" in answer)).toEqual([]);
      }
      for (const record of records) await expectStored(store, record);
    });

    it("writes other functions, and other mappings of one, by many at once", async () => {
      const { store, another } = await placeWith();
      const stores = [store, await another(), await another()].map(writable);
      const source = "def one():\n    return 1";
      const runs = stores.map((one, index) =>
        addAll(one, [
          ...manyRecords(6, 100 * index),
          recordOf({ eng: source, fra: source }, [`variant ${index}`]),
        ]),
      );
      const answers = (await Promise.all(runs)).flat();
      expect(answers.filter((answer) => "fault" in answer)).toEqual([]);
      const seen = await another();
      for (let index = 0; index < stores.length; index += 1) {
        for (const record of manyRecords(6, 100 * index)) await expectStored(seen, record);
      }
      const all = recordOf(
        { eng: source, fra: source },
        stores.map((_, index) => `variant ${index}`),
      );
      await expectStored(seen, all);
    });

    it("is read while it is written: whole functions, or none", async () => {
      const { store, another } = await placeWith();
      const records = manyRecords(20);
      const reader = await another();
      const writing = addAll(writable(store), records);
      let isWritten = false;
      void writing.finally(() => {
        isWritten = true;
      });
      do {
        for (const { object } of records) {
          const found = await readFunction(reader, object.hash);
          expect(found === undefined || found.ok).toBe(true);
          for await (const { mapping } of readMappings(reader, object)) {
            expect(mapping.ok).toBe(true);
          }
        }
        await new Promise((resolve) => setImmediate(resolve));
      } while (!isWritten);
      await writing;
      for (const record of records) await expectStored(await another(), record);
    });
  });
}
