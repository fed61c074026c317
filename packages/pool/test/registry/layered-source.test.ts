import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { openHttpRegistry } from "../../src/http/http-registry.js";
import {
  type LayeredOptions,
  type LayeredSource,
  openLayeredSource,
} from "../../src/registry/layered-source.js";
import type { FunctionRecord, FunctionSource, FunctionStore } from "../../src/store.js";
import { temporaryFolder, writeFiles } from "../folder.js";
import { answer, startServer } from "../http/faulty-server.js";
import { describeStore } from "../store-suite.js";
import {
  addAll,
  collect,
  expectAbsent,
  expectStored,
  referencesOf,
} from "../store-suite-checks.js";
import {
  manyRecords,
  mean,
  pathOfMapping,
  pathOfObject,
  recordOf,
  spread,
} from "../store-suite-records.js";

describeStore(
  "a layered source",
  {
    writes: false,
    lists: true,
    ordersMappings: true,
    inPlace: ["link", "linked-folder", "folder", "pipe"],
    corrupt: "fault",
  },
  async () => {
    const [near, far] = [temporaryFolder(), temporaryFolder()];
    const open = () =>
      openLayeredSource({ layers: [openDirectoryPool(near), openDirectoryPool(far)] });
    return { store: open(), another: async () => open(), change: async (edit) => edit(far) };
  },
);

async function poolWith(name: string, ...records: readonly FunctionRecord[]) {
  const pool = openDirectoryPool(temporaryFolder(), { name });
  await addAll(pool, records);
  return pool;
}

function open(options: LayeredOptions): LayeredSource {
  const source = openLayeredSource(options);
  onTestFinished(() => source.close());
  return source;
}

/** A registry that answers all with this status. */
async function failing(name: string, status = 500): Promise<FunctionSource> {
  const { url } = await startServer(answer(status));
  return openHttpRegistry({ name, url, retries: 0, retryDelay: 1 });
}

/** Counts what a source is asked for. */
function counted(source: FunctionSource): FunctionSource & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    ...source,
    asked,
    get(hash) {
      asked.push(hash);
      return source.get(hash);
    },
  };
}

const { hash } = mean.object;
const [english, french] = mean.mappings;
const only = (mapping: (typeof mean.mappings)[number] | undefined): FunctionRecord => ({
  object: mean.object,
  mappings: mapping === undefined ? [] : [mapping],
});

describe("the layers", () => {
  it("are asked in their order, and no further than needed", async () => {
    const far = counted(await poolWith("far", mean, spread));
    const source = open({ layers: [await poolWith("near", mean), far] });
    await source.get(hash);
    expect(far.asked).toEqual([]);
    await source.get(spread.object.hash);
    expect(far.asked).toEqual([spread.object.hash]);
    expect(source.problems()).toEqual([]);
  });

  it("give their mappings together, the first layer's first, and each once", async () => {
    const other = recordOf({ eng: "def average(xs):\n    t = sum(xs)\n    return t / len(xs)" });
    const near = await poolWith("near", other);
    const far = await poolWith("far", mean);
    await addAll(far, [other]);
    const source = open({ layers: [near, far] });
    const [first] = referencesOf(other);
    expect(await source.listMappings(hash, "eng")).toEqual([first, referencesOf(mean)[0]]);
    expect(await source.listMappings(hash)).toHaveLength(1 + mean.mappings.length);
    expect(await source.listMappings(hash, "deu")).toEqual([]);
  });

  it("give the nearest mappings alone where that is asked for", async () => {
    const layers = [await poolWith("near", only(english)), await poolWith("far", mean)];
    const source = open({ layers, nearestMappings: true });
    expect(await source.listMappings(hash)).toEqual(referencesOf(only(english)));
    expect(await source.listMappings(hash, "fra")).toEqual(referencesOf(only(french)));
  });

  it("are listed as one, sorted, each function once", async () => {
    const records = manyRecords(9);
    const layers = await Promise.all(
      [records.slice(0, 5), records.slice(3), []].map((some) => poolWith("layer", ...some)),
    );
    const hashes = records.map(({ object }) => object.hash).sort();
    const source = open({ layers });
    expect(await collect(source.list() ?? none())).toEqual(hashes);
    const digits = hashes[0]?.slice(0, 8) ?? "";
    expect(await source.complete(digits)).toEqual([hashes[0]]);
  });

  it("are asked once for what is asked for several times at once", async () => {
    const far = counted(await poolWith("far", mean));
    const source = open({ layers: [far] });
    const found = await Promise.all([1, 2, 3].map(() => source.get(hash)));
    expect(found.every((bytes) => bytes instanceof Uint8Array)).toBe(true);
    expect(far.asked).toEqual([hash]);
  });
});

