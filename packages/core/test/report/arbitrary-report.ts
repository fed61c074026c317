/** Any report that the types allow, with texts made of what is dangerous to show. */
import fc from "fast-check";
import type { Fault, FaultCode, FaultDataByCode, ObjectReason, Span } from "../../src/result.js";
import type { Verdict } from "../../src/verify/closure.js";
import { EFFECT_KINDS, type EffectKind } from "../../src/verify/effect-kinds.js";
import type {
  ConfusableKind,
  Finding,
  FindingCode,
  FindingDataByCode,
  FindingLocation,
  Location,
} from "../../src/verify/finding.js";
import type { Notice, NoticeCode, NoticeDataByCode } from "../../src/verify/notice.js";
import type { SourceProblem } from "../../src/verify/ports.js";
import type { Report, ReportedImport, Skipped } from "../../src/verify/report.js";

/** Pieces of the languages that a report is written in, and of those that it must not be. */
const PIECES = [
  ..."\u0000\u0007\b\t\n\v\f\r\u001b\u007f\u0085\u009b\u00a0\u00ad\u200b\u200e\u202e\u2028\u2029\u2066\ufeff\ud800\udc00",
  ..."`*_~|#@:<>&[](){}!\\$%'\"^=+-.,;/ 019",
  ...["\r\n", "::", "::error::", "::add-mask::", "##[", "##[error]", "##vso[", "\u001b[2J", "%0A"],
  ...[
    "<b>",
    "</details>",
    "<!--",
    "-->",
    "&lt;",
    "](http://a.b)",
    "![",
    "```",
    "~~",
    "\n# ",
    "\n- ",
  ],
  ...["http://", "www.a.b", "a@b.cc", "@user", "#1", "GH-1", "ABC-2", ":tada:", "a/b#1", "0123abc"],
  ...["{0}", "日本", "é", "😀", "\u{e0041}", "file.py", "object_", "\n\n", "    ", "| - |"],
] as const;

export const hostileText: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 5, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }) },
    { weight: 1, arbitrary: fc.array(fc.string({ unit: "binary" }), { maxLength: 3 }) },
  )
  .map((pieces) => pieces.join(""));

const text = hostileText;
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const hashes = fc.array(hash, { maxLength: 4 });
const count = fc.nat({ max: 100_000 });
const number = fc.integer({ min: 1, max: 100_000 });
const effect: fc.Arbitrary<EffectKind> = fc.constantFrom(...EFFECT_KINDS);
const effects = fc.uniqueArray(effect);
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary);

/** One of all members of a union: one that is added to the type has to be added here, and to the schema. */
function oneOf<T extends string>(all: Readonly<Record<T, 0>>): fc.Arbitrary<T> {
  return fc.constantFrom(...(Object.keys(all) as T[]));
}

const span: fc.Arbitrary<Span> = fc.record({
  start: count,
  end: count,
  line: number,
  column: number,
  endLine: number,
  endColumn: number,
});

const wrongDependencies = fc.record({ listed: fc.array(text), actual: hashes });
const mismatch = fc.record({ expected: hash, actual: hash });
const malformedObject = fc.record({
  reason: oneOf<ObjectReason>({
    "not-utf8": 0,
    "not-json": 0,
    "duplicate-key": 0,
    surrogate: 0,
    "missing-key": 0,
    "unknown-key": 0,
    "wrong-value": 0,
    "not-gzip": 0,
    "other-hash": 0,
    "not-a-file": 0,
  }),
  path: text,
});
const none = fc.constant({});
const name = fc.record({ name: text });
const ofModule = fc.record({ module: text });
const ofHash = fc.record({ hash });

