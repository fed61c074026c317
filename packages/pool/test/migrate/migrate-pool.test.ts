/** The migration of pools on disk (docs/pool.md, "Migration"): nothing is lost, whatever is bad. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { denormalize, hash, type Mapping, migrate, objectPathV0, rehash } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { readFunction, readMappings } from "../../src/checked-reading.js";
import { type DirectoryPool, openDirectoryPool } from "../../src/directory/directory-pool.js";
import { migratePool, type PoolMigrationOptions } from "../../src/migrate/migrate-pool.js";
import type { MigrationResult } from "../../src/migrate/migration-result.js";
import { StoreError } from "../../src/store.js";
import { validatePool } from "../../src/validate/validate-pool.js";
import { canMount, filesBelow, mountTemporary, temporaryFolder, writeFiles } from "../folder.js";
import { addAll, collect } from "../store-suite-checks.js";
import { mean, olderForm, pathOfObject, recordOf } from "../store-suite-records.js";

type Words = readonly string[];

/** A document of schema 0, as the Python tool wrote it: the hash leaves the docstring out. */
function documentOf(
  code: string,
  languages: Readonly<Record<string, Words>>,
  aliases: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): { hash: string; path: string; text: string } {
  const [head = "", ...body] = code.split("\n");
  const split = code.startsWith("from") ? 3 : 1;
  const lines = [head, ...body];
  const documented = [
    ...lines.slice(0, split),
    '    """The docstring."""',
    ...lines.slice(split),
  ].join("\n");
  const entries = Object.entries(languages);
  const text = JSON.stringify({
    version: 0,
    hash: hash(code),
    normalized_code: documented,
    docstrings: Object.fromEntries(entries.map(([language]) => [language, `In ${language}.`])),
    name_mappings: Object.fromEntries(
      entries.map(([language, words]) => [
        language,
        Object.fromEntries(words.map((word, number) => [`_ouverture_v_${number}`, word])),
      ]),
    ),
    alias_mappings: Object.fromEntries(
      entries.map(([language]) => [language, aliases[language] ?? {}]),
    ),
  });
  return { hash: hash(code), path: pathV0(hash(code)), text };
}

function pathV0(name: string): string {
  const path = objectPathV0(name);
  if (!path.ok) throw new Error(path.fault.code);
  return path.value;
}

/** In the normal form. */
const square = documentOf(
  "def _ouverture_v_0(_ouverture_v_1):\n    return _ouverture_v_1 * _ouverture_v_1",
  { eng: ["square", "number"], fra: ["carré", "nombre"] },
);
/** Of the older form: numbered in another order. */
const minus = documentOf(
  "def _ouverture_v_0(_ouverture_v_2, _ouverture_v_1):\n    return _ouverture_v_2 - _ouverture_v_1",
  { eng: ["minus", "b", "a"], fra: ["moins", "d", "c"], spa: ["menos", "f", "e"] },
);
/** Calls one of the older form. */
const caller = documentOf(
  `from ouverture.pool import object_${minus.hash}\n\ndef _ouverture_v_0(_ouverture_v_1):\n    return object_${minus.hash}._ouverture_v_0(_ouverture_v_1, 1)`,
  { eng: ["previous", "number"], fra: ["précédent", "nombre"] },
  { eng: { [minus.hash]: "minus" }, fra: { [minus.hash]: "moins" } },
);

function poolOf(...documents: readonly { path: string; text: string }[]): DirectoryPool {
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(documents.map(({ path, text }) => [path, text])));
  return openDirectoryPool(folder);
}

async function migrated(
  pool: DirectoryPool,
  options: PoolMigrationOptions = {},
): Promise<MigrationResult[]> {
  const results: MigrationResult[] = [];
  const summary = await migratePool(pool, { ...options, onResult: (one) => results.push(one) });
  for (const [outcome, count] of Object.entries(summary)) {
    expect(results.filter((one) => one.outcome === outcome)).toHaveLength(count);
  }
  return results;
}

