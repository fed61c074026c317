/** Workflow commands as the runner reads them, and a log in which it finds none. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText } from "../../src/report/escape.js";
import { escapeData, escapeLogLine, escapeProperty } from "../../src/report/escape-command.js";
import { findingSentences } from "../../src/report/finding-text.js";
import { renderGithubAnnotations, renderGithubLog } from "../../src/report/github-annotations.js";
import { noticeMessage } from "../../src/report/notice-message.js";
import type { Report } from "../../src/verify/report.js";
import { anyReport, hostileText } from "./arbitrary-report.js";
import { FINDINGS, place, REPORT_LIST, REPORTS } from "./example-reports.js";
import { readCommand } from "./github-runner.js";

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

describe("the escapes of commands", () => {
  it("are undone by the runner", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (file, message) => {
        const line = `::error file=${escapeProperty(file)},line=1::${escapeData(message)}`;
        const shown = (text: string): string =>
          escapeText(text).replace(/##(?=\[|vso)/gi, "#\\u0023");
        expect(line).not.toMatch(HIDDEN);
        expect(readCommand(line)).toEqual({
          name: "error",
          properties: { file: shown(file), line: "1" },
          data: shown(message),
        });
      }),
    );
  });

  it.each([
    ["::error::x", "\\u003a:error\\u003a:x"],
    ["##[error]x", "#\\u0023[error]x"],
    ["##VSO[x]", "#\\u0023VSO[x]"],
    ["a:1:2: b", "a:1:2: b"],
    [":::", "\\u003a\\u003a:"],
  ])("write %j in a log as %s", (text, expected) => {
    expect(escapeLogLine(text)).toBe(expected);
  });

  it("leave no command in a line, whatever stands before and behind it", () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom("", " ", "\t", "x: "), (text, before) => {
        const line = before + escapeLogLine(text);
        expect(escapeLogLine(text)).not.toMatch(HIDDEN);
        expect(readCommand(line)).toBeNull();
      }),
    );
  });
});

describe("renderGithubAnnotations", () => {
  it.each(REPORT_LIST)("writes the report '%s'", (_, report) => {
    expect(renderGithubAnnotations(report)).toMatchSnapshot();
  });

  it("gives each finding and each notice one annotation, and of each level as many as GitHub shows", () => {
    fc.assert(
      fc.property(anyReport, fc.integer({ min: 0, max: 9 }), (report, most) => {
        const text = renderGithubAnnotations(report, { most });
        expect(text.replaceAll("\n", "")).not.toMatch(HIDDEN);
        const commands = linesOf(text).map(readCommand);
        const all = report.findings.length + report.notices.length;
        const rest = commands.filter((one) => /^[0-9,]+ more, see/.test(one?.data ?? ""));
        for (const level of ["error", "warning", "notice"]) {
          const count = commands.filter((one) => one?.name === level).length;
          expect(count).toBeLessThanOrEqual(most + (level === "notice" ? rest.length : 0));
        }
        const shown = commands.length - rest.length;
        expect(rest.length).toBe(shown === all ? 0 : 1);
        if (rest[0] != null) expect(rest[0].data).toContain(`${all - shown} more`);
        expect(commands.every((one) => /^(error|warning|notice)$/.test(one?.name ?? ""))).toBe(
          true,
        );
      }),
    );
  });

  it("says what is wrong, what to do, and at how many other places", () => {
    const [one] = linesOf(
      renderGithubAnnotations({ ...REPORTS.clean, findings: [FINDINGS["hash-mismatch"]] }),
    ).map(readCommand);
    expect(one).toEqual({
      name: "error",
      properties: {
        file: "shop/cart.py",
        line: "7",
        endLine: "7",
        col: "28",
        endColumn: "103",
        title: "Code that is not what its hash says [hash-mismatch]",
      },
      data: `${findingSentences(FINDINGS["hash-mismatch"])} It is so at 26 other places, too.`,
    });
  });

  it("puts those in changed lines first, and at a place that changed", () => {
    const findings = Array.from({ length: 20 }, (_, index) => ({
      ...FINDINGS.missing,
      locations: [place("a.py", index + 1), place("b.py", index + 1)],
    }));
    const first = ({ path, line }: { path: string; line: number }): boolean =>
      path === "b.py" && line > 17;
    const files = linesOf(renderGithubAnnotations({ ...REPORTS.errors, findings }, { first })).map(
      (line) => readCommand(line)?.properties,
    );
    expect(files).toHaveLength(10);
    expect(files.slice(0, 4).map((one) => `${one?.file}:${one?.line}`)).toEqual([
      "b.py:18",
      "b.py:19",
      "b.py:20",
      "a.py:1",
    ]);
  });

  it("names the object where there is no place, no line of a notebook, and columns of one line only", () => {
    const propertiesOf = (locations: Report["findings"][number]["locations"]) =>
      readCommand(
        renderGithubAnnotations(
          { ...REPORTS.errors, findings: [{ ...FINDINGS.missing, locations }] },
          { root: "app" },
        ),
      )?.properties;
    expect(propertiesOf([])?.file).toMatch(/^app\/\.ouverture\/objects\/sha256\/00\/08.*\.json$/);
    const { title: _, ...cell } = propertiesOf([place("a.ipynb", 2, [], 3)]) ?? {};
    expect(cell).toEqual({ file: "app/a.ipynb" });
    const long = { ...place("a.py", 2), end: { line: 4, column: 2 } };
    const { title: __, ...lines } = propertiesOf([long]) ?? {};
    expect(lines).toEqual({ file: "app/a.py", line: "2", endLine: "4" });
  });
});

describe("renderGithubLog", () => {
  it.each(REPORT_LIST)("writes the report '%s' without a command", (_, report) => {
    const text = renderGithubLog(report);
    expect(
      linesOf(text)
        .map(readCommand)
        .filter((one) => one !== null),
    ).toEqual([]);
    expect(text).toMatchSnapshot();
  });

  it("holds every finding and notice, and no command", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = renderGithubLog(report);
        expect(text.replaceAll("\n", "")).not.toMatch(HIDDEN);
        expect(
          linesOf(text)
            .map(readCommand)
            .filter((one) => one !== null),
        ).toEqual([]);
        for (const notice of report.notices) {
          expect(text).toContain(escapeLogLine(noticeMessage(notice)));
        }
        const heads = text.match(/(?:error|warning): .*\. \[[a-z-]+\]$/gm) ?? [];
        expect(heads).toHaveLength(report.findings.length);
      }),
    );
  });
});
