/** The threads that check functions: that they find what is found without them, or nothing. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspectFunction } from "@ouverture/core";
import { afterEach, describe, expect, it } from "vitest";
import { openCheckAhead } from "../../src/verify/check-ahead.js";
import { openCheckCache } from "../../src/verify/check-cache.js";
import { readStored } from "../../src/verify/check-stored.js";
import { verifyRepository } from "../../src/verify-repository.js";
import { hasGit, temporaryFolder, writeFiles } from "../folder.js";
import { filesOf, manyRecords, mean, spread } from "../store-suite-records.js";
import { importOf, makeRepository, objectOf, poolFiles } from "./checked-repository.js";

/** As it is built: in the sources there is no thread that runs. */
const built = (name: string) => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
const module = built("check-thread.js");

const many = manyRecords(160);
const hashes = many.map(({ object }) => object.hash);
const MOST = 1 << 20;

/** A pool of its own for each test. */
function poolOfMany(): string {
  const directory = temporaryFolder();
  for (const record of many) writeFiles(directory, Object.fromEntries(filesOf(record)));
  return directory;
}

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

function open(directory: string, options: object = {}) {
  const settings = { directory, mostBytes: MOST, cache: null, program: "this one" };
  const ahead = openCheckAhead({
    ...settings,
    mostFunctions: 1000,
    threads: 1,
    module,
    ...options,
  });
  if (ahead === null) throw new Error("there are no threads");
  opened.push(ahead);
  return ahead;
}

/** What the pool has of a function. */
async function taken(ahead: ReturnType<typeof open>, hash = "") {
  const bytes = await ahead.take(hash);
  if (bytes === null) throw new Error("the pool does not have it");
  return bytes;
}

describe("threads that check functions", () => {
  it("are built", () => {
    expect(existsSync(module)).toBe(true);
  });

  it("read ahead, the last that is known first, and find what a check finds", async () => {
    const ahead = open(poolOfMany());
    for (const hash of hashes.slice(0, 100)) ahead.expect(hash);
    const last = await taken(ahead, hashes[99]);
    expect(ahead.foundOf(last)?.check).toEqual(inspectFunction(last));
    expect(Object.fromEntries(filesOf(many[99] ?? mean))).toMatchObject({
      [`objects/sha256/${last.hash.slice(0, 2)}/${last.hash.slice(2)}/object.json`]: Buffer.from(
        last.object,
      ).toString(),
    });
    // Once the walk has begun, it reads by itself.
    const first = await taken(ahead, hashes[0]);
    expect(ahead.foundOf(first)).toBeUndefined();
    // More than are sent at a time, all at once, and each gets its own answer.
    const some = await Promise.all(hashes.slice(0, 40).map((hash) => taken(ahead, hash)));
    const looked = await Promise.all(some.map((one) => ahead.check(one)));
    expect(looked.map((one) => one?.check)).toEqual(some.map((one) => inspectFunction(one)));
  });

  it("read on behind the start of the walk what they know from an earlier run", async () => {
    const directory = poolOfMany();
    const cache = temporaryFolder();
    const earlier = openCheckCache({ folder: cache, program: "this one", check: inspectFunction });
    for (const hash of hashes) {
      const bytes = readStored(directory, hash, MOST);
      if (bytes !== null) await earlier.inspect(bytes);
    }
    await earlier.save();
    const ahead = open(directory, { cache });
    for (const hash of hashes.slice(0, 100)) ahead.expect(hash);
    await taken(ahead, hashes[99]);
    for (const hash of hashes.slice(100, 103)) ahead.expect(hash);
    const last = await taken(ahead, hashes[102]);
    expect(ahead.foundOf(last)).toMatchObject({ check: inspectFunction(last), isNew: false });
    // All come, and each is what the pool has, whoever has read it.
    for (const hash of hashes) {
      const bytes = await taken(ahead, hash);
      expect(bytes).toMatchObject(readStored(directory, hash, MOST) ?? {});
    }
  });

  it("check what they are given, of a pool that they cannot read, too", async () => {
    const ahead = open(join(temporaryFolder(), "nowhere"));
    for (const hash of hashes) ahead.expect(hash);
    const bytes = { hash: mean.object.hash, object: Buffer.from("{}"), mappings: [] };
    expect((await ahead.check(bytes))?.check).toEqual(inspectFunction(bytes));
    expect(await ahead.take(hashes.at(-1) ?? "")).toBeNull();
  });

  it("are not started for a few functions", async () => {
    const ahead = open(poolOfMany());
    for (const hash of hashes.slice(0, 50)) ahead.expect(hash);
    const bytes = await taken(ahead, hashes[49]);
    expect(ahead.foundOf(bytes)).toBeUndefined();
    expect(await ahead.check(bytes)).toBeNull();
  });

  it.each([
    ["cannot start", "import './nowhere.js';"],
    [
      "ends with the first question",
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));",
    ],
    [
      "throws",
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { throw new Error('no'); });",
    ],
  ])("leave it to others where one %s", async (_, text) => {
    const broken = join(temporaryFolder(), "thread.mjs");
    writeFileSync(broken, text);
    const ahead = open(poolOfMany(), { module: broken });
    for (const hash of hashes) ahead.expect(hash);
    const bytes = await taken(ahead, hashes.at(-1));
    expect(ahead.foundOf(bytes)).toBeUndefined();
    const all = Array.from({ length: 30 }, () => ahead.check(bytes));
    expect(new Set(await Promise.all(all))).toEqual(new Set([null]));
  });

  it("end with the run, whatever they were asked", async () => {
    const ahead = open(poolOfMany());
    for (const hash of hashes) ahead.expect(hash);
    const asked = ahead.take(hashes.at(-1) ?? "");
    await ahead.close();
    expect([null, hashes.at(-1)]).toContain((await asked)?.hash ?? null);
  });

  it("are none where the system has one processor, or the module is not there", () => {
    const settings = { directory: "", mostBytes: MOST, cache: null, program: "", mostFunctions: 9 };
    expect(openCheckAhead({ ...settings, module, threads: 0 })).toBeNull();
    expect(openCheckAhead({ ...settings, module: `${module}.no` })).toBeNull();
  });
});

