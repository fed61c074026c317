/** docs/normal-form.md, "Hash" and "Mapping": known hashes, and Python's where it is at hand. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareByCodePoint } from "../../src/canonical/code-points.js";
import type { Mapping } from "../../src/canonical/form.js";
import { hash, mappingHash } from "../../src/canonical/hash.js";
import { encodeUtf8 } from "../../src/canonical/utf8.js";
import { hasPython } from "./python.js";

describe("hash", () => {
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["é\u{1f600}", "1184d1f608158eea09d297565575892231550c403aaa913008d867a97cfd5c76"],
  ])("%j", (text, expected) => expect(hash(text)).toBe(expected));

  test("is sha256 of UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(hash(text)).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
      }),
    );
  });

  test("an unpaired surrogate is three bytes that no text has", () => {
    expect([...encodeUtf8("a\ud800\udc00\ud800b\udfff")]).toEqual([
      0x61, 0xf0, 0x90, 0x80, 0x80, 0xed, 0xa0, 0x80, 0x62, 0xed, 0xbf, 0xbf,
    ]);
    expect(hash("\ud800")).not.toBe(hash("\ufffd"));
  });
});

const mappings: readonly Mapping[] = [
  { docstring: "", name_mapping: {}, alias_mapping: {}, comment: "" },
  {
    docstring: "quotes \" ' and \\ \n\r\t\b\f\v\u0000\u001f\u007f\u0080\u2028\u2029/é\u{1f600}",
    name_mapping: Object.fromEntries([0, 1, 2, 10, 11, 100].map((n) => [`_ouverture_v_${n}`, "x"])),
    alias_mapping: JSON.parse(
      '{"__proto__": "a", "toString": "b", "\uffff": "c", "\u{10000}": "d"}',
    ),
    comment: "comment",
  },
];

describe("mappingHash", () => {
  const names = { _ouverture_v_10: "z", _ouverture_v_0: "f", _ouverture_v_2: "y" };
  test.each<[string, Mapping]>([
    [
      "0f73dff9a2fa34eb94cb908500c23d58dbd91bf727959878a14ec108b36257a0",
      { docstring: "", name_mapping: {}, alias_mapping: {}, comment: "" },
    ],
    [
      "5ac3efc913356f2e73b6f4c3d5c2edc0b2a1dfeda971c7b1cdf614585efc2046",
      { docstring: 'R\u00e9sum\u00e9 "x"\n', name_mapping: names, alias_mapping: {}, comment: "c" },
    ],
  ])("%s", (expected, mapping) => expect(mappingHash(mapping)).toBe(expected));

  test.runIf(hasPython)("is Python's", () => {
    const program = `
import hashlib, json, sys
for m in json.load(sys.stdin):
    text = json.dumps(m, sort_keys=True, ensure_ascii=False)
    print(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
`;
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(..."\"'\\\n\t\b\f\r\u007f\u2028"),
        fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
      ),
      maxLength: 12,
    });
    const record = fc.dictionary(text, text, { maxKeys: 6, noNullPrototype: true });
    const sampled = fc.sample(
      fc.record({ docstring: text, name_mapping: record, alias_mapping: record, comment: text }),
      { numRuns: 300, seed: 1 },
    );
    const all = [...mappings, ...sampled];
    const { stdout } = spawnSync("python3", ["-c", program], {
      input: JSON.stringify(all),
      encoding: "utf8",
    });
    expect(all.map(mappingHash)).toEqual(stdout.trim().split("\n"));
  });
});

test("strings compare by code point", () => {
  const point = fc.oneof(
    fc.constantFrom("\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}", "a"),
    fc.string({ unit: "binary", maxLength: 1 }),
  );
  const text = fc.array(point, { maxLength: 4 }).map((points) => points.join(""));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [x, y] = [a, b].map((s) =>
        Array.from(s, (c) => (c.codePointAt(0) ?? 0).toString(16).padStart(6, "0")).join(),
      );
      expect(Math.sign(compareByCodePoint(a, b))).toBe(
        (x ?? "") < (y ?? "") ? -1 : (x ?? "") > (y ?? "") ? 1 : 0,
      );
    }),
  );
});
