/**
 * The report as SARIF 2.1.0 (OASIS), in the part that GitHub's code scanning reads: one
 * run, a rule for each code, a result for each finding.
 */
import type { Log, Notification, ReportingDescriptor, Result, Run } from "sarif";
import { encodeUtf8 } from "../canonical/utf8.js";
import type { Finding, FindingCode } from "../verify/finding.js";
import type { Report } from "../verify/report.js";
import { coverageLine, groupDigits } from "./coverage.js";
import { escapeMarkdown } from "./escape-markdown.js";
import { escapeSarif } from "./escape-sarif.js";
import { explainFinding, FINDING_CODES, findingLink } from "./explain.js";
import type { Folders } from "./finding-text.js";
import { fingerprintsOf } from "./fingerprint.js";
import { isSeriousNotice, noticeMessage } from "./notice-message.js";
import { ROOT_ID, sarifResult } from "./sarif-result.js";

export interface SarifOptions extends Folders {
  /** The version of the tool that made the report. */
  readonly version: string;
  /** The most results; GitHub refuses more than 25,000. */
  readonly mostResults?: number | undefined;
  /** The most bytes of all results; GitHub refuses more than 10 MB, compressed, of a file. */
  readonly mostBytes?: number | undefined;
}

const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME = "https://github.com/ouverture/ouverture";

/** Writes a SARIF log, in one line. Findings that do not fit are counted in a notification. */
export function renderSarif(report: Report, options: SarifOptions): string {
  const results = sarifResults(report.findings, options);
  const left = report.findings.length - results.length;
  const run: Run = {
    tool: {
      driver: {
        name: "Ouverture",
        version: options.version,
        informationUri: HOME,
        rules: FINDING_CODES.map(ruleOf),
      },
    },
    originalUriBaseIds: {
      [ROOT_ID]: { description: { text: "The root of the repository that was checked." } },
    },
    columnKind: "unicodeCodePoints",
    invocations: [
      {
        executionSuccessful: report.outcome !== "unchecked",
        exitCode: EXIT_CODES[report.outcome],
        toolExecutionNotifications: notificationsOf(report, left),
      },
    ],
    results,
    properties: { outcome: report.outcome, coverage: report.coverage },
  };
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log)}\n`;
}

/** docs/verify.md, "Exit status". */
const EXIT_CODES: Readonly<Record<Report["outcome"], number>> = {
  verified: 0,
  failed: 1,
  unchecked: 2,
};

/** The results that fit, in the order of the findings: errors come first. */
function sarifResults(findings: readonly Finding[], options: SarifOptions): Result[] {
  const { mostResults = 25_000, mostBytes = 9_000_000 } = options;
  const prints = fingerprintsOf(findings);
  const results: Result[] = [];
  let size = 0;
  for (const [index, finding] of findings.slice(0, mostResults).entries()) {
    const result = sarifResult(finding, prints[index] ?? "", options);
    size += encodeUtf8(JSON.stringify(result)).length + 1;
    if (size > mostBytes) break;
    results.push(result);
  }
  return results;
}

function ruleOf(code: FindingCode): ReportingDescriptor {
  const { title, severity, what, why, todo } = explainFinding(code);
  const parts = [what, `Why it matters: ${why}`, `What to do: ${todo}`];
  return {
    id: code,
    // In words, and never the same as `id` but for case (rule SARIF1001 of Microsoft's validator).
    name: title.replace(/(?:^| )(.)/g, (_, first: string) => first.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: what },
    help: { text: parts.join("\n\n"), markdown: parts.map(escapeMarkdown).join("\n\n") },
    helpUri: findingLink(code),
    defaultConfiguration: { level: severity },
    properties: { tags: TAGS[code] ?? ["correctness"], precision: "very-high" },
  };
}

const INTEGRITY = ["security", "supply-chain", "integrity"];
const TAGS: Readonly<Partial<Record<FindingCode, string[]>>> = {
  "dynamic-import": ["security", "supply-chain"],
  "hash-mismatch": INTEGRITY,
  "malformed-object": INTEGRITY,
  "not-canonical": INTEGRITY,
  "invalid-mapping": INTEGRITY,
  "wrong-dependencies": INTEGRITY,
  "registry-fault": INTEGRITY,
  "forbidden-effect": ["security", "policy"],
  "confusable-name": ["security", "readability"],
  "unused-exemption": ["policy"],
  "expired-exemption": ["security", "policy"],
  missing: ["supply-chain"],
  unreachable: ["supply-chain"],
};

function notificationsOf(report: Report, left: number): Notification[] {
  const notes = report.notices.map((notice): Notification => {
    const level = isSeriousNotice(notice) ? "warning" : "note";
    return {
      descriptor: { id: notice.code },
      level,
      message: { text: escapeSarif(noticeMessage(notice)) },
    };
  });
  const cut: Notification[] =
    left === 0
      ? []
      : [
          {
            descriptor: { id: "results-left-out" },
            level: "warning",
            message: {
              text: `${groupDigits(left)} of ${groupDigits(report.findings.length)} findings are left out here, because GitHub takes no larger file.`,
            },
          },
        ];
  return [
    {
      descriptor: { id: "coverage" },
      level: "note",
      message: { text: coverageLine(report.coverage) },
    },
    ...notes,
    ...cut,
  ];
}