const FAULTS: { readonly [C in FaultCode]: fc.Arbitrary<FaultDataByCode[C]> } = {
  "syntax-error": fc.record({
    reason: fc.constantFrom("never-closed", "duplicate-argument", "expected-block"),
    args: fc.array(fc.oneof(text, fc.nat()), { maxLength: 3 }),
  }),
  "limit-exceeded": fc.record({
    limit: fc.constantFrom("nesting", "integer-digits", "bytes", "json-depth"),
    most: count,
  }),
  "stray-statement": fc.record({ statement: text }),
  "no-function": none,
  "multiple-functions": fc.record({ name: text, first: text }),
  "unpaired-surrogate": none,
  "star-import": ofModule,
  "relative-import": ofModule,
  "name-clash": name,
  "malformed-hash": name,
  "nested-pool-import": name,
  "opaque-pool-import": ofModule,
  "unresolved-keyword": fc.record({ keyword: text, hash }),
  "unresolved-name": name,
  "reserved-name": name,
  "malformed-language": fc.record({ language: text }),
  "malformed-object": malformedObject,
  "hash-mismatch": mismatch,
  "not-canonical": fc.record({ line: count }),
  "wrong-dependencies": wrongDependencies,
  "invalid-mapping": fc.record({ reason: text, name: text }),
  "invalid-replacement": fc.record({
    reason: fc.constantFrom("not-imported", "same", "itself"),
    hash,
  }),
  "joined-imports": ofHash,
  "passed-keywords": ofHash,
};

const fault: fc.Arbitrary<Fault> = fc.oneof(
  ...Object.entries(FAULTS).map(([code, data]) =>
    fc.record({ code: fc.constant(code), data, span: orNull(span) }),
  ),
) as fc.Arbitrary<Fault>;

const DATA: { readonly [C in FindingCode]: fc.Arbitrary<FindingDataByCode[C]> } = {
  "malformed-import": fc.record({ name: text, full: orNull(hash) }),
  "dynamic-import": fc.record({
    form: fc.constantFrom("call", "getattr", "value"),
    name: text,
  }),
  "unreadable-source": fc.oneof(
    fc.record({ reason: fc.constant("syntax" as const), fault }),
    fc.record({
      reason: fc.constantFrom("unknown-encoding" as const, "not-in-encoding" as const),
      encoding: text,
    }),
    fc.record({ reason: fc.constant("too-large" as const), most: count }),
    fc.record({ reason: fc.constant("cannot-read" as const), error: text }),
  ),
  missing: none,
  unreachable: fc.record({ error: text }),
  "malformed-object": malformedObject,
  "hash-mismatch": mismatch,
  "not-canonical": fc.record(
    { line: count, isOlderForm: fc.boolean(), refused: fault },
    { requiredKeys: ["line", "isOlderForm"] },
  ),
  "invalid-mapping": fc.record({ language: text, mapping: text, reason: text, name: text }),
  "wrong-dependencies": wrongDependencies,
  "limit-exceeded": fc.record({
    limit: oneOf<FindingDataByCode["limit-exceeded"]["limit"]>({
      nesting: 0,
      "integer-digits": 0,
      bytes: 0,
      "json-depth": 0,
      depth: 0,
      functions: 0,
      "run-bytes": 0,
      time: 0,
    }),
    most: count,
  }),
  "forbidden-effect": fc.record({
    effects: fc.array(fc.record({ effect, names: fc.array(text) }), { maxLength: 3 }),
  }),
  "confusable-name": fc.record({
    where: fc.constantFrom("mapping", "code", "import"),
    language: orNull(text),
    mapping: orNull(text),
    name: text,
    kind: oneOf<ConfusableKind>({
      invisible: 0,
      bidirectional: 0,
      "mixed-script": 0,
      "look-alike": 0,
    }),
    other: orNull(text),
  }),
  "registry-fault": fc.record({
    store: text,
    kind: oneOf<SourceProblem["kind"]>({ failed: 0, corrupt: 0, "not-kept": 0 }),
    message: text,
  }),
  "unused-exemption": fc.record({ hash: text, effects, reason: text }),
  "expired-exemption": fc.record({ hash: text, expires: text, reason: text }),
};

const location: fc.Arbitrary<Location> = fc.record(
  {
    path: text,
    line: number,
    column: number,
    end: fc.record({ line: number, column: number }),
    cell: number,
  },
  { requiredKeys: ["path", "line", "column", "end"] },
);
const findingLocation: fc.Arbitrary<FindingLocation> = fc
  .tuple(location, hashes)
  .map(([one, via]) => ({ ...one, via }));

