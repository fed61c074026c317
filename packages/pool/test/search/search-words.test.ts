import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldName, foldText } from "../../src/search/search-fold.js";
import { readRuns, readWords } from "../../src/search/search-words.js";

/** All characters but the many that are in no way special. */
function* characters(): Generator<string> {
  for (let point = 0; point <= 0x10ffff; point += 1) {
    const character = String.fromCodePoint(point);
    if (!/[\p{C}\p{Unified_Ideograph}\u{17000}-\u{18cff}]/u.test(character)) yield character;
  }
}

describe("folding", () => {
  it.each([
    ["Café", "cafe"],
    ["cafe\u0301", "cafe"],
    ["Straße", "strasse"],
    ["STRASSE", "strasse"],
    ["STRAẞE", "strasse"],
    ["İstanbul", "istanbul"],
    ["ISTANBUL", "istanbul"],
    ["ısı", "isi"],
    ["ΟΔΟΣ", "οδοσ"],
    ["ὀδός", "οδοσ"],
    ["Łódź", "lodz"],
    ["Ærø", "aero"],
    ["ＡＢＣ１２", "abc12"],
    ["ﬁne", "fine"],
    ["x²", "x2"],
    ["ёлка", "елка"],
    ["ｱﾍﾞﾚｰｼﾞ", "アベレージ"],
    ["مُعَدَّل", "معدل"],
    ["أحمد", "احمد"],
    ["كـــتاب", "كتاب"],
    ["שָׁלוֹם", "שלום"],
    ["so\u00adft", "soft"],
    ["می\u200cخواهم", "میخواهم"],
    // These marks are part of the word.
    ["हिन्दी", "हिन्दी"],
    ["ค่าเฉลี่ย", "ค่าเฉลี่ย"],
    ["が", "が"],
    ["평균", "평균"],
    ["\u1111\u1167\u11bc\u1100\u1172\u11ab", "평균"],
  ])("makes %s %s", (text, folded) => {
    expect(foldText(text)).toBe(folded.normalize("NFC"));
  });

  it("changes nothing of what is folded, for every character", () => {
    const changed: string[] = [];
    for (const character of characters()) {
      const folded = foldText(character);
      if (foldText(folded) !== folded) changed.push(character);
    }
    expect(changed).toEqual([]);
  });

  it("changes nothing of what is folded, for every text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const folded = foldText(text);
        expect(foldText(folded)).toBe(folded);
        expect(foldText(text.toUpperCase().toLowerCase())).toBe(
          foldText(text.toUpperCase().toLowerCase().normalize("NFD")),
        );
      }),
    );
  });

  it.each([
    ["calculate_average", "calculateaverage"],
    ["calculateAverage", "calculateaverage"],
    ["__init__", "init"],
    ["Écart_Type", "ecarttype"],
    ["平均_値", "平均値"],
  ])("makes the name %s %s", (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });
});

/** The words of a text: pairs joined by `-`, the last of a run with `.`, wholes after `|`. */
function show(text: string): string {
  return [...readRuns(text)]
    .map(({ parts, wholes }) => {
      const marks = { word: "", pair: "-", last: "." };
      const words = parts.map((part) => part.text + marks[part.kind]);
      return [...words, ...wholes.map((whole) => `|${whole.text}`)].join(" ");
    })
    .join(", ");
}

describe("words", () => {
  it.each([
    ["", ""],
    ["a.b,c", "a, b, c"],
    ["calculate_average", "calculate average |calculateaverage"],
    ["calculateAverage", "calculate average |calculateaverage"],
    ["CALCULATE_AVERAGE", "calculate average |calculateaverage"],
    ["HTTPServer2x", "http server 2 x |httpserver2x"],
    ["sha256", "sha 256 |sha256"],
    ["__init__", "init"],
    ["l'âge d'un", "l, age, d, un"],
    ["ÉcartType", "ecart type |ecarttype"],
    ["écart_type", "ecart type |ecarttype"],
    ["ВычислитьСреднее", "вычислить среднее |вычислитьсреднее"],
    ["平均", "平均- 均."],
    ["加权平均", "加权- 权平- 平均- 均."],
    ["値", "値."],
    ["平均を計算する。", "平均- 均を- を計- 計算- 算す- する- る."],
    ["平均_値v2", "平均- 均. 値. v 2 |v2"],
    ["アベレージ", "アベ- ベレ- レー- ージ- ジ."],
    ["ค่า", "ค่- ่า- า."],
    ["가중 평균을", "가중, 평균을"],
    ["औसत निकालें", "औसत, निकालें"],
    ["المتوسِّط", "المتوسط"],
    ["🩺✈️", "🩺✈- ✈."],
    ["20℃", "20 c"],
    ["㈱会社", "株. 会社- 社."],
    ["*** -- +", ""],
  ])("reads %s as %s", (text, words) => {
    expect(show(text)).toBe(words.normalize("NFC"));
  });

  it("says where a word is, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), (some, any) => {
        const text = `${some} ${any} calculateAverage`;
        const { parts, wholes } = readWords(text);
        for (const word of [...parts, ...wholes]) {
          expect(word.text).toBe(foldText(word.text));
          expect(word.text).not.toMatch(/[\s"]/);
          expect(word.start).toBeLessThan(word.middle);
          expect(word.middle).toBeLessThanOrEqual(word.end);
        }
        expect(wholes.at(-1)).toMatchObject({ text: "calculateaverage", end: text.length });
        for (const [index, part] of parts.slice(1).entries()) {
          expect(part.start).toBeGreaterThanOrEqual(parts[index]!.start);
        }
      }),
    );
  });

  it("reads a word as the same alone and in a text", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }), (words) => {
        const alone = words.flatMap((word) => readWords(word).parts.map(({ text }) => text));
        expect(readWords(words.join("\n")).parts.map(({ text }) => text)).toEqual(alone);
      }),
    );
  });

  it("reads a word as the same wherever it stands", () => {
    const letters = "aßÉéΣςйёіアが平ศหि्नग가\u1100\u1161\u11a8ʼnﷺﬁıİ\u0301\u200c";
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...letters) }), (word) => {
        const alone = readWords(word).parts.map(({ text }) => text);
        const among = readWords(`x_${word}_x`).parts.map(({ text }) => text);
        expect(among).toEqual(["x", ...alone, "x"]);
      }),
    );
  });

  it("finds a letter in every character that has one", () => {
    const lost: string[] = [];
    for (const character of characters()) {
      const isWord = /[\p{L}\p{N}]/u.test(foldText(character));
      if (isWord && readWords(character).parts.length === 0) lost.push(character);
    }
    expect(lost).toEqual([]);
  });

  it("cuts a word that is too long, and takes time in proportion to the text", () => {
    expect(readWords("x".repeat(1 << 20)).parts.map(({ text }) => text)).toEqual(["x".repeat(64)]);
    expect(readWords("é".repeat(1 << 18)).parts.map(({ text }) => text)).toEqual(["e".repeat(64)]);
    expect(readWords("𝐱".repeat(100)).parts.map(({ text }) => text)).toEqual(["x".repeat(64)]);
    expect(readWords("平".repeat(1 << 18)).parts).toHaveLength(1 << 18);
  });
});
