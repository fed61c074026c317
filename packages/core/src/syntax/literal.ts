/** The values of literals: numbers, strings with their escapes, bytes. ("Lexical analysis": literals.) */

import type { Refusal } from "../refusal.js";
import { err, ok, type Result } from "../result.js";
import type { Text } from "./ast.js";
import { characterByName } from "./character-names.js";
import { PREFIX_SHIFT, StringFlag } from "./tokens.js";

/** CPython's limit on the decimal digits of an integer (sys.int_info.default_max_str_digits). */
export const MAX_INTEGER_DIGITS = 4300;

export type NumberValue =
  | { readonly type: "int"; readonly value: number | bigint }
  | { readonly type: "float" | "complex"; readonly value: number };

/** The value of a numeric literal; `null` where it has more decimal digits than Python reads. */
export function decodeNumber(literal: string): NumberValue | null {
  const text = literal.includes("_") ? literal.replaceAll("_", "") : literal;
  const last = text.charCodeAt(text.length - 1) | 32;
  const isRadix = text.length > 1 && text.charCodeAt(0) === 48 && text.charCodeAt(1) > 57;
  if (isRadix && (text.charCodeAt(1) | 32) !== 101 && (text.charCodeAt(1) | 32) !== 106) {
    return { type: "int", value: text.length <= 13 ? Number(text) : exact(BigInt(text)) };
  }
  if (last === 106) return { type: "complex", value: Number(text.slice(0, -1)) };
  if (text.length <= 15 && isDecimal(text)) return { type: "int", value: Number(text) };
  if (!isDecimal(text)) return { type: "float", value: Number(text) };
  const digits = text.replace(/^0+/, "");
  if (digits.length > MAX_INTEGER_DIGITS) return null;
  return { type: "int", value: exact(BigInt(digits === "" ? 0 : digits)) };
}

function isDecimal(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return true;
}