const CODES = Object.keys(DATA) as FindingCode[];

export const anyFinding: fc.Arbitrary<Finding> = fc.constantFrom(...CODES).chain((code) =>
  fc.record({
    code: fc.constant(code),
    data: DATA[code] as fc.Arbitrary<object>,
    severity: fc.constantFrom("error", "warning"),
    hash: orNull(hash),
    via: hashes,
    locations: fc.oneof(
      { weight: 14, arbitrary: fc.array(findingLocation, { maxLength: 4 }) },
      // More than any format lists.
      {
        weight: 1,
        arbitrary: findingLocation.map((one) => Array.from({ length: 120 }, () => one)),
      },
    ),
  }),
) as fc.Arbitrary<Finding>;

const NOTICES: { readonly [C in NoticeCode]: fc.Arbitrary<NoticeDataByCode[C]> } = {
  "base-missing": fc.record({ base: text, reason: text }),
  "everything-checked": fc.record({
    why: fc.constantFrom("pool", "configuration", "base"),
    path: orNull(text),
  }),
  "trust-from-base": fc.record({ commit: text }),
  "trust-changed": fc.record({ keys: fc.array(text), path: text }),
  offline: none,
  configuration: fc.record({ message: text }),
  unfetched: fc.record({ count }),
  "nothing-changed": none,
};
const notice: fc.Arbitrary<Notice> = fc.oneof(
  ...Object.entries(NOTICES).map(([code, data]) => fc.record({ code: fc.constant(code), data })),
) as fc.Arbitrary<Notice>;

const anyImport: fc.Arbitrary<ReportedImport> = fc.oneof(
  fc.record({
    kind: fc.constant("function" as const),
    form: fc.constantFrom("from" as const, "import" as const, "attribute" as const),
    hash,
    name: text,
    alias: orNull(text),
    location,
    verified: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("malformed" as const),
    form: fc.constantFrom("from" as const, "star" as const),
    hash: fc.constant(null),
    name: text,
    alias: orNull(text),
    location,
    verified: fc.constant(false),
  }),
  fc.record({
    kind: fc.constant("dynamic" as const),
    form: fc.constantFrom("call" as const, "getattr" as const, "value" as const),
    hash: fc.constant(null),
    name: text,
    alias: fc.constant(null),
    location,
    verified: fc.constant(false),
  }),
);

export const anyReport: fc.Arbitrary<Report> = fc.record({
  outcome: fc.constantFrom("verified", "failed", "unchecked"),
  mode: fc.record({
    kind: fc.constantFrom("all", "changed", "staged"),
    base: orNull(text),
    head: orNull(text),
  }),
  coverage: fc.record({
    files: count,
    imports: count,
    functions: count,
    verified: count,
    skipped: fc.array(
      fc.record({
        what: fc.constantFrom("file", "function"),
        reason: oneOf<Skipped["reason"]>({
          link: 0,
          "not-a-file": 0,
          "nested-repository": 0,
          notebook: 0,
          excluded: 0,
          depth: 0,
          functions: 0,
          "run-bytes": 0,
          time: 0,
          unfetched: 0,
        }),
        count: number,
      }),
    ),
  }),
  findings: fc.array(anyFinding, { maxLength: 4 }),
  effects: fc.array(
    fc.record({
      effect,
      functions: number,
      example: fc.record({ hash, via: hashes, location }),
    }),
    { maxLength: 3 },
  ),
  notices: fc.array(notice, { maxLength: 4 }),
  imports: fc.array(anyImport, { maxLength: 3 }),
  functions: fc.array(
    fc.record({
      hash,
      verdict: oneOf<Verdict>({ verified: 0, failed: 0, skipped: 0, unfetched: 0 }),
      dependencies: hashes,
      effects,
      closureEffects: effects,
    }),
    { maxLength: 3 },
  ),
});
