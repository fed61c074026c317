/**
 * Pools that the Python tool wrote, in the folder that OUVERTURE_POOLS names, or in
 * shared/pools beside the repository; skipped where there is none. Every object is
 * intact, every mapping has its hash, and after migration each language can be read.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { denormalize } from "../../src/canonical/denormalize.js";
import type { Mapping } from "../../src/canonical/form.js";
import { mappingHash } from "../../src/canonical/hash.js";
import { normalize } from "../../src/canonical/normalize.js";
import { mappingPath, objectPath, objectPathV0 } from "../../src/record/layout.js";
import { decodeMapping, encodeMapping } from "../../src/record/mapping.js";
import { migrate } from "../../src/record/migrate.js";
import { decodeObject, encodeObject, type StoredObject } from "../../src/record/object.js";
import { hashedText } from "../../src/record/older-form.js";
import { type Renamed, rehash } from "../../src/record/rehash.js";
import { checkMapping } from "../../src/verify/check-mapping.js";
import { checkObject } from "../../src/verify/check-object.js";

const BESIDE = new URL("../../../../../shared/pools", import.meta.url);
const pools = process.env.OUVERTURE_POOLS ?? fileURLToPath(BESIDE);
const isThere = existsSync(join(pools, "v0")) && existsSync(join(pools, "v1"));

function filesBelow(folder: string): string[] {
  if (!isThere) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** The functions that the tool broke: it renamed a reference and not its binding. */
const BROKEN = ["33f37351dab44425663ee1a055e0da57ba7e72ab4e717b148668927902fc89ac"];

