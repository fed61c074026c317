import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeObject, encodeObject, type StoredObject } from "../../src/record/object.js";

const HASH = "4f".repeat(32);
const OTHER = "0a".repeat(32);
const object: StoredObject = {
  schema_version: 1,
  hash: HASH,
  hash_algorithm: "sha256",
  normalized_code: "def _ouverture_v_0():\n    return 'é日本𝒳'",
  encoding: "none",
  metadata: {
    created: "2026-01-31T12:00:00Z",
    author: "Zoë",
    tags: ["mathématiques", "__proto__"],
    dependencies: [OTHER, HASH],
  },
};
const text = encodeObject(object);

const ABSENT = Symbol("absent");

/** The document with the value at `path` replaced, or taken away. */
function documentWith(path: string, value: unknown): string {
  const document: unknown = JSON.parse(text);
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const holder = keys.reduce((at, key) => (at as Record<string, unknown>)[key], document) as object;
  if (value === ABSENT) Reflect.deleteProperty(holder, last);
  else Reflect.defineProperty(holder, last, { value, enumerable: true, configurable: true });
  return JSON.stringify(document);
}

/** The fault of a document, as `code reason path`. */
function faultOf(document: string): string {
  const decoded = decodeObject(document);
  if (decoded.ok) return "ok";
  const { reason, limit, path } = { reason: "", limit: "", path: "", ...decoded.fault.data };
  return [decoded.fault.code, reason, limit, path].filter((part) => part !== "").join(" ");
}

describe("object.json", () => {
  it("is written in the order of docs/pool.md", () => {
    expect(text).toMatchInlineSnapshot(`
      "{
        "schema_version": 1,
        "hash": "4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f",
        "hash_algorithm": "sha256",
        "normalized_code": "def _ouverture_v_0():\\n    return 'é日本𝒳'",
        "encoding": "none",
        "metadata": {
          "created": "2026-01-31T12:00:00Z",
          "author": "Zoë",
          "tags": [
            "mathématiques",
            "__proto__"
          ],
          "dependencies": [
            "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
            "4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f"
          ]
        }
      }"
    `);
  });

  it("is read as it was written, from text and from bytes, in any order of keys", () => {
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(object).reverse()));
    for (const input of [text, new TextEncoder().encode(text), `\n${reversed}\n`]) {
      expect(decodeObject(input)).toEqual({ ok: true, value: object });
    }
  });

  it("may be packed, and is unpacked", () => {
    const packed = gzipSync(object.normalized_code).toString("base64");
    const input = JSON.stringify({ ...object, encoding: "gzip", normalized_code: packed });
    expect(decodeObject(input)).toEqual({ ok: true, value: object });
  });

  it.each([
    ["missing-key hash", "hash", ABSENT],
    ["missing-key metadata", "metadata", ABSENT],
    ["missing-key metadata.tags", "metadata.tags", ABSENT],
    ["unknown-key note", "note", 1],
    ["unknown-key metadata.note", "metadata.note", 1],
    ["unknown-key __proto__", "__proto__", {}],
    ["wrong-value schema_version", "schema_version", 2],
    ["wrong-value schema_version", "schema_version", "1"],
    ["wrong-value hash", "hash", HASH.toUpperCase()],
    ["wrong-value hash_algorithm", "hash_algorithm", "md5"],
    ["wrong-value normalized_code", "normalized_code", null],
    ["wrong-value encoding", "encoding", "zip"],
    ["not-gzip normalized_code", "encoding", "gzip"],
    ["wrong-value metadata", "metadata", []],
    ["wrong-value metadata.created", "metadata.created", "today"],
    ["wrong-value metadata.created", "metadata.created", "2026-13-01T00:00:00Z"],
    ["wrong-value metadata.author", "metadata.author", 1],
    ["wrong-value metadata.tags", "metadata.tags", "a"],
    ["wrong-value metadata.tags[1]", "metadata.tags.1", {}],
    ["wrong-value metadata.dependencies[0]", "metadata.dependencies.0", "0a"],
  ])("%s, with %s as %s", (expected, path, value) => {
    expect(faultOf(documentWith(path, value))).toBe(`malformed-object ${expected}`);
  });

  it.each([
    ["malformed-object not-gzip normalized_code", gzipSync(Uint8Array.of(0xff))],
    ["malformed-object not-gzip normalized_code", Buffer.from("plain")],
    ["limit-exceeded bytes", gzipSync("x".repeat((1 << 20) + 1))],
  ])("%s, packed", (expected, packed) => {
    const normalized_code = packed.toString("base64");
    expect(faultOf(JSON.stringify({ ...object, encoding: "gzip", normalized_code }))).toBe(
      expected,
    );
  });

  it("is refused over 1 MiB", () => {
    expect(faultOf(documentWith("metadata.author", "x".repeat(1 << 20)))).toBe(
      "limit-exceeded bytes",
    );
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    '"text"',
    text.slice(0, -1),
    `${text}x`,
    text.replace("{", '{"hash": 1,'),
  ])("is refused, not thrown at, as %j", (input) => {
    expect(decodeObject(input)).toMatchObject({ fault: { code: "malformed-object" } });
  });
});