/** A `number` where it is exact. */
function exact(value: bigint): number | bigint {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** The value of the string token from `start` to `end` that has `data`. */
export function decodeString(
  source: string,
  start: number,
  end: number,
  data: number,
): Result<Text, Refusal> {
  return decodeText(bodyOf(source, start, end, data), data);
}

/** The text of the template's middle from `start` to `end` that has `data`. */
export function decodeMiddle(
  source: string,
  start: number,
  end: number,
  data: number,
): Result<Text, Refusal> {
  const text = source.slice(start, end);
  const single = data & StringFlag.DoubledBrace ? text.replace(/\{\{|\}\}/g, undouble) : text;
  return decodeText(single, data);
}

function undouble(braces: string): string {
  return braces.charAt(0);
}

function bodyOf(source: string, start: number, end: number, data: number): string {
  const quotes = data & StringFlag.Triple ? 3 : 1;
  return source.slice(start + (data >> PREFIX_SHIFT) + quotes, end - quotes);
}

function decodeText(body: string, data: number): Result<Text, Refusal> {
  if ((data & StringFlag.Escaped) === 0) return ok(body);
  const text = withLineFeeds(body);
  return data & StringFlag.Raw || !text.includes("\\") ? ok(text) : decodeEscapes(text);
}

/** Python reads every line end as a line feed. */
function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** What one escape stands for, and where it ends; or why it is malformed. */
type Escape = { readonly point: number; readonly end: number } | Refusal;

function decodeEscapes(text: string): Result<Text, Refusal> {
  let value = "";
  /** The code points, once there is a surrogate among the escapes. */
  let points: number[] | null = null;
  let from = 0;
  for (;;) {
    const at = text.indexOf("\\", from);
    const plain = text.slice(from, at < 0 ? text.length : at);
    if (points === null) value += plain;
    else pushPoints(points, plain);
    if (at < 0) break;
    const decoded = decodeEscape(text, at);
    if ("reason" in decoded) return err(decoded);
    from = decoded.end;
    if (decoded.point < 0) continue;
    if (points === null && decoded.point >= 0xd800 && decoded.point <= 0xdfff) {
      points = [];
      pushPoints(points, value);
    }
    if (points === null) value += String.fromCodePoint(decoded.point);
    else points.push(decoded.point);
  }
  return ok(points === null ? value : textOf(points));
}

function pushPoints(points: number[], text: Text): void {
  if (typeof text !== "string") for (const point of text) points.push(point);
  else for (const character of text) points.push(character.codePointAt(0) ?? 0);
}

/** A string, unless that would join two surrogates to one character. */
function textOf(points: readonly number[]): Text {
  for (let i = 1; i < points.length; i++) {
    if (isSurrogate(points[i - 1], 0xd800) && isSurrogate(points[i], 0xdc00)) return points;
  }
  let text = "";
  for (const point of points) text += String.fromCodePoint(point);
  return text;
}

function isSurrogate(point: number | undefined, first: number): boolean {
  return point !== undefined && point >= first && point < first + 0x400;
}

/** Several texts as one. */
export function joinTexts(texts: readonly Text[]): Text {
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return only;
  const strings: string[] = [];
  let before = "";
  for (const text of texts) {
    if (typeof text !== "string" || joinsSurrogates(before, text)) return joinPoints(texts);
    strings.push(text);
    if (text !== "") before = text;
  }
  return strings.join("");
}

function joinsSurrogates(left: string, right: string): boolean {
  return (
    isSurrogate(left.charCodeAt(left.length - 1), 0xd800) &&
    isSurrogate(right.charCodeAt(0), 0xdc00)
  );
}

function joinPoints(texts: readonly Text[]): Text {
  const points: number[] = [];
  for (const text of texts) pushPoints(points, text);
  return textOf(points);
}

/** The escape at `at` of a string. A point of -1 is a line that is joined to the next. */
function decodeEscape(text: string, at: number): Escape {
  const c = text.charCodeAt(at + 1);
  switch (c) {
    case 10:
      return { point: -1, end: at + 2 };
    case 120:
      return decodeHexadecimal(text, at, 2, "truncated-x-escape");
    case 117:
      return decodeHexadecimal(text, at, 4, "truncated-u-escape");
    case 85:
      return decodeHexadecimal(text, at, 8, "truncated-U-escape");
    case 78:
      return decodeCharacterName(text, at);
    default:
      return decodeSimpleEscape(text, at, c);
  }
}

/** `\` before these is the character in the second text; before anything else it is itself. */
const SIMPLE = "\\'\"abfnrtv";
const SIMPLE_VALUES = "\\'\"\x07\b\f\n\r\t\v";

function decodeSimpleEscape(text: string, at: number, c: number): { point: number; end: number } {
  if (c >= 48 && c <= 55) {
    let end = at + 2;
    let point = c - 48;
    for (; end < at + 4; end++) {
      const digit = text.charCodeAt(end) - 48;
      if (!(digit >= 0 && digit <= 7)) break;
      point = point * 8 + digit;
    }
    return { point, end };
  }
  const simple = SIMPLE.indexOf(text.charAt(at + 1));
  return simple < 0 || at + 1 >= text.length
    ? { point: 92, end: at + 1 }
    : { point: SIMPLE_VALUES.charCodeAt(simple), end: at + 2 };
}

function decodeHexadecimal(
  text: string,
  at: number,
  digits: number,
  reason: "truncated-x-escape" | "truncated-u-escape" | "truncated-U-escape",
): Escape {
  const start = at + 2;
  let end = start;
  let point = 0;
  for (; end < start + digits; end++) {
    const value = hexadecimalValue(text.charCodeAt(end));
    if (value < 0) return refuseEscape(reason, text, at, end);
    point = point * 16 + value;
  }
  if (point > 0x10ffff) return refuseEscape("illegal-character-escape", text, at, end);
  return { point, end };
}

function hexadecimalValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const letter = c | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function decodeCharacterName(text: string, at: number): Escape {
  const close = text.charCodeAt(at + 2) === 123 ? text.indexOf("}", at + 3) : -1;
  if (close <= at + 3)
    return refuseEscape("malformed-name-escape", text, at, Math.max(close, at + 2));
  const point = characterByName(text.slice(at + 3, close));
  if (point === undefined) return refuseEscape("unknown-character-name", text, at, close + 1);
  return { point, end: close + 1 };
}

/** Positions are those of CPython's codec, which sees a character beyond ASCII as ten bytes. */
function refuseEscape(reason: Refusal["reason"], text: string, at: number, end: number): Refusal {
  const first = bytesBefore(text, at);
  return { reason, args: [first, first + bytesBefore(text.slice(at), end - at) - 1] };
}

function bytesBefore(text: string, end: number): number {
  let bytes = 0;
  for (const character of text.slice(0, end)) bytes += character < "\x80" ? 1 : 10;
  return bytes;
}

/** The value of the bytes token from `start` to `end`: one code unit for each byte. */
export function decodeBytes(
  source: string,
  start: number,
  end: number,
  data: number,
): Result<string, Refusal> {
  const text = withLineFeeds(bodyOf(source, start, end, data));
  if (hasWideCharacter(text)) return err({ reason: "bytes-not-ascii", args: [] });
  if ((data & StringFlag.Escaped) === 0 || data & StringFlag.Raw) return ok(text);
  let value = "";
  let from = 0;
  for (;;) {
    const at = text.indexOf("\\", from);
    value += text.slice(from, at < 0 ? text.length : at);
    if (at < 0) return ok(value);
    const c = text.charCodeAt(at + 1);
    if (c === 120) {
      const high = hexadecimalValue(text.charCodeAt(at + 2));
      const low = hexadecimalValue(text.charCodeAt(at + 3));
      if (high < 0 || low < 0) return err({ reason: "invalid-bytes-escape", args: [at] });
      value += String.fromCharCode(high * 16 + low);
      from = at + 4;
    } else if (c === 10) from = at + 2;
    else {
      const decoded = decodeSimpleEscape(text, at, c);
      value += String.fromCharCode(decoded.point & 0xff);
      from = decoded.end;
    }
  }
}

function hasWideCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return true;
  return false;
}