describe.skipIf(!isThere)("pools of the Python tool", () => {
  const v1 = join(pools, "v1");
  const v0 = join(pools, "v0");

  it("has objects of schema 1, intact, in their places", () => {
    const codes: string[] = [];
    for (const file of filesBelow(v1).filter((path) => path.endsWith("object.json"))) {
      const bytes = readFileSync(join(v1, file));
      const object = decodeObject(bytes);
      if (!object.ok) throw new Error(`${file}: ${object.fault.code}`);
      expect(objectPath(object.value.hash)).toEqual({ ok: true, value: file });
      expect(encodeObject(object.value)).toBe(bytes.toString());
      expect(hashedText(object.value.normalized_code, object.value.hash), file).not.toBeNull();
      const checked = checkObject(object.value.hash, bytes);
      expect(checked.ok, file).toBe(!BROKEN.includes(object.value.hash));
      codes.push(checked.ok ? "ok" : checked.fault.code);
    }
    expect(codes).toHaveLength(18);
    expect(codes.filter((code) => code !== "ok")).toEqual(["not-canonical"]);
  });

  it("has mappings with the hashes that ours have, and each is one of its function", () => {
    let count = 0;
    for (const file of filesBelow(v1).filter((path) => path.endsWith("mapping.json"))) {
      const [, , start = "", rest = "", language = ""] = file.split("/");
      const bytes = readFileSync(join(v1, file));
      const mapping = decodeMapping(bytes);
      if (!mapping.ok) throw new Error(`${file}: ${mapping.fault.code}`);
      const path = mappingPath(start + rest, language, mappingHash(mapping.value));
      expect(path).toEqual({ ok: true, value: file });
      expect(encodeMapping(mapping.value)).toBe(bytes.toString());
      const place = objectPath(start + rest);
      const object = checkObject(start + rest, readFileSync(join(v1, place.ok ? place.value : "")));
      if (object.ok) {
        const checked = checkMapping(object.value.object, mappingHash(mapping.value), bytes);
        expect(checked.ok ? "" : `${file}: ${JSON.stringify(checked.fault)}`).toBe("");
      }
      count += 1;
    }
    expect(count).toBe(32);
  });

  it("has documents of schema 0 that migrate, every language of them", () => {
    let languages = 0;
    for (const file of filesBelow(v0)) {
      const migrated = migrate(readFileSync(join(v0, file)));
      if (!migrated.ok) throw new Error(`${file}: ${migrated.fault.code}`);
      const { object, mappings, findings } = migrated.value;
      expect(objectPathV0(object.hash)).toEqual({ ok: true, value: file });
      expect(findings.map(({ fault }) => fault.code)).not.toContain("hash-mismatch");
      expect(findings.map(({ fault }) => fault.code)).not.toContain("invalid-mapping");
      const checked = checkObject(object.hash, encodeObject(object));
      expect(checked.ok, file).toBe(!BROKEN.includes(object.hash));
      const normal = normalize(object.normalized_code);
      for (const { mapping } of mappings) {
        languages += 1;
        if (!normal.ok) continue;
        // The numbers of the older form are the names of its normal form.
        const renumbered = Object.entries(normal.value.mapping.name_mapping).map(
          ([number, old]) => [number, mapping.name_mapping[old] ?? old],
        );
        const alias_mapping = mapping.alias_mapping;
        const name_mapping = Object.fromEntries(renumbered);
        const source = denormalize(normal.value.code, { ...mapping, name_mapping, alias_mapping });
        expect(source.ok ? "" : `${file}: ${JSON.stringify(source.fault)}`).toBe("");
      }
    }
    expect(languages).toBeGreaterThan(20);
  });

  it.each(["v0", "v1"])("%s is written in the normal form, and reads as before", (pool) => {
    const functions = new Map(
      (pool === "v0" ? functionsV0() : functionsV1()).map((one) => [one.object.hash, one]),
    );
    const renamed = new Map<string, Renamed>();
    let languages = 0;
    for (const hash of calleesFirst(functions)) {
      const { object, mappings } = functions.get(hash) ?? { mappings: [] };
      if (object === undefined || BROKEN.includes(hash)) continue;
      const result = rehash(object, mappings, renamed);
      if (!result.ok) throw new Error(`${hash}: ${result.fault.code}`);
      const { object: now, mappings: carried, findings } = result.value;
      expect(findings).toEqual([]);
      expect(carried.map(({ language }) => language)).toEqual(
        mappings.map(({ language }) => language),
      );
      const checked = checkObject(now.hash, encodeObject(now));
      expect(checked.ok && checked.value.olderForm).toBeNull();
      for (const [index, { mapping }] of carried.entries()) {
        const text = denormalize(now.normalized_code, mapping);
        if (!text.ok) throw new Error(`${hash}: ${text.fault.code}`);
        // The same as if somebody had written the old text in these words.
        const words = inWords(object.normalized_code, mappings[index]?.mapping ?? mapping, renamed);
        expect(normalize(words)).toMatchObject({ value: { hash: now.hash } });
        const back = normalize(text.value, { comment: mapping.comment });
        expect(back).toMatchObject({ value: { hash: now.hash, mapping } });
        expect(text.value).toContain(`def ${mapping.name_mapping._ouverture_v_0}(`);
        languages += 1;
      }
      renamed.set(hash, result.value.renamed);
    }
    expect(renamed.size).toBe(functions.size - BROKEN.filter((one) => functions.has(one)).length);
    expect(languages).toBeGreaterThan(20);
  });

  interface Function {
    readonly object: StoredObject;
    readonly mappings: readonly { readonly language: string; readonly mapping: Mapping }[];
  }

  function functionsV0(): Function[] {
    return filesBelow(v0).flatMap((file) => {
      const migrated = migrate(readFileSync(join(v0, file)));
      return migrated.ok ? [migrated.value] : [];
    });
  }

  function functionsV1(): Function[] {
    return filesBelow(v1)
      .filter((path) => path.endsWith("object.json"))
      .flatMap((file) => {
        const object = decodeObject(readFileSync(join(v1, file)));
        const folder = join(v1, dirname(file));
        const mappings = filesBelow(folder).flatMap((path) => {
          const mapping = decodeMapping(readFileSync(join(folder, path)));
          return mapping.ok ? [{ language: path.split("/")[0] ?? "", mapping: mapping.value }] : [];
        });
        return object.ok ? [{ object: object.value, mappings }] : [];
      });
  }

  function calleesFirst(functions: ReadonlyMap<string, Function>): ReadonlySet<string> {
    const ordered = new Set<string>();
    const visit = (hash: string): void => {
      const code = functions.get(hash)?.object.normalized_code ?? "";
      for (const [callee] of code.matchAll(/[0-9a-f]{64}/g)) if (callee !== hash) visit(callee);
      if (functions.has(hash)) ordered.add(hash);
    };
    for (const hash of functions.keys()) visit(hash);
    return ordered;
  }

  /** The old text with names for its numbers, and the functions that it imports as they are now. */
  function inWords(code: string, mapping: Mapping, renamed: ReadonlyMap<string, Renamed>): string {
    return code
      .replace(/(?:object_)?([0-9a-f]{64})\._ouverture_v_0/g, (_, hash) => `object_${hash}`)
      .replace(/_ouverture_v_\d+/g, (number) => mapping.name_mapping[number] ?? number)
      .replace(
        /(?:object_)?([0-9a-f]{64})/g,
        (_, hash) => `object_${renamed.get(hash)?.hash ?? hash}`,
      );
  }
});
