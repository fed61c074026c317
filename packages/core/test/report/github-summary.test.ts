/** The Markdown, read by a renderer of GitHub's: only what we made is in it, and it fits. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findingLink, isFindingCode } from "../../src/report/explain.js";
import {
  githubMarker,
  renderGithubComment,
  renderGithubSummary,
} from "../../src/report/github-summary.js";
import type { Report } from "../../src/verify/report.js";
import { anyReport, hostileText } from "./arbitrary-report.js";
import { FINDINGS, place, REPORT_LIST, REPORTS } from "./example-reports.js";
import {
  attributesOf,
  elementsOf,
  foundByGithub,
  renderMarkdown,
  textOf,
} from "./github-markdown.js";

/** All elements that the page is made of; neither images nor anything that runs is among them. */
const ELEMENTS = new Set(
  "h2 p strong code a ul li table thead tbody tr th td details summary span".split(" "),
);
const MARKER = githubMarker("nightly");

function checkHarmless(markdown: string): void {
  expect(markdown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  const html = renderMarkdown(markdown);
  expect(elementsOf(html).filter((name) => !ELEMENTS.has(name))).toEqual([]);
  expect(attributesOf(html, "href").filter((link) => !isOurs(link))).toEqual([]);
  expect(foundByGithub(html)).toEqual([]);
  expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
}

function isOurs(link: string): boolean {
  const code = link.split("#")[1] ?? "";
  return isFindingCode(code) && link === findingLink(code);
}

function manyFindings(count: number): Report {
  const findings = Array.from({ length: count }, (_, index) => ({
    ...FINDINGS["malformed-import"],
    data: { name: `number ${index} ${"日本語".repeat(40)}`, full: null },
    locations: [place(`a/${index}.py`, 1)],
  }));
  return { ...REPORTS.errors, findings };
}

describe("renderGithubSummary", () => {
  it.each(REPORT_LIST)("writes the report '%s'", (_, report) => {
    const markdown = renderGithubSummary(report);
    checkHarmless(markdown);
    expect(markdown).toMatchSnapshot();
  });

  it("holds every finding and nothing else that a renderer makes something of", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const markdown = renderGithubSummary(report);
        checkHarmless(markdown);
        expect(markdown.match(/^\*\*(?:error|warning)\*\*/gm)?.length ?? 0).toBe(
          report.findings.length,
        );
        expect(markdown).not.toContain("There is no room");
      }),
    );
  });

  it("is cut by whole findings, at any size, and counts those left out", () => {
    const report = manyFindings(40);
    const whole = Buffer.byteLength(renderGithubSummary(report));
    for (let mostBytes = 1500; mostBytes < whole + 100; mostBytes += 2497) {
      const markdown = renderGithubSummary(report, { mostBytes });
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(mostBytes);
      checkHarmless(markdown);
      const shown = markdown.match(/^\*\*error\*\*/gm)?.length ?? 0;
      const told = /There is no room here for ([0-9]+) more finding/.exec(markdown)?.[1] ?? "0";
      expect(shown + Number(told)).toBe(40);
    }
  });

  it("stays below what GitHub takes, with as many findings as there may be", () => {
    const markdown = renderGithubSummary(manyFindings(10_000));
    const bytes = Buffer.byteLength(markdown);
    expect(bytes).toBeLessThanOrEqual(900_000);
    expect(bytes).toBeGreaterThan(890_000);
    expect(markdown).toMatch(/There is no room here for [0-9,]+ more findings/);
  });
});

describe("renderGithubComment", () => {
  it.each(REPORT_LIST)("writes the report '%s' behind its marker", (_, report) => {
    const markdown = renderGithubComment(report, { marker: MARKER });
    expect(markdown.split("\n")[0]).toBe("<!-- ouverture-verify nightly -->");
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    expect(markdown.slice(MARKER.length)).not.toContain("<!-- ouverture");
    checkHarmless(markdown);
  });

  it("stays below what GitHub takes", () => {
    const markdown = renderGithubComment(manyFindings(10_000), { marker: MARKER });
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    expect(markdown.length).toBeGreaterThan(64_000);
    expect(markdown).toMatch(/There is no room here for [0-9,]+ more findings/);
  });
});

describe("githubMarker", () => {
  it("is one comment, whatever the name, and another for each name", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, other) => {
        const marker = githubMarker(name);
        expect(marker).toMatch(/^<!-- ouverture-verify [A-Za-z0-9_%]* -->$/);
        expect(textOf(renderMarkdown(marker))).toBe("");
        expect(githubMarker(other) === marker).toBe(other === name);
      }),
    );
  });
});