describe("a layer that fails", () => {
  it("is told, and does not keep the next from serving", async () => {
    const source = open({ layers: [await failing("broken"), await poolWith("good", mean)] });
    await expectStored(source, mean);
    const [problem, ...others] = source.problems();
    expect(others.every(({ store, kind }) => store === "broken" && kind === "failed")).toBe(true);
    expect(problem).toMatchObject({ store: "broken", kind: "failed", hashes: [hash] });
    expect(problem?.message).toContain("500");
  });

  it("makes what no other has unreachable, and never absent", async () => {
    const [reference = { language: "", hash: "" }] = referencesOf(mean);
    for (const layers of [
      [await failing("broken"), await poolWith("empty")],
      [await poolWith("empty"), await failing("broken")],
    ]) {
      const source = open({ layers });
      for (const question of [
        () => source.get(hash),
        () => source.listMappings(hash),
        () => source.complete(hash.slice(0, 8)),
        () => source.getMapping(hash, reference),
        () => collect(source.list() ?? none()),
      ]) {
        await expect(question()).rejects.toThrow(/^The registry 'broken' cannot be read: /);
      }
    }
  });

  it("is named with the others that fail", async () => {
    const source = open({ layers: [await failing("one"), await failing("two")] });
    await expect(source.get(hash)).rejects.toThrow(/'one'.*'two'/);
  });

  it("is listed after the others, and told then", async () => {
    const source = open({ layers: [await poolWith("good", mean), await failing("broken")] });
    const listed: string[] = [];
    const listing = (async () => {
      for await (const one of source.list() ?? none()) listed.push(one);
    })();
    await expect(listing).rejects.toThrow(/broken/);
    expect(listed).toEqual([hash]);
  });

  it("is asked no more once it failed three times in a row, and asked on where it did not", async () => {
    const { url, requests, behave } = await startServer(answer(500));
    const registry = openHttpRegistry({ name: "broken", url, retries: 0 });
    const source = open({ layers: [registry] });
    const hashes = manyRecords(8).map(({ object }) => object.hash);
    const ask = (one: string | undefined) => source.get(one ?? "").catch(() => "failed");
    await ask(hashes[0]);
    await ask(hashes[1]);
    behave(answer(404));
    expect(await ask(hashes[2])).toBeUndefined();
    behave(answer(500));
    for (const one of hashes.slice(3)) expect(await ask(one)).toBe("failed");
    expect(requests).toHaveLength(6);
    expect(source.problems()).toHaveLength(2 + 3);
  });
});

describe("a layer that lies", () => {
  const lies: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ["other code", JSON.stringify({ schema_version: 1 }), /there is no/],
    ["a page", "<html>", /not JSON/],
    ["bytes", new Uint8Array([0xff]), /not UTF-8/],
  ];
  it.each(lies)("is told, and the next one is asked: %s", async (_, content, said) => {
    const liar = await poolWith("liar");
    writeFiles(liar.directory, { [pathOfObject(hash)]: content });
    const source = open({ layers: [liar, await poolWith("good", mean)] });
    await expectStored(source, mean);
    expect(source.problems()).toEqual([
      { store: "liar", kind: "corrupt", message: expect.stringMatching(said), hashes: [hash] },
    ]);
  });

  it("is found out by who checks, where no other has it", async () => {
    const liar = await poolWith("liar");
    writeFiles(liar.directory, { [pathOfObject(hash)]: "lies" });
    for (const layers of [
      [liar],
      [liar, await failing("broken")],
      [await poolWith("empty"), liar],
    ]) {
      const source = open({ layers });
      expect(Buffer.from((await source.get(hash)) as Uint8Array).toString()).toBe("lies");
      expect(source.problems().map(({ store }) => store)).toContain("liar");
    }
  });

  it("has no mapping taken from it either", async () => {
    const [reference = { language: "", hash: "" }] = referencesOf(mean);
    const liar = await poolWith("liar", mean);
    writeFiles(liar.directory, { [pathOfMapping(hash, reference.language, reference.hash)]: "{}" });
    const source = open({ layers: [liar, await poolWith("good", mean)] });
    await expectStored(source, mean);
    expect(source.problems()).toMatchObject([{ store: "liar", kind: "corrupt", hashes: [hash] }]);
  });
});

