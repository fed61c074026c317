import { mappingHash } from "@ouverture/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { openGitRegistry } from "../../src/git/git-registry.js";
import { openHttpRegistry } from "../../src/http/http-registry.js";
import { openDirectoryRegistry } from "../../src/registry/directory-registry.js";
import { openLayeredSource } from "../../src/registry/layered-source.js";
import type { FunctionRecord, FunctionSource, FunctionStore } from "../../src/store.js";
import {
  pullClosure,
  pushClosure,
  type TransferOptions,
  type TransferProgress,
  type Transferred,
} from "../../src/transfer/transfer.js";
import { filesBelow, git, hasGit, temporaryFolder, writeFiles } from "../folder.js";
import { answer, serveFolder, startServer } from "../http/faulty-server.js";
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

async function poolWith(name: string, ...records: readonly FunctionRecord[]) {
  const pool = openDirectoryPool(temporaryFolder(), { name });
  await addAll(pool, records);
  return pool;
}

/** `count` functions, each of which imports the one before it. */
function chain(count: number): FunctionRecord[] {
  const records: FunctionRecord[] = [];
  for (let index = 0; index < count; index += 1) {
    const before = records.at(-1)?.object.hash;
    const head =
      before === undefined ? "" : `from ouverture.pool import object_${before} as step\n\n`;
    const body = before === undefined ? "x" : "step(x)";
    records.push(recordOf({ eng: `${head}def link_${index}(x):\n    return ${body} + ${index}` }));
  }
  return records;
}

/** A function that imports some others. */
function caller(...callees: readonly FunctionRecord[]): FunctionRecord {
  const imports = callees.map(
    ({ object }, index) => `from ouverture.pool import object_${object.hash} as f${index}\n`,
  );
  const calls = callees.map((_, index) => `f${index}(x)`).join(" + ");
  return recordOf({ eng: `${imports.join("")}\ndef call(x):\n    return ${calls}` });
}

function hashesOf(records: readonly FunctionRecord[]): string[] {
  return records.map(({ object }) => object.hash);
}

async function pull(
  source: FunctionSource,
  store: FunctionStore,
  hashes: readonly string[],
  options: TransferOptions = {},
): Promise<Transferred[]> {
  return collect(pullClosure(source, store, hashes, options));
}

/** What became of each: `added 5`, `known`, `refused missing`. */
function outcomes(events: readonly Transferred[]): Record<string, string> {
  return Object.fromEntries(
    events.map((event) => {
      if (event.outcome === "added") return [event.hash, `added ${event.written.length}`];
      return [event.hash, event.outcome === "known" ? "known" : `refused ${event.code}`];
    }),
  );
}

/** Hands on to a store, and remembers what it was given, and in which order. */
function watched(
  store: FunctionStore,
): FunctionStore & { readonly given: string[]; calls: number } {
  const given: string[] = [];
  const self = {
    ...store,
    given,
    calls: 0,
    add(records: Parameters<FunctionStore["add"]>[0]) {
      self.calls += 1;
      return store.add(
        (async function* () {
          for await (const record of records) {
            given.push(record.object.hash);
            yield record;
          }
        })(),
      );
    },
  };
  return self;
}

const { hash } = mean.object;

