/**
 * What Python asks of a character: may it stand in an identifier, is it printable, what is its
 * NFKC form. The tables are Unicode 16.0, the library's own, so that no result depends on the
 * machine (normal form, law 7). They are unpacked at the first character beyond ASCII.
 */
import { CharacterClass } from "./character-class.js";
import {
  lastAtMost,
  mayCompose,
  type Normalization,
  pairKey,
  type Runs,
  unpackClasses,
  unpackNormalization,
  valueAt,
} from "./unicode-tables.js";

/** XID_Start or `_`: `str.isidentifier` of the character alone (PEP 3131). */
export function isIdentifierStart(codePoint: number): boolean {
  if (codePoint < 128) return isAsciiLetter(codePoint) || codePoint === 95;
  return classOf(codePoint) === CharacterClass.Start;
}

/** XID_Continue: may follow in an identifier (PEP 3131). */
export function isIdentifierContinue(codePoint: number): boolean {
  if (codePoint < 128) {
    return isAsciiLetter(codePoint) || codePoint === 95 || (codePoint >= 48 && codePoint <= 57);
  }
  return classOf(codePoint) >= CharacterClass.UnprintableContinue;
}

/** `str.isprintable` of the character: not Cc, Cf, Cs, Co, Cn, Zl, Zp nor Zs, but a space. */
export function isPrintable(codePoint: number): boolean {
  if (codePoint < 128) return codePoint >= 32 && codePoint < 127;
  const found = classOf(codePoint);
  return found !== CharacterClass.Unprintable && found !== CharacterClass.UnprintableContinue;
}

/**
 * The NFKC form of any text (UAX #15): compatibility decomposition, marks in canonical order,
 * canonical composition. Unpaired surrogates and characters that Unicode 16.0 does not assign
 * stay as they are.
 */
export function toNfkc(text: string): string {
  let i = 0;
  while (i < text.length && text.charCodeAt(i) < 128) i++;
  if (i === text.length) return text;
  normalization ??= unpackNormalization();
  const { stable } = normalization;
  while (i < text.length && stable[text.charCodeAt(i)] === 1) i++;
  return i === text.length ? text : normalize(text, normalization);
}

/** The NFKD form of any text: as `toNfkc`, without composition. Of a text in NFKC it is also NFD. */
export function toNfkd(text: string): string {
  normalization ??= unpackNormalization();
  const parts: number[] = [];
  for (const char of text) decompose(normalization, char.codePointAt(0) ?? 0, parts);
  orderMarks(normalization.combining, parts);
  return textOf(parts);
}

let classes: Runs | undefined;
let normalization: Normalization | undefined;

function isAsciiLetter(codePoint: number): boolean {
  const lower = codePoint | 32;
  return lower >= 97 && lower <= 122;
}

function classOf(codePoint: number): number {
  classes ??= unpackClasses();
  return valueAt(classes, codePoint);
}

/** A stretch at a time: from a code point that composes with none before it to the next such. */
function normalize(text: string, tables: Normalization): string {
  let normal = "";
  const composed: number[] = [];
  let stretch: number[] = [];
  const parts: number[] = [];
  for (let i = 0; i < text.length; ) {
    const codePoint = text.codePointAt(i) ?? 0;
    i += codePoint > 0xffff ? 2 : 1;
    parts.length = 0;
    decompose(tables, codePoint, parts);
    for (const part of parts) {
      if (stretch.length > 0 && (tables.stable[part] === 1 || !mayCompose(tables, part))) {
        compose(tables, stretch, composed);
        stretch = [];
      }
      stretch.push(part);
    }
    if (composed.length >= MOST_ARGUMENTS) {
      normal += textOf(composed);
      composed.length = 0;
    }
  }
  compose(tables, stretch, composed);
  return normal + textOf(composed);
}

/** So many arguments any engine takes. */
const MOST_ARGUMENTS = 1024;

function textOf(codePoints: readonly number[]): string {
  let text = "";
  for (let i = 0; i < codePoints.length; i += MOST_ARGUMENTS) {
    text += String.fromCodePoint(...codePoints.slice(i, i + MOST_ARGUMENTS));
  }
  return text;
}