describe("what is kept", () => {
  async function keeping(...records: readonly FunctionRecord[]) {
    const repository = await poolWith("repository");
    const keep = await poolWith("user");
    const registry = counted(await poolWith("registry", ...records));
    const source = openLayeredSource({ layers: [repository, keep, registry], keep });
    return { repository, keep, registry, source };
  }

  it("is what a registry gave: the function, and the mappings that were asked for", async () => {
    const { source, keep } = await keeping(mean);
    const [reference = { language: "", hash: "" }] = referencesOf(mean);
    await source.get(hash);
    await source.getMapping(hash, reference);
    await source.close();
    await expectStored(keep, only(english));
    expect(source.problems()).toEqual([]);
  });

  it("is not what a pool has", async () => {
    const { source, keep, repository } = await keeping();
    await addAll(repository, [mean]);
    await source.get(hash);
    await source.close();
    await expectAbsent(keep, mean);
  });

  it("is not what is corrupt", async () => {
    const { source, keep, registry } = await keeping();
    const { directory } = registry as unknown as { directory: string };
    writeFiles(directory, { [pathOfObject(hash)]: "lies" });
    await source.get(hash);
    await source.close();
    await expectAbsent(keep, mean);
  });

  it("is a function once all that it imports is kept, in whichever order it came", async () => {
    for (const order of [
      [mean, spread],
      [spread, mean],
    ]) {
      const { source, keep } = await keeping(mean, spread);
      for (const { object } of order) await source.get(object.hash);
      await source.close();
      expect(await collect(keep.list() ?? none())).toEqual([hash, spread.object.hash].sort());
    }
  });

  it("is not a function without what it imports, and so leaves no gap", async () => {
    const { source, keep } = await keeping(mean, spread);
    await source.get(spread.object.hash);
    for (const reference of referencesOf(spread)) {
      await source.getMapping(spread.object.hash, reference);
    }
    await source.close();
    await expectAbsent(keep, spread);
  });

  it("has the mappings that were read while it waited", async () => {
    const { source, keep } = await keeping(mean, spread);
    await source.get(spread.object.hash);
    for (const reference of referencesOf(spread)) {
      await source.getMapping(spread.object.hash, reference);
    }
    await source.get(hash);
    await source.close();
    await expectStored(keep, spread);
  });

  it("is many functions", async () => {
    const records = manyRecords(100);
    const { source, keep } = await keeping(...records);
    await Promise.all(records.map(({ object }) => source.get(object.hash)));
    await source.close();
    for (const record of records) await expectStored(keep, { ...record, mappings: [] });
  });

  it("is told where it cannot be, and is served all the same", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { file: "" });
    const keep: FunctionStore = openDirectoryPool(join(folder, "file"), { name: "user" });
    const registry = await poolWith("registry", ...manyRecords(3));
    const source = openLayeredSource({ layers: [registry], keep });
    for (const { object } of manyRecords(3)) {
      expect(await source.get(object.hash)).toBeInstanceOf(Uint8Array);
    }
    await source.close();
    expect(source.problems()).toEqual([
      { store: "user", kind: "not-kept", message: expect.stringMatching(/user: /), hashes: [] },
    ]);
    rmSync(folder, { recursive: true });
  });
});

async function* none(): AsyncGenerator<string> {}
