/** Reports that all formats are tested with: one for each way in which a run ends. */
import type { Finding, FindingCode, FindingLocation, Location } from "../../src/verify/finding.js";
import type { Report, ReportedImport } from "../../src/verify/report.js";

/** The hash of the function number `index`. */
export function hashOf(index: number): string {
  return index.toString(16).padStart(4, "0").repeat(16);
}

export function place(
  path: string,
  line: number,
  via: readonly string[] = [],
  cell?: number,
): FindingLocation {
  const end = { line, column: 103 };
  return { path, line, column: 28, end, ...(cell === undefined ? {} : { cell }), via };
}

function placeOnly(path: string, line: number, cell?: number): Location {
  const { via: _, ...location } = place(path, line, [], cell);
  return location;
}

const WAY = [hashOf(1), hashOf(2), hashOf(3)];

type Particulars = { readonly [C in FindingCode]: Finding & { readonly code: C } };

/** One finding of each code, as a run may give it; docs/findings.md shows them. */
export const FINDINGS: Particulars = {
  "malformed-import": {
    code: "malformed-import",
    data: { name: "object_0007", full: hashOf(7) },
    severity: "error",
    hash: null,
    via: [],
    locations: [place("shop/cart.py", 3)],
  },
  "dynamic-import": {
    code: "dynamic-import",
    data: { form: "call", name: "importlib.import_module" },
    severity: "error",
    hash: null,
    via: [],
    locations: [place("shop/plugins.py", 12)],
  },
  "unreadable-source": {
    code: "unreadable-source",
    data: {
      reason: "syntax",
      fault: {
        code: "syntax-error",
        data: { reason: "never-closed", args: ["("] },
        span: { start: 90, end: 91, line: 7, column: 11, endLine: 7, endColumn: 12 },
      },
    },
    severity: "error",
    hash: null,
    via: [],
    locations: [place("shop/draft.py", 7)],
  },
  missing: {
    code: "missing",
    data: {},
    severity: "error",
    hash: hashOf(8),
    via: [],
    locations: [place("shop/cart.py", 4), place("shop/tests/test_cart.py", 2)],
  },
  unreachable: {
    code: "unreachable",
    data: { error: "company: https://pool.example.com/ did not answer within 30 seconds" },
    severity: "error",
    hash: hashOf(9),
    via: [hashOf(1)],
    locations: [place("shop/cart.py", 5, [hashOf(1)])],
  },
  "malformed-object": {
    code: "malformed-object",
    data: { reason: "missing-key", path: "metadata.created" },
    severity: "error",
    hash: hashOf(10),
    via: [],
    locations: [place("shop/cart.py", 6)],
  },
  "hash-mismatch": {
    code: "hash-mismatch",
    data: { expected: hashOf(4), actual: hashOf(0xbad) },
    severity: "error",
    hash: hashOf(4),
    via: WAY,
    locations: [
      place("shop/cart.py", 7, WAY),
      place("notebooks/analysis.ipynb", 2, WAY.slice(0, 1), 3),
      ...Array.from({ length: 25 }, (_, index) => place(`many/${index}.py`, 1, WAY)),
    ],
  },
  "not-canonical": {
    code: "not-canonical",
    data: { line: 2, isOlderForm: false },
    severity: "error",
    hash: hashOf(11),
    via: [],
    locations: [place("shop/cart.py", 8)],
  },
  "invalid-mapping": {
    code: "invalid-mapping",
    data: { language: "fra", mapping: hashOf(0xf2a), reason: "keyword", name: "class" },
    severity: "error",
    hash: hashOf(12),
    via: [],
    locations: [place("shop/cart.py", 9)],
  },
  "wrong-dependencies": {
    code: "wrong-dependencies",
    data: { listed: [], actual: [hashOf(1)] },
    severity: "error",
    hash: hashOf(13),
    via: [],
    locations: [place("shop/cart.py", 10)],
  },
  "limit-exceeded": {
    code: "limit-exceeded",
    data: { limit: "depth", most: 9 },
    severity: "error",
    hash: hashOf(14),
    via: Array.from({ length: 9 }, (_, index) => hashOf(1000 + index)),
    locations: [
      place(
        "shop/deep.py",
        1,
        Array.from({ length: 9 }, (_, index) => hashOf(1000 + index)),
      ),
    ],
  },
  "forbidden-effect": {
    code: "forbidden-effect",
    data: {
      effects: [
        { effect: "eval", names: ["eval"] },
        { effect: "process", names: ["subprocess.run", "os.system"] },
      ],
    },
    severity: "error",
    hash: hashOf(15),
    via: [hashOf(1)],
    locations: [place("shop/cart.py", 11, [hashOf(1)])],
  },
  "confusable-name": {
    code: "confusable-name",
    data: {
      where: "mapping",
      language: "eng",
      mapping: hashOf(0xe9),
      name: "рrice",
      kind: "look-alike",
      other: "price",
    },
    severity: "warning",
    hash: hashOf(16),
    via: [],
    locations: [place("shop/cart.py", 12)],
  },
  "registry-fault": {
    code: "registry-fault",
    data: { store: "company", kind: "corrupt", message: "the hash of what it gave is another" },
    severity: "warning",
    hash: null,
    via: [],
    locations: [],
  },
  "unused-exemption": {
    code: "unused-exemption",
    data: { hash: hashOf(17), effects: ["eval"], reason: "until the parser is replaced" },
    severity: "warning",
    hash: null,
    via: [],
    locations: [place(".ouverture/config.yaml", 14)],
  },
  "expired-exemption": {
    code: "expired-exemption",
    data: { hash: hashOf(15), expires: "2026-10-31", reason: "until the parser is replaced" },
    severity: "error",
    hash: hashOf(15),
    via: [],
    locations: [place(".ouverture/config.yaml", 9)],
  },
};