/** `outcome`, and what was found, by hash. */
function outcomes(results: readonly MigrationResult[]): Record<string, string> {
  return Object.fromEntries(
    results.map(({ hash: name, outcome, findings, missing }) => {
      const faults = findings.map(({ fault, language }) => `${language ?? "-"} ${fault.code}`);
      return [name, [outcome, ...faults, ...missing].join(", ")];
    }),
  );
}

/** The sources of a function, by language; those of the older form by way of their normal form. */
async function textsOf(pool: DirectoryPool, name: string): Promise<Record<string, string>> {
  const read = await readFunction(pool, name);
  if (read?.ok !== true) throw new Error(`${name}: ${read?.fault.code ?? "not there"}`);
  const texts: Record<string, string> = {};
  for await (const { reference, mapping } of readMappings(pool, read.value.object)) {
    if (!mapping.ok) throw new Error(`${name}: ${mapping.fault.code}`);
    const text = textOf(read.value.object, mapping.value);
    texts[`${reference.language} ${mapping.value.comment}`.trim()] = text;
  }
  return texts;
}

function textOf(object: Parameters<typeof rehash>[0], mapping: Mapping): string {
  const now = rehash(object, [{ language: "eng", mapping }], new Map());
  if (!now.ok) throw new Error(now.fault.code);
  const text = denormalize(
    now.value.object.normalized_code,
    now.value.mappings[0]?.mapping ?? mapping,
  );
  if (!text.ok) throw new Error(text.fault.code);
  return text.value;
}

