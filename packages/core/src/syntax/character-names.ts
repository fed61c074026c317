/**
 * The character that a name means in Python's `\N{...}`: the names and formal aliases of Unicode
 * 16.0. The table is larger than all the rest of the library: a bundle for a browser may put a
 * `characterByName` that knows none in the place of this module, which imports only its data.
 */
import {
  CODE_POINTS,
  NAMES,
  NUMBERED,
  ONE_DIGIT_WORDS,
  SHAPES,
  TWO_DIGIT_WORDS,
  WORDS,
} from "./character-names.generated.js";

/**
 * The code point called `name`, in capitals or not, exactly as the standard spells it: no space,
 * hyphen or zero more or less; no named sequences. As CPython since 3.14.4: those before refuse
 * lower case in the names of Hangul syllables and ideographs, and all names of Tangut ideographs.
 */
export function characterByName(name: string): number | undefined {
  if (!/^[ -~]{1,255}$/.test(name)) return undefined;
  const capitals = name.toUpperCase();
  return hangulSyllable(capitals) ?? numberedCharacter(capitals) ?? listedCharacter(capitals);
}

/** The short names of the jamo that make up a syllable (The Unicode Standard, 3.12). */
const LEADS = "G GG N D DD R M B BB S SS  J JJ C K T P H".split(" ");
const VOWELS = "A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I".split(" ");
const TAILS = " G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H".split(" ");

function hangulSyllable(name: string): number | undefined {
  const [, lead, vowel, tail] = /^HANGUL SYLLABLE ([^AEIOUWY]*)([AEIOUWY]+)(.*)$/.exec(name) ?? [];
  if (lead === undefined || vowel === undefined || tail === undefined) return undefined;
  const l = LEADS.indexOf(lead);
  const v = VOWELS.indexOf(vowel);
  const t = TAILS.indexOf(tail);
  if (l < 0 || v < 0 || t < 0) return undefined;
  return 0xac00 + (l * VOWELS.length + v) * TAILS.length + t;
}

/** Characters whose names end in their number (The Unicode Standard, 4.8, rule NR2). */
function numberedCharacter(name: string): number | undefined {
  const hyphen = name.lastIndexOf("-") + 1;
  const ranges = NUMBERED.find(([prefix]) => prefix === name.slice(0, hyphen))?.[1] ?? [];
  const number = name.slice(hyphen);
  const codePoint = Number.parseInt(number, 16);
  if (codePoint.toString(16).toUpperCase() !== number) return undefined;
  return ranges.some(([first, last]) => first <= codePoint && codePoint <= last)
    ? codePoint
    : undefined;
}

/** The names as sequences of words, and a hash table of them. */
interface Names {
  /** The number of each word: with the space or hyphen before it, so that they just join up. */
  readonly words: ReadonlyMap<string, number>;
  /** The words of name `i` are those from `starts[i]` to `starts[i + 1]`. */
  readonly sequence: Uint16Array;
  readonly starts: Uint32Array;
  readonly codePoints: Uint32Array;
  /** 1 + the index of a name, in the first free slot from that of its hash; 0 is free. */
  readonly slots: Uint16Array;
}

let names: Names | undefined;

function listedCharacter(name: string): number | undefined {
  names ??= unpackNames();
  const wanted: number[] = [];
  for (const word of ` ${name}`.split(/(?=[ -])/)) {
    const number = names.words.get(word);
    if (number === undefined) return undefined;
    wanted.push(number);
  }
  for (let slot = hashOf(wanted); names.slots[slot] !== 0; slot = (slot + 1) & 0xffff) {
    const found = (names.slots[slot] ?? 0) - 1;
    const start = names.starts[found] ?? 0;
    const { sequence } = names;
    if (
      names.starts[found + 1] === start + wanted.length &&
      wanted.every((word, i) => sequence[start + i] === word)
    ) {
      return names.codePoints[found];
    }
  }
  return undefined;
}

function hashOf(words: Iterable<number>): number {
  let hash = 0;
  for (const word of words) hash = Math.imul(hash ^ word, 0x9e3779b1);
  return hash >>> 16;
}

/** Packed by scripts/pack-names.ts, which says how. */
function unpackNames(): Names {
  const words = unpackWords();
  const codePoints = unpackCodePoints();
  const starts = new Uint32Array(codePoints.length + 1);
  const slots = new Uint16Array(0x10000);
  const sequence: number[] = [];
  const read = digitReader(NAMES);
  const shape = digitReader(SHAPES);
  const shapes = Array.from({ length: SHAPES.length / 2 }, () => [shape(), shape()] as const);
  let nextRare = ONE_DIGIT_WORDS + TWO_DIGIT_WORDS;
  for (let name = 0; name < codePoints.length; name++) {
    const [shared, own] = shapes[read()] ?? [0, 0];
    const start = sequence.length;
    const before = starts[Math.max(0, name - 1)] ?? 0;
    for (let i = 0; i < shared; i++) sequence.push(sequence[before + i] ?? 0);
    for (let i = 0; i < own; i++) {
      const digit = read();
      if (digit === 0) sequence.push(nextRare++);
      else if (digit <= ONE_DIGIT_WORDS) sequence.push(digit - 1);
      else sequence.push((digit - ONE_DIGIT_WORDS - 1) * BASE + read() + ONE_DIGIT_WORDS);
    }
    starts[name] = start;
    let slot = hashOf(sequence.slice(start));
    while (slots[slot] !== 0) slot = (slot + 1) & 0xffff;
    slots[slot] = name + 1;
  }
  starts[codePoints.length] = sequence.length;
  return { words, sequence: Uint16Array.from(sequence), starts, codePoints, slots };
}

/** A word is a letter for how much of the word before it starts with, and its rest. */
function unpackWords(): Map<string, number> {
  const words = new Map<string, number>();
  let word = "";
  for (const [entry] of WORDS.matchAll(/[a-z][^a-z]*/g)) {
    word = word.slice(0, entry.charCodeAt(0) - 97) + entry.slice(1);
    words.set(word.startsWith("-") ? word : ` ${word}`, words.size);
  }
  return words;
}

/** Runs of code points: the distance from the last one, and how many follow. */
function unpackCodePoints(): Uint32Array {
  const codePoints: number[] = [];
  const digit = digitReader(CODE_POINTS.text);
  const read = (): number => {
    const first = digit();
    return first < 60 ? first : first + (BASE - 60) * read();
  };
  let codePoint = 0;
  while (codePoints.length < CODE_POINTS.count) {
    codePoint = (codePoint + read()) % 0x110000;
    for (let more = read(); more >= 0; more--) codePoints.push(codePoint++);
  }
  return Uint32Array.from(codePoints);
}

const BASE = 93;

/** Digits are the printable ASCII characters but `"` and `\`. */
function digitReader(text: string): () => number {
  let position = 0;
  return () => {
    const character = text.charCodeAt(position++);
    return character - 32 - (character > 34 ? 1 : 0) - (character > 92 ? 1 : 0);
  };
}
