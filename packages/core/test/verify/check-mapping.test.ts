import { describe, expect, it, test } from "vitest";
import type { Mapping } from "../../src/canonical/form.js";
import { hash, mappingHash } from "../../src/canonical/hash.js";
import { normalize } from "../../src/canonical/normalize.js";
import { decodeMapping, encodeMapping } from "../../src/record/mapping.js";
import { encodeObject, type StoredObject } from "../../src/record/object.js";
import { checkMapping } from "../../src/verify/check-mapping.js";
import { checkObject } from "../../src/verify/check-object.js";
import { type Stored, storedCode, storedFunction } from "./stored.js";

const mean = storedFunction("def mean(values):\n    return sum(values) / len(values)");

function checked(stored: Stored): StoredObject {
  const result = checkObject(stored.hash, encodeObject(stored.object));
  if (!result.ok) throw new Error(result.fault.code);
  return result.value.object;
}

function mappingOf(names: readonly string[], rest: Partial<Mapping> = {}): Mapping {
  const entries = names.map((name, number) => [`_ouverture_v_${number}`, name]);
  const name_mapping = Object.fromEntries(entries);
  return { docstring: "", name_mapping, alias_mapping: {}, comment: "", ...rest };
}

/** "ok", or the fault, of a function that was checked before its mapping, and of one that was not. */
function verdict(stored: Stored, mapping: Mapping, expected = mappingHash(mapping)): string {
  const bytes = new TextEncoder().encode(encodeMapping(mapping));
  const [known, unknown] = [checked(stored), stored.object].map((object) => {
    const result = checkMapping(object, expected, bytes);
    if (result.ok) expect(result.value).toEqual(mapping);
    return result.ok ? "ok" : [result.fault.code, ...Object.values(result.fault.data)].join(" ");
  });
  expect(known).toBe(unknown);
  return known ?? "";
}

describe("checkMapping", () => {
  it.each([
    [
      "fresh names",
      mappingOf(["moyenne", "valeurs"], { docstring: "L'élément.", comment: "à moi" }),
    ],
    ["names that have to be tried", mappingOf(["match", "_"], { docstring: "\\ and 'so'" })],
    ["one name for two bindings that do not meet", mappingOf(["f", "f"])],
  ])("accepts %s", (_, mapping) => {
    expect(verdict(mean, mapping)).toBe("ok");
  });

  it.each<[string, Mapping, string]>([
    ["a name too few", mappingOf(["f"]), "missing-name _ouverture_v_1"],
    ["a name too many", mappingOf(["f", "a", "b"]), "unknown-number _ouverture_v_2"],
    ["a keyword", mappingOf(["f", "class"]), "keyword class"],
    ["code", mappingOf(["f", "a: print(1)"]), "not-an-identifier a: print(1)"],
    ["a builtin that is used", mappingOf(["f", "len"]), "other-meaning len"],
    ["a docstring that none is", mappingOf(["f", "a"], { docstring: " a" }), "docstring docstring"],
  ])("refuses %s", (_, mapping, fault) => {
    expect(verdict(mean, mapping)).toBe(`invalid-mapping ${fault}`);
  });

  it("refuses a mapping that is stored under the hash of another", () => {
    const mapping = mappingOf(["f", "a"]);
    const other = mappingHash(mappingOf(["f", "b"]));
    expect(verdict(mean, mapping, other)).toBe(
      `invalid-mapping other-hash ${mappingHash(mapping)}`,
    );
    expect(verdict(mean, mapping, "")).toContain("other-hash");
  });

  it.each(["", "{}", "[]", "\u00ff", '{"docstring": 1}', "[".repeat(99)])("refuses %j", (text) => {
    const result = checkMapping(mean.object, hash(text), text);
    expect(result.ok || result.fault.code).toMatch(/invalid-mapping|limit-exceeded/);
  });

  it("checks a mapping against its own function, not against the one that was checked last", () => {
    const other = storedFunction("def pair(a, b):\n    return len(a), b");
    const object = checked(mean);
    checked(other);
    const mapping = mappingOf(["pair", "a", "b"]);
    expect(checkMapping(object, mappingHash(mapping), encodeMapping(mapping)).ok).toBe(false);
    expect(verdict(other, mapping)).toBe("ok");
  });
});

describe("of a function of the older form", () => {
  const A = "a1".repeat(32);
  const older = storedCode(
    `from ouverture.pool import object_${A}\n\ndef _ouverture_v_0(_ouverture_v_2, _ouverture_v_1):\n    input = object_${A}._ouverture_v_0(_ouverture_v_2)\n    return input - _ouverture_v_1`,
  );

  test("its mapping is checked with the numbers of the normal form", () => {
    const mapping = mappingOf(["subtract", "b", "a"], { alias_mapping: { [A]: "read" } });
    expect(verdict(older, mapping)).toBe("ok");
  });

  test.each<[string, Mapping, string]>([
    ["a name too few", mappingOf(["f", "a"]), "missing-name _ouverture_v_2"],
    ["a name too many", mappingOf(["f", "a", "b", "c"]), "unknown-number _ouverture_v_3"],
    ["a keyword", mappingOf(["f", "class", "b"]), "keyword class"],
    ["one name twice", mappingOf(["f", "a", "a"]), "other-meaning a"],
    [
      "an alias of nothing",
      mappingOf(["f", "a", "b"], { alias_mapping: { [mean.hash]: "x" } }),
      `unknown-hash ${mean.hash}`,
    ],
  ])("is refused with %s", (_, mapping, fault) => {
    expect(verdict(older, mapping)).toBe(`invalid-mapping ${fault}`);
  });
});

test("the order of keys and the layout of the file are no part of a mapping", () => {
  const { normalized_code } = mean.object;
  const normal = normalize(normalized_code);
  if (!normal.ok) throw new Error(normal.fault.code);
  const mapping = mappingOf(["mean", "values"]);
  const text = JSON.stringify({
    comment: "",
    alias_mapping: {},
    name_mapping: { _ouverture_v_1: "values", _ouverture_v_0: "mean" },
    docstring: "",
  });
  expect(checkMapping(checked(mean), mappingHash(mapping), text)).toEqual(decodeMapping(text));
});