describe("a transfer", () => {
  it("brings a function with all that it imports, and its mappings in their order", async () => {
    const source = await poolWith("source", mean, spread, ...manyRecords(3));
    const store = await poolWith("store");
    const events = await pull(source, store, [spread.object.hash]);
    expect(outcomes(events)).toEqual({ [hash]: "added 6", [spread.object.hash]: "added 3" });
    await expectStored(store, mean);
    await expectStored(store, spread);
    expect(await collect(store.list() ?? none())).toHaveLength(2);
    expect(filesBelow(store.directory).filter((path) => path.endsWith("object.json"))).toHaveLength(
      2,
    );
  });

  it("keeps which of several mappings was there first", async () => {
    const source = await poolWith("source");
    for (const comment of ["c", "a", "b"]) {
      const english = mean.mappings.slice(0, 1);
      const mappings = english.map((one) => ({ ...one, mapping: { ...one.mapping, comment } }));
      await addAll(source, [{ object: mean.object, mappings }]);
    }
    const store = await poolWith("store");
    await pull(source, store, [hash]);
    expect(await store.listMappings(hash)).toEqual(await source.listMappings(hash));
  });

  it("writes callees before callers, in one go, however they are asked for", async () => {
    const records = chain(12);
    const many = manyRecords(66);
    const top = caller(...records.slice(3, 9), ...many.slice(0, 5));
    const source = await poolWith("source", ...records, ...many, top);
    const orders = [
      [top.object.hash],
      [...hashesOf(records), ...hashesOf(many), top.object.hash].sort(),
      [top.object.hash, ...hashesOf(records).reverse(), top.object.hash],
    ];
    for (const order of orders) {
      const store = watched(await poolWith("store"));
      const events = await pull(source, store, order);
      expect(store.calls).toBe(1);
      expect(new Set(store.given).size).toBe(store.given.length);
      expect(events.map((event) => event.hash).sort()).toEqual([...store.given].sort());
      for (const [index, one] of records.entries()) {
        const before = records[index - 1];
        const at = store.given.indexOf(one.object.hash);
        if (at === -1 || before === undefined) continue;
        expect(store.given.indexOf(before.object.hash)).toBeGreaterThanOrEqual(0);
        expect(store.given.indexOf(before.object.hash)).toBeLessThan(at);
      }
    }
  });

  it("brings a whole source", async () => {
    const records = [...manyRecords(68), mean, spread];
    const source = await poolWith("source", ...records);
    const store = await poolWith("store");
    const events = await collect(pullClosure(source, store, source.list() ?? none()));
    expect(events).toHaveLength(70);
    expect(filesBelow(store.directory)).toEqual(filesBelow(source.directory));
    const again = await collect(pullClosure(source, store, source.list() ?? none()));
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(["known"]));
  });

  it("does not ask the source for what is there", async () => {
    const source = await poolWith("source");
    const store = await poolWith("store", mean, spread);
    expect(outcomes(await pull(source, store, [spread.object.hash]))).toEqual({
      [hash]: "known",
      [spread.object.hash]: "known",
    });
  });

  it("fills a gap below a function that is there", async () => {
    const source = await poolWith("source", mean, spread);
    const store = await poolWith("store", spread);
    expect(outcomes(await pull(source, store, [spread.object.hash]))).toEqual({
      [hash]: "added 6",
      [spread.object.hash]: "known",
    });
  });

  it("tells how far it is", async () => {
    const source = await poolWith("source", ...manyRecords(9));
    const told: TransferProgress[] = [];
    await pull(source, await poolWith("store"), hashesOf(manyRecords(9)), {
      onProgress: (progress) => told.push(progress),
    });
    expect(told.at(-1)).toEqual({ found: 9, done: 9 });
    expect(told.every(({ found, done }) => done <= found)).toBe(true);
  });

  it("stops where nobody waits for it any more, and what was told stays", async () => {
    const source = await poolWith("source", ...manyRecords(140));
    const store = watched(await poolWith("store"));
    const told: string[] = [];
    for await (const event of pullClosure(source, store, hashesOf(manyRecords(140)))) {
      told.push(event.hash);
      if (told.length === 3) break;
    }
    expect(store.given.length).toBeLessThan(140);
    for (const one of told) expect(await store.get(one)).toBeInstanceOf(Uint8Array);
  });
});

describe("languages", () => {
  const only = (record: FunctionRecord, ...languages: readonly string[]): FunctionRecord => ({
    ...record,
    mappings: record.mappings.filter(({ language }) => languages.includes(language)),
  });

  it("are those that are asked for; of a function that has none of them, all", async () => {
    const source = await poolWith("source", mean, spread);
    const store = await poolWith("store");
    await pull(source, store, [spread.object.hash], { languages: ["jpn", "heb"] });
    await expectStored(store, only(mean, "jpn", "heb"));
    await expectStored(store, spread);
  });

  it("are added to a function that is there and lacks one, but only to that", async () => {
    const source = await poolWith("source", mean, spread);
    const store = await poolWith("store", only(mean, "eng"), only(spread, "eng"));
    const events = await pull(source, store, [spread.object.hash], { languages: ["fra"] });
    expect(outcomes(events)).toEqual({ [hash]: "known", [spread.object.hash]: "added 1" });
    await expectStored(store, only(mean, "eng"));
    await expectStored(store, only(spread, "eng", "fra"));
  });

  it("are all brought up to date, where that is asked for", async () => {
    const source = await poolWith("source", mean, spread);
    const store = await poolWith("store", only(mean, "eng"), spread);
    const events = await pull(source, store, [spread.object.hash], { update: true });
    expect(outcomes(events)).toEqual({ [hash]: "added 4", [spread.object.hash]: "known" });
    await expectStored(store, mean);
  });

  it("are pushed without being asked for", async () => {
    const source = await poolWith("source", mean);
    const store = await poolWith("store", only(mean, "eng"));
    const events = await collect(pushClosure(source, store, [hash]));
    expect(outcomes(events)).toEqual({ [hash]: "added 4" });
  });
});

