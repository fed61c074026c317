/** What GitHub shows at the lines of a change, and above all at the top of the run. */
import { error, notice } from "@actions/core";
import {
  escapeLogLine,
  type Location,
  type Report,
  renderGithubAnnotations,
} from "@ouverture/core";
import { readChangedLines } from "@ouverture/pool";
import { writeCommands } from "./log.js";
import type { Occasion } from "./occasion.js";
import type { Place } from "./place.js";

const TITLE = { title: "Ouverture" };

/** GitHub shows ten of each level that a step writes: one is left for how many more there are. */
const MOST = 9;

/** Annotates the run with a sentence, in which there may be foreign text. */
export function annotate(level: "error" | "notice", sentence: string): void {
  const message = escapeLogLine(sentence);
  if (level === "error") error(message, TITLE);
  else notice(message, TITLE);
}

/** Annotates the lines of the findings, those that the change touches first. */
export async function annotateReport(
  report: Report,
  { root, folders }: Place,
  { base }: Occasion,
): Promise<void> {
  const from = report.mode.base ?? base;
  const paths = new Set(
    report.findings.flatMap(({ locations }) => locations.map(({ path }) => path)),
  );
  const { head } = report.mode;
  const changed =
    from === null ? null : await readChangedLines({ root, base: from, head, paths: [...paths] });
  const isChanged = ({ path, line, end }: Location): boolean =>
    changed?.get(path)?.some(({ first, last }) => first <= end.line && line <= last) ?? false;
  // That a change is checked with the settings of its base is so each time: the log says it.
  const notices = report.notices.filter(({ code }) => code !== "trust-from-base");
  const shown = { ...report, notices };
  writeCommands(renderGithubAnnotations(shown, { ...folders, most: MOST, first: isChanged }));
}
