/** docs/findings.md is made of what `--explain` says; and of the codes none is left out. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  explainFinding,
  FINDING_CODES,
  findingLink,
  isFindingCode,
} from "../../src/report/explain.js";
import { renderTerminal } from "../../src/report/terminal.js";
import type { FindingCode } from "../../src/verify/finding.js";
import { FINDINGS, REPORTS } from "./example-reports.js";

const INTRODUCTION = `# Findings

What \`ouverture verify\` finds, code by code: what it means, why it matters, and how it is mended.
\`ouverture verify --explain CODE\` says the same. What is checked, and how, is in
[verify.md](verify.md).

This page is written by \`packages/core/test/report/explain.test.ts\`; the texts are in
\`packages/core/src/report/explanations.ts\`.
`;

/** The section of a code, with what the report for people says of one such finding. */
function sectionOf(code: FindingCode): string {
  const { title, severity, what, why, todo } = explainFinding(code);
  const finding = { ...FINDINGS[code], locations: FINDINGS[code].locations.slice(0, 2) };
  const [example = ""] = renderTerminal({ ...REPORTS.nothing, findings: [finding] }).split("\n\n");
  return [
    `## \`${code}\``,
    `**${title}** (${severity})`,
    wrap(what),
    wrap(`**Why it matters.** ${why}`),
    wrap(`**What to do.** ${todo}`),
    example.replace(/^/gm, "    "),
  ].join("\n\n");
}

/** In lines of at most 100 characters. What is in single quotes is code. */
function wrap(text: string): string {
  const lines: string[] = [];
  for (const word of text.replace(/'([^']+)'/g, "`$1`").split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > 100) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join("\n");
}

describe("explainFinding", () => {
  it.each(FINDING_CODES)("explains %s in whole sentences", (code) => {
    const { title, what, why, todo } = explainFinding(code);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    for (const text of [what, why, todo]) expect(text).toMatch(/^[A-Z][^\n]{50,}\.$/);
  });

  it("is all of docs/findings.md", async () => {
    const page = [INTRODUCTION.trimEnd(), ...FINDING_CODES.map(sectionOf)].join("\n\n");
    await expect(`${page}\n`).toMatchFileSnapshot("../../../../docs/findings.md");
  });

  it("has every code of docs/verify.md, in its order and as severe", () => {
    const text = readFileSync(new URL("../../../../docs/verify.md", import.meta.url), "utf8");
    const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (error|warning)[ ;]/gm)];
    expect(rows.map(([, code, severity]) => [code, severity])).toEqual(
      FINDING_CODES.map((code) => [code, explainFinding(code).severity]),
    );
  });
});

describe("findingLink", () => {
  it("leads to the section of the code", () => {
    const page = readFileSync(new URL("../../../../docs/findings.md", import.meta.url), "utf8");
    for (const code of FINDING_CODES) {
      const [address, anchor] = findingLink(code).split("#");
      expect(address).toMatch(/^https:\/\/[^?]+\/docs\/findings\.md$/);
      expect(page).toContain(`\n## \`${anchor}\`\n`);
    }
  });
});

describe("isFindingCode", () => {
  it("knows codes, and nothing that every object has", () => {
    expect(FINDING_CODES.every(isFindingCode)).toBe(true);
    for (const text of ["", "Missing", "constructor", "__proto__"]) {
      expect(isFindingCode(text)).toBe(false);
    }
  });
});
