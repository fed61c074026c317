import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join, relative } from "node:path";
import { mappingHash } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { StoreError } from "../../src/store.js";
import { canMount, filesBelow, mountTemporary, temporaryFolder, writeFiles } from "../folder.js";
import { describeStore } from "../store-suite.js";
import { addAll, collect, expectStored } from "../store-suite-checks.js";
import {
  filesOf,
  manyRecords,
  mean,
  pathOfMapping,
  recordOf,
  spread,
} from "../store-suite-records.js";

describeStore(
  "a pool in a directory",
  {
    writes: true,
    lists: true,
    ordersMappings: true,
    inPlace: ["link", "linked-folder", "folder", "pipe"],
    corrupt: "fault",
  },
  async () => {
    const folder = join(temporaryFolder(), "deep", "pool");
    return {
      store: openDirectoryPool(folder),
      another: async () => openDirectoryPool(folder),
      change: async (edit) => edit(folder),
    };
  },
);

const shard = `objects/sha256/${mean.object.hash.slice(0, 2)}`;

describe("the files of a pool", () => {
  it("are those of the specification, and no others", async () => {
    const root = temporaryFolder();
    await addAll(openDirectoryPool(root), [mean, spread]);
    const expected = new Map([...filesOf(mean), ...filesOf(spread)]);
    expect(filesBelow(root)).toEqual([...expected.keys()].sort());
    for (const [path, text] of expected) {
      expect(readFileSync(join(root, path), "utf8")).toBe(text);
    }
  });

  it("are all there when more are added than are written at a time", async () => {
    const pool = openDirectoryPool(temporaryFolder());
    const records = manyRecords(150);
    const answers = await addAll(pool, records);
    expect(answers.map(({ hash }) => hash)).toEqual(records.map(({ object }) => object.hash));
    for (const record of records) await expectStored(pool, record);
  });

  it("are not touched when they are known", async () => {
    const root = temporaryFolder();
    await addAll(openDirectoryPool(root), [mean]);
    const places = [...filesOf(mean).keys()].map((path) => join(root, path));
    const before = places.map((place) => statSync(place, { bigint: true }));
    const other = { ...mean.object, metadata: { ...mean.object.metadata, author: "b" } };
    await addAll(openDirectoryPool(root), [{ ...mean, object: other }]);
    const after = places.map((place) => statSync(place, { bigint: true }));
    expect(after.map(({ ino, mtimeNs }) => [ino, mtimeNs])).toEqual(
      before.map(({ ino, mtimeNs }) => [ino, mtimeNs]),
    );
  });

  it("tell of every change by the time of their shard", async () => {
    const root = temporaryFolder();
    const pool = openDirectoryPool(root);
    await addAll(pool, [{ ...mean, mappings: [] }]);
    for (const mapping of mean.mappings) {
      utimesSync(join(root, shard), 1, 1);
      await addAll(pool, [{ ...mean, mappings: [mapping] }]);
      expect(statSync(join(root, shard)).mtimeMs).toBeGreaterThan(1000);
    }
  });

  it("are read through a link to the pool, and written", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "true"));
    symlinkSync(join(folder, "true"), join(folder, "link"), "junction");
    const pool = openDirectoryPool(join(folder, "link"));
    await addAll(pool, [mean]);
    await expectStored(pool, mean);
    await expectStored(openDirectoryPool(join(folder, "true")), mean);
  });

  it("are found from another working directory, and by a relative path", async () => {
    const root = temporaryFolder();
    const pool = openDirectoryPool(relative(process.cwd(), root));
    expect(pool).toMatchObject({ directory: root, name: expect.stringContaining(basename(root)) });
    await addAll(pool, [mean]);
    await expectStored(openDirectoryPool(root), mean);
  });

  it("are found in a folder with spaces, quotes and other letters", async () => {
    const root = join(temporaryFolder(), "l'été à 東京 100% #1 [a]*");
    await addAll(openDirectoryPool(root), [mean]);
    await expectStored(openDirectoryPool(root), mean);
  });
});

