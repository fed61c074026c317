/** Numeric literals ("Lexical analysis": integer, floating-point and imaginary literals). */
import type { SyntaxReason } from "../refusal.js";
import { addToken, fail, type Scanner } from "./scanner.js";
import { T } from "./tokens.js";
import { isIdentifierContinue, isIdentifierStart } from "./unicode.js";

/** What may follow a number at once, though it is a name: `1if x else y`. */
const FOLLOWING_KEYWORDS = ["and", "else", "for", "if", "in", "is", "not", "or"];

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** Adds the number at `start`; gives its end, or -1 where it is malformed. */
export function scanNumber(s: Scanner, start: number): number {
  const { source } = s;
  let i = start;
  let c = source.charCodeAt(i);
  if (c === 48) {
    const letter = source.charCodeAt(i + 1) | 32;
    if (letter === 120) return scanRadix(s, start, 16, "invalid-hexadecimal");
    if (letter === 111) return scanRadix(s, start, 8, "invalid-octal");
    if (letter === 98) return scanRadix(s, start, 2, "invalid-binary");
  }
  let isInteger = true;
  if (c !== 46) {
    i = scanDigits(s, i);
    if (i < 0) return -1;
    c = source.charCodeAt(i);
  }
  if (c === 46) {
    isInteger = false;
    c = source.charCodeAt(++i);
    if (isDigit(c)) {
      i = scanDigits(s, i);
      if (i < 0) return -1;
      c = source.charCodeAt(i);
    }
  }
  if ((c | 32) === 101) {
    const sign = source.charCodeAt(i + 1);
    const first = sign === 43 || sign === 45 ? i + 2 : i + 1;
    if (isDigit(source.charCodeAt(first))) {
      isInteger = false;
      i = scanDigits(s, first);
      if (i < 0) return -1;
      c = source.charCodeAt(i);
    } else if (first === i + 2) return fail(s, "invalid-decimal", [], i, i + 1);
  }
  if ((c | 32) === 106) {
    isInteger = false;
    i++;
    return endNumber(s, start, i, "invalid-imaginary");
  }
  if (isInteger && hasLeadingZero(source, start, i)) {
    return fail(s, "leading-zeros", [], start, i);
  }
  return endNumber(s, start, i, "invalid-decimal");
}

/** `digit (["_"] digit)*`; gives the end, or -1 where an underscore stands alone. */
function scanDigits(s: Scanner, start: number): number {
  const { source } = s;
  let i = start;
  for (;;) {
    while (isDigit(source.charCodeAt(i))) i++;
    if (source.charCodeAt(i) !== 95) return i;
    i++;
    if (!isDigit(source.charCodeAt(i))) return fail(s, "invalid-decimal", [], i - 1, i);
  }
}

/** `0` before other digits, unless all of them are zeros. */
function hasLeadingZero(source: string, start: number, end: number): boolean {
  if (source.charCodeAt(start) !== 48) return false;
  for (let i = start + 1; i < end; i++) {
    const c = source.charCodeAt(i);
    if (c !== 48 && c !== 95) return true;
  }
  return false;
}

function digitValue(c: number): number {
  if (isDigit(c)) return c - 48;
  const letter = c | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : 99;
}

function scanRadix(s: Scanner, start: number, radix: number, reason: SyntaxReason): number {
  const { source } = s;
  let i = start + 2;
  for (;;) {
    if (source.charCodeAt(i) === 95) i++;
    const c = source.charCodeAt(i);
    if (digitValue(c) >= radix) {
      if (isDigit(c)) {
        const digit = source.charAt(i);
        const kind = radix === 8 ? "octal" : "binary";
        return fail(s, "invalid-digit", [digit, kind], i, i + 1);
      }
      return fail(s, reason, [], Math.max(i - 1, start), i);
    }
    while (digitValue(source.charCodeAt(i)) < radix) i++;
    const next = source.charCodeAt(i);
    if (isDigit(next)) {
      const kind = radix === 8 ? "octal" : "binary";
      return fail(s, "invalid-digit", [source.charAt(i), kind], i, i + 1);
    }
    if (next !== 95) return endNumber(s, start, i, reason);
  }
}

/** A number ends before a name only where that is one of a few keywords. */
function endNumber(s: Scanner, start: number, end: number, reason: SyntaxReason): number {
  const { source } = s;
  const c = source.codePointAt(end) ?? 0;
  if (isIdentifierStart(c) || (c >= 128 && isIdentifierContinue(c))) {
    const follows = FOLLOWING_KEYWORDS.some((keyword) => source.startsWith(keyword, end));
    if (!follows) return fail(s, reason, [], end - 1, end);
  }
  addToken(s, T.Number, start, end, 0);
  return end;
}
