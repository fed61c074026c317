/**
 * Texts to the words that search finds (docs/search.md, "Words"). Identifiers are parted
 * at `_`, digits and capitals, and kept whole as well; scripts without spaces become
 * pairs of characters. The index and the query are read by the same rules.
 */
import {
  type Character,
  type CharacterType,
  foldCharacters,
  foldPlainWord,
} from "./search-characters.js";
import { ASCII } from "./search-fold.js";

export interface Word {
  /** Folded; at most `MOST_CHARACTERS`. */
  readonly text: string;
  /** Where it is in the original, in UTF-16 code units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /**
   * Of a script without spaces: a "pair" of characters that stand side by side, or the
   * "last" character of such a run. All else is a "word".
   */
  readonly kind: "word" | "pair" | "last";
  /** Where the first character ends, of a pair; else as `end`. */
  readonly middle: number;
}

/** What stands between spaces and punctuation: `calculate_average`, `平均を計算する`. */
export interface Run {
  /** Side by side: no other word is between two of them. */
  readonly parts: readonly Word[];
  /** What was parted, as it is: `calculateaverage`. */
  readonly wholes: readonly Word[];
}

/** A longer word is cut here, in texts and in queries. */
export const MOST_CHARACTERS = 64;

/** Reads a text as runs of words, in their order. */
export function* readRuns(text: string): Generator<Run> {
  // Regular expressions that know Unicode take milliseconds to be made.
  const runs = ASCII.test(text) ? ASCII_RUN : RUN;
  for (const { 0: run, index } of text.matchAll(runs)) {
    const read = ASCII.test(run) ? readAsciiRun(run, index) : readAnyRun(run, index);
    if (read.parts.length > 0) yield read;
  }
}

/** Reads a text as words: the parts of all runs, side by side, and the wholes. */
export function readWords(text: string): Run {
  const parts: Word[] = [];
  const wholes: Word[] = [];
  for (const run of readRuns(text)) {
    for (const part of run.parts) parts.push(part);
    for (const whole of run.wholes) wholes.push(whole);
  }
  return { parts, wholes };
}

/** Symbols may hold letters (℃) or be looked for (🩺); what is invisible parts no word. */
const RUN = /[\p{L}\p{N}\p{M}\p{So}\p{Sc}\p{Cf}_]+/gu;
const ASCII_RUN = /[A-Za-z0-9_]+/g;
const ASCII_PART = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;

function readAsciiRun(run: string, offset: number): Run {
  const parts: Word[] = [];
  for (const { 0: part, index } of run.matchAll(ASCII_PART)) {
    parts.push(wordOf(part.toLowerCase(), offset + index, offset + index + part.length));
  }
  return { parts, wholes: wholesOf([parts]) };
}

function wordOf(text: string, start: number, end: number): Word {
  return { text: cut(text), start, end, kind: "word", middle: end };
}

function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  return Array.from(text.slice(0, 2 * MOST_CHARACTERS))
    .slice(0, MOST_CHARACTERS)
    .join("");
}

/** The wholes of stretches of parts: none where a stretch is a single part. */
function wholesOf(stretches: readonly (readonly Word[])[]): Word[] {
  const wholes: Word[] = [];
  for (const parts of stretches) {
    const [first] = parts;
    const last = parts.at(-1);
    if (first === undefined || last === undefined || first === last) continue;
    wholes.push(wordOf(parts.map(({ text }) => text).join(""), first.start, last.end));
  }
  return wholes;
}

function readAnyRun(run: string, offset: number): Run {
  const plain = foldPlainWord(run);
  if (plain !== null) return { parts: [wordOf(plain, offset, offset + run.length)], wholes: [] };
  const parts: Word[] = [];
  const stretches: Word[][] = [];
  let stretch: Word[] = [];
  for (const group of groupCharacters(foldCharacters(run, offset))) {
    const type = group[0]?.type;
    if (type === "underscore") continue;
    if (type === "joined" || type === "none") {
      stretches.push(stretch);
      stretch = [];
      if (type === "joined") addPairs(group, parts);
      continue;
    }
    const word = wordOfCharacters(group);
    parts.push(word);
    stretch.push(word);
  }
  return { parts, wholes: wholesOf([...stretches, stretch]) };
}

function wordOfCharacters(group: readonly Character[]): Word {
  const text = group.map((one) => one.text).join("");
  return wordOf(text, group[0]?.start ?? 0, group.at(-1)?.end ?? 0);
}

/** Parts characters where a word begins: `HTTPServer2` is `HTTP`, `Server`, `2`. */
function groupCharacters(characters: readonly Character[]): Character[][] {
  const groups: Character[][] = [];
  let group: Character[] = [];
  characters.forEach((character, index) => {
    const previous = characters[index - 1]?.type;
    const next = characters[index + 1]?.type;
    if (beginsWord(previous, character.type, next)) {
      group = [];
      groups.push(group);
    }
    group.push(character);
  });
  return groups;
}

function beginsWord(
  previous: CharacterType | undefined,
  type: CharacterType,
  next: CharacterType | undefined,
): boolean {
  if (previous === "upper" && type === "lower") return false;
  if (previous === "upper" && type === "upper") return next === "lower";
  return previous !== type;
}

function addPairs(group: readonly Character[], parts: Word[]): void {
  for (const [index, { text, start, end }] of group.entries()) {
    const next = group[index + 1];
    parts.push(
      next === undefined
        ? { text, start, end, kind: "last", middle: end }
        : { text: text + next.text, start, end: next.end, kind: "pair", middle: end },
    );
  }
}