describe("the order of mappings in a language", () => {
  const source = "def one():\n    return 1";
  const record = recordOf({ eng: source }, ["a", "b", "c", "d"]);
  const hashes = record.mappings.map(({ mapping }) => mappingHash(mapping));
  const place = (root: string, hash = ""): string =>
    join(root, pathOfMapping(record.object.hash, "eng", hash));

  it("is that of their times", async () => {
    const root = temporaryFolder();
    const pool = openDirectoryPool(root);
    await addAll(pool, [record]);
    for (const order of [hashes, [...hashes].reverse(), [...hashes].sort()]) {
      for (const [index, hash] of order.entries()) utimesSync(place(root, hash), 0, 1000 + index);
      const listed = await pool.listMappings(record.object.hash, "eng");
      expect(listed.map(({ hash }) => hash)).toEqual(order);
    }
  });

  it("has a new one last, also when the clock was set back", async () => {
    const root = temporaryFolder();
    const pool = openDirectoryPool(root);
    await addAll(pool, [{ ...record, mappings: record.mappings.slice(0, 2) }]);
    const inTenYears = Date.now() / 1000 + 3e8;
    for (const hash of hashes.slice(0, 2)) utimesSync(place(root, hash), 0, inTenYears);
    await addAll(pool, [record]);
    const listed = await pool.listMappings(record.object.hash, "eng");
    expect(listed.map(({ hash }) => hash).slice(2)).toEqual(hashes.slice(2));
  });
});

describe("what is corrupt and added again", () => {
  const [object = "", mapping = ""] = filesOf(mean).keys();
  it.each([
    ["an object", object, "{}", "malformed-object"],
    ["a mapping", mapping, "{}", "invalid-mapping"],
  ])("is not said to be known: %s", async (_, path, text, code) => {
    const root = temporaryFolder();
    const pool = openDirectoryPool(root);
    await addAll(pool, [mean]);
    writeFiles(root, { [path]: text });
    expect(await addAll(pool, [mean, spread])).toMatchObject([
      { fault: { code } },
      { written: [...filesOf(spread).keys()] },
    ]);
    expect(readFileSync(join(root, path), "utf8")).toBe(text);
  });
});

describe("files of writers that were killed", () => {
  it("are swept once they are old, and not before", async () => {
    const root = temporaryFolder();
    const names = [".0123456789abcdef.tmp", ".fedcba9876543210.tmp", "mine.tmp", ".gitkeep"];
    for (const name of names) writeFiles(root, { [`${shard}/${name}`]: "half" });
    const anHourAgo = Date.now() / 1000 - 3601;
    for (const name of names.slice(1)) {
      utimesSync(join(root, shard, name), anHourAgo, anHourAgo);
    }
    await addAll(openDirectoryPool(root), [mean]);
    expect(
      readdirSync(join(root, shard))
        .filter((name) => name.length < 62)
        .sort(),
    ).toEqual([".0123456789abcdef.tmp", ".gitkeep", "mine.tmp"].sort());
    await expectStored(openDirectoryPool(root), mean);
  });

  it("are swept with their folders, and what a link in them leads to stays", async () => {
    const root = temporaryFolder();
    const away = temporaryFolder();
    writeFiles(away, { "a/b.txt": "kept" });
    const [old, young] = [".0123456789abcdef.tmp", ".fedcba9876543210.tmp"];
    for (const name of [old, young]) {
      writeFiles(root, { [`${shard}/${name}/eng/sha256/ab/mapping.json`]: "half" });
      symlinkSync(away, join(root, shard, name, "away"), "junction");
    }
    const anHourAgo = Date.now() / 1000 - 3601;
    utimesSync(join(root, shard, old), anHourAgo, anHourAgo);
    await addAll(openDirectoryPool(root), [mean]);
    const left = readdirSync(join(root, shard)).filter((name) => name.length < 62);
    expect(left).toEqual([young]);
    expect(filesBelow(away)).toEqual(["a/b.txt"]);
  });

  it("and their empty folders name no function", async () => {
    const root = temporaryFolder();
    for (const path of filesOf(mean).keys()) mkdirSync(join(root, path, ".."), { recursive: true });
    const pool = openDirectoryPool(root);
    expect(await collect(pool.list() ?? never())).toEqual([]);
    expect(await pool.listMappings(mean.object.hash)).toEqual([]);
    await addAll(pool, [mean]);
    await expectStored(pool, mean);
  });
});

