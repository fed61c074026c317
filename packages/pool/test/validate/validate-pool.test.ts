import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { encodeObject, mappingHash, type StoredObject } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import type { Problem } from "../../src/validate/pool-problem.js";
import { type PoolSummary, validatePool } from "../../src/validate/validate-pool.js";
import {
  canMount,
  filesBelow,
  makePipe,
  mountTemporary,
  temporaryFolder,
  writeFiles,
} from "../folder.js";
import { writeIndexes } from "../store-suite.js";
import { addAll } from "../store-suite-checks.js";
import {
  filesOf,
  manyRecords,
  mean,
  olderForm,
  pathOfObject,
  spread,
} from "../store-suite-records.js";

async function validate(
  directory: string,
  hash?: string,
): Promise<{ problems: Problem[]; summary: PoolSummary }> {
  const validation = validatePool(openDirectoryPool(directory), { hash });
  const problems: Problem[] = [];
  for await (const problem of validation) problems.push(problem);
  return { problems, summary: validation.summary };
}

const [object = "", mapping = "", second = ""] = filesOf(mean).keys();
const folder = dirname(object);
const shard = dirname(folder);

async function poolOf(...records: Parameters<typeof addAll>[1]): Promise<string> {
  const root = temporaryFolder();
  await addAll(openDirectoryPool(root), records);
  return root;
}

describe("a pool without a fault", () => {
  it("has no problem, and its files are counted", async () => {
    const records = [mean, spread, ...manyRecords(100)];
    const root = await poolOf(...records);
    const files = records.flatMap((record) => [...filesOf(record).values()]);
    const bytes = files.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(await validate(root)).toEqual({
      problems: [],
      summary: { functions: 102, mappings: 107, bytes, errors: 0, notices: 0 },
    });
  });

  it("may be empty, or not there, or have other things beside objects", async () => {
    const summary = { functions: 0, mappings: 0, bytes: 0, errors: 0, notices: 0 };
    const root = temporaryFolder();
    expect(await validate(join(root, "none"))).toEqual({ problems: [], summary });
    writeFiles(root, { "config.yaml": "registries: []", "README.md": "", ".git/HEAD": "" });
    expect(await validate(root)).toEqual({ problems: [], summary });
  });

  it("may hold what writers leave that are killed, and their files while they write", async () => {
    const root = await poolOf(mean);
    writeFiles(root, {
      [`${shard}/.0123456789abcdef.tmp`]: "half",
      [`${shard}/.fedcba9876543210.tmp/object.json`]: "half",
    });
    for (const path of filesOf(spread).keys()) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
    }
    expect((await validate(root)).problems).toEqual([]);
  });

  it("may be published, with lists for hosts that cannot list", async () => {
    const root = await poolOf(mean, spread);
    writeIndexes(root);
    const functions = [mean.object.hash, spread.object.hash].sort();
    writeFiles(root, { "objects/index.json": JSON.stringify({ functions }, null, 2) });
    expect((await validate(root)).problems).toEqual([]);
    // The order of a list may say which mapping was there first.
    const languages = mean.mappings.map((one) => [one.language, [mappingHash(one.mapping)]]);
    const index = JSON.stringify(Object.fromEntries(languages.reverse()));
    writeFiles(root, { [`${folder}/index.json`]: index });
    expect((await validate(root)).problems).toEqual([]);
  });

  it("may hold packed objects", async () => {
    const root = await poolOf(mean);
    const packed = gzipSync(mean.object.normalized_code).toString("base64");
    const text = encodeObject({ ...mean.object, normalized_code: packed });
    writeFiles(root, { [object]: text.replace('"none"', '"gzip"') });
    expect((await validate(root)).problems).toEqual([]);
  });

  it("tells how far it is", async () => {
    const root = await poolOf(...manyRecords(150));
    const told: number[] = [];
    const validation = validatePool(openDirectoryPool(root), {
      onProgress: (functions) => told.push(functions),
    });
    for await (const _ of validation) throw new Error("no problem was expected");
    expect(told).toEqual([64, 128, 150]);
  });
});

