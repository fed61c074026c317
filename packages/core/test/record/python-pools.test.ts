/**
 * Pools that the Python tool wrote, in the folder that OUVERTURE_POOLS names, or in
 * shared/pools beside the repository; skipped where there is none. Every object is
 * intact, every mapping has its hash, and after migration each language can be read.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { denormalize } from "../../src/canonical/denormalize.js";
import { mappingHash } from "../../src/canonical/hash.js";
import { normalize } from "../../src/canonical/normalize.js";
import { mappingPath, objectPath, objectPathV0 } from "../../src/record/layout.js";
import { decodeMapping, encodeMapping } from "../../src/record/mapping.js";
import { migrate } from "../../src/record/migrate.js";
import { decodeObject, encodeObject } from "../../src/record/object.js";
import { hashedText } from "../../src/record/older-form.js";
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

  it("has mappings with the hashes that ours have", () => {
    let count = 0;
    for (const file of filesBelow(v1).filter((path) => path.endsWith("mapping.json"))) {
      const [, , start = "", rest = "", language = ""] = file.split("/");
      const bytes = readFileSync(join(v1, file));
      const mapping = decodeMapping(bytes);
      if (!mapping.ok) throw new Error(`${file}: ${mapping.fault.code}`);
      const path = mappingPath(start + rest, language, mappingHash(mapping.value));
      expect(path).toEqual({ ok: true, value: file });
      expect(encodeMapping(mapping.value)).toBe(bytes.toString());
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
});
