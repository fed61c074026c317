/**
 * Packs character names for src/syntax/character-names.ts.
 *
 * A name is split before each space and hyphen; its words follow one another without anything
 * between. Of each name, in order of code points, aliases last, there is: a digit for its shape
 * (how many words it begins with that the name before begins with, how many it has besides), and
 * these other words: one of the most frequent as a digit, another as two, and a word that no
 * other name writes out as a 0: those stand in WORDS in the order of their use.
 */
import { digitCharacter } from "./pack-numbers.js";
import type { CharacterNames } from "./unicode-data.js";

const BASE = 93;

export interface PackedNames {
  readonly WORDS: string;
  readonly ONE_DIGIT_WORDS: number;
  readonly TWO_DIGIT_WORDS: number;
  readonly SHAPES: string;
  readonly NAMES: string;
  readonly CODE_POINTS: { readonly count: number; readonly text: string };
  readonly NUMBERED: readonly (readonly [
    prefix: string,
    ranges: readonly (readonly [first: number, last: number])[],
  ])[];
}

export function packNames({ listed, numbered }: CharacterNames): PackedNames {
  // Sixteen bits of src/syntax/character-names.ts count the names.
  if (listed.length >= 0xffff) throw new Error(`${listed.length} names are too many`);
  const names = shapeNames(listed.map(([, name]) => name));
  const words = numberWords(names);
  const shapes = byFrequency(names.map(({ shape }) => shape));
  if (shapes.length > BASE) throw new Error(`${shapes.length} shapes of names are too many`);
  const codes = new Map(
    [...words.frequent, ...words.others].map((word, index) => [
      word,
      wordCode(index, words.frequent.length),
    ]),
  );
  const digitOfShape = new Map(shapes.map((shape, index) => [shape, digitCharacter(index)]));
  const text = names.map(
    ({ shape, own }) =>
      digitOfShape.get(shape) + own.map((word) => codes.get(word) ?? digitCharacter(0)).join(""),
  );
  return {
    WORDS: packWords([...words.frequent, ...words.others, ...words.once]),
    ONE_DIGIT_WORDS: words.frequent.length,
    TWO_DIGIT_WORDS: words.others.length,
    SHAPES: shapes
      .map((shape) =>
        shape
          .split(" ")
          .map((n) => digitCharacter(Number(n)))
          .join(""),
      )
      .join(""),
    NAMES: text.join(""),
    CODE_POINTS: {
      count: listed.length,
      text: packCodePoints(listed.map(([codePoint]) => codePoint)),
    },
    NUMBERED: [...numbered].map(([prefix, codePoints]) => [prefix, rangesOf(codePoints)]),
  };
}

interface ShapedName {
  /** `${how many words are shared} ${how many are own}` */
  readonly shape: string;
  readonly own: readonly string[];
}

function shapeNames(names: readonly string[]): readonly ShapedName[] {
  let before: readonly string[] = [];
  return names.map((name) => {
    const words = ` ${name}`.split(/(?=[ -])/);
    const differs = words.findIndex((word, i) => word !== before[i]);
    // A name that is the beginning of the one before shares all its words.
    const shared = differs < 0 ? words.length : differs;
    before = words;
    return { shape: `${shared} ${words.length - shared}`, own: words.slice(shared) };
  });
}

interface Words {
  readonly frequent: readonly string[];
  readonly others: readonly string[];
  readonly once: readonly string[];
}

function numberWords(names: readonly ShapedName[]): Words {
  const counts = countOf(names.flatMap(({ own }) => own));
  const words = byFrequency(names.flatMap(({ own }) => own));
  const repeated = words.filter((word) => (counts.get(word) ?? 0) > 1);
  // One digit says 0, one says each frequent word, the others are the first of two.
  const leading = Math.ceil((repeated.length - (BASE - 1)) / (BASE - 1));
  const frequent = BASE - 1 - leading;
  return {
    frequent: repeated.slice(0, frequent).sort(),
    others: repeated.slice(frequent).sort(),
    once: words.filter((word) => counts.get(word) === 1),
  };
}

function wordCode(index: number, frequent: number): string {
  if (index < frequent) return digitCharacter(index + 1);
  const rest = index - frequent;
  return digitCharacter(frequent + 1 + Math.floor(rest / BASE)) + digitCharacter(rest % BASE);
}

function packWords(words: readonly string[]): string {
  let before = "";
  return words
    .map((word) => {
      const text = word.startsWith(" ") ? word.slice(1) : word;
      let shared = 0;
      while (shared < 25 && shared < text.length && text[shared] === before[shared]) shared++;
      before = text;
      return String.fromCharCode(97 + shared) + text.slice(shared);
    })
    .join("");
}

function packCodePoints(codePoints: readonly number[]): string {
  const write = (value: number): string =>
    value < 60
      ? digitCharacter(value)
      : digitCharacter(60 + ((value - 60) % (BASE - 60))) +
        write(Math.floor((value - 60) / (BASE - 60)));
  let next = 0;
  let text = "";
  for (const [first, last] of rangesOf(codePoints)) {
    text += write((first - next + 0x110000) % 0x110000) + write(last - first);
    next = last + 1;
  }
  return text;
}

function rangesOf(codePoints: readonly number[]): (readonly [first: number, last: number])[] {
  const ranges: [number, number][] = [];
  for (const codePoint of codePoints) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] + 1 === codePoint) range[1] = codePoint;
    else ranges.push([codePoint, codePoint]);
  }
  return ranges;
}

/** Each item once, the most frequent first, equals in order of appearance. */
function byFrequency(items: readonly string[]): string[] {
  return [...countOf(items)].sort(([, a], [, b]) => b - a).map(([item]) => item);
}

function countOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