describe("what is wrong in a pool", () => {
  const away = "away";
  /** A change to a pool of `mean` and `spread`, and the one problem that it makes. */
  const cases: readonly (readonly [string, (root: string) => void, Partial<Problem>])[] = [
    [
      "an object with other code",
      (root) => writeFiles(root, { [object]: changed(mean.object, "sum(", "max(") }),
      { code: "corrupt-object", path: object, hash: mean.object.hash },
    ],
    [
      "an object that is empty",
      (root) => writeFiles(root, { [object]: "" }),
      { code: "corrupt-object", path: object },
    ],
    [
      "an object that is too large",
      (root) => writeFiles(root, { [object]: Buffer.alloc((1 << 20) + 1) }),
      { code: "corrupt-object", path: object },
    ],
    [
      "a mapping with another name",
      (root) =>
        writeFiles(root, { [mapping]: filesOf(mean).get(mapping)?.replace("values", "x") ?? "" }),
      { code: "corrupt-mapping", path: mapping, hash: mean.object.hash },
    ],
    [
      "a mapping in the place of another",
      (root) => writeFiles(root, { [mapping]: filesOf(mean).get(second) ?? "" }),
      { code: "corrupt-mapping", path: mapping },
    ],
    [
      "a mapping of another function",
      (root) => {
        const [path = "", text = ""] = [...filesOf(spread)][1] ?? [];
        writeFiles(root, {
          [path.replace(dirname(pathOfObject(spread.object.hash)), folder)]: text,
        });
      },
      { code: "corrupt-mapping", hash: mean.object.hash },
    ],
    [
      "an object that is gone, with its dependants and mappings",
      (root) => rmSync(join(root, object)),
      { code: "missing-object", path: folder, hash: mean.object.hash },
    ],
    [
      "a function that is gone",
      (root) => rmSync(join(root, folder), { recursive: true }),
      {
        code: "missing-dependency",
        path: pathOfObject(spread.object.hash),
        hash: spread.object.hash,
        message: expect.stringContaining(mean.object.hash) as unknown as string,
      },
    ],
    [
      "an index that leaves a mapping out",
      (root) => writeFiles(root, { [`${folder}/index.json`]: '{"eng": []}' }),
      { code: "wrong-index", path: `${folder}/index.json`, hash: mean.object.hash },
    ],
    [
      "an index that is no JSON",
      (root) => writeFiles(root, { [`${folder}/index.json`]: "<html>" }),
      { code: "wrong-index" },
    ],
    [
      "a list of functions that leaves one out",
      (root) =>
        writeFiles(root, {
          "objects/index.json": JSON.stringify({ functions: [mean.object.hash] }, null, 2),
        }),
      { code: "wrong-index", path: "objects/index.json", hash: null },
    ],
    [
      "a link in the place of an object",
      (root) => link(root, object, away),
      { code: "not-a-file", path: object, hash: mean.object.hash },
    ],
    [
      "a link in the place of a mapping",
      (root) => link(root, mapping, away),
      { code: "not-a-file", path: mapping },
    ],
    [
      "a folder in the place of a mapping",
      (root) => {
        rmSync(join(root, mapping));
        mkdirSync(join(root, mapping));
      },
      { code: "not-a-file", path: mapping },
    ],
    [
      "a pipe in the place of a mapping",
      (root) => {
        rmSync(join(root, mapping));
        makePipe(join(root, mapping));
      },
      { code: "not-a-file", path: mapping },
    ],
    [
      "a link beside an object",
      (root) => symlinkSync("/etc/passwd", join(root, folder, "notes")),
      { code: "not-a-file", path: `${folder}/notes` },
    ],
    [
      "a file that a pool does not have",
      (root) => writeFiles(root, { [`${folder}/notes.txt`]: "" }),
      { code: "stray", severity: "notice", path: `${folder}/notes.txt` },
    ],
    [
      "a file in the place of a language",
      (root) => writeFiles(root, { [`${folder}/README`]: "" }),
      { code: "stray", severity: "notice", path: `${folder}/README` },
    ],
    [
      "an index with anything in it",
      (root) => writeFiles(root, { [`${folder}/index.json`]: '{"eng": [{"toString": 1}]}' }),
      { code: "wrong-index" },
    ],
    [
      "a folder that is no language",
      (root) => writeFiles(root, { [`${folder}/e/sha256/00/x`]: "" }),
      { code: "stray", severity: "notice", path: `${folder}/e` },
    ],
    [
      "a folder that is no shard",
      (root) => writeFiles(root, { "objects/sha256/xyz/a": "" }),
      { code: "stray", severity: "notice", path: "objects/sha256/xyz" },
    ],
    [
      "what a killed writer left an hour ago",
      (root) => {
        const path = `${shard}/.0123456789abcdef.tmp`;
        writeFiles(root, { [path]: "half" });
        utimesSync(join(root, path), 1, 1);
      },
      { code: "left-over", severity: "notice", path: `${shard}/.0123456789abcdef.tmp` },
    ],
    [
      "the folder of a function that a killed writer left an hour ago",
      (root) => {
        const path = `${shard}/.0123456789abcdef.tmp`;
        writeFiles(root, { [`${path}/object.json`]: "half" });
        utimesSync(join(root, path), 1, 1);
      },
      { code: "left-over", severity: "notice", path: `${shard}/.0123456789abcdef.tmp` },
    ],
  ];
  it.skipIf(process.platform === "win32").each(cases)("%s", async (_, change, expected) => {
    const root = await poolOf(mean, spread);
    change(root);
    const { problems, summary } = await validate(root);
    // A function that is gone is missing to the one that imports it as well.
    const others = problems.filter(({ code }) => code !== "missing-dependency");
    const told = expected.code === "missing-dependency" ? problems : others;
    expect(told).toMatchObject([{ severity: "error", ...expected }]);
    expect(told[0]?.message).toMatch(/^[A-Z0-9'].*\.$/);
    expect(summary.errors + summary.notices).toBe(problems.length);
  });

  it("is told of the function that is asked for, and of no other", async () => {
    const root = await poolOf(mean, spread);
    writeFiles(root, { [object]: "", [pathOfObject(spread.object.hash)]: "" });
    const { problems, summary } = await validate(root, mean.object.hash);
    expect(problems).toMatchObject([{ code: "corrupt-object", hash: mean.object.hash }]);
    expect(summary).toMatchObject({ functions: 1, mappings: 5, errors: 1 });
    expect((await validate(root, "0".repeat(64))).summary).toMatchObject({ functions: 0 });
    expect((await validate(root, "../x")).summary).toMatchObject({ functions: 0 });
  });

  it("is all told, and what is well is checked", async () => {
    const records = manyRecords(20);
    const root = await poolOf(...records);
    for (const { object: one } of records.slice(0, 7)) {
      writeFiles(root, { [pathOfObject(one.hash)]: "{}" });
    }
    const { problems, summary } = await validate(root);
    expect(problems.map(({ hash }) => hash)).toEqual(
      records
        .slice(0, 7)
        .map((record) => record.object.hash)
        .sort(),
    );
    expect(summary).toMatchObject({ functions: 20, mappings: 20, errors: 7, notices: 0 });
  });

  it.skipIf(process.platform === "win32")("is that it leads out of the pool", async () => {
    const other = await poolOf(mean);
    for (const way of ["objects", "objects/sha256", shard, folder, dirname(mapping)]) {
      const root = temporaryFolder();
      mkdirSync(join(root, dirname(way)), { recursive: true });
      symlinkSync(join(other, way), join(root, way));
      const { problems, summary } = await validate(root);
      expect(problems).toMatchObject([{ code: "not-a-file", severity: "error", path: way }]);
      expect(summary).toMatchObject({ functions: 0, bytes: 0 });
    }
  });

  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "is that a folder cannot be read; the others are",
    async () => {
      const root = await poolOf(mean, ...manyRecords(5));
      mkdirSync(join(root, folder, "deu"), { mode: 0 });
      const { problems, summary } = await validate(root);
      expect(problems).toMatchObject([{ code: "unreadable", path: `${folder}/deu` }]);
      expect(summary).toMatchObject({ functions: 6 });
    },
  );

  it("is that there is a file where the pool should be", async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, "pool"), "");
    await expect(validate(join(root, "pool"))).rejects.toThrow(/^Cannot read the pool .*pool/);
  });
});