describe("what is refused", () => {
  it("is what the source does not have, and all that needs it", async () => {
    const [first, second, third] = chain(3) as [FunctionRecord, FunctionRecord, FunctionRecord];
    const source = await poolWith("source", second, third, mean);
    const store = await poolWith("store");
    const events = await pull(source, store, [third.object.hash, hash]);
    expect(outcomes(events)).toEqual({
      [first.object.hash]: "refused missing",
      [second.object.hash]: "refused missing-dependency",
      [third.object.hash]: "refused missing-dependency",
      [hash]: "added 6",
    });
    expect(events.flatMap((event) => ("message" in event ? [event.message] : []))).toEqual([
      `source does not have the function ${first.object.hash}. See that the hash is right, or ask another registry.`,
      `It imports the function ${first.object.hash}, which is not there. See why it was refused.`,
      `It imports the function ${second.object.hash}, which is not there. See why it was refused.`,
    ]);
    expect(await collect(store.list() ?? none())).toEqual([hash]);
  });

  it("is a function whose imports are not there, when they are not asked for", async () => {
    const source = await poolWith("source", mean, spread);
    const store = await poolWith("store");
    const alone = { recursive: false };
    const events = await pull(source, store, [spread.object.hash], alone);
    expect(events).toMatchObject([
      {
        outcome: "refused",
        code: "missing-dependency",
        message: `It imports the function ${hash}, which is not there. Transfer it as well.`,
      },
    ]);
    const both = [spread.object.hash, hash];
    expect(outcomes(await pull(source, store, both, alone))).toEqual({
      [hash]: "added 6",
      [spread.object.hash]: "added 3",
    });
  });

  it.each<[string, string, string]>([
    ["no object", "lies", "malformed-object"],
    ["another function", "", "malformed-object"],
  ])("is what is corrupt: %s", async (_, content, code) => {
    const source = await poolWith("source", mean, spread);
    writeFiles(source.directory, { [pathOfObject(hash)]: content });
    const store = await poolWith("store");
    const events = await pull(source, store, [spread.object.hash]);
    expect(outcomes(events)).toEqual({
      [hash]: `refused ${code}`,
      [spread.object.hash]: "refused missing-dependency",
    });
    expect(filesBelow(store.directory)).toEqual([]);
  });

  it("is what is corrupt where it should go", async () => {
    const store = await poolWith("store", mean);
    writeFiles(store.directory, { [pathOfObject(hash)]: "lies" });
    const events = await pull(await poolWith("source", mean), store, [hash]);
    expect(events).toMatchObject([{ outcome: "refused", code: "malformed-object" }]);
    expect((events[0] as { message: string }).message).toMatch(
      /^What store has of it is not whole\./,
    );
  });

  it("is a mapping that is corrupt, and not its function", async () => {
    const source = await poolWith("source", mean);
    const [reference = { language: "", hash: "" }] = referencesOf(mean);
    const path = pathOfMapping(hash, reference.language, reference.hash);
    writeFiles(source.directory, { [path]: "{}" });
    const store = await poolWith("store");
    const events = await pull(source, store, [hash]);
    expect(events).toMatchObject([
      { outcome: "refused", mapping: reference, code: "invalid-mapping", hash },
      { outcome: "added" },
    ]);
    await expectStored(store, { ...mean, mappings: mean.mappings.slice(1) });
  });

  it.each(["", "x", "../../etc/passwd", "0".repeat(63), hash.toUpperCase(), "__proto__"])(
    "is what is no hash: %j",
    async (name) => {
      const source = await poolWith("source", mean);
      const store = await poolWith("store");
      const events = await pull(source, store, [name, hash]);
      expect(outcomes(events)).toEqual({ [name]: "refused malformed-hash", [hash]: "added 6" });
    },
  );

  const limits = { depth: 256, functions: 10_000, bytes: 64 << 20 };
  it.each([
    ["too deep", { ...limits, depth: 4 }],
    ["too many", { ...limits, functions: 3 }],
    ["too large", { ...limits, bytes: 150 }],
  ])("is what is %s, and what needs it; others are not kept from it", async (_, limit) => {
    const records = chain(6);
    const source = await poolWith("source", ...records, mean);
    const last = records.at(-1)?.object.hash ?? "";
    const store = await poolWith("store");
    const events = await pull(source, store, [last, hash], { limits: limit });
    const codes = Object.values(outcomes(events));
    expect(codes).toContain("refused limit-exceeded");
    expect(outcomes(events)).toMatchObject({
      [last]: "refused missing-dependency",
      [hash]: "added 6",
    });
    expect(await collect(store.list() ?? none())).toEqual([hash]);
    const asked = await pull(source, store, hashesOf(records), { limits: limit });
    expect(new Set(Object.values(outcomes(asked)))).toEqual(new Set(["added 2"]));
  });
});

