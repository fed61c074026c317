/** Where an answer ends, however the stream is cut. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openAnswer } from "../../src/git/git-answer.js";

const part = fc.string({ minLength: 1 }).map((text) => text.replaceAll("\0", "x"));

describe("an answer that parts end with NUL", () => {
  it("ends where a NUL ends none, whatever follows", () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 5 }),
        fc.uint8Array({ maxLength: 10 }),
        fc.array(fc.nat(60), { maxLength: 6 }),
        (parts, rest, cuts) => {
          const answer = Buffer.from(parts.map((text) => `${text}\0`).join(""));
          const stream = Buffer.concat([answer, Buffer.from([0]), rest]);
          const told: Buffer[][] = [];
          const behind: Buffer[] = [];
          const take = openAnswer((...found) => told.push(found));
          const places = [0, ...cuts, stream.length].sort((a, b) => a - b);
          for (let index = 1; index < places.length; index += 1) {
            const piece = stream.subarray(places[index - 1], places[index]);
            if (told.length > 0) behind.push(piece);
            else if (piece.length > 0) take(piece);
          }
          expect(told).toHaveLength(1);
          const [found, first] = told[0] ?? [];
          expect(found).toEqual(answer);
          expect(Buffer.concat([first ?? Buffer.alloc(0), ...behind])).toEqual(Buffer.from(rest));
        },
      ),
    );
  });
});