describe("schema 0 to schema 1", () => {
  it("keeps the hash, and every language", async () => {
    const pool = poolOf(square, minus, caller);
    const old = join(pool.directory, square.path);
    utimesSync(old, 1_700_000_000, 1_700_000_000);
    const results = await migrated(pool);
    expect(outcomes(results)).toEqual({
      [square.hash]: "migrated",
      [minus.hash]: "migrated",
      [caller.hash]: "migrated",
    });
    expect(results.every(({ isRemoved }) => isRemoved)).toBe(true);
    expect(existsSync(dirname(old))).toBe(false);
    expect(filesBelow(pool.directory)).toHaveLength(3 + 7);
    expect(await textsOf(pool, square.hash)).toEqual({
      eng: 'def square(number):\n    """In eng."""\n    return number * number',
      fra: 'def carré(nombre):\n    """In fra."""\n    return nombre * nombre',
    });
    expect(Object.keys(await textsOf(pool, minus.hash))).toEqual(["eng", "fra", "spa"]);
    const read = await readFunction(pool, square.hash);
    expect(read?.ok && read.value.object.metadata.created).toBe("2023-11-14T22:13:20Z");
    const problems = await collect(validatePool(pool));
    expect(problems.map(({ code }) => code)).toEqual(["older-form"]);
  });

  it("keeps the old files where that is asked for, and takes them away later", async () => {
    const pool = poolOf(square);
    expect(await migrated(pool, { keepV0: true })).toMatchObject([{ isRemoved: false }]);
    expect(filesBelow(pool.directory)).toContain(square.path);
    expect(await migrated(pool)).toMatchObject([{ outcome: "migrated", isRemoved: true }]);
    expect(filesBelow(pool.directory)).not.toContain(square.path);
    expect(Object.keys(await textsOf(pool, square.hash))).toEqual(["eng", "fra"]);
  });

  it("changes nothing where it is only tried, and says the same", async () => {
    const pool = poolOf(square, minus, caller, { path: pathV0("0".repeat(64)), text: "{" });
    const before = filesBelow(pool.directory);
    const dry = await migrated(pool, { dryRun: true, rehash: true });
    expect(filesBelow(pool.directory)).toEqual(before);
    const wet = await migrated(pool, { rehash: true });
    expect(dry.map((one) => ({ ...one, isRemoved: true })).sort(byHash)).toEqual(
      wet.map((one) => ({ ...one, isRemoved: true })).sort(byHash),
    );
  });

  it("migrates one function alone", async () => {
    const pool = poolOf(square, minus);
    expect(outcomes(await migrated(pool, { hash: minus.hash }))).toEqual({
      [minus.hash]: "migrated",
    });
    expect(filesBelow(pool.directory)).toContain(square.path);
    expect(await migrated(pool, { hash: "0".repeat(64) })).toEqual([]);
    expect(await migrated(pool, { hash: "no hash" })).toEqual([]);
  });

  it("says what is bad, keeps it, and goes on with the rest", async () => {
    const other = hash("other");
    const forged = square.text.replace(" * ", " + ");
    const pool = poolOf(
      minus,
      { path: square.path, text: forged },
      { path: pathV0("0".repeat(64)), text: "{" },
      { path: pathV0(other), text: square.text },
      { path: pathV0("1".repeat(64)), text: " ".repeat(1 << 21) },
    );
    const link = pathV0("2".repeat(64));
    mkdirSync(dirname(join(pool.directory, link)), { recursive: true });
    symlinkSync("/etc/hostname", join(pool.directory, link));
    const results = await migrated(pool);
    const said = Object.fromEntries(results.map((one) => [one.hash, one.message]));
    expect(said).toEqual({
      [minus.hash]: "",
      [square.hash]: expect.stringContaining("it is not that function"),
      ["0".repeat(64)]: expect.stringContaining("it is not JSON"),
      [other]: expect.stringContaining("stored under another hash"),
      ["1".repeat(64)]: expect.stringContaining("1,048,576 bytes"),
      ["2".repeat(64)]: expect.stringContaining("is a link"),
    });
    expect(readFileSync(join(pool.directory, square.path), "utf8")).toBe(forged);
    expect(filesBelow(pool.directory).filter((path) => path.endsWith(".json"))).toHaveLength(4 + 5);
  });

  it("keeps the old file where a language cannot be carried over", async () => {
    const bad = documentOf("def _ouverture_v_0(_ouverture_v_1):\n    return _ouverture_v_1", {
      eng: ["same", "x"],
      fra: ["class", "x"],
      "../x": ["f", "x"],
      ["x".repeat(256)]: ["f", "x"],
    });
    const pool = poolOf(bad);
    const results = await migrated(pool);
    expect(results).toMatchObject([{ outcome: "migrated", mappings: 1, isRemoved: false }]);
    expect(outcomes(results)[bad.hash]).toBe(
      `migrated, ../x malformed-language, fra invalid-mapping, ${"x".repeat(256)} malformed-language`,
    );
    expect(filesBelow(pool.directory)).toContain(bad.path);
    expect(Object.keys(await textsOf(pool, bad.hash))).toEqual(["eng"]);
  });

  it("keeps an old file into which somebody writes meanwhile", async () => {
    const pool = poolOf(square);
    const file = join(pool.directory, square.path);
    const more = square.text.replaceAll("fra", "spa");
    const busy: DirectoryPool = {
      ...pool,
      async *add(records) {
        for await (const answer of pool.add(records)) {
          writeFileSync(file, more);
          yield answer;
        }
      },
    };
    expect(await migrated(busy)).toMatchObject([{ outcome: "migrated", isRemoved: false }]);
    expect(readFileSync(file, "utf8")).toBe(more);
    expect(await migrated(pool)).toMatchObject([{ outcome: "migrated", isRemoved: true }]);
    expect(Object.keys(await textsOf(pool, square.hash)).sort()).toEqual(["eng", "fra", "spa"]);
  });

  it("takes nothing away that is not there after it was written", async () => {
    const pool = poolOf(square);
    const forgetful: DirectoryPool = {
      ...pool,
      async *add(records) {
        for await (const { object } of records) yield { hash: object.hash, written: [] };
      },
    };
    expect(await migrated(forgetful)).toMatchObject([{ outcome: "refused", isRemoved: false }]);
    expect(filesBelow(pool.directory)).toEqual([square.path]);
  });

  it("has nothing to do in a pool that is empty, or of schema 1", async () => {
    expect(await migrated(openDirectoryPool(join(temporaryFolder(), "none")))).toEqual([]);
    const pool = poolOf();
    await addAll(pool, [mean]);
    const before = filesBelow(pool.directory);
    expect(await migrated(pool, { rehash: true })).toEqual([]);
    expect(filesBelow(pool.directory)).toEqual(before);
  });

  it.runIf(canMount)("says that it cannot write, and changes nothing", async () => {
    const pool = poolOf();
    const disk = mountTemporary(pool.directory, "size=1m");
    writeFiles(pool.directory, { [square.path]: square.text });
    disk.remount("ro");
    await expect(migratePool(pool)).rejects.toThrow(StoreError);
    await expect(migratePool(pool)).rejects.toThrow(/read-only/);
    disk.remount("rw");
    expect(filesBelow(pool.directory)).toEqual([square.path]);
  });
});

