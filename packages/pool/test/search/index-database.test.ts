import { type ChildProcess, spawn } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import sqlite from "node-sqlite3-wasm";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { SearchIndex } from "../../src/search/search-index.js";
import { canMount, mountTemporary } from "../folder.js";
import { makePlace, openIndexOf, type Place, sketch, writeRecords } from "./search-pool.js";

const named = (name: string) => sketch({ texts: { eng: { name, docstring: "common words" } } });

async function find(place: Place, query = "common"): Promise<string[]> {
  const index = await openIndexOf(place);
  const { hits } = await index.search(query, { limit: 10_000 });
  index.close();
  return hits.map(({ name }) => name).sort();
}

function indexFile({ cache }: Place): string {
  const [name = ""] = readdirSync(join(cache, "index")).filter((one) => one.endsWith(".sqlite"));
  return join(cache, "index", name);
}

/** The private folders of processes that read. */
function links(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("ouverture-index-"));
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("an index that is broken", () => {
  const replace = (file: string, make: (file: string) => void) => {
    rmSync(file);
    make(file);
  };
  const sql = (statements: string) => (file: string) => {
    const database = new sqlite.Database(file);
    database.exec(statements);
    database.close();
  };
  const cases: [string, (file: string) => void][] = [
    ["gone", (file) => rmSync(file)],
    ["empty", (file) => truncateSync(file)],
    ["a header", (file) => truncateSync(file, 100)],
    ["cut after its first page", (file) => truncateSync(file, 4096)],
    ["cut in the middle", (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ["cut at the end", (file) => truncateSync(file, statSync(file).size - 1)],
    ["garbage", (file) => writeFileSync(file, "x".repeat(100_000))],
    ["a folder", (file) => replace(file, () => mkdirSync(file))],
    [
      "a full folder",
      (file) => replace(file, () => mkdirSync(join(file, "x"), { recursive: true })),
    ],
    ["another database", (file) => replace(file, sql("CREATE TABLE meta (x)"))],
    ["of another version", sql("UPDATE meta SET version = version + 1")],
    ["of another pool", sql("UPDATE meta SET pool = pool || 'x'")],
    ["of another Unicode", sql("UPDATE meta SET unicode = '1.0'")],
    ["without a table", sql("DROP TABLE mapping")],
    ["without the texts", sql("DROP TABLE text")],
    ["with texts of nothing", sql("DELETE FROM mapping")],
    ["with false texts", sql("UPDATE mapping SET function = 3 - function")],
    ["with no times", sql("UPDATE shard SET seen = 'x'")],
    ["with other types", sql("UPDATE function SET created = 1, callers = 'x'")],
    ["locked by a process that was killed", (file) => mkdirSync(`${file}.lock`)],
    [
      "in the middle of a transaction",
      (file) => writeFileSync(`${file}-journal`, "x".repeat(1_000)),
    ],
  ];

  it.each(cases)("because it is %s is made anew, or used", async (_, damage) => {
    const place = makePlace([named("a"), named("b")]);
    expect(await find(place)).toEqual(["a", "b"]);
    damage(indexFile(place));
    expect(await find(place)).toEqual(["a", "b"]);
    writeRecords(place.pool, [named("c")]);
    expect(await find(place)).toEqual(["a", "b", "c"]);
  });

  it("in any of its pages gives no wrong answer", async () => {
    const place = makePlace(Array.from({ length: 60 }, (_, index) => named(`f${index}`)));
    const expected = await find(place);
    const file = indexFile(place);
    const whole = readFileSync(file);
    for (let page = 0; page < whole.length; page += 4096) {
      for (const byte of [0, 0xff]) {
        const broken = Buffer.from(whole);
        broken.fill(byte, page, page + 4096);
        writeFileSync(file, broken);
        expect(await find(place), `page ${page / 4096}`).toEqual(expected);
      }
    }
  });

  it("while it is read is noticed by every question", async () => {
    const records = Array.from({ length: 60 }, (_, index) => named(`f${index}`));
    const place = makePlace(records);
    const hash = records[7]!.object.hash;
    const questions: ((index: SearchIndex) => Promise<unknown>)[] = [
      (index) => index.search("f7"),
      (index) => index.recent(100),
      (index) => index.dependencies(hash),
      (index) => index.callers(hash),
      (index) => index.statistics(),
      (index) => index.statisticsOf(hash),
      async (index) => {
        const listed = [];
        for await (const one of index.list()) listed.push(one);
        return listed;
      },
    ];
    for (const question of questions) {
      const expected = await question(await openIndexOf(place));
      const index = await openIndexOf(place);
      writeFileSync(indexFile(place), Buffer.alloc(statSync(indexFile(place)).size));
      expect(await question(index)).toEqual(expected);
    }
  });
});

describe("an index that has no place", () => {
  it("in the cache is made elsewhere", async () => {
    const place = makePlace([named("a")]);
    writeFileSync(place.cache, "a file");
    expect(await find(place)).toEqual(["a"]);
  });

  it("on any disk is made in memory", async () => {
    const place = makePlace([named("a")]);
    writeFileSync(place.cache, "a file");
    vi.stubEnv("TMPDIR", join(place.folder, "none"));
    vi.stubEnv("TEMP", join(place.folder, "none"));
    expect(await find(place)).toEqual(["a"]);
  });

  it.skipIf(!canMount)("on a disk that can only be read is read there", async () => {
    const place = makePlace([named("a")]);
    mkdirSync(place.cache);
    const disk = mountTemporary(place.cache, "size=4m");
    expect(await find(place)).toEqual(["a"]);
    disk.remount("ro");
    expect(await find(place)).toEqual(["a"]);
    writeRecords(place.pool, [named("b")]);
    expect(await find(place)).toEqual(["a", "b"]);
  });

  it.skipIf(!canMount)("on a disk that is full is made elsewhere", async () => {
    const records = Array.from({ length: 100 }, (_, index) => named(`f${index}`));
    const place = makePlace(records);
    mkdirSync(place.cache);
    mountTemporary(place.cache, "size=48k");
    expect(await find(place)).toHaveLength(100);
    expect(readdirSync(join(place.cache, "index"))).toEqual([]);
  });
});

it("leaves nothing behind but the index", async () => {
  vi.stubEnv("TMPDIR", makePlace().folder);
  const place = makePlace([named("a")]);
  const folder = join(place.cache, "index");
  mkdirSync(folder, { recursive: true });
  const [old, young] = [join(folder, "x.sqlite.1.tmp"), join(folder, "x.sqlite.2.tmp")];
  const lock = `${old}.lock`;
  for (const file of [old, young]) writeFileSync(file, "");
  mkdirSync(lock);
  for (const file of [old, lock]) utimesSync(file, 1_700_000_000, 1_700_000_000);
  expect(await find(place)).toEqual(["a"]);
  expect(await find(place)).toEqual(["a"]);
  expect(readdirSync(folder).sort()).toEqual(
    [indexFile(place).slice(folder.length + 1), "x.sqlite.2.tmp"].sort(),
  );
  expect(links()).toEqual([]);
});

describe("many processes at once", () => {
  it("find what is there, also while others write or are killed", {
    timeout: 300_000,
  }, async () => {
    const place = makePlace([named("f0")]);
    let count = 1;
    const program = join(place.folder, "reader.mjs");
    await bundleReader(program);
    const running = new Set<ChildProcess>();
    onTestFinished(() => {
      for (const child of running) child.kill("SIGKILL");
    });

    /** Asks a new process some times; true where it was killed before. */
    async function read(times: number): Promise<void> {
      const args = [program, place.pool, place.cache];
      const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
      running.add(child);
      // It may be killed just before it is asked.
      child.stdin.on("error", () => {});
      const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      for (let asked = 0; asked < times; asked += 1) {
        const before = count;
        child.stdin.write("\n");
        const { value, done } = await answers.next();
        if (done === true) break;
        expect(Number(value)).toBeGreaterThanOrEqual(before);
        expect(Number(value)).toBeLessThanOrEqual(count);
      }
      child.stdin.end();
      running.delete(child);
    }

    let isDone = false;
    async function write(): Promise<void> {
      while (!isDone) {
        writeRecords(place.pool, [named(`f${count}`)]);
        count += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    async function kill(): Promise<void> {
      while (!isDone) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        const [child] = running;
        if (child !== undefined && Math.random() < 0.5) child.kill("SIGKILL");
      }
    }
    const others = [write(), kill()];
    await Promise.all(
      [0, 1, 2].map(async () => {
        for (let round = 0; round < 3; round += 1) await read(4);
      }),
    );
    isDone = true;
    await Promise.all(others);
    expect(await find(place)).toHaveLength(count);
  });
});

async function bundleReader(outfile: string): Promise<void> {
  const library = createRequire(import.meta.url).resolve("node-sqlite3-wasm");
  await build({
    entryPoints: [fileURLToPath(new URL("index-reader.ts", import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@ouverture/source"],
    alias: { "node-sqlite3-wasm": library },
    external: [library],
  });
}