describe("older objects", () => {
  it("of the older form are intact, which is a notice", async () => {
    const root = await poolOf(olderForm);
    expect(await validate(root)).toMatchObject({
      problems: [
        {
          code: "older-form",
          severity: "notice",
          hash: olderForm.object.hash,
          fault: { code: "not-canonical" },
        },
      ],
      summary: { functions: 1, mappings: 1, errors: 0, notices: 1 },
    });
  });

  const { hash } = mean.object;
  const oldPath = `objects/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
  const document = {
    version: 0,
    hash,
    normalized_code: mean.object.normalized_code,
    docstrings: { eng: "The mean." },
    name_mappings: { eng: mean.mappings[0]?.mapping.name_mapping },
    alias_mappings: { eng: {} },
  };
  it.each([
    ["is to be migrated", document, [["schema-0", "notice"]]],
    [
      "has other code than its hash says",
      { ...document, normalized_code: mean.object.normalized_code.replace("sum(", "max(") },
      [
        ["corrupt-object", "error"],
        ["schema-0", "notice"],
      ],
    ],
    [
      "has a name that is none",
      {
        ...document,
        name_mappings: { eng: { ...document.name_mappings.eng, _ouverture_v_1: "class" } },
      },
      [
        ["corrupt-mapping", "error"],
        ["schema-0", "notice"],
      ],
    ],
    ["is no object", {}, [["corrupt-object", "error"]]],
    [
      "names another hash",
      { ...document, hash: "0".repeat(64) },
      [
        ["corrupt-object", "error"],
        ["corrupt-object", "error"],
        ["schema-0", "notice"],
      ],
    ],
  ])("of schema 0: %s", async (_, content, expected) => {
    const root = temporaryFolder();
    writeFiles(root, { [oldPath]: JSON.stringify(content) });
    for (const asked of [undefined, hash]) {
      const { problems } = await validate(root, asked);
      expect(problems.map(({ code, severity }) => [code, severity])).toEqual(expected);
      for (const problem of problems) expect(problem).toMatchObject({ path: oldPath, hash });
    }
  });

  it("of schema 0 that were migrated and kept are nothing to tell of", async () => {
    const root = await poolOf(mean);
    writeFiles(root, { [oldPath]: JSON.stringify(document) });
    expect((await validate(root)).problems).toEqual([]);
  });

  it("of schema 0 are dependencies that are there", async () => {
    const root = await poolOf(spread);
    expect((await validate(root)).problems).toMatchObject([{ code: "missing-dependency" }]);
    writeFiles(root, { [oldPath]: JSON.stringify(document) });
    expect((await validate(root)).problems).toMatchObject([{ code: "schema-0" }]);
  });
});

it.skipIf(!canMount)("validates a pool that cannot be written, and writes nothing", async () => {
  const root = temporaryFolder();
  const mount = mountTemporary(root, "size=1m");
  await addAll(openDirectoryPool(root), [mean]);
  const before = filesBelow(root);
  mount.remount("ro");
  expect((await validate(root)).problems).toEqual([]);
  expect(filesBelow(root)).toEqual(before);
});

function changed(one: StoredObject, from: string, to: string): string {
  return encodeObject({ ...one, normalized_code: one.normalized_code.replace(from, to) });
}

function link(root: string, path: string, away: string): void {
  renameSync(join(root, path), join(root, away));
  symlinkSync(join(root, away), join(root, path));
}