describe("a source that fails", () => {
  it("now and then makes single functions unreachable", async () => {
    const records = manyRecords(6);
    const folder = temporaryFolder();
    await addAll(openDirectoryRegistry(folder), records);
    const broken = records[2]?.object.hash ?? "";
    const serve = serveFolder(folder);
    const { url } = await startServer((request, response) => {
      const isBroken = request.url?.includes(broken.slice(2)) ?? false;
      (isBroken ? answer(500) : serve)(request, response);
    });
    const source = openHttpRegistry({ name: "shaky", url, retries: 0 });
    onTestFinished(() => source.close());
    const store = await poolWith("store");
    const events = await pull(source, store, hashesOf(records));
    expect(outcomes(events)).toMatchObject({ [broken]: "refused unreachable" });
    expect(events.filter(({ outcome }) => outcome === "added")).toHaveLength(5);
  });

  it("always ends the transfer, and what was told stays", async () => {
    const { url } = await startServer(answer(503));
    const source = openHttpRegistry({ name: "down", url, retries: 0 });
    onTestFinished(() => source.close());
    const store = await poolWith("store");
    await expect(pull(source, store, hashesOf(manyRecords(9)))).rejects.toThrow(/'down'/);
    expect(filesBelow(store.directory)).toEqual([]);
  });
});

describe("from publishing to pulling", () => {
  it("goes through a folder and a web server", async () => {
    const mine = await poolWith("mine", mean, spread, ...manyRecords(3));
    const site = temporaryFolder();
    const registry = openDirectoryRegistry(site);
    await collect(pushClosure(mine, registry, [spread.object.hash]));
    const { url } = await startServer(serveFolder(site));
    const served = openHttpRegistry({ name: "served", url });
    onTestFinished(() => served.close());
    const theirs = await poolWith("theirs");
    const events = await collect(pullClosure(served, theirs, served.list() ?? none()));
    expect(Object.values(outcomes(events)).sort()).toEqual(["added 3", "added 6"]);
    await expectStored(theirs, mean);
    await expectStored(theirs, spread);
    await expectAbsent(theirs, manyRecords(1)[0] ?? mean);
  });

  it("goes through a layered source, which steps in for one that lies", async () => {
    const liar = await poolWith("liar", mean, spread);
    writeFiles(liar.directory, { [pathOfObject(hash)]: "lies" });
    const source = openLayeredSource({ layers: [liar, await poolWith("good", mean)] });
    const store = await poolWith("store");
    await pull(source, store, [spread.object.hash]);
    await expectStored(store, mean);
    await expectStored(store, spread);
    expect(source.problems()).toMatchObject([{ store: "liar", kind: "corrupt" }]);
  });

  it.skipIf(!hasGit)("goes through git, in one commit", async () => {
    const bare = temporaryFolder();
    git(bare, "init", "-q", "--bare", "-b", "main");
    const settings = {
      name: "git",
      url: `git+file://${bare}`,
      identity: { name: "a", email: "a@b.org" },
    };
    const mine = await poolWith("mine", mean, spread);
    const there = openGitRegistry({ ...settings, cache: temporaryFolder() });
    onTestFinished(() => there.close());
    const pushed = await collect(pushClosure(mine, there, [spread.object.hash]));
    expect(outcomes(pushed)).toEqual({ [hash]: "added 6", [spread.object.hash]: "added 3" });
    expect(outcomes(await collect(pushClosure(mine, there, [spread.object.hash])))).toEqual({
      [hash]: "known",
      [spread.object.hash]: "known",
    });
    const elsewhere = openGitRegistry({ ...settings, cache: temporaryFolder() });
    onTestFinished(() => elsewhere.close());
    const theirs = await poolWith("theirs");
    await pull(elsewhere, theirs, [spread.object.hash]);
    await expectStored(theirs, mean);
    await expectStored(theirs, spread);
    expect(await theirs.listMappings(hash, "eng")).toEqual([
      {
        language: "eng",
        hash: mappingHash(
          mean.mappings[0]?.mapping ?? {
            docstring: "",
            name_mapping: {},
            alias_mapping: {},
            comment: "",
          },
        ),
      },
    ]);
  });
});

async function* none(): AsyncGenerator<string> {}
