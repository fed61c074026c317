import { describe, expect, it } from "vitest";
import { denormalize } from "../../src/canonical/denormalize.js";
import { hash, mappingHash } from "../../src/canonical/hash.js";
import { normalize } from "../../src/canonical/normalize.js";
import { migrate } from "../../src/record/migrate.js";
import { encodeObject } from "../../src/record/object.js";
import { checkObject } from "../../src/verify/check-object.js";

/** A document as the Python tool wrote it: the text with a docstring, the hash of it without. */
function document(code: string, hashed: string, more: Record<string, unknown> = {}) {
  return {
    version: 0,
    hash: hash(hashed),
    normalized_code: code,
    docstrings: { eng: "Subtract.", fra: "Soustrait.", spa: "" },
    name_mappings: {
      eng: { _ouverture_v_0: "subtract", _ouverture_v_1: "a", _ouverture_v_2: "b" },
      fra: { _ouverture_v_0: "soustraire", _ouverture_v_1: "un", _ouverture_v_2: "autre" },
      spa: { _ouverture_v_0: "restar", _ouverture_v_1: "uno", _ouverture_v_2: "otro" },
    },
    alias_mappings: { eng: {}, fra: {}, spa: {} },
    ...more,
  };
}

const plain =
  "def _ouverture_v_0(_ouverture_v_1, _ouverture_v_2):\n    return _ouverture_v_1 - _ouverture_v_2";
const documented = plain.replace("\n", '\n    """Subtract."""\n');
const shuffled = plain.replace("v_1, _ouverture_v_2)", "v_2, _ouverture_v_1)");

/** Each finding as `code` or `language code reason`. */
function findingsOf(input: unknown): string[] {
  const migrated = migrate(input);
  if (!migrated.ok) return [migrated.fault.code];
  return migrated.value.findings.map(({ fault, language }) => {
    const reason = fault.code === "invalid-mapping" ? fault.data.reason : "";
    return [language, fault.code, reason].filter(Boolean).join(" ");
  });
}

