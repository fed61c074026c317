/** One finding reads the same in every format, once the format's own escapes are undone. */
import fc from "fast-check";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { findingSentences, placeText } from "../../src/report/finding-text.js";
import { renderGithubAnnotations, renderGithubLog } from "../../src/report/github-annotations.js";
import { renderGithubComment, renderGithubSummary } from "../../src/report/github-summary.js";
import { renderJson } from "../../src/report/json.js";
import { findingMessage } from "../../src/report/message.js";
import { renderSarif } from "../../src/report/sarif.js";
import { renderTerminal } from "../../src/report/terminal.js";
import type { Finding } from "../../src/verify/finding.js";
import type { Report } from "../../src/verify/report.js";
import { anyFinding } from "./arbitrary-report.js";
import { REPORT_LIST, REPORTS } from "./example-reports.js";
import { renderMarkdown, textOf } from "./github-markdown.js";
import { readCommand } from "./github-runner.js";

/** Each format, as plain text without its escapes. */
const FORMATS: Readonly<Record<string, (report: Report) => string>> = {
  terminal: (report) => renderTerminal(report, { quiet: true }),
  json: (report) => {
    const { findings } = JSON.parse(renderJson(report)) as {
      findings: { message: { what: string; todo: string } }[];
    };
    return findings.map(({ message }) => `${message.what}. ${message.todo}`).join("\n");
  },
  sarif: (report) => {
    const log = JSON.parse(renderSarif(report, { version: "0.0.0" })) as Log;
    return (log.runs[0]?.results ?? [])
      .map(({ message }) => undoLinks((message.text ?? "").replace(/([{}])\1/g, "$1")))
      .join("\n");
  },
  annotations: (report) =>
    renderGithubAnnotations(report, { most: 1000 })
      .split("\n")
      .map((line) => undoOld(readCommand(line)?.data ?? ""))
      .join("\n"),
  log: (report) => undoOld(renderGithubLog(report, { quiet: true }).replaceAll("\\u003a", ":")),
  summary: (report) => textOf(renderMarkdown(renderGithubSummary(report))),
  comment: (report) => textOf(renderMarkdown(renderGithubComment(report, { marker: "" }))),
};

function undoOld(text: string): string {
  return text.replaceAll("#\\u0023", "##");
}
function undoLinks(text: string): string {
  return text.replaceAll("\\u005d(", "](");
}

/** Renderers show several spaces as one. */
function squeeze(text: string): string {
  return text.replace(/ +/g, " ");
}

function checkSame(report: Report, finding: Finding): void {
  const { what, todo } = findingMessage(finding);
  expect(findingSentences(finding)).toBe(`${what}. ${todo}`);
  for (const [name, read] of Object.entries(FORMATS)) {
    const text = squeeze(read(report));
    expect(text, name).toContain(squeeze(what).trim());
    expect(text, name).toContain(squeeze(todo).trim());
  }
}

describe("a finding reads the same in all formats", () => {
  it.each(REPORT_LIST)("of the report '%s'", (name, report) => {
    // What is hostile has the escapes of a format in it, and is in the property below.
    if (name === "hostile") return;
    for (const finding of report.findings) checkSame(report, finding);
  });

  it("whatever it is", () => {
    fc.assert(
      fc.property(anyFinding, (finding) => {
        // A text that has an escape in it already cannot be told from one that was escaped.
        fc.pre(!/\\u00(?:3a|23|5d)|##/i.test(findingSentences(finding)));
        checkSame({ ...REPORTS.nothing, findings: [finding] }, finding);
      }),
      { numRuns: 200 },
    );
  });

  it("and has its first place in those for people", () => {
    const { findings } = REPORTS.errors;
    for (const name of ["terminal", "log", "summary", "comment"]) {
      const text = FORMATS[name]?.(REPORTS.errors) ?? "";
      for (const { locations } of findings) {
        const [first] = locations;
        if (first !== undefined) expect(text, name).toContain(placeText(first, {}));
      }
    }
  });
});