/** Adds the full compatibility decomposition of `codePoint` to `parts`. */
function decompose(tables: Normalization, codePoint: number, parts: number[]): void {
  if (codePoint < FIRST_SOURCE) {
    parts.push(codePoint);
    return;
  }
  const syllable = codePoint - S_BASE;
  if (syllable >= 0 && syllable < S_COUNT) {
    parts.push(L_BASE + Math.floor(syllable / (V_COUNT * T_COUNT)));
    parts.push(V_BASE + (Math.floor(syllable / T_COUNT) % V_COUNT));
    if (syllable % T_COUNT > 0) parts.push(T_BASE + (syllable % T_COUNT));
    return;
  }
  const { sources, offsets, targets } = tables;
  const found = lastAtMost(sources, codePoint);
  if (sources[found] !== codePoint) {
    parts.push(codePoint);
    return;
  }
  const end = offsets[found + 1] ?? 0;
  for (let i = offsets[found] ?? 0; i < end; i++) decompose(tables, targets[i] ?? 0, parts);
}

/** The first character that decomposes is the no-break space. */
const FIRST_SOURCE = 0xa0;

/** Puts the marks of a decomposed stretch in order, composes what composes, adds it to `composed`. */
function compose(tables: Normalization, stretch: number[], composed: number[]): void {
  const { combining } = tables;
  if (stretch.length > 1) orderMarks(combining, stretch);
  let starter = -1;
  let lastClass = 0;
  for (const codePoint of stretch) {
    const combiningClass = valueAt(combining, codePoint);
    // Blocked from its starter by what stands between, unless that is of a lower class.
    if (starter >= 0 && (starter === composed.length - 1 || lastClass < combiningClass)) {
      const composite = compositeOf(tables, composed[starter] ?? 0, codePoint);
      if (composite !== undefined) {
        composed[starter] = composite;
        continue;
      }
    }
    if (combiningClass === 0) starter = composed.length;
    lastClass = combiningClass;
    composed.push(codePoint);
  }
}

/** Canonical ordering: marks between two starters by combining class, otherwise as they stood. */
function orderMarks(combining: Runs, stretch: number[]): void {
  for (let start = 0; start < stretch.length; start++) {
    // Most marks stand alone, and are in order.
    if (!isMark(combining, stretch[start]) || !isMark(combining, stretch[start + 1])) continue;
    const byClass: number[][] = [];
    let end = start;
    for (; end < stretch.length; end++) {
      const mark = stretch[end] ?? 0;
      const combiningClass = valueAt(combining, mark);
      if (combiningClass === 0) break;
      byClass[combiningClass] ??= [];
      byClass[combiningClass].push(mark);
    }
    for (const mark of byClass.flat()) stretch[start++] = mark;
  }
}

function isMark(combining: Runs, codePoint = 0): boolean {
  return codePoint >= FIRST_MARK && valueAt(combining, codePoint) > 0;
}
/** The first character of another combining class than 0 is the combining grave accent. */
const FIRST_MARK = 0x300;

function compositeOf(tables: Normalization, first: number, second: number): number | undefined {
  const l = first - L_BASE;
  const v = second - V_BASE;
  if (l >= 0 && l < L_COUNT && v >= 0 && v < V_COUNT) {
    return S_BASE + (l * V_COUNT + v) * T_COUNT;
  }
  const syllable = first - S_BASE;
  const t = second - T_BASE;
  if (syllable >= 0 && syllable < S_COUNT && syllable % T_COUNT === 0 && t > 0 && t < T_COUNT) {
    return first + t;
  }
  return tables.composites.get(pairKey(first, second));
}

/** Hangul syllables are composed of jamo by arithmetic (The Unicode Standard, 3.12). */
const S_BASE = 0xac00;
const L_BASE = 0x1100;
const V_BASE = 0x1161;
const T_BASE = 0x11a7;
const L_COUNT = 19;
const V_COUNT = 21;
const T_COUNT = 28;
const S_COUNT = L_COUNT * V_COUNT * T_COUNT;