const ALL = Object.values(FINDINGS);
const ERRORS = ALL.filter(({ severity }) => severity === "error");
const WARNINGS = ALL.filter(({ severity }) => severity === "warning");

const MODE: Report["mode"] = { kind: "all", base: null, head: null };

function imported(index: number, line: number, verified: boolean, cell?: number): ReportedImport {
  const path = cell === undefined ? "shop/cart.py" : "notebooks/analysis.ipynb";
  const location = placeOnly(path, line, cell);
  const name = `object_${hashOf(index)}`;
  const alias = index % 2 === 0 ? null : "moyenne";
  return { kind: "function", form: "from", hash: hashOf(index), name, alias, location, verified };
}

/** What attackers put where they can: names of files and of Python, what a registry says. */
const HOSTILE = [
  "\u001b[31m\u001b]0;title\u0007\u009b2J",
  "::error file=a::x\n::add-mask::y\r\n ::stop-commands::z",
  "##[error]x ##vso[task.setvariable variable=a]b",
  "<script>alert(1)</script><img src=x onerror=y>",
  "![a](https://evil.example/x.png) [b](javascript:alert(1)) <https://evil.example>",
  "@octocat #1 org/repo#2 GH-3 :tada: www.evil.example https://evil.example a@evil.example",
  "`code` ``` ~~~ **bold** | a | b | $x$ $y$ {0} \\ &amp; &#x3c;",
  "a\u202eb\u2066c\u200bd\ufeffe\u2028f\u{e0041}g\ud800h",
  "-- --> <!-- ouverture-verify --> 0123456789abcdef0123456789abcdef01234567",
] as const;

const hostile = (index: number): string => HOSTILE[index % HOSTILE.length] ?? "";

const HOSTILE_FINDINGS: readonly Finding[] = HOSTILE.flatMap((text, index): Finding[] => [
  {
    ...FINDINGS["malformed-import"],
    data: { name: text, full: null },
    locations: [place(text, 1), place(`dir/${hostile(index + 1)}/x.py`, 2)],
  },
  { ...FINDINGS.unreachable, data: { error: text }, locations: [place(text, 3, [hashOf(1)])] },
  {
    ...FINDINGS["invalid-mapping"],
    data: { language: text, mapping: text, reason: text, name: text },
  },
  {
    ...FINDINGS["registry-fault"],
    data: { store: text, kind: "failed", message: hostile(index + 1) },
  },
  { ...FINDINGS["expired-exemption"], data: { hash: hashOf(1), expires: text, reason: text } },
]).sort((a, b) => (a.severity === b.severity ? 0 : a.severity === "error" ? -1 : 1));

