/**
 * The report for GitHub Actions: workflow commands that mark lines of a change, as few as
 * GitHub shows, and the report for people in a form in which the runner finds no command.
 */
import type { Finding, Location } from "../verify/finding.js";
import type { Report } from "../verify/report.js";
import { groupDigits } from "./coverage.js";
import { escapeData, escapeLogLine, escapeProperty } from "./escape-command.js";
import { explainFinding } from "./explain.js";
import {
  type Folders,
  findingSentences,
  otherPlaces,
  positionText,
  storedAt,
  under,
} from "./finding-text.js";
import { isSeriousNotice, noticeMessage } from "./notice-message.js";
import { renderTerminal } from "./terminal.js";

export interface AnnotationOptions extends Folders {
  /** Annotations of each level; GitHub shows 10 of a step, and one tells of the others. */
  readonly most?: number | undefined;
  /** Is a place in the lines that a change touches? Findings that have one come first, and there. */
  readonly first?: ((location: Location) => boolean) | undefined;
}

const MOST = 9;

type Level = "error" | "warning" | "notice";
interface Annotation {
  readonly level: Level;
  readonly properties: readonly (readonly [name: string, value: string | number])[];
  readonly message: string;
}

/** Gives one workflow command a line: of each finding one, of each notice one. */
export function renderGithubAnnotations(report: Report, options: AnnotationOptions = {}): string {
  const { most = MOST, first = () => false } = options;
  const isFirst = ({ locations }: Finding): boolean => locations.some(first);
  const findings = [
    ...report.findings.filter(isFirst),
    ...report.findings.filter((finding) => !isFirst(finding)),
  ];
  const all = [
    ...findings.map((finding) => annotateFinding(finding, first, options)),
    ...report.notices.map(annotateNotice),
  ];
  const shown = (["error", "warning", "notice"] satisfies Level[]).flatMap((level) =>
    all.filter((one) => one.level === level).slice(0, most),
  );
  const left = all.length - shown.length;
  const lines = left === 0 ? shown : [...shown, annotateRest(left)];
  return lines.map((line) => `${commandOf(line)}\n`).join("");
}

/** Gives the report for people, every finding in it, in lines of which none is a command. */
export function renderGithubLog(
  report: Report,
  folders: Folders & { quiet?: boolean } = {},
): string {
  return renderTerminal(report, folders).split("\n").map(escapeLogLine).join("\n");
}

function annotateFinding(
  finding: Finding,
  isChanged: (location: Location) => boolean,
  folders: Folders,
): Annotation {
  const { code, severity, locations } = finding;
  const place = locations.find(isChanged) ?? locations[0];
  const message = [
    // Lines of a notebook's cell are not those of its file.
    place?.cell === undefined ? "" : `In ${positionText(place).slice(2)}: `,
    findingSentences(finding),
    otherPlaces(finding),
  ];
  return {
    level: severity,
    properties: [
      ...placeProperties(finding, place, folders),
      ["title", `${explainFinding(code).title} [${code}]`],
    ],
    message: message.join(""),
  };
}

function placeProperties(
  { hash }: Finding,
  place: Location | undefined,
  folders: Folders,
): Annotation["properties"] {
  if (place === undefined) return hash === null ? [] : [["file", storedAt(hash, folders)]];
  const { path, cell, line, column, end } = place;
  const file = ["file", under(folders.root, path)] as const;
  if (cell !== undefined) return [file];
  const lines = [file, ["line", line], ["endLine", Math.max(line, end.line)]] as const;
  // GitHub takes columns only of a place in one line.
  if (end.line !== line) return lines;
  return [...lines, ["col", column], ["endColumn", Math.max(column, end.column)]];
}

function annotateNotice(notice: Report["notices"][number]): Annotation {
  return {
    level: isSeriousNotice(notice) ? "warning" : "notice",
    properties: [["title", "Ouverture"]],
    message: noticeMessage(notice),
  };
}

function annotateRest(left: number): Annotation {
  return {
    level: "notice",
    properties: [["title", "Ouverture"]],
    message: `${groupDigits(left)} more, see the summary; the log has all of them.`,
  };
}

function commandOf({ level, properties, message }: Annotation): string {
  const written = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${written.join(",")}::${escapeData(message)}`;
}