describe.skipIf(process.platform === "win32")("links on the way", () => {
  const [object = "", mapping = ""] = filesOf(mean).keys();
  const folders = mapping.split("/").slice(0, -1);
  const ways = folders.map((_, index) => folders.slice(0, index + 1).join("/"));

  it.each(ways)("are not followed: %s", async (way) => {
    const away = temporaryFolder();
    await addAll(openDirectoryPool(away), [mean]);
    const root = temporaryFolder();
    mkdirSync(join(root, way, ".."), { recursive: true });
    symlinkSync(join(away, way), join(root, way));
    const before = filesBelow(away);
    const pool = openDirectoryPool(root);
    const notAFile = { code: "malformed-object", data: { reason: "not-a-file" } };
    const [reference] = await openDirectoryPool(away).listMappings(mean.object.hash, "eng");
    expect(await pool.getMapping(mean.object.hash, reference ?? never())).toMatchObject(notAFile);
    if (object.startsWith(`${way}/`)) {
      expect(await pool.get(mean.object.hash)).toMatchObject(notAFile);
      expect(await collect(pool.list() ?? never())).toEqual([]);
      expect(await pool.complete(mean.object.hash)).toEqual([]);
    }
    expect(await pool.listMappings(mean.object.hash, "eng")).toEqual([]);
    expect(await addAll(pool, [mean])).toMatchObject([{ fault: notAFile }]);
    expect(filesBelow(away)).toEqual(before);
  });

  it("keep no other function from being added", async () => {
    const root = temporaryFolder();
    const away = temporaryFolder();
    mkdirSync(join(root, "objects", "sha256"), { recursive: true });
    symlinkSync(away, join(root, shard));
    const answers = await addAll(openDirectoryPool(root), [mean, spread]);
    expect(answers.map((answer) => "fault" in answer)).toEqual([true, false]);
    expect(readdirSync(away)).toEqual([]);
  });
});

describe("a pool that cannot be used says so in a sentence", () => {
  it("where it is a file", async () => {
    const file = join(temporaryFolder(), "pool");
    writeFileSync(file, "");
    const pool = openDirectoryPool(file);
    for (const use of [
      () => pool.get(mean.object.hash),
      () => pool.listMappings(mean.object.hash),
      () => collect(pool.list() ?? never()),
      () => addAll(pool, [mean]),
    ]) {
      const error = await use().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StoreError);
      expect((error as Error).message).toMatch(
        /^Cannot (read|write to) the pool .*: something that is no folder, .* \(.*pool\)\. Move it away/,
      );
    }
  });

  it.skipIf(!canMount)("where it is read-only, and it is read", async () => {
    const root = temporaryFolder();
    const mount = mountTemporary(root, "size=1m");
    const pool = openDirectoryPool(root, { name: "company" });
    await addAll(pool, [mean]);
    mount.remount("ro");
    await expectStored(pool, mean);
    expect(await addAll(pool, [mean])).toEqual([{ hash: mean.object.hash, written: [] }]);
    await expect(addAll(pool, [spread])).rejects.toThrow(
      /^Cannot write to company: it is on a read-only file system \(.*\)\. Use another pool\.$/,
    );
  });

  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "where there is no permission",
    async () => {
      const root = temporaryFolder();
      mkdirSync(join(root, "objects"), { mode: 0o500 });
      await expect(addAll(openDirectoryPool(root), [mean])).rejects.toThrow(
        /^Cannot write to .*: there is no permission to do so/,
      );
    },
  );

  it.skipIf(!canMount)("where the disk is full, and nothing is half written", async () => {
    const root = temporaryFolder();
    mountTemporary(root, "size=800k");
    const pool = openDirectoryPool(root);
    const records = manyRecords(200);
    const answered: string[] = [];
    const adding = async (): Promise<void> => {
      for await (const { hash } of pool.add(records)) answered.push(hash);
    };
    await expect(adding()).rejects.toThrow(/: the disk is full\. Make room/);
    expect(
      readdirSync(root, { recursive: true }).filter((one) => `${one}`.endsWith(".tmp")),
    ).toEqual([]);
    const listed = await collect(pool.list() ?? never());
    expect(answered.length).toBeGreaterThan(0);
    expect(listed).toEqual(expect.arrayContaining(answered));
    for (const record of records) {
      if (listed.includes(record.object.hash)) await expectStored(pool, record);
    }
    await expect(addAll(pool, records)).rejects.toThrow(/: the disk is full/);
  });

  it.skipIf(!canMount)("where there is no room for a folder", async () => {
    const root = temporaryFolder();
    mountTemporary(root, "nr_inodes=8");
    await expect(addAll(openDirectoryPool(root), [mean])).rejects.toThrow(/: the disk is full/);
    expect(readdirSync(root)).toEqual([]);
  });
});

function never(): never {
  throw new Error("nothing there");
}