/** By the name of what each shows. */
export const REPORTS = {
  clean: {
    outcome: "verified",
    mode: MODE,
    coverage: { files: 96, imports: 412, functions: 1083, verified: 1083, skipped: [] },
    findings: [],
    effects: [
      {
        effect: "network",
        functions: 3,
        example: { hash: hashOf(3), via: [hashOf(1)], location: imported(1, 3, true).location },
      },
      {
        effect: "filesystem",
        functions: 1,
        example: { hash: hashOf(2), via: [], location: imported(2, 2, true, 3).location },
      },
    ],
    notices: [],
    imports: [imported(2, 2, true, 3), imported(1, 3, true)],
    functions: [
      {
        hash: hashOf(1),
        verdict: "verified",
        dependencies: [hashOf(3)],
        effects: [],
        closureEffects: ["network"],
      },
    ],
  },
  errors: {
    outcome: "failed",
    mode: MODE,
    coverage: {
      files: 1096,
      imports: 1412,
      functions: 1083,
      verified: 1070,
      skipped: [
        { what: "file", reason: "link", count: 2 },
        { what: "function", reason: "depth", count: 1 },
        { what: "function", reason: "unfetched", count: 2 },
      ],
    },
    findings: [...ERRORS, ...WARNINGS],
    effects: [],
    notices: [],
    imports: [imported(4, 7, false), imported(15, 11, false)],
    functions: [
      {
        hash: hashOf(4),
        verdict: "failed",
        dependencies: [],
        effects: ["eval"],
        closureEffects: ["eval"],
      },
    ],
  },
  warnings: {
    outcome: "verified",
    mode: MODE,
    coverage: { files: 2, imports: 1, functions: 1, verified: 1, skipped: [] },
    findings: WARNINGS,
    effects: [],
    notices: [],
    imports: [],
    functions: [],
  },
  nothing: {
    outcome: "unchecked",
    mode: MODE,
    coverage: { files: 0, imports: 0, functions: 0, verified: 0, skipped: [] },
    findings: [],
    effects: [],
    notices: [],
    imports: [],
    functions: [],
  },
  unreachable: {
    outcome: "unchecked",
    mode: MODE,
    coverage: {
      files: 9,
      imports: 3,
      functions: 3,
      verified: 2,
      skipped: [{ what: "function", reason: "unfetched", count: 1 }],
    },
    findings: [FINDINGS.unreachable],
    effects: [],
    notices: [],
    imports: [],
    functions: [],
  },
  unfetched: {
    outcome: "verified",
    mode: MODE,
    coverage: {
      files: 9,
      imports: 3,
      functions: 3,
      verified: 2,
      skipped: [{ what: "function", reason: "unfetched", count: 1 }],
    },
    findings: [{ ...FINDINGS.unreachable, severity: "warning" }],
    effects: [],
    notices: [
      { code: "offline", data: {} },
      { code: "unfetched", data: { count: 1 } },
    ],
    imports: [],
    functions: [],
  },
  changed: {
    outcome: "verified",
    mode: { kind: "changed", base: "origin/main", head: null },
    coverage: { files: 3, imports: 2, functions: 2, verified: 2, skipped: [] },
    findings: [],
    effects: [],
    notices: [
      { code: "base-missing", data: { base: "origin/main", reason: "the clone is shallow." } },
      { code: "everything-checked", data: { why: "configuration", path: "pyproject.toml" } },
      { code: "trust-from-base", data: { commit: "0123456789abcdef0123456789abcdef01234567" } },
      {
        code: "trust-changed",
        data: { keys: ["registries", "verify.exemptions"], path: "pyproject.toml" },
      },
    ],
    imports: [],
    functions: [],
  },
  hostile: {
    outcome: "failed",
    mode: { kind: "changed", base: hostile(0), head: hostile(1) },
    coverage: { files: 9, imports: 9, functions: 9, verified: 0, skipped: [] },
    findings: HOSTILE_FINDINGS,
    effects: [
      {
        effect: "network",
        functions: 1,
        example: { hash: hashOf(1), via: [], location: placeOnly(hostile(1), 1) },
      },
    ],
    notices: HOSTILE.flatMap((text): Report["notices"] => [
      { code: "base-missing", data: { base: text, reason: text } },
      { code: "everything-checked", data: { why: "pool", path: text } },
      { code: "trust-from-base", data: { commit: text } },
      { code: "trust-changed", data: { keys: [text, text], path: text } },
      { code: "configuration", data: { message: text } },
    ]),
    imports: HOSTILE.map((text) => ({
      kind: "malformed",
      form: "from",
      hash: null,
      name: text,
      alias: text,
      location: placeOnly(text, 1),
      verified: false,
    })),
    functions: [],
  },
} as const satisfies Record<string, Report>;

export const REPORT_LIST: readonly (readonly [name: string, report: Report])[] =
  Object.entries(REPORTS);
