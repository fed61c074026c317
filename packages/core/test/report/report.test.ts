import { describe, expect, it } from "vitest";
import { coverageLine } from "../../src/report/coverage.js";
import { renderJson } from "../../src/report/json.js";
import { type Paint, renderTerminal } from "../../src/report/terminal.js";
import type { Finding, FindingLocation } from "../../src/verify/finding.js";
import type { Report } from "../../src/verify/report.js";

const HASH = "4f".repeat(32);
const WAY = Array.from({ length: 9 }, (_, index) => `${index}`.repeat(64));

function place(path: string, line: number, via: readonly string[] = []): FindingLocation {
  return { path, line, column: 28, end: { line, column: 99 }, via };
}

const findings: Finding[] = [
  {
    code: "hash-mismatch",
    data: { expected: HASH, actual: "0a".repeat(32) },
    severity: "error",
    hash: HASH,
    via: WAY.slice(0, 2),
    locations: [
      place("app/main.py", 3, WAY.slice(0, 2)),
      place("店/売上.py", 4, WAY),
      ...Array.from({ length: 200 }, (_, index) => place(`many/${index}.py`, 1, WAY.slice(0, 1))),
    ],
  },
  {
    code: "malformed-import",
    data: { name: "object_\u001b]0;title\u0007", full: null },
    severity: "error",
    hash: null,
    via: [],
    locations: [place("a\n::error::b\u202e.py", 1)],
  },
  {
    code: "not-canonical",
    data: { line: 2, isOlderForm: true },
    severity: "warning",
    hash: HASH,
    via: [],
    locations: [place("app/old.py", 7)],
  },
];
const none = {
  mode: { kind: "all", base: null, head: null },
  effects: [],
  notices: [],
  imports: [],
  functions: [],
} as const satisfies Partial<Report>;
const alone = { dependencies: [], effects: [], closureEffects: [] };
const report: Report = {
  outcome: "failed",
  coverage: {
    files: 1096,
    imports: 1412,
    functions: 1083,
    verified: 1080,
    skipped: [
      { what: "file", reason: "link", count: 2 },
      { what: "function", reason: "depth", count: 1 },
    ],
  },
  findings,
  ...none,
  functions: [{ ...alone, hash: HASH, verdict: "failed" }],
};
const clean: Report = {
  outcome: "verified",
  coverage: { files: 96, imports: 412, functions: 1083, verified: 1083, skipped: [] },
  findings: [],
  ...none,
};
const empty: Report = {
  ...clean,
  outcome: "unchecked",
  coverage: { files: 0, imports: 0, functions: 0, verified: 0, skipped: [] },
};

describe("coverageLine", () => {
  it("is that of the specification", () => {
    expect(coverageLine(clean.coverage)).toBe(
      "412 imports of 1,083 functions in 96 files: 1,083 verified, 0 skipped",
    );
  });

  it("counts one, thousands, and what is not verified", () => {
    expect(coverageLine({ files: 1, imports: 1, functions: 1, verified: 0, skipped: [] })).toBe(
      "1 import of 1 function in 1 file: 0 verified, 0 skipped; 1 failed",
    );
    expect(coverageLine(report.coverage)).toMatchInlineSnapshot(
      `"1,412 imports of 1,083 functions in 1,096 files: 1,080 verified, 3 skipped (2 links out of the repository, 1 function beyond the limit of depth); 2 failed"`,
    );
  });
});

describe("renderTerminal", () => {
  it("shows findings with their places, the way to them and what to do", () => {
    expect(
      renderTerminal(report, { root: "examples/market", pool: ".ouverture" }),
    ).toMatchSnapshot();
  });

  it("is one line where all is well", () => {
    expect(renderTerminal(clean)).toBe(`${coverageLine(clean.coverage)}\n`);
  });

  it("says that there was nothing to scan", () => {
    expect(renderTerminal(empty)).toMatchInlineSnapshot(`
      "Nothing to scan: there is no Python file here.
      0 imports of 0 functions in 0 files: 0 verified, 0 skipped
      "
    `);
  });

  it("says that pools could not be reached", () => {
    const unreachable: Finding = {
      ...findings[0]!,
      code: "unreachable",
      data: { error: "timeout" },
    };
    const text = renderTerminal({ ...report, outcome: "unchecked", findings: [unreachable] });
    expect(text).toContain("1 error (the pools could not be reached)");
  });

  it("paints parts, and changes nothing else", () => {
    const mark = (text: string) => `<${text}>`;
    const paint: Paint = { error: mark, warning: mark, good: mark, strong: mark, faint: mark };
    const painted = renderTerminal(report, { paint });
    expect(painted).not.toBe(renderTerminal(report));
    expect(painted.replace(/[<>]/g, "")).toBe(renderTerminal(report));
  });
});

describe("renderJson", () => {
  it("is one document that reads back, messages included", () => {
    const json: unknown = JSON.parse(renderJson(report));
    expect(json).toMatchObject({ ...report, format: 1 });
    expect(json).toHaveProperty("findings.0.message.todo");
    expect(Object.keys(json as object)).toEqual([
      "format",
      "outcome",
      "mode",
      "coverage",
      "findings",
      "effects",
      "notices",
      "imports",
      "functions",
    ]);
  });
});

it("no report holds a character that moves or hides text", () => {
  for (const text of [renderTerminal(report), renderJson(report)]) {
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(text).not.toMatch(/^::/m);
  }
});

describe("the imports in the report for people", () => {
  const at = (path: string, line: number) => ({
    path,
    line,
    column: 28,
    end: { line, column: 99 },
  });
  const imports: Report["imports"] = [
    {
      kind: "function",
      form: "from",
      hash: HASH,
      name: `object_${HASH}`,
      alias: "moyenne",
      location: at("app/main.py", 3),
      verified: true,
    },
    {
      kind: "function",
      form: "from",
      hash: HASH,
      name: `object_${HASH}`,
      alias: null,
      location: at("app/main.py", 12),
      verified: false,
    },
    {
      kind: "malformed",
      form: "from",
      hash: null,
      name: "object_\u001b]0;t\u0007",
      alias: null,
      location: at("a\n::error::b.py", 1),
      verified: false,
    },
  ];
  const functions: Report["functions"] = [
    { ...alone, hash: HASH, verdict: "verified", dependencies: [HASH] },
  ];

  it("stand below their files, harmless to show", () => {
    const text = renderTerminal({ ...clean, imports, functions });
    expect(text).toMatchInlineSnapshot(`
      "app/main.py
         3:28 ✓ moyenne 4f4f4f4f4f4f…, needs 1 function
        12:28 ✗ 4f4f4f4f4f4f…, needs 1 function

      a\\n::error::b.py
        1:28 ✗ object_\\u001b]0;t\\u0007

      412 imports of 1,083 functions in 96 files: 1,083 verified, 0 skipped
      "
    `);
    for (const raw of ["\u001b", "\u0007", "\n::"]) expect(text).not.toContain(raw);
  });

  it("are left out where that is asked for", () => {
    expect(renderTerminal({ ...clean, imports, functions }, { quiet: true })).toBe(
      `${coverageLine(clean.coverage)}\n`,
    );
  });
});
