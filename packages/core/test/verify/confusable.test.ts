/** Names that look like others, after UTS #39: what is told, and above all what is not. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engineIsRecent, isAssigned } from "../../scripts/unicode-data.js";
import { whyNoName } from "../../src/canonical/mapping.js";
import { isIdentifierContinue, toNfkc, toNfkd } from "../../src/syntax/unicode.js";
import { findConfusable, isBeyondAscii, type OtherNames } from "../../src/verify/confusable.js";
import { confusableTables } from "../../src/verify/confusable-tables.js";
import { plainConfusable } from "./plain-confusable.js";

const told: [names: string, ...findings: string[]][] = [
  // A letter of another script in a word.
  ["pаypal", "pаypal mixed-script"],
  ["user_nаme", "user_nаme mixed-script"],
  ["имяa", "имяa mixed-script"],
  ["dα", "dα mixed-script"],
  // Another name of the same shape.
  ["total tоtal", "tоtal look-alike total"],
  ["tоtal total", "tоtal look-alike total"],
  ["сор cop", "сор look-alike cop"],
  ["ѕum", "ѕum look-alike sum"],
  ["іf", "іf look-alike if"],
  ["рrint", "рrint look-alike print"],
  ["ореn", "ореn look-alike open"],
  ["力 カ", "カ look-alike 力"],
  ["ロ 口", "口 look-alike ロ"],
  ["ß β", "β look-alike ß"],
  // What shows nothing.
  ["a\u200cb", "a\u200cb invisible"],
  ["a\u200db", "a\u200db invisible"],
  ["a\u034fb", "a\u034fb invisible"],
  ["a\ufe0f", "a\ufe0f invisible"],
  ["a\u{e0100}", "a\u{e0100} invisible"],
  ["ᅟa", "ᅟa invisible"],
  ["a\u202eb", "a\u202eb bidirectional"],
  ["a\u2066b", "a\u2066b bidirectional"],
];

function beside(...names: string[]): OtherNames {
  return { isAscii: names.every((name) => !isBeyondAscii(name)), list: () => names };
}

/** Names as people write them. */
const normal = [
  "calculate_average l I l1 I1 x0 xO turn tum data1 datal",
  "moyenne été façade naïve Öl größe straße señor año ångström smørrebrød ığdır çağrı",
  "среднее сумма значения имя_файла файл_utf8 с_начала х у а_1 тест_test ORM_модель",
  "μέσος τιμές άθροισμα Δt Δx Δv λ_max σ2 α β γ_0 μ_x dθ ΔΣ x_μ",
  "平均 合計 売上データ データ一覧 カテゴリー ユーザー名 DB接続 総計2 日本語とkanji ローマ字 utf8文字列",
  "计算平均值 总和 用户id 数据 文件名_v2 ㄅㄆㄇ注音 平均 합계 사용자_이름 한글漢字 값2 API호출",
  "متوسط مجموع قيمة_1 المستخدم שלום ממוצע ค่าเฉลี่ย ผลรวม औसत योग मान_2 গড় சராசரி միջին საშუალო",
  "đường_dẫn trung_bình tổng số_lượng Łódź żółć ĝojo ţară ḥamām ə ɐ",
];

