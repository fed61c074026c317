/** Where the words of a query stand in a text, by the rules by which the index finds them. */
import type { Term } from "./search-query.js";
import { readWords, type Word } from "./search-words.js";

/** A stretch of a text, in UTF-16 code units; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A part of a text, to be shown. */
export interface Excerpt {
  readonly text: string;
  /** Where it begins in the whole text, and how long that is. */
  readonly start: number;
  readonly length: number;
  /** The places that match, in the excerpt; sorted, and none over another. */
  readonly ranges: readonly TextRange[];
}

export interface TextMatch {
  /** The terms that are found, as indexes. */
  readonly terms: ReadonlySet<number>;
  readonly ranges: readonly TextRange[];
}

/** Looks for each term in a text. */
export function matchText(terms: readonly Term[], text: string): TextMatch {
  const words = readWords(text);
  const found = new Set<number>();
  const ranges: TextRange[] = [];
  for (const [index, { words: sequence, whole, isPrefix }] of terms.entries()) {
    const before = ranges.length;
    for (const wanted of whole === null ? [sequence] : [sequence, [whole]]) {
      findSequence(words.parts, wanted, isPrefix, ranges);
      for (const one of wanted.length === 1 ? words.wholes : []) {
        findSequence([one], wanted, isPrefix, ranges);
      }
    }
    if (ranges.length > before) found.add(index);
  }
  return { terms: found, ranges: joinRanges(ranges) };
}

function findSequence(
  parts: readonly Word[],
  words: readonly string[],
  isPrefix: boolean,
  ranges: TextRange[],
): void {
  const last = words.length - 1;
  parts.forEach(({ start }, at) => {
    const end = parts[at + last];
    const isFound = words.every((word, index) =>
      isWord(parts[at + index], word, isPrefix && index === last),
    );
    if (!isFound || end === undefined) return;
    ranges.push({ start, end: words[last] === end.text ? end.end : endOfPrefix(end) });
  });
}

/** A prefix marks the whole word, but of a pair only its first character. */
function endOfPrefix(word: Word): number {
  return word.kind === "pair" ? word.middle : word.end;
}

function isWord(word: Word | undefined, text: string, isPrefix: boolean): boolean {
  if (word === undefined) return false;
  return isPrefix ? word.text.startsWith(text) : word.text === text;
}

function joinRanges(ranges: readonly TextRange[]): TextRange[] {
  const joined: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1);
    if (last === undefined || range.start >= last.end) joined.push(range);
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
  }
  return joined;
}

/** An excerpt is about this long, in UTF-16 code units. */
const EXCERPT = 160;
/** So much of it stands before what was found. */
const BEFORE = 40;

/** The part of a text in which the first match is, cut between words where it can be. */
export function excerptOf(text: string, ranges: readonly TextRange[]): Excerpt {
  if (text.length <= EXCERPT) return { text, start: 0, length: text.length, ranges };
  const first = ranges[0]?.start ?? 0;
  const start = cutAt(text, Math.min(Math.max(0, first - BEFORE), text.length - EXCERPT), first);
  const end = Math.max(start, cutBefore(text, start + EXCERPT));
  return {
    text: text.slice(start, end),
    start,
    length: text.length,
    ranges: ranges
      .filter((range) => range.start >= start && range.start < end)
      .map((range) => ({ start: range.start - start, end: Math.min(range.end, end) - start })),
  };
}

/** The first place from `at` on where a word begins; `at` itself where there is none before `most`. */
function cutAt(text: string, at: number, most: number): number {
  if (at === 0) return 0;
  for (let place = at; place <= most; place += 1) {
    if (/\s/.test(text.charAt(place - 1))) return place;
  }
  return isLowSurrogate(text, at) ? at - 1 : at;
}

/** The last place before `at` where a word ends, if one does nearby. */
function cutBefore(text: string, at: number): number {
  if (at >= text.length) return text.length;
  for (let place = at; place > at - BEFORE; place -= 1) {
    if (/\s/.test(text.charAt(place))) return place;
  }
  return isLowSurrogate(text, at) ? at - 1 : at;
}

function isLowSurrogate(text: string, at: number): boolean {
  return /[\udc00-\udfff]/.test(text.charAt(at));
}
