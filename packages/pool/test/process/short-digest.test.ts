/** Little and much are hashed by two programs, to the same. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { digestOf } from "../../src/process/short-digest.js";

it("is SHA-256, of little and of much", () => {
  const large = fc.nat(100_000).map((length) => new Uint8Array(length).fill(length));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), large), (bytes) => {
      expect(digestOf(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }),
    { examples: [[new Uint8Array()], [new Uint8Array(1 << 15)], [new Uint8Array((1 << 15) + 1)]] },
  );
});