describe("findConfusable", () => {
  it.each(told.map(([names, ...findings]) => ({ names, findings })))("$names", (row) => {
    const found = findConfusable(row.names.split(" "));
    expect(
      found.map(({ name, kind, other }) => [name, kind, other ?? []].flat().join(" ")),
    ).toEqual(row.findings);
  });

  it.each(normal)("%s", (names) => {
    expect(findConfusable(names.split(" "), beside("items", "append", "self"))).toEqual([]);
  });

  it("compares with the names that stand beside them, which are not told", () => {
    expect(findConfusable(["аppend"], beside("append"))).toEqual([
      { name: "аppend", kind: "look-alike", other: "append" },
    ]);
    expect(findConfusable(["append"], beside("аppend"))).toEqual([]);
    expect(findConfusable(["имя"], beside("имя"))).toEqual([]);
  });

  it("knows every pair of the table, whichever comes first", () => {
    const { lookalikes } = confusableTables();
    const missed = [...lookalikes].filter(([source, shape]) => {
      const [name, other] = [`a${source}b`, `a${shape}b`];
      if (whyNoName(name) !== null || whyNoName(other) !== null) return false;
      const both = [findConfusable([name, other]), findConfusable([other, name])];
      return both.some(([first]) => first === undefined);
    });
    expect(missed).toEqual([]);
  });

  it("tells nothing of ASCII, and each name once", () => {
    const ascii = fc.array(fc.stringMatching(/^[a-zA-Z_][a-zA-Z_0-9]{0,5}$/));
    fc.assert(
      fc.property(ascii, (names) => {
        expect(findConfusable(names)).toEqual([]);
      }),
    );
    const letters = fc.constantFrom(..."aоeсlІ1рx力カ\u200c_");
    const names = fc.array(fc.string({ unit: letters, minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(names, (all) => {
        const found = findConfusable(all).map(({ name }) => name);
        expect(new Set(found).size).toBe(found.length);
        // Of names of one shape no more than one is left untold.
        expect(findConfusable(all.filter((name) => !found.includes(name)))).toEqual([]);
      }),
    );
  });

  it("gives what its plain definition gives, whatever stands beside the names", () => {
    const letters = [
      ..."abcolmI01ltr_",
      ..."éñœıßøþſʼ",
      ..."аеосрхіѕАВСԛԝ",
      ..."αοβνΔμσ",
      ..."力平口ロカひーㄅ한",
      ..."\u0301\u0323\u200c\u200d\ufe0f\u202e\u0378",
      "𝐚",
      "\ud800",
    ];
    const words = [
      "print",
      "if",
      "of",
      "сор",
      "cop",
      "œ",
      "oe",
      "ореn",
      "open",
      "імя",
      "имя",
      "élément",
    ];
    const { lookalikes } = confusableTables();
    const unit = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...letters) },
      { weight: 2, arbitrary: fc.constantFrom(...words) },
      { weight: 2, arbitrary: fc.constantFrom(...[...lookalikes].flat()) },
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    );
    // Of so few letters that names often have the same shape.
    const few = fc.constantFrom(..."oо0力カロ口ßβ1l");
    const name = fc
      .oneof(fc.array(unit, { minLength: 1, maxLength: 4 }), fc.array(few, { maxLength: 2 }))
      .map((parts) => parts.join(""));
    const names = fc.array(name, { maxLength: 8 });
    fc.assert(
      fc.property(names, names, fc.boolean(), (asked, others, isSaid) => {
        const known = { ...beside(...others), ...(isSaid ? {} : { isAscii: false }) };
        expect(findConfusable(asked, known)).toEqual(plainConfusable(asked, others));
      }),
      { numRuns: 500 },
    );
  });

  it("costs no more than its names", () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `имя_${index}`);
    expect(findConfusable(names)).toEqual([]);
  });
});

describe("the tables", () => {
  it("are those of the data", () => {
    const text = readFileSync(new URL("../../scripts/confusables.txt", import.meta.url), "utf8");
    const fromHex = (digits: string) =>
      String.fromCodePoint(...digits.split(" ").map((one) => Number.parseInt(one, 16)));
    const data = text.split("\n").filter((line) => /^[0-9A-F]/.test(line));
    expect([...confusableTables().lookalikes]).toEqual(
      data.map((line) => line.split(";").map(fromHex)),
    );
    expect(data.length).toBeGreaterThan(1900);
  });

  it("know what shows nothing, as the engine does", () => {
    const { isInvisible } = confusableTables();
    const wrong: string[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const char = String.fromCodePoint(point);
      if (!isIdentifierContinue(point) || toNfkc(char) !== char) continue;
      if (isInvisible(point) !== /\p{Default_Ignorable_Code_Point}/u.test(char)) {
        wrong.push(point.toString(16));
      }
    }
    expect(wrong).toEqual([]);
  });

  it.skipIf(!engineIsRecent())("decompose as the engine does", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, (any) => {
        const isKnown = [...any].every((char) => isAssigned(char.codePointAt(0) ?? 0));
        if (isKnown) expect(toNfkd(any)).toBe(any.normalize("NFKD"));
      }),
    );
  });
});
