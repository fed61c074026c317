import { describe, expect, it } from "vitest";
import { mappingPath, objectPath, objectPathV0 } from "../../src/record/layout.js";

const HASH = "4f".repeat(32);
const OTHER = "0a".repeat(32);

describe("paths in a pool", () => {
  it("are those of docs/pool.md", () => {
    const folder = `objects/sha256/4f/${"4f".repeat(31)}`;
    expect(objectPath(HASH)).toEqual({ ok: true, value: `${folder}/object.json` });
    expect(objectPathV0(HASH)).toEqual({ ok: true, value: `objects/4f/${"4f".repeat(31)}.json` });
    expect(mappingPath(HASH, "fra", OTHER)).toEqual({
      ok: true,
      value: `${folder}/fra/sha256/0a/${"0a".repeat(31)}/mapping.json`,
    });
  });

  it.each([
    "",
    "4f",
    HASH.toUpperCase(),
    `${HASH}0`,
    HASH.slice(1),
    `${HASH}\n`,
    `../${HASH.slice(3)}`,
    `g${HASH.slice(1)}`,
    `${HASH.slice(0, 63)}/`,
    `${HASH.slice(0, 63)}\u0966`,
  ])("the malformed hash %j is refused everywhere", (hash) => {
    const fault = { code: "malformed-hash", data: { name: hash } };
    expect(objectPath(hash)).toMatchObject({ ok: false, fault });
    expect(objectPathV0(hash)).toMatchObject({ ok: false, fault });
    expect(mappingPath(hash, "eng", HASH)).toMatchObject({ ok: false, fault });
    expect(mappingPath(HASH, "eng", hash)).toMatchObject({ ok: false, fault });
  });

  it.each(["eng", "fra-canadian", "domain-medical", "a_b", "007", "SHA256", "x".repeat(256)])(
    "%s is a language",
    (language) => {
      expect(mappingPath(HASH, language, OTHER).ok).toBe(true);
    },
  );

  it.each([
    "",
    "fr",
    "sha256",
    "../x",
    "-eng",
    "_eng",
    "en g",
    "eng\n",
    "eng/",
    "eng\\x",
    "français",
    "日本語",
    "e\0g",
    "...",
    "x".repeat(257),
  ])("%j is none", (language) => {
    expect(mappingPath(HASH, language, OTHER)).toMatchObject({
      ok: false,
      fault: { code: "malformed-language", data: { language } },
    });
  });
});
