/** The report for people, at a terminal or in a log. Nothing in it can move a cursor. */
import type { Finding, FindingLocation, Severity } from "../verify/finding.js";
import type { Report, ReportedEffect, ReportedImport } from "../verify/report.js";
import { counted, coverageLine, unfetchedText } from "./coverage.js";
import { escapeText } from "./escape.js";
import {
  type Folders,
  morePlaces,
  placeText,
  positionText,
  shortHash,
  storedAt,
  under,
  wayText,
} from "./finding-text.js";
import { findingMessage } from "./message.js";
import { isSeriousNotice, noticeMessage } from "./notice-message.js";

/** How parts of the text are painted; without it they are plain. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

export interface TerminalOptions extends Folders {
  readonly paint?: Paint | undefined;
  /** Leaves out the imports and what is allowed: only findings, notices and the coverage are told. */
  readonly quiet?: boolean | undefined;
}

/** Places of one finding that are listed; the others are counted. */
const MOST_PLACES = 10;

/** Writes the report as lines of text; the last one is the coverage. */
export function renderTerminal(report: Report, options: TerminalOptions = {}): string {
  const page: Page = { ...options, paint: options.paint ?? PLAIN };
  const { findings, effects } = report;
  const isQuiet = options.quiet === true;
  const blocks = [
    ...(isQuiet ? [] : importBlocks(report, page)),
    ...(isQuiet || effects.length === 0 ? [] : [effectBlock(effects, page)]),
    ...findings.map((finding) => findingBlock(finding, page)),
    ...(report.notices.length === 0 ? [] : [noticeBlock(report, page)]),
    summary(report, page),
  ];
  return `${blocks.join("\n\n")}\n`;
}

interface Page extends Folders {
  readonly paint: Paint;
}

const same = (text: string): string => text;
const PLAIN: Paint = { error: same, warning: same, good: same, strong: same, faint: same };

/** Each file that imports functions, and below it each import: its place, name and function. */
function importBlocks({ imports, functions }: Report, page: Page): string[] {
  const needs = new Map(functions.map(({ hash, dependencies }) => [hash, dependencies.length]));
  const files = new Map<string, ReportedImport[]>();
  for (const one of imports) {
    const others = files.get(one.location.path);
    if (others === undefined) files.set(one.location.path, [one]);
    else others.push(one);
  }
  return [...files].map(([path, found]) => {
    const width = Math.max(...found.map(({ location }) => importPlace(location).length));
    const lines = found.map((one) => importLine(one, width, needs, page));
    return [page.paint.strong(escapeText(under(page.root, path))), ...lines].join("\n");
  });
}

function importLine(
  { hash, name, alias, location, verified }: ReportedImport,
  width: number,
  needs: ReadonlyMap<string, number>,
  { paint }: Page,
): string {
  const place = paint.faint(importPlace(location).padStart(width));
  const mark = verified ? paint.good("✓") : paint.error("✗");
  if (hash === null) return `  ${place} ${mark} ${escapeText(alias ?? name)}`;
  const called = alias === null ? "" : `${escapeText(alias)} `;
  const count = needs.get(hash) ?? 0;
  const needed = count === 0 ? "" : `, needs ${counted(count, "function")}`;
  return `  ${place} ${mark} ${called}${paint.faint(`${shortHash(hash)}${needed}`)}`;
}

/** `3:5`, or `cell 3:2:5`. */
function importPlace(location: ReportedImport["location"]): string {
  return positionText(location).replace(/^(?::|, )/, "");
}

/** Each effect that is allowed, and the function nearest to an import that has it. */
function effectBlock(effects: readonly ReportedEffect[], page: Page): string {
  const width = Math.max(...effects.map(({ effect }) => effect.length));
  const lines = effects.map(({ effect, functions, example: { hash, via, location } }) => {
    const place = escapeText(placeText(location, page));
    const example = page.paint.faint(`such as ${wayText([...via, hash])} from ${place}`);
    return `  ${effect.padEnd(width)}  ${counted(functions, "function")}, ${example}`;
  });
  return [page.paint.strong("Effects that functions have and that are allowed"), ...lines].join(
    "\n",
  );
}

function findingBlock(finding: Finding, page: Page): string {
  const { paint } = page;
  const { code, severity, hash, via, locations } = finding;
  const { what, todo } = findingMessage(finding);
  const [first, ...others] = locations;
  const at = (location: FindingLocation): string => escapeText(placeText(location, page));
  const place = first === undefined ? "" : `${paint.strong(at(first))}: `;
  const lines = [`${place}${paint[severity](severity)}: ${what}. ${paint.faint(`[${code}]`)}`];
  const tell = (label: string, text: string): void => {
    lines.push(`    ${paint.faint(label.padEnd(8))} ${text}`);
  };
  if (hash !== null) {
    tell("function", escapeText(hash));
    if (via.length > 0) tell("via", wayText([...via, hash]));
    tell("object", escapeText(storedAt(hash, page)));
  }
  for (const location of others.slice(0, MOST_PLACES - 1)) {
    const way =
      hash === null || location.via.length === 0 ? "" : ` via ${wayText([...location.via, hash])}`;
    tell("also at", at(location) + way);
  }
  const more = morePlaces(others.length - (MOST_PLACES - 1));
  if (more !== "") tell("", more);
  tell("to do", todo);
  return lines.join("\n");
}

function noticeBlock({ notices }: Report, { paint }: Page): string {
  return notices
    .map((notice) => {
      const label = isSeriousNotice(notice) ? paint.warning("note") : paint.strong("note");
      return `${label}: ${noticeMessage(notice)}`;
    })
    .join("\n");
}

function summary(report: Report, { paint }: Page): string {
  const { outcome, coverage, findings } = report;
  const line = coverageLine(coverage);
  if (coverage.files === 0 && outcome === "unchecked") {
    return `${paint.error("Nothing to scan")}: there is no Python file here.\n${line}`;
  }
  const unfetched = unfetchedText(report);
  if (outcome === "verified" && findings.length === 0 && unfetched === "") return paint.good(line);
  const counts = (["error", "warning"] satisfies Severity[]).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [paint[severity](counted(count, severity))];
  });
  const undecided = outcome === "unchecked" ? " (the pools could not be reached)" : "";
  const [first] = findings;
  const lines = [
    first === undefined ? "" : explainHint(first, findings, paint),
    counts.length === 0 ? "" : `${counts.join(", ")}${undecided}`,
    unfetched === "" ? "" : paint.warning(unfetched),
    line,
  ];
  return lines.filter((text) => text !== "").join("\n");
}

/** How to read on, told once: with the code itself where there is but one. */
function explainHint(first: Finding, findings: readonly Finding[], { faint }: Paint): string {
  const isOne = findings.every(({ code }) => code === first.code);
  return faint(
    `'ouverture verify --explain ${isOne ? first.code : "CODE"}' says more about ${isOne ? "it" : "each code in brackets"}.`,
  );
}
