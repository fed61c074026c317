/**
 * The report as GitHub's Markdown: the summary of a job, and the comment on a pull
 * request. What does not fit is cut by whole findings, and counted; it is never dropped.
 */
import { encodeUtf8 } from "../canonical/utf8.js";
import type { Report } from "../verify/report.js";
import { encodeWord } from "./escape-sarif.js";
import type { Folders } from "./finding-text.js";
import {
  effectsSection,
  findingSection,
  headSection,
  leftOutSentence,
  noticeItem,
} from "./github-sections.js";

export interface SummaryOptions extends Folders {
  /** The largest size in bytes of UTF-8; GitHub takes 1 MiB of a step. */
  readonly mostBytes?: number | undefined;
}
export interface CommentOptions extends Folders {
  /** The first line, by which the comment is found again: `githubMarker(...)`. */
  readonly marker: string;
  /** The most characters (UTF-16 code units), the marker included; GitHub takes 65,536. */
  readonly mostCharacters?: number | undefined;
}

/** Writes the summary of a job. */
export function renderGithubSummary(report: Report, options: SummaryOptions = {}): string {
  const { mostBytes = 900_000 } = options;
  return writePage(report, options, { first: [], most: mostBytes, sizeOf: utf8Size });
}

/** Writes the comment on a pull request. */
export function renderGithubComment(report: Report, options: CommentOptions): string {
  const { marker, mostCharacters = 65_536 } = options;
  const sizeOf = (text: string): number => text.length;
  return writePage(report, options, { first: [marker], most: mostCharacters, sizeOf });
}

/** A comment of HTML that nobody sees, and that only the same name has. */
export function githubMarker(name: string): string {
  return `<!-- ouverture-verify ${encodeWord(name)} -->`;
}

interface Budget {
  readonly first: readonly string[];
  readonly most: number;
  readonly sizeOf: (text: string) => number;
}

function utf8Size(text: string): number {
  return encodeUtf8(text).length;
}

function writePage(report: Report, folders: Folders, { first, most, sizeOf }: Budget): string {
  const { findings, notices, effects } = report;
  const blocks = [...first, headSection(report)];
  // What is told of those left out is known to fit before any of them is added.
  const room = most - sizeOf(leftOutSentence(findings.length, notices.length)) - 2 * BLANK;
  let size = blocks.reduce((sum, block) => sum + sizeOf(block) + BLANK, 0);
  const add = (block: string): boolean => {
    const next = size + sizeOf(block) + BLANK;
    if (next > room) return false;
    blocks.push(block);
    size = next;
    return true;
  };
  const told = notices.filter((notice) => add(noticeItem(notice))).length;
  const shown = findings.filter((finding) => add(findingSection(finding, folders))).length;
  if (effects.length > 0) add(effectsSection(effects, folders));
  const left = leftOutSentence(findings.length - shown, notices.length - told);
  if (left !== "") blocks.push(left);
  return `${blocks.join("\n\n")}\n`;
}

/** The empty line between two blocks. */
const BLANK = 2;
