import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeUtf8 } from "../../src/record/utf8.js";

const oracle = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What the host's strict decoder says; `null` where it throws. */
function decodedByHost(bytes: Uint8Array): string | null {
  try {
    return oracle.decode(bytes);
  } catch {
    return null;
  }
}

describe("decodeUtf8", () => {
  it("decodes what it encodes, of any length", () => {
    for (const length of [0, 1, 8191, 8192, 8193, 50_000]) {
      const text = "aé日𝒳".repeat(length).slice(0, length - (length % 5));
      expect(decodeUtf8(new TextEncoder().encode(text)) === text).toBe(true);
    }
  });

  it("accepts and refuses what the host's strict decoder does, for every pair of bytes", () => {
    const different: Uint8Array[] = [];
    for (let first = 0; first < 256; first += 1) {
      for (let second = 0; second < 256; second += 1) {
        for (const rest of [[], [0x80], [0xbf, 0xbf], [0x80, 0x80, 0x41]]) {
          const bytes = Uint8Array.from([first, second, ...rest]);
          if (decodeUtf8(bytes) !== decodedByHost(bytes)) different.push(bytes);
        }
      }
    }
    expect(different).toEqual([]);
  });

  it("agrees with the host on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(decodeUtf8(bytes)).toBe(decodedByHost(bytes));
      }),
    );
  });
});