describe.runIf(hasGit)("a check with threads", () => {
  it("reports what one without reports, also of what is damaged", async () => {
    const damaged = manyRecords(200, 1000);
    const pool = poolFiles(...damaged, mean, spread);
    const sources = damaged.map(({ object }, index) => [
      `m${index}.py`,
      importOf(index % 50 === 7 ? "0".repeat(63) + (index % 10) : object.hash),
    ]);
    const one = makeRepository({ ...pool, ...Object.fromEntries(sources) });
    one.write({ "z.py": importOf(spread.object.hash) });
    for (const [index, record] of damaged.entries()) {
      const path = objectOf(record);
      const text = pool[path] ?? "";
      if (index % 20 === 3) one.write({ [path]: text.replace(" + ", " - ") });
      if (index % 20 === 9) rmSync(join(one.root, path));
      if (index % 20 === 15) {
        const mapping = Object.keys(poolFiles(record)).find((name) => name !== path) ?? "";
        one.write({ [mapping]: (pool[mapping] ?? "").replace('"number"', '"class"') });
      }
    }
    const options = {
      root: one.root,
      environment: { HOME: one.home, USERPROFILE: one.home },
      offline: true,
      today: "2026-06-15",
    };
    const library: { verifyRepository: typeof verifyRepository } = await import(built("index.js"));
    const expected = await verifyRepository({ ...options, cache: false });
    expect(expected.coverage.functions).toBeGreaterThan(150);
    expect(new Set(expected.findings.map(({ code }) => code)).size).toBeGreaterThan(2);
    expect(await library.verifyRepository({ ...options, cache: false })).toEqual(expected);
    // The first fills the cache, the second reads it.
    expect(await library.verifyRepository(options)).toEqual(expected);
    expect(await library.verifyRepository(options)).toEqual(expected);
  });
});
