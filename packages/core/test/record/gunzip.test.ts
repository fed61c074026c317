import { constants, deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64 } from "../../src/record/base64.js";
import { gunzip } from "../../src/record/gunzip.js";

const MOST = 1 << 20;

function textOf(bytes: Uint8Array | string): string {
  return typeof bytes === "string" ? bytes : new TextDecoder().decode(bytes);
}

const texts = [
  "",
  "a",
  "def _ouverture_v_0():\n    return 1",
  "é日".repeat(5000),
  "x".repeat(1_000_000),
  Array.from({ length: 40_000 }, (_, index) => (index * 2654435761) % 8191).join(" "),
];

describe("gunzip", () => {
  const strategies = [
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FIXED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
  ];
  it.each(strategies)("unpacks what zlib packs, at every level, strategy %i", (strategy) => {
    for (const text of texts) {
      for (let level = 0; level <= 9; level += 1) {
        const packed = gzipSync(text, { level, strategy });
        expect(textOf(gunzip(packed, MOST)) === text).toBe(true);
      }
    }
  });

  it("unpacks any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        expect(gunzip(gzipSync(bytes), MOST)).toEqual(bytes);
      }),
    );
  });

  it("passes over what the flags of the header announce", () => {
    const text = "text";
    const trailer = gzipSync(text).subarray(-8);
    const fields = [1, 2, 3, 4, 5, 6].map(() => 0);
    const extra = [3, 0, 7, 8, 9];
    const name = [..."file.py"].map((char) => char.charCodeAt(0)).concat(0);
    const header = [0x1f, 0x8b, 8, 4 + 8 + 16 + 2, ...fields, ...extra, ...name, 65, 0, 1, 2];
    const packed = Buffer.concat([Buffer.from(header), deflateRawSync(text), trailer]);
    expect(textOf(gunzip(packed, MOST))).toBe(text);
  });

  it("stops a bomb at the limit", () => {
    const bomb = gzipSync(new Uint8Array(1 << 28), { level: 9 });
    expect(gunzip(bomb, MOST)).toBe("bytes");
    expect(gunzip(gzipSync("x".repeat(MOST)), MOST)).toHaveLength(MOST);
    expect(gunzip(gzipSync("x".repeat(MOST + 1)), MOST)).toBe("bytes");
    expect(gunzip(gzipSync("x".repeat(MOST + 1), { level: 0 }), MOST)).toBe("bytes");
  });

  it("gives no other text after a change of one bit, and none of what is cut", () => {
    const text = "def f():\n    return 'abcabcabc'";
    const packed = gzipSync(text, { level: 9 });
    for (let at = 0; at < packed.length; at += 1) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const changed = Uint8Array.from(packed);
        changed[at] = (changed[at] ?? 0) ^ bit;
        const result = gunzip(changed, MOST);
        expect([text, "not-gzip"]).toContain(textOf(result));
      }
    }
    for (let length = 0; length < packed.length; length += 1) {
      expect(gunzip(packed.subarray(0, length), MOST)).toBe("not-gzip");
    }
    expect(gunzip(Buffer.concat([packed, packed]), MOST)).toBe("not-gzip");
  });

  it("ends on any bytes after the header", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        gunzip(Buffer.concat([Buffer.from([31, 139, 8, 0, 0, 0, 0, 0, 0, 3]), bytes]), MOST);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("decodeBase64", () => {
  it("decodes what Buffer encodes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(decodeBase64(Buffer.from(bytes).toString("base64"))).toEqual(bytes);
      }),
    );
  });

  it.each(["A", "AA", "AAA", "A===", "=AAA", "AA=A", "AA A", "AAAA\n", "AA-_", "é==="])(
    "refuses %j",
    (text) => {
      expect(decodeBase64(text)).toBeNull();
    },
  );
});
