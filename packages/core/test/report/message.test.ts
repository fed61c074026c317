import { describe, expect, it } from "vitest";
import { faultMessage, findingMessage } from "../../src/report/message.js";
import type { Fault, FaultCode, Span } from "../../src/result.js";
import { EFFECT_KINDS } from "../../src/verify/effect-kinds.js";
import type { FindingCode, FindingDetail } from "../../src/verify/finding.js";

const HASH = "4f".repeat(32);
const OTHER = "0a".repeat(32);
const span: Span = { start: 9, end: 10, line: 3, column: 5, endLine: 3, endColumn: 6 };

/** One of each code: a code without a fault here does not compile. */
const faults: { readonly [C in FaultCode]: Extract<Fault, { code: C }>["data"][] } = {
  "syntax-error": [
    { reason: "never-closed", args: ["("] },
    { reason: "duplicate-argument", args: ["x\u202e"] },
  ],
  "limit-exceeded": [{ limit: "bytes", most: 1_048_576 }],
  "stray-statement": [{ statement: "Expr" }],
  "no-function": [{}],
  "multiple-functions": [{ name: "g", first: "f" }],
  "unpaired-surrogate": [{}],
  "star-import": [{ module: "os" }],
  "relative-import": [{ module: "..tools" }],
  "name-clash": [{ name: "os" }],
  "malformed-hash": [{ name: "object_4f" }],
  "nested-pool-import": [{ name: `object_${HASH}` }],
  "opaque-pool-import": [{ module: "ouverture.pool" }],
  "unresolved-keyword": [{ keyword: "valeurs", hash: HASH }],
  "unresolved-name": [{ name: "x\u001b[2J" }],
  "reserved-name": [{ name: "_ouverture_v_1" }],
  "malformed-language": [{ language: "fr" }],
  "malformed-object": [
    { reason: "missing-key", path: "metadata.tags" },
    { reason: "not-json", path: "" },
    { reason: "other-hash", path: "hash" },
    { reason: "not-a-file", path: "" },
  ],
  "hash-mismatch": [{ expected: HASH, actual: OTHER }],
  "not-canonical": [
    { line: 4 },
    { line: 2, refused: { code: "multiple-functions", data: { name: "g", first: "f" }, span } },
  ],
  "wrong-dependencies": [
    { listed: [HASH], actual: [] },
    { listed: [HASH, OTHER, HASH, OTHER, HASH], actual: [HASH, OTHER] },
  ],
  "invalid-mapping": [
    { reason: "keyword", name: "class" },
    { reason: "missing-name", name: "_ouverture_v_2" },
    { reason: "wrong-value", name: "docstring" },
    { reason: "other-hash", name: OTHER },
  ],
  "invalid-replacement": [
    { reason: "not-imported", hash: HASH },
    { reason: "same", hash: HASH },
    { reason: "itself", hash: HASH },
  ],
  "joined-imports": [{ hash: HASH }],
  "passed-keywords": [{ hash: HASH }],
};

const inCode = { where: "code", language: null, mapping: null } as const;

const findings: { readonly [C in FindingCode]: Extract<FindingDetail, { code: C }>["data"][] } = {
  "malformed-import": [
    { name: "*", full: null },
    { name: "object_4f", full: null },
    { name: "object_4f4f", full: HASH },
  ],
  "dynamic-import": [
    { form: "call", name: "importlib.import_module" },
    { form: "getattr", name: "ouverture.pool" },
    { form: "value", name: "ouverture.pool" },
    { form: "magic", name: "!" },
  ],
  "unreadable-source": [
    {
      reason: "syntax",
      fault: { code: "syntax-error", data: { reason: "never-closed", args: ["("] }, span },
    },
    { reason: "unknown-encoding", encoding: "utf-7" },
    { reason: "not-in-encoding", encoding: "utf-8" },
    { reason: "too-large", most: 16_777_216 },
    { reason: "not-a-notebook" },
    { reason: "cannot-read", error: "EACCES: permission denied" },
  ],
  missing: [{}],
  unreachable: [{ error: "timeout\n::error::x" }],
  "malformed-object": faults["malformed-object"],
  "hash-mismatch": faults["hash-mismatch"],
  "not-canonical": [
    { line: 4, isOlderForm: false },
    { line: 4, isOlderForm: true },
  ],
  "wrong-dependencies": faults["wrong-dependencies"],
  "limit-exceeded": [
    { limit: "depth", most: 256 },
    { limit: "functions", most: 10_000 },
    { limit: "run-bytes", most: 67_108_864 },
    { limit: "time", most: 600_000 },
    { limit: "bytes", most: 1_048_576 },
  ],
  "forbidden-effect": [
    { effects: [{ effect: "process", names: ["os.system", "subprocess"] }] },
    {
      effects: [
        { effect: "eval", names: ["exec"] },
        { effect: "dynamic", names: ["a", "b", "c\u202e", "d", "e"] },
      ],
    },
    ...EFFECT_KINDS.map((effect) => ({ effects: [{ effect, names: ["x"] }] })),
  ],
  "invalid-mapping": [
    { language: "eng", mapping: OTHER, reason: "keyword", name: "class" },
    { language: "fra-canadian", mapping: OTHER, reason: "not-there", name: OTHER },
    { language: "eng", mapping: OTHER, reason: "bytes", name: "1048576" },
    { language: "eng", mapping: OTHER, reason: "not-a-file", name: "" },
    { language: "eng", mapping: OTHER, reason: "other-meaning", name: "somme" },
  ],
  "confusable-name": [
    ...(["invisible", "bidirectional", "mixed-script"] as const).map(
      (kind) => ({ ...inCode, name: "p\u202eay", kind, other: null }) as const,
    ),
    { ...inCode, name: "рay", kind: "look-alike", other: "pay" },
    {
      where: "mapping",
      language: "eng",
      mapping: OTHER,
      name: "pаy",
      kind: "look-alike",
      other: "pay",
    },
    { ...inCode, where: "import", name: "pаy", kind: "mixed-script", other: null },
  ],
  "registry-fault": [
    { store: "company", kind: "failed", message: "timeout\n::error::x" },
    { store: "company", kind: "corrupt", message: "hash-mismatch" },
    { store: "~/.local/ouverture", kind: "not-kept", message: "no space" },
  ],
  "unused-exemption": [{ hash: HASH, effects: ["eval", "network"], reason: "read by\u001b Ana" }],
  "expired-exemption": [{ hash: HASH, expires: "2027-01-31", reason: "read by Ana" }],
};

describe("faultMessage", () => {
  it("says what is wrong, where and what to do", () => {
    const messages = Object.entries(faults).flatMap(([code, all]) =>
      all.map((data) => `${code}: ${faultMessage({ code, data, span } as Fault)}`),
    );
    expect(messages.join("\n")).toMatchSnapshot();
  });

  it("names no place where there is none", () => {
    expect(faultMessage({ code: "no-function", data: {}, span: null })).not.toMatch(/line|null/);
  });
});

describe("findingMessage", () => {
  it("says what is wrong and what to do", () => {
    const messages = Object.entries(findings).flatMap(([code, all]) =>
      all.map((data) => {
        const { what, todo } = findingMessage({ code, data } as FindingDetail);
        expect(what).not.toMatch(/[.\n]$/);
        expect(todo).toMatch(/^[A-Z].*\.$/);
        return `${code}: ${what}. -> ${todo}`;
      }),
    );
    expect(messages.join("\n")).toMatchSnapshot();
  });
});
