import { rmSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import {
  compareHits,
  type SearchIndex,
  type SearchOptions,
} from "../../src/search/search-index.js";
import { mean, spread } from "../store-suite-records.js";
import { makePlace, openIndexOf, type Sketch, sketch } from "./search-pool.js";

const SKETCHES: Readonly<Record<string, Sketch>> = {
  average: {
    texts: {
      eng: { name: "calculate_average", docstring: "Calculate the mean of a list of values." },
      fra: { name: "calculer_la_moyenne", docstring: "Calcule la moyenne pondérée d'une liste." },
      spa: { name: "calcularPromedio", docstring: "Número medio de una lista." },
      "fra-canadian": { name: "faire_la_moyenne", comment: "à la québécoise" },
    },
    author: "Zoé Müller <zoe@example.org>",
    tags: ["statistics", "linear-algebra"],
  },
  weighted: {
    texts: {
      jpn: { name: "平均", docstring: "リストの平均を計算する。" },
      zho: { name: "加权平均", docstring: "计算列表的加权平均值" },
      kor: { name: "가중평균", docstring: "목록의 가중 평균을 계산한다." },
      tha: { name: "ค่าเฉลี่ย", docstring: "คำนวณค่าเฉลี่ยถ่วงน้ำหนักของรายการ" },
    },
    author: "李雷",
    tags: ["統計"],
  },
  written: {
    texts: {
      ara: { name: "المتوسط", docstring: "يَحسُبُ المُتوسِّط الحسابي" },
      heb: { name: "ממוצע", docstring: "מְחַשֵּׁב אֶת הַמְּמוּצָּע" },
      hin: { name: "औसत", docstring: "सूची का औसत निकालता है" },
      ell: { name: "μέσος_όρος", docstring: "Υπολογίζει τον μέσο όρο, ὁδός" },
      rus: { name: "среднее", docstring: "Вычисляет среднее, ещё раз" },
      tur: { name: "ortalama", docstring: "Listenin ortalamasını hesaplar, IŞIK İLE" },
      deu: { name: "durchschnitt", docstring: "Größe der Straße" },
    },
  },
  commented: {
    texts: { eng: { name: "run", comment: "The fastest variant, see sha256 and HTTPServer." } },
    author: "Bob",
    tags: ["fast", "Linear Algebra"],
  },
};

describe("searching in all languages", () => {
  const names = new Map<string, string>();
  let index: SearchIndex;
  const found = async (query: string, options: SearchOptions = {}): Promise<string> => {
    const { hits } = await index.search(query, options);
    return hits.map(({ hash, language }) => `${names.get(hash)} ${language}`).join(", ");
  };

  beforeAll(async () => {
    const records = Object.entries(SKETCHES).map(([name, one]) => {
      const record = sketch(one);
      names.set(record.object.hash, name);
      return record;
    });
    const place = makePlace(records, afterAll);
    index = await openIndexOf(place, { languages: ["eng", "fra", "jpn"] }, afterAll);
  });

  it.each([
    // Words of names, docstrings, comments, tags and authors.
    ["average", "average eng"],
    ["AVERAGE calc", "average eng"],
    ["calculate_average", "average eng"],
    ["calculateAverage", "average eng"],
    ["calculateaverage", "average eng"],
    ["average calculate", "average eng"],
    ["promedio", "average spa"],
    ["calcular_promedio", "average spa"],
    ["ponderee", "average fra"],
    ["PONDÉRÉE", "average fra"],
    ["quebecoise", "average fra-canadian"],
    ["numero medio", "average spa"],
    ["fastest", "commented eng"],
    ["256", "commented eng"],
    ["sha256", "commented eng"],
    ["httpserver", "commented eng"],
    ["http_server", "commented eng"],
    ["statistics", "average eng"],
    ["algebra linear", "commented eng, average eng"],
    ["bob", "commented eng"],
    ["zoe muller", "average eng"],
    // All words, in one language.
    ["average nothing", ""],
    ["average moyenne", ""],
    // Phrases.
    ['"mean of a list"', "average eng"],
    ['"list of a mean"', ""],
    ['"mean of" values', "average eng"],
    ['"of a lis"', ""],
    ['"run fastest"', ""],
    // Scripts without spaces.
    ["平均", "weighted jpn"],
    ["平", "weighted jpn"],
    ["均を計算", "weighted jpn"],
    ["計算", "weighted jpn"],
    ["加权平均", "weighted zho"],
    ["权平", "weighted zho"],
    ["均权", ""],
    ["りすと", ""],
    ["ﾘｽﾄ", "weighted jpn"],
    ["統計", "weighted jpn"],
    ["李雷", "weighted jpn"],
    ["เฉลี่ย", "weighted tha"],
    ["น้ำหนัก", "weighted tha"],
    // Hangul: words, and the beginnings of words.
    ["가중", "weighted kor"],
    ["평균", "weighted kor"],
    ["평균을", "weighted kor"],
    ["균을", ""],
    // Marks that are not typed, and marks that are vowels.
    ["متوسط", ""],
    ["المتوسط", "written ara"],
    ["يحسب", "written ara"],
    ["הממוצע", "written heb"],
    ["מוצע", ""],
    ["מחשב", "written heb"],
    ["औसत", "written hin"],
    ["औसती", ""],
    ["οροσ", "written ell"],
    ["ΜΈΣΟΣ ΌΡΟΣ", "written ell"],
    ["οδός", "written ell"],
    ["еще", "written rus"],
    ["ВЫЧИСЛЯЕТ", "written rus"],
    ["ışık", "written tur"],
    ["isik ile", "written tur"],
    ["strasse", "written deu"],
    ["STRAẞE grösse", "written deu"],
    // What is no syntax.
    ["name:average", ""],
    ["average OR nothing", ""],
    ["NOT average", ""],
    ["average*", "average eng"],
    ["-average", "average eng"],
    ['average"', "average eng"],
    ["++", ""],
    ["\0", ""],
  ])("%j finds %j", async (query, expected) => {
    const sorted = (list: string) => list.split(", ").sort();
    expect(sorted(await found(query))).toEqual(sorted(expected));
  });

  it.each([
    ["moyenne", { language: "fra" }, "average fra"],
    ["moyenne", { language: "fra-canadian" }, "average fra-canadian"],
    ["moyenne", { language: "FRA" }, "average fra"],
    ["moyenne", { language: "fr" }, ""],
    ["moyenne", { language: "eng" }, ""],
    ["平均", { language: "zho" }, "weighted zho"],
    ["", { tag: "linear-algebra" }, "average eng"],
    ["", { tag: "linear algebra" }, "commented eng"],
    ["", { tag: "LINEAR ALGEBRA" }, "commented eng"],
    ["", { tag: "linear" }, ""],
    ["", { tag: "統計" }, "weighted jpn"],
    ["", { author: "zoe" }, "average eng"],
    ["", { author: "muller zoé" }, "average eng"],
    ["", { author: "oe" }, ""],
    ["", { author: "李雷" }, "weighted jpn"],
    ["", { author: "!" }, ""],
    ["run", { author: "bob", tag: "fast", language: "eng" }, "commented eng"],
    ["run", { author: "bob", tag: "fast", language: "fra" }, ""],
    ["++", { author: "bob" }, ""],
  ] satisfies [string, SearchOptions, string][])(
    "%j with %j finds %j",
    async (query, options, expected) => {
      expect(await found(query, options)).toBe(expected);
    },
  );

  it("finds all without a word, and says where there is more", async () => {
    expect((await index.search("")).hits).toHaveLength(names.size);
    const some = await index.search(" ", { limit: 2 });
    expect(some).toMatchObject({ isMore: true, isCut: false, unreadable: [] });
    expect(some.hits).toHaveLength(2);
    expect(await index.search("", { limit: names.size })).toMatchObject({ isMore: false });
  });

  it("tells what matched", async () => {
    const { hits } = await index.search("moyenne pondérée");
    expect(hits).toMatchObject([
      {
        language: "fra",
        name: "calculer_la_moyenne",
        summary: "Calcule la moyenne pondérée d'une liste.",
        author: "Zoé Müller <zoe@example.org>",
        tags: ["statistics", "linear-algebra"],
        languages: ["eng", "fra", "fra-canadian", "spa"],
        callers: 0,
        schema: 1,
        matches: [
          { field: "name", text: "calculer_la_moyenne", ranges: [{ start: 12, end: 19 }] },
          {
            field: "docstring",
            start: 0,
            ranges: [
              { start: 11, end: 18 },
              { start: 19, end: 27 },
            ],
          },
        ],
      },
    ]);
  });

  it("answers every text", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({
        unit: fc.constantFrom(..."aé平\"'*()-+^:{}[]\\ \0%_", " OR ", " NEAR(", " AND "),
      }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (query, value) => {
        const filter = { language: value, author: value, tag: value };
        for (const options of [{}, filter]) {
          const { hits } = await index.search(query, options);
          expect(hits.length).toBeLessThanOrEqual(names.size);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("answers a megabyte", async () => {
    for (const part of ["average ", '"', "平均", "a_", "NEAR("]) {
      expect((await index.search(part.repeat((1 << 20) / part.length))).isCut).toBe(true);
    }
  });
});

describe("the order of what is found", () => {
  /** Names of functions in the order in which a query finds them. */
  async function order(query: string, sketches: readonly Sketch[]): Promise<string[]> {
    const index = await openIndexOf(makePlace(sketches.map(sketch)));
    return (await index.search(query)).hits.map(({ name }) => name);
  }
  const eng = (name: string, docstring = "", more: Omit<Sketch, "texts"> = {}, comment = "") => ({
    texts: { eng: { name, docstring, comment } },
    ...more,
  });

  it("is by where the words are", async () => {
    const expected = [
      eng("mean_value"),
      eng("a_mean_value"),
      eng("mean", "Gives the value."),
      eng("f", "The mean value."),
      eng("g", "", { tags: ["mean value"] }),
      // Words that go on.
      eng("meaning_values"),
      eng("h", "What values mean."),
    ];
    const names = expected.map(({ texts }) => texts.eng.name);
    for (const shuffled of [expected, [...expected].reverse()]) {
      expect(await order("mean value", shuffled)).toEqual(names);
    }
    expect((await order("meanValue", expected))[0]).toBe("mean_value");
  });

  it("is by callers, then by time, then by hash", async () => {
    const twice = sketch(eng("mean_twice"));
    const once = sketch(eng("mean_once"));
    const newest = sketch(eng("mean_new", "", { created: "2026-05-01T00:00:00Z" }));
    const same = Array.from({ length: 5 }, () => sketch(eng("mean_old")));
    const callers = [[twice, once], [twice]].map((calls) => sketch({ ...eng("x"), calls }));
    const place = makePlace([...same, newest, once, twice, ...callers]);
    const { hits } = await (await openIndexOf(place)).search("mean");
    const old = same.map((one) => one.object.hash).sort();
    expect(hits.map(({ hash }) => hash)).toEqual([
      ...[twice, once, newest].map((one) => one.object.hash),
      ...old,
    ]);
    expect(hits.map(({ callers: count }) => count)).toEqual([2, 1, 0, 0, 0, 0, 0, 0]);
  });

  it("is the same for hits of several pools", async () => {
    const sketches = [
      eng("mean"),
      eng("mean", "", { created: "2025-01-01T00:00:00Z" }),
      eng("x", "mean"),
    ];
    const records = sketches.map(sketch);
    const together = await (await openIndexOf(makePlace(records))).search("mean");
    const apart = await Promise.all(
      records.map(async (one) => (await openIndexOf(makePlace([one]))).search("mean")),
    );
    expect(
      apart
        .reverse()
        .flatMap(({ hits }) => hits)
        .sort(compareHits),
    ).toEqual(together.hits);
  });

  it("is exact among hundreds, and finds all of thousands", async () => {
    const records = Array.from({ length: 1_000 }, (_, index) => {
      const created = new Date(Date.UTC(2026, 0, 1) + ((index * 7919) % 1_000) * 3_600_000);
      return sketch(eng("mean", "", { created: `${created.toISOString().slice(0, 19)}Z` }));
    });
    const index = await openIndexOf(makePlace(records));
    const { hits } = await index.search("mean", { limit: 50 });
    const newest = records
      .map(({ object }) => object.metadata.created)
      .sort()
      .reverse();
    expect(hits.map(({ created }) => created)).toEqual(newest.slice(0, 50));
    const all = await index.search("mean", { limit: 2_000 });
    expect(new Set(all.hits.map(({ hash }) => hash)).size).toBe(1_000);
    expect(all.isMore).toBe(false);
  });
});

describe("every function", () => {
  it("is found by every word of its texts", async () => {
    // A symbol that holds letters (℃) is one word with the letters beside it.
    const text = fc
      .oneof(
        fc.string({ unit: "grapheme", maxLength: 40 }),
        fc.string({ unit: fc.constantFrom(..."aBé_ 1平を.ßǅ가ค่ि\u0301\u200d"), maxLength: 40 }),
      )
      .map((one) => one.replace(/\p{S}/gu, " "));
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (docstring, comment, tag, author) => {
        const texts = { eng: { name: "f", docstring, comment }, fra: { name: "g" } };
        const wanted = sketch({ texts, tags: [tag], author });
        const place = makePlace([wanted, sketch({ texts: { eng: { name: "other" } } })], () => {});
        const index = await openIndexOf(place, {}, () => {});
        try {
          for (const one of [docstring, comment, tag, author]) {
            const words = one
              .split(/[^\p{L}\p{N}\p{M}\p{Cf}_]+/u)
              .filter((word) => /[\p{L}\p{N}]/u.test(word));
            for (const query of [one, `"${one.replaceAll(/["“”„«»]/g, " ")}"`, ...words]) {
              const { hits, isCut } = await index.search(query);
              const isWord = /[\p{L}\p{N}]/u.test(query);
              if (isWord && !isCut)
                expect(hits.map(({ hash }) => hash)).toContain(wanted.object.hash);
            }
          }
          expect((await index.search("", { tag })).hits).toHaveLength(1);
        } finally {
          index.close();
          rmSync(place.folder, { recursive: true });
        }
      }),
      { numRuns: 25 },
    );
  });

  it("of a real pool is found in each of its languages", async () => {
    const place = makePlace();
    const pool = openDirectoryPool(place.pool);
    for await (const added of pool.add([mean, spread])) expect(added).not.toHaveProperty("fault");
    const index = await openIndexOf(place);
    for (const { object, mappings } of [mean, spread]) {
      for (const { language, mapping } of mappings) {
        const { _ouverture_v_0: name, ...locals } = mapping.name_mapping;
        for (const query of [
          name ?? "",
          ...Object.values(locals),
          ...Object.values(mapping.alias_mapping),
        ]) {
          const { hits } = await index.search(query, { language });
          expect(hits.map(({ hash }) => hash)).toContain(object.hash);
        }
      }
    }
    const { hits } = await index.search("moyenne", { language: "fra" });
    expect(hits.map(({ matches }) => matches[0]?.field)).toEqual(["name", "alias"]);
  });
});
