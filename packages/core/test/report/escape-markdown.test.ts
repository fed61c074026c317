/** What a real renderer of GitHub's Markdown makes of foreign text: text, and nothing else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText } from "../../src/report/escape.js";
import { escapeMarkdown, markdownCode } from "../../src/report/escape-markdown.js";
import { hostileText } from "./arbitrary-report.js";
import { elementsOf, foundByGithub, renderMarkdown, textOf } from "./github-markdown.js";

describe("escapeMarkdown", () => {
  it.each([
    ["plain text, 日本語 é 😀.", "plain text, 日本語 é 😀."],
    ["a*b_c", "a\\*b\\_c"],
    ["<b>&lt;", "&lt;b&gt;&amp;lt;"],
    ["@user", "@<!-- -->user"],
    ["#1", "\\#<!-- -->1"],
    ["a.py:3", "a.py:<!-- -->3"],
    ["a: b", "a: b"],
    ["1. a", "1\\. a"],
    ["- a", "\\- a"],
    ["$x$", "<span>$</span>x<span>$</span>"],
  ])("writes %j as %s", (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it.each(["", "a ", "**x**: ", "- ", "> ", "### ", "- x `y` "])(
    "is shown as it is behind %j",
    (before) => {
      const around = renderMarkdown(`${before}0`);
      const allowed = new Set([...elementsOf(around), "span"]);
      const shownBefore = textOf(around).replace(/0\s*$/, "");
      fc.assert(
        fc.property(hostileText, (text) => {
          fc.pre(text.trim() !== "");
          const html = renderMarkdown(before + escapeMarkdown(text));
          expect(elementsOf(html).filter((one) => !allowed.has(one))).toEqual([]);
          expect(squeeze(textOf(html))).toBe(squeeze(shownBefore + escapeText(text)));
          expect(foundByGithub(html)).toEqual([]);
        }),
        { numRuns: 200 },
      );
    },
  );
});

describe("markdownCode", () => {
  it.each([
    ["a.py:3", "`a.py:3`"],
    ["`", "`` ` ``"],
    ["a``b", "```a``b```"],
    [" a ", "`  a  `"],
    ["<!-- x -->", "`<\\u0021-- x -->`"],
    ["", ""],
  ])("writes %j as %s", (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });

  it.each(["", "at ", "- also at ", "**x** at "])(
    "is one element, and text, behind %j",
    (before) => {
      const around = elementsOf(renderMarkdown(`${before}\`0\``));
      fc.assert(
        fc.property(hostileText, (text) => {
          fc.pre(escapeText(text) !== "");
          const html = renderMarkdown(before + markdownCode(text));
          expect(elementsOf(html)).toEqual(around);
          expect(textOf(html, "code")).toBe(escapeText(text).replaceAll("<!--", "<\\u0021--"));
          expect(foundByGithub(html)).toEqual([]);
        }),
        { numRuns: 200 },
      );
    },
  );
});

/** Spaces at the ends of lines, and next to other spaces, are shown as one or none. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
