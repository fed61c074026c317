/** The report for people, at a terminal or in a log. Nothing in it can move a cursor. */
import { objectPath } from "../record/layout.js";
import type { Finding, FindingLocation, Severity } from "../verify/finding.js";
import type { Report, ReportedImport } from "../verify/report.js";
import { counted, coverageLine } from "./coverage.js";
import { escapeText } from "./escape.js";
import { findingMessage } from "./message.js";

/** How parts of the text are painted; without it they are plain. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

export interface TerminalOptions {
  readonly paint?: Paint | undefined;
  /** How the pool's directory is called before the paths of its objects: `.ouverture`. */
  readonly pool?: string | undefined;
  /** How the sources' directory is called before their paths: `examples/market`. */
  readonly root?: string | undefined;
  /** Leaves out the imports, so that only findings and the coverage are told. */
  readonly quiet?: boolean | undefined;
}

/** Places of one finding that are listed; the others are counted. */
const MOST_PLACES = 10;
/** Functions of a way that are listed; of a longer one the first and the last. */
const LONGEST_WAY = 6;

export function renderTerminal(report: Report, options: TerminalOptions = {}): string {
  const page: Page = { paint: options.paint ?? PLAIN, pool: options.pool, root: options.root };
  const imports = options.quiet === true ? [] : importBlocks(report, page);
  const findings = report.findings.map((finding) => findingBlock(finding, page));
  return `${[...imports, ...findings, summary(report, page.paint)].join("\n\n")}\n`;
}

interface Page {
  readonly paint: Paint;
  readonly pool: string | undefined;
  readonly root: string | undefined;
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
    const width = Math.max(...found.map(({ location }) => lineAndColumn(location).length));
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
  const place = paint.faint(lineAndColumn(location).padStart(width));
  const mark = verified ? paint.good("✓") : paint.error("✗");
  if (hash === null) return `  ${place} ${mark} ${escapeText(alias ?? name)}`;
  const called = alias === null ? "" : `${escapeText(alias)} `;
  const count = needs.get(hash) ?? 0;
  const needed = count === 0 ? "" : `, needs ${counted(count, "function")}`;
  return `  ${place} ${mark} ${called}${paint.faint(`${hash.slice(0, 12)}…${needed}`)}`;
}

function lineAndColumn({ line, column }: { line: number; column: number }): string {
  return `${line}:${column}`;
}

function findingBlock(finding: Finding, page: Page): string {
  const { paint } = page;
  const { code, severity, hash, via, locations } = finding;
  const { what, todo } = findingMessage(finding);
  const [first, ...others] = locations;
  const place = first === undefined ? "" : `${paint.strong(placeText(first, page))}: `;
  const lines = [`${place}${paint[severity](severity)}: ${what}. ${paint.faint(`[${code}]`)}`];
  const tell = (label: string, text: string): void => {
    lines.push(`    ${paint.faint(label.padEnd(8))} ${text}`);
  };
  if (hash !== null) {
    const path = objectPath(hash);
    tell("function", hash);
    if (via.length > 0) tell("via", wayText([...via, hash]));
    if (path.ok) tell("object", under(page.pool, path.value));
  }
  for (const location of others.slice(0, MOST_PLACES - 1)) {
    const way =
      hash === null || location.via.length === 0 ? "" : ` via ${wayText([...location.via, hash])}`;
    tell("also at", placeText(location, page) + way);
  }
  const more = others.length - (MOST_PLACES - 1);
  if (more > 0) tell("", `and ${counted(more, "more place")}`);
  tell("to do", todo);
  return lines.join("\n");
}

function placeText(location: FindingLocation, { root }: Page): string {
  return `${escapeText(under(root, location.path))}:${lineAndColumn(location)}`;
}

function under(folder: string | undefined, path: string): string {
  return folder === undefined || folder === "" ? path : `${escapeText(folder)}/${path}`;
}

/** From the function that is imported to the one at fault. */
function wayText(way: readonly string[]): string {
  const shown = way.map((hash) => `${hash.slice(0, 12)}…`);
  const left = shown.length - LONGEST_WAY;
  if (left > 1) shown.splice(LONGEST_WAY / 2, left, `(${left} more)`);
  return shown.join(" → ");
}

function summary({ outcome, coverage, findings }: Report, paint: Paint): string {
  const line = coverageLine(coverage);
  if (coverage.files === 0) {
    return `${paint.error("Nothing to scan")}: there is no Python file here.\n${line}`;
  }
  if (outcome === "verified" && findings.length === 0) return paint.good(line);
  const counts = (["error", "warning"] satisfies Severity[]).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [paint[severity](counted(count, severity))];
  });
  const undecided = outcome === "unchecked" ? " (the pools could not be reached)" : "";
  return `${counts.join(", ")}${undecided}\n${line}`;
}
