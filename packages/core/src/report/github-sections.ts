/** The parts of the report in Markdown: what was looked at, one finding, one notice, and effects. */
import type { Finding, FindingLocation } from "../verify/finding.js";
import type { Notice } from "../verify/notice.js";
import type { Coverage, Report, ReportedEffect } from "../verify/report.js";
import { counted, countRest, coverageLine, groupDigits, unfetchedText } from "./coverage.js";
import { escapeMarkdown, markdownCode } from "./escape-markdown.js";
import { explainFinding, findingLink } from "./explain.js";
import { type Folders, morePlaces, placeText, storedAt, wayText } from "./finding-text.js";
import { findingMessage } from "./message.js";
import { noticeMessage } from "./notice-message.js";

/** Places of one finding that are listed; the others are counted. */
const MOST_PLACES = 20;
/** Places that stand in the open; the others are folded. */
const OPEN_PLACES = 3;

/** The outcome, the coverage, and which findings there are. */
export function headSection(report: Report): string {
  const unfetched = unfetchedText(report);
  return [
    `## ${OUTCOMES[report.outcome]}`,
    coverageTable(report.coverage),
    escapeMarkdown(coverageLine(report.coverage)),
    ...(unfetched === "" ? [] : [`**${escapeMarkdown(unfetched)}.**`]),
    ...(report.coverage.files === 0 && report.mode.kind === "all"
      ? ["There is no Python file here, so nothing was checked."]
      : []),
    ...(report.findings.length === 0 ? [] : [findingTable(report.findings)]),
  ].join("\n\n");
}

const OUTCOMES: Readonly<Record<Report["outcome"], string>> = {
  verified: "✅ Ouverture: verified",
  failed: "❌ Ouverture: not verified",
  unchecked: "⚠️ Ouverture: could not be checked",
};

/** The numbers alone; the line below it says why something was skipped. */
function coverageTable(coverage: Coverage): string {
  const { files, imports, functions, verified } = coverage;
  const { skipped, failed } = countRest(coverage);
  const numbers = [files, imports, functions, verified, skipped, failed].map(groupDigits);
  return [
    "| files | imports | functions | verified | skipped | failed |",
    "|---:|---:|---:|---:|---:|---:|",
    `| ${numbers.join(" | ")} |`,
  ].join("\n");
}

/** A line for each code: how severe it is, and how often and at how many places it was found. */
function findingTable(findings: readonly Finding[]): string {
  const rows = new Map<string, { head: string; findings: number; places: number }>();
  for (const { code, severity, locations } of findings) {
    const row = rows.get(`${severity} ${code}`) ?? {
      head: `${severity} | [${code}](${findingLink(code)}) | ${explainFinding(code).title}`,
      findings: 0,
      places: 0,
    };
    row.findings += 1;
    row.places += locations.length;
    rows.set(`${severity} ${code}`, row);
  }
  return [
    "| | code | meaning | findings | places |",
    "|---|---|---|---:|---:|",
    ...[...rows.values()].map(
      (row) => `| ${row.head} | ${groupDigits(row.findings)} | ${groupDigits(row.places)} |`,
    ),
  ].join("\n");
}

/** One finding: its first place, what is wrong and what to do, the function, and the other places. */
export function findingSection(finding: Finding, folders: Folders): string {
  const { code, severity, hash, via, locations } = finding;
  const { what, todo } = findingMessage(finding);
  const [first, ...others] = locations;
  const place = first === undefined ? "" : ` at ${placeCode(first, folders)}`;
  const lines = [
    `**${severity}**${place}: ${escapeMarkdown(what)}. [${code}](${findingLink(code)})`,
    `- to do: ${escapeMarkdown(todo)}`,
  ];
  if (hash !== null) {
    lines.push(
      `- function: ${markdownCode(hash)}, object ${markdownCode(storedAt(hash, folders))}`,
    );
    if (via.length > 0) lines.push(`- via: ${markdownCode(wayText([...via, hash]))}`);
  }
  const items = others.slice(0, MOST_PLACES).map((other) => placeItem(other, hash, folders));
  const more = morePlaces(others.length - MOST_PLACES);
  if (more !== "") items.push(`- ${more}`);
  if (items.length <= OPEN_PLACES) return [lines[0], "", ...lines.slice(1), ...items].join("\n");
  const folded = foldedList(counted(others.length, "other place"), items);
  return [lines[0], "", ...lines.slice(1), "", folded].join("\n");
}

function placeItem(location: FindingLocation, hash: string | null, folders: Folders): string {
  const way = hash === null || location.via.length === 0 ? [] : [...location.via, hash];
  const via = way.length === 0 ? "" : ` via ${markdownCode(wayText(way))}`;
  return `- also at ${placeCode(location, folders)}${via}`;
}

function placeCode(location: FindingLocation, folders: Folders): string {
  return markdownCode(placeText(location, folders));
}

function foldedList(title: string, items: readonly string[]): string {
  return `<details><summary>${title}</summary>\n\n${items.join("\n")}\n\n</details>`;
}

export function noticeItem(notice: Notice): string {
  return `**note**: ${escapeMarkdown(noticeMessage(notice))}`;
}

/** The effects that are allowed, folded. */
export function effectsSection(effects: readonly ReportedEffect[], folders: Folders): string {
  const items = effects.map(({ effect, functions, example: { hash, via, location } }) => {
    const way = markdownCode(wayText([...via, hash]));
    const place = markdownCode(placeText(location, folders));
    return `- ${effect}: ${counted(functions, "function")}, such as ${way} from ${place}`;
  });
  return foldedList("Effects that functions have and that are allowed", items);
}

/** What is told in place of what does not fit; empty where all does. */
export function leftOutSentence(findings: number, notices: number): string {
  const parts = [
    ...(findings === 0 ? [] : [counted(findings, "more finding")]),
    ...(notices === 0 ? [] : [counted(notices, "more note")]),
  ];
  return parts.length === 0
    ? ""
    : `**There is no room here for ${parts.join(" and ")}: the log of the run has all of them.**`;
}