describe("migrate", () => {
  it("keeps the hash, and stores the text that has it", () => {
    const migrated = migrate(JSON.stringify(document(documented, plain)), {
      created: "2026-02-03T04:05:06Z",
      author: "Zoë",
    });
    if (!migrated.ok) throw new Error(migrated.fault.code);
    const { object, mappings, findings } = migrated.value;
    expect(findings).toEqual([]);
    expect(object).toEqual({
      schema_version: 1,
      hash: hash(plain),
      hash_algorithm: "sha256",
      normalized_code: plain,
      encoding: "none",
      metadata: { created: "2026-02-03T04:05:06Z", author: "Zoë", tags: [], dependencies: [] },
    });
    expect(checkObject(object.hash, encodeObject(object))).toMatchObject({
      ok: true,
      value: { olderForm: null },
    });
    expect(mappings.map(({ language }) => language)).toEqual(["eng", "fra", "spa"]);
    for (const { language, mapping, hash } of mappings) {
      expect(hash).toBe(mappingHash(mapping));
      const source = denormalize(object.normalized_code, mapping);
      expect(source.ok && source.value, language).toContain(
        `def ${mapping.name_mapping._ouverture_v_0}`,
      );
    }
  });

  it("takes bytes, a text and what JSON.parse gives", () => {
    const old = document(documented, plain);
    const text = JSON.stringify(old);
    const migrated = migrate(text);
    expect(migrated.ok).toBe(true);
    expect(migrate(old)).toEqual(migrated);
    expect(migrate(new TextEncoder().encode(text))).toEqual(migrated);
  });

  it("keeps dependencies, and never rewrites an import under the old hash", () => {
    const bare = `c${"0".repeat(63)}`;
    const code = `from ouverture.pool import ${bare}\n\ndef _ouverture_v_0():\n    return ${bare}._ouverture_v_0()`;
    const names = { eng: { _ouverture_v_0: "f" } };
    const migrated = migrate(
      document(code, code, { name_mappings: names, docstrings: {}, alias_mappings: {} }),
    );
    expect(migrated.ok && migrated.value.object).toMatchObject({
      hash: hash(code),
      normalized_code: code,
      metadata: { dependencies: [bare] },
    });
  });

  it.each<[string, string, string, string[]]>([
    ["names in another order", shuffled, shuffled, ["not-canonical"]],
    ["changed text", plain, shuffled, ["hash-mismatch"]],
    ["no Python", "def (", "def (", ["not-canonical"]],
    [
      "nothing but a docstring",
      'def _ouverture_v_0():\n    """Later."""',
      "def _ouverture_v_0():",
      ["not-canonical"],
    ],
  ])("%s", (_, code, hashed, expected) => {
    expect(findingsOf(document(code, hashed))).toEqual(expected);
  });

  it("keeps the docstring inside where the text without it is another function or none", () => {
    for (const code of [
      'def _ouverture_v_0():\n    """Later."""',
      'def _ouverture_v_0():\n    """First."""\n    """Second."""\n    return 1',
    ]) {
      const hashed = code.replace(/\n {4}"""(?:Later|First)\."""/, "");
      const migrated = migrate(document(code, hashed));
      expect(migrated.ok && migrated.value.object.normalized_code).toBe(code);
      expect(migrated.ok && normalize(migrated.value.object.normalized_code)).toEqual(
        normalize(code),
      );
    }
  });

  const names = { _ouverture_v_0: "subtract", _ouverture_v_1: "a", _ouverture_v_2: "b" };
  it.each<[string, Record<string, unknown>, string[]]>([
    ["a language that is none", { docstrings: { "../x": "" } }, ["../x malformed-language"]],
    ["a language without names", { docstrings: { ita: "" } }, ["ita invalid-mapping missing-name"]],
    [
      "a name too few",
      { name_mappings: { eng: { ...names, _ouverture_v_2: undefined } } },
      ["malformed-object"],
    ],
    [
      "a name too many",
      { name_mappings: { eng: { ...names, _ouverture_v_3: "c" } } },
      ["eng invalid-mapping unknown-number"],
    ],
    [
      "a keyword",
      { name_mappings: { eng: { ...names, _ouverture_v_1: "class" } } },
      ["eng invalid-mapping keyword"],
    ],
    [
      "code",
      { name_mappings: { eng: { ...names, _ouverture_v_1: "a: print(1)" } } },
      ["eng invalid-mapping not-an-identifier"],
    ],
    [
      "the same name twice",
      { name_mappings: { eng: { ...names, _ouverture_v_1: "b" } } },
      ["eng invalid-mapping other-meaning"],
    ],
    [
      "a key that is no number",
      { name_mappings: { eng: { x: "y" } } },
      ["eng invalid-mapping unknown-key"],
    ],
    [
      "an alias of no hash",
      { alias_mappings: { eng: { x: "y" } } },
      ["eng invalid-mapping unknown-key"],
    ],
  ])("%s", (_, more, expected) => {
    const empty = { docstrings: {}, name_mappings: { eng: names }, alias_mappings: {} };
    expect(findingsOf(document(plain, plain, { ...empty, ...more }))).toEqual(expected);
  });

  it("leaves out what cannot be stored", () => {
    const migrated = migrate(document(plain, plain, { docstrings: { sha256: "x", "": "y" } }));
    expect(migrated.ok && migrated.value.mappings.map(({ language }) => language)).toEqual([
      "eng",
      "fra",
      "spa",
    ]);
  });

  it.each([
    [undefined],
    [null],
    [3],
    ["{"],
    ["[]"],
    [{}],
    [document(plain, plain, { version: 1 })],
    [document(plain, plain, { hash: "x" })],
    [document(plain, plain, { more: 1 })],
    [document(plain, plain, { docstrings: [] })],
    [document(plain, plain, { name_mappings: { eng: [] } })],
    [document(plain, plain, { alias_mappings: { eng: { x: 1 } } })],
    ["[".repeat(10_000)],
  ])("refuses %j", (input) => {
    expect(["malformed-object", "limit-exceeded"]).toContain(findingsOf(input)[0]);
  });
});
