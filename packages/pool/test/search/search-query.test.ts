import { describe, expect, it } from "vitest";
import { excerptOf, matchText } from "../../src/search/search-match.js";
import { parseQuery } from "../../src/search/search-query.js";

/** Terms as `calculate average*|calculateaverage*`. */
function show(text: string): string[] {
  return parseQuery(text).terms.map(({ words, isPrefix, whole }) => {
    const star = isPrefix ? "*" : "";
    return `${words.join(" ")}${star}${whole === null ? "" : `|${whole}${star}`}`;
  });
}

describe("a query", () => {
  it.each([
    ["average", ["average*"]],
    ["Moyenne PONDÉRÉE", ["moyenne*", "ponderee*"]],
    ["average average", ["average*"]],
    ["calculate_average", ["calculate average*|calculateaverage*"]],
    ["calculateAverage", ["calculate average*|calculateaverage*"]],
    ["sha256", ["sha 256*|sha256*"]],
    ["foo-bar", ["foo*", "bar*"]],
    ['"mean of values"', ["mean of values"]],
    ['list "mean of" x', ["list*", "mean of", "x*"]],
    ["“mean of” «les valeurs»", ["mean of", "les valeurs"]],
    ['"mean of', ["mean*", "of*"]],
    ['""', []],
    ["平均", ["平均"]],
    ["平", ["平*"]],
    ["平均を", ["平均 均を"]],
    ["平均値v2", ["平均 均値 値 v 2*"]],
    ['"平均 of"', ["平均 均 of"]],
    ["평균", ["평균*"]],
    ['NEAR(a b) OR name:x* ^y -z "', ["near*", "a*", "b*", "or*", "name*", "x*", "y*", "z*"]],
    ["' ; DROP TABLE text; --", ["drop*", "table*", "text*"]],
    ["\0\ud800\u202e", []],
  ])("%j looks for %j", (text, terms) => {
    expect(show(text)).toEqual(terms);
  });

  it("knows space from no word", () => {
    expect(parseQuery(" \n").isBlank).toBe(true);
    expect(parseQuery("++").isBlank).toBe(false);
  });

  it.each(["a b c ", "ab-", "平均", "x_", '"a b" ', "é", "* "])(
    "of a megabyte of %j is cut, and says so",
    (part) => {
      const query = parseQuery(part.repeat((1 << 20) / part.length));
      const count = query.terms.reduce((sum, { words }) => sum + words.length, 0);
      expect(count).toBeLessThanOrEqual(64);
      expect(query.isCut).toBe(true);
      expect(parseQuery(`a${" ".repeat(1 << 20)}`)).toMatchObject({ isCut: false });
    },
  );
});

/** The text with what matches in brackets. */
function mark(query: string, text: string): string {
  const { ranges } = matchText(parseQuery(query).terms, text);
  return [...ranges].reverse().reduce((marked, { start, end }) => {
    return `${marked.slice(0, start)}[${marked.slice(start, end)}]${marked.slice(end)}`;
  }, text);
}

describe("matching places", () => {
  it.each([
    ["average", "calculate_average, the averages", "calculate_[average], the [averages]"],
    ["AVERAGE", "calculateAverage", "calculate[Average]"],
    ["calculateav", "calculate_average", "[calculate_average]"],
    [
      "calculate_average",
      "calculateAverage of calculate average",
      "[calculateAverage] of [calculate average]",
    ],
    ['"mean of"', "the mean, of means of", "the [mean, of] means of"],
    ['"mean of"', "mean offer", "mean offer"],
    ["moyenne", "LA MOYENNÉ", "LA [MOYENNÉ]"],
    ["strasse", "die Straße", "die [Straße]"],
    ["平均", "加权平均を", "加权[平均]を"],
    ["均", "加权平均を", "加权平[均]を"],
    ["を", "加权平均を", "加权平均[を]"],
    ["c", "20℃", "20[℃]"],
    ["平均 計算", "平均を計算する", "[平均]を[計算]する"],
    ["均を 平均", "平均を計算", "[平均を]計算"],
    ["nothing", "something", "something"],
  ])("%j in %j", (query, text, marked) => {
    expect(mark(query, text)).toBe(marked);
  });

  it("tells which words are found", () => {
    const { terms } = parseQuery("mean list nowhere");
    expect([...matchText(terms, "a list of means").terms].sort()).toEqual([0, 1]);
  });
});

describe("an excerpt", () => {
  const long = `${"word ".repeat(100)}needle ${"more ".repeat(100)}`;

  it("is a short text itself", () => {
    const { ranges } = matchText(parseQuery("b").terms, "a b");
    expect(excerptOf("a b", ranges)).toEqual({ text: "a b", start: 0, length: 3, ranges });
  });

  it.each([
    ["needle", long],
    ["word", long],
    ["more", long],
    ["𝐱", `${"😀".repeat(300)} 𝐱 ${"😀".repeat(300)}`],
    ["平均", `${"値".repeat(500)}平均${"値".repeat(500)}`],
  ])("has %s in it", (query, text) => {
    const { ranges } = matchText(parseQuery(query).terms, text);
    const excerpt = excerptOf(text, ranges);
    const [first] = excerpt.ranges;
    expect(excerpt.text.length).toBeLessThanOrEqual(161);
    expect(excerpt.text).toBe(text.slice(excerpt.start, excerpt.start + excerpt.text.length));
    expect(excerpt.text.slice(first!.start, first!.end)).toBe(query);
    expect(excerpt.text).not.toMatch(/[\ud800-\udfff]/u);
    expect(excerpt.length).toBe(text.length);
  });
});
