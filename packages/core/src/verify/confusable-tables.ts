/**
 * Which characters look alike, and which scripts they are of: the library's own tables,
 * written by scripts/generate-unicode.ts and unpacked at the first name beyond ASCII.
 */
import { unpackNumbers } from "../syntax/packed-numbers.js";
import { lastAtMost } from "../syntax/unicode-tables.js";
import { LOOKALIKES, SCRIPTS } from "./confusables.generated.js";

/** The numbers of the scripts that rules name. */
export const LATIN = 0;
export const HAN = 1;
export const HIRAGANA = 2;
export const KATAKANA = 3;
export const BOPOMOFO = 4;
export const HANGUL = 5;
export const GREEK = 6;

/** The scripts of a character; none of one that is common to all, or shows nothing. */
export type Scripts = readonly number[];

export interface ConfusableTables {
  /** What a character looks like, where that is not itself. */
  readonly lookalikes: ReadonlyMap<string, string>;
  /** The scripts of the characters that look like `shape`, itself among them. */
  scriptsLike(shape: string): ReadonlySet<number>;
  /** Of characters of the same scripts it is the same list. */
  scriptsOf(codePoint: number): Scripts;
  isInvisible(codePoint: number): boolean;
}

export function confusableTables(): ConfusableTables {
  tables ??= unpackTables();
  return tables;
}
let tables: ConfusableTables | null = null;

function unpackTables(): ConfusableTables {
  const { starts, values, sets } = unpackScripts();
  // Almost every character is of the first plane.
  const plane = new Uint16Array(0x10000);
  starts.forEach((start, at) => {
    plane.fill(values[at] ?? 0, start, starts[at + 1]);
  });
  const setAt = (codePoint: number): number =>
    (codePoint < 0x10000 ? plane[codePoint] : values[lastAtMost(starts, codePoint)]) ?? 0;
  const scriptsOf = (codePoint: number): Scripts => sets[setAt(codePoint)] ?? NONE;
  const lookalikes = unpackLookalikes();
  let byShape: ReadonlyMap<string, ReadonlySet<number>> | null = null;
  const scriptsLike = (shape: string): ReadonlySet<number> => {
    byShape ??= scriptsByShape(lookalikes, scriptsOf);
    return byShape.get(shape) ?? NO_SCRIPTS;
  };
  // The set of what shows nothing is that of no script.
  const isInvisible = (codePoint: number): boolean => sets[setAt(codePoint)] === INVISIBLE;
  return { lookalikes, scriptsLike, scriptsOf, isInvisible };
}

const NONE: Scripts = [];
const INVISIBLE: Scripts = [];
const NO_SCRIPTS: ReadonlySet<number> = new Set();

/** Of what one or more characters look like: the scripts that these are of. Few names need it. */
function scriptsByShape(
  lookalikes: ReadonlyMap<string, string>,
  scriptsOf: (codePoint: number) => Scripts,
): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const [source, shape] of lookalikes) {
    const known = found.get(shape) ?? new Set();
    found.set(shape, known);
    for (const char of [source, ...(isOneCharacter(shape) ? [shape] : [])]) {
      for (const script of scriptsOf(char.codePointAt(0) ?? 0)) known.add(script);
    }
  }
  return found;
}

function isOneCharacter(text: string): boolean {
  return text.length === ((text.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
}

/** Packed as the gap from the last, and what it looks like, less the same of the last. */
function unpackLookalikes(): Map<string, string> {
  const read = unpackNumbers(LOOKALIKES);
  const found = new Map<string, string>();
  let next = 0;
  let last: number[] = [];
  for (let entries = read(0); entries > 0; entries -= 1) {
    const source = next + read(1);
    const target: number[] = [];
    for (let length = read(2); target.length < length; ) {
      const step = read(3 + Math.min(target.length, 1));
      const before = last[target.length] ?? 0;
      target.push(before + (step % 2 === 0 ? step : -step - 1) / 2);
    }
    found.set(String.fromCodePoint(source), String.fromCodePoint(...target));
    next = source + 1;
    last = target;
  }
  return found;
}

/** Packed as runs: the number of a set and a length, and after a number that is new the set. */
function unpackScripts(): {
  readonly starts: Int32Array;
  readonly values: readonly number[];
  readonly sets: readonly Scripts[];
} {
  const read = unpackNumbers(SCRIPTS);
  const starts: number[] = [];
  const values: number[] = [];
  const sets: Scripts[] = [NONE];
  let next = 0;
  for (let runs = read(0); runs > 0; runs -= 1) {
    const value = read(1);
    starts.push(next);
    values.push(value);
    next += read(2);
    if (value < sets.length) continue;
    const members = Array.from({ length: read(3) }, () => read(4));
    sets.push(members.length === 0 ? INVISIBLE : members);
  }
  return { starts: Int32Array.from(starts), values, sets };
}