describe("rehash", () => {
  it("gives functions of the older form their new hash, and their callers follow", async () => {
    const pool = poolOf(caller, minus, square);
    const results = await migrated(pool, { rehash: true });
    const rehashed = results.filter(({ outcome }) => outcome === "rehashed");
    expect(rehashed.map((one) => one.hash)).toEqual([minus.hash, caller.hash]);
    const [nowMinus = "", nowCaller = ""] = rehashed.map(({ now }) => now);
    const texts = await textsOf(pool, nowMinus);
    expect(texts).toEqual({
      eng: 'def minus(a, b):\n    """In eng."""\n    return a - b',
      fra: 'def moins(c, d):\n    """In fra."""\n    return c - d',
      spa: 'def menos(e, f):\n    """In spa."""\n    return e - f',
    });
    expect(await textsOf(pool, nowMinus)).toEqual(await textsOf(pool, minus.hash));
    const read = await readFunction(pool, nowCaller);
    expect(read?.ok && [read.value.dependencies, read.value.olderForm]).toEqual([[nowMinus], null]);
    expect((await textsOf(pool, nowCaller)).fra).toBe(
      `from ouverture.pool import object_${nowMinus} as moins\n\ndef précédent(nombre):\n    """In fra."""\n    return moins(nombre, 1)`,
    );
    // Others may import the old ones.
    expect(Object.keys(await textsOf(pool, caller.hash))).toEqual(["eng", "fra"]);
  });

  it("does one function with all that it depends on", async () => {
    const pool = poolOf(caller, minus, square);
    await migrated(pool);
    const other = recordOf({
      eng: `from ouverture.pool import object_${minus.hash}\n\ndef f():\n    return object_${minus.hash}(2, 1)`,
    });
    await addAll(pool, [other]);
    const results = await migrated(pool, { rehash: true, hash: caller.hash });
    expect(results.map((one) => one.hash)).toEqual([minus.hash, caller.hash]);
    const again = await migrated(pool, { rehash: true });
    expect(again.map((one) => one.hash).sort()).toEqual(
      [minus.hash, caller.hash, other.object.hash].sort(),
    );
  });

  it("takes the docstring out of a text whose hash is right already", async () => {
    const pool = poolOf();
    await addAll(pool, [olderForm]);
    const { hash: name } = olderForm.object;
    const before = await textsOf(pool, name);
    expect(await migrated(pool, { rehash: true })).toMatchObject([
      { outcome: "rewritten", hash: name, now: name },
    ]);
    const read = await readFunction(pool, name);
    expect(read?.ok && read.value.olderForm).toBeNull();
    expect(await textsOf(pool, name)).toEqual(before);
    expect(await collect(validatePool(pool))).toEqual([]);
  });

  it("does not take out a docstring that no mapping has", async () => {
    const pool = poolOf();
    await addAll(pool, [{ ...olderForm, mappings: [] }]);
    const before = readFileSync(join(pool.directory, pathOfObject(olderForm.object.hash)), "utf8");
    expect(await migrated(pool, { rehash: true })).toMatchObject([
      { outcome: "refused", message: expect.stringContaining("would be lost") },
    ]);
    const place = join(pool.directory, pathOfObject(olderForm.object.hash));
    expect(readFileSync(place, "utf8")).toBe(before);
  });

  it("tells which functions are missing, so that their new hashes are not known", async () => {
    const pool = poolOf(caller);
    await migrated(pool);
    expect(await migrated(pool, { rehash: true })).toEqual([]);
    const older = documentOf(
      `from ouverture.pool import object_${square.hash}\n\ndef _ouverture_v_0(_ouverture_v_2, _ouverture_v_1):\n    return object_${square.hash}._ouverture_v_0(_ouverture_v_2)`,
      { eng: ["f", "a", "b"] },
    );
    writeFiles(pool.directory, { [older.path]: older.text });
    const results = await migrated(pool, { rehash: true });
    expect(results.map((one) => outcomes([one])[older.hash])).toEqual([
      "migrated",
      `rehashed, ${square.hash}`,
    ]);
  });

  it("refuses what is corrupt, and goes on with the rest", async () => {
    const pool = poolOf(minus, square);
    await migrated(pool);
    const place = join(pool.directory, pathOfObject(square.hash));
    writeFileSync(place, readFileSync(place, "utf8").replace(" * ", " + "));
    const results = await migrated(pool, { rehash: true });
    expect(outcomes(results)).toEqual({ [square.hash]: "refused", [minus.hash]: "rehashed" });
  });
});

