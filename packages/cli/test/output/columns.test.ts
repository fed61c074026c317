import fc from "fast-check";
import stringWidth from "string-width";
import { expect, it } from "vitest";
import { columnsOf, isPlain } from "../../src/output/columns.js";

const PLAIN = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
  isPlain,
);
const characters = new Intl.Segmenter("und");

it.each(["average", "naïve œuvre", "Ελληνικά", "Ёлка", "Tiếng Việt", "שלום", "مرحبا"])(
  "takes a column for each letter of %s",
  (text) => {
    expect(isPlain(text)).toBe(true);
    expect(columnsOf(text)).toBe(text.length);
  },
);

it.each(["計算する", "テキスト。", "「平均」", "함수", "ＡＢ"])(
  "takes two for each of %s",
  (text) => {
    expect(isPlain(text)).toBe(true);
    expect(columnsOf(text)).toBe(2 * text.length);
  },
);

it("agrees with the library on every plain character", () => {
  expect(PLAIN.length).toBeGreaterThan(40_000);
  for (const character of PLAIN) {
    expect([character, columnsOf(character)]).toEqual([character, stringWidth(character)]);
  }
});

it("agrees with it on texts of them, each a character of its own", () => {
  const plain = fc.array(fc.constantFrom(...PLAIN)).map((all) => all.join(""));
  fc.assert(
    fc.property(plain, (text) => {
      expect(columnsOf(text)).toBe(stringWidth(text));
      expect([...characters.segment(text)].map(({ segment }) => segment)).toEqual([...text]);
    }),
  );
});

it("leaves all else to it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(columnsOf(text)).toBe(stringWidth(text));
    }),
  );
  for (const text of ["e\u0301", "👩‍👧", "ㄱㅏ", "ｶﾞ", "©️", "〰️", "ไทย"]) {
    expect(isPlain(text)).toBe(false);
  }
});