const shared = fileURLToPath(new URL("../../../../../shared/pools", import.meta.url));
const BROKEN = "33f37351dab44425663ee1a055e0da57ba7e72ab4e717b148668927902fc89ac";

describe.skipIf(!existsSync(join(shared, "v0")))("the pools of the Python tool", () => {
  it.each(["v0", "v1"])("%s: every language can be had, before and after", async (version) => {
    const folder = temporaryFolder();
    cpSync(join(shared, version), folder, { recursive: true });
    const pool = openDirectoryPool(folder);
    const before = new Map<string, string[]>();
    for (const path of filesBelow(folder)) {
      const old = version === "v0" ? migrate(readFileSync(join(folder, path))) : undefined;
      if (old?.ok)
        before.set(
          old.value.object.hash,
          old.value.mappings.map((m) => m.language),
        );
    }
    const results = await migrated(pool);
    expect(results.filter(({ outcome }) => outcome !== "migrated").map((one) => one.hash)).toEqual(
      before.has(BROKEN) ? [BROKEN] : [],
    );
    const old = new Map<string, Record<string, string>>();
    for await (const name of pool.list() ?? []) {
      if (name !== BROKEN) old.set(name, await textsOf(pool, name));
    }
    for (const [name, languages] of before) {
      if (name !== BROKEN) expect(Object.keys(old.get(name) ?? {})).toEqual(languages.sort());
    }
    const rehashed = await migrated(pool, { rehash: true });
    expect(rehashed.flatMap(({ findings, missing }) => [...findings, ...missing])).toEqual([]);
    const renamed = new Map(rehashed.map((one) => [one.hash, one.now]));
    // What the tool numbered in the order of each language may be one function now.
    for (const [name, texts] of old) {
      const now = await textsOf(pool, renamed.get(name) ?? name);
      expect(withoutHashes(now)).toMatchObject(withoutHashes(texts));
      const read = await readFunction(pool, renamed.get(name) ?? name);
      expect(read?.ok && read.value.olderForm).toBeNull();
    }
    expect(old.size).toBeGreaterThan(10);
  });
});

/** The texts without the hashes that they import, which are in the order of the aliases then. */
function withoutHashes(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([language, text]) => [
      language,
      text
        .replaceAll(/object_[0-9a-f]{64}/g, "object")
        .replace(/(?<=^from ouverture.pool import ).*/m, (names) =>
          names.split(", ").sort().join(),
        ),
    ]),
  );
}

function byHash(a: MigrationResult, b: MigrationResult): number {
  return `${a.hash} ${a.outcome}` < `${b.hash} ${b.outcome}` ? -1 : 1;
}
