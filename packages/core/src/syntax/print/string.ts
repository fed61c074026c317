/**
 * Strings as Python's `repr` and its unparser write them: which quotes are
 * taken and what is escaped.
 */
import type { Text } from "../ast.js";
import { isPrintable } from "../unicode.js";

/** The quote styles in the order of preference, and each as a bit. */
export const QUOTES = ["'", '"', '"""', "'''"] as const;
const TRIPLE_DOUBLE = 2;
const TRIPLE_SINGLE = 3;

/** A set of quote styles in the order of preference: indices of `QUOTES`. */
export type Styles = readonly number[];
export const ALL_STYLES: Styles = [0, 1, TRIPLE_DOUBLE, TRIPLE_SINGLE];
/** Docstrings, and what spans lines. */
export const TRIPLE_STYLES: Styles = [TRIPLE_DOUBLE, TRIPLE_SINGLE];

/** What a text holds: one bit for each style of `QUOTES`, and one for a line break. */
export const MARK_LINE_BREAK = 1 << QUOTES.length;

const SINGLE = 0x27;
const DOUBLE = 0x22;
const BACKSLASH = 0x5c;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Python's `repr` of a `str`. */
export function reprText(value: Text): string {
  if (typeof value === "string" && isPlain(value)) return `'${value}'`;
  const quote = preferredQuote(value);
  const mark = quote === SINGLE ? "'" : '"';
  return mark + escapeText(value, quote, false) + mark;
}

/** Python's `repr` of a `bytes` object, each byte one code unit of `value`. */
export function reprBytes(value: string): string {
  if (isPlain(value)) return `b'${value}'`;
  const quote = preferredQuote(value);
  const mark = quote === SINGLE ? "'" : '"';
  let text = "";
  for (let i = 0; i < value.length; i += 1) {
    const code = value.charCodeAt(i);
    const plain = code >= 0x20 && code < 0x7f && code !== BACKSLASH && code !== quote;
    text += plain ? value.charAt(i) : escapeCharacter(code);
  }
  return `b${mark}${text}${mark}`;
}

/** A docstring: in triple quotes, line breaks and tabs as they are, the rest as in `fitQuotes`. */
export function docstringText(value: Text): string {
  const fit = fitQuotes(value, TRIPLE_STYLES, true);
  const quote = QUOTES[fit.styles[0] ?? TRIPLE_DOUBLE] ?? "";
  return quote + fit.text + quote;
}

/**
 * Writes `value` so that quotes need no escape, and says which of `styles` can
 * hold it. Where none can, it is escaped as `repr` does and the one style named
 * is after `repr`'s quote; that may be none of `styles`.
 */
export function fitQuotes(
  value: Text,
  styles: Styles,
  keepsWhitespace: boolean,
): { readonly text: string; readonly styles: Styles } {
  const text = escapeText(value, 0, keepsWhitespace);
  const marks = marksOf(text);
  if (marks === 0) return { text, styles };
  const free = styles.filter((style) => (marks & (1 << style)) === 0);
  if (free.length === 0) {
    const quoted = reprText(value);
    const mark = quoted.charAt(0);
    const style = styles.find((candidate) => QUOTES[candidate]?.startsWith(mark));
    return { text: quoted.slice(1, -1), styles: [style ?? (mark === "'" ? 0 : 1)] };
  }
  const last = text.charAt(text.length - 1);
  if (last !== "'" && last !== '"') return { text, styles: free };
  // A quote at the end would run into the closing quotes: the other kind comes first.
  const other = free.filter((style) => !QUOTES[style]?.startsWith(last));
  if (other.length === 0) return { text: `${text.slice(0, -1)}\\${last}`, styles: free };
  return { text, styles: [...other, ...free.filter((style) => !other.includes(style))] };
}

/** A part of an f-string in `'''` whose parts fit no common style. */
export function tripleSingleText(value: Text): string {
  return escapeText(value, SINGLE, false);
}

/** Which quote styles stand in `text`, and whether a line break does. */
export function marksOf(text: string): number {
  let marks = text.includes("\n") ? MARK_LINE_BREAK : 0;
  if (text.includes("'")) marks |= text.includes("'''") ? 0b1001 : 0b0001;
  if (text.includes('"')) marks |= text.includes('"""') ? 0b0110 : 0b0010;
  return marks;
}

/** Whether each character is printable ASCII and neither `'` nor `\`. */
function isPlain(value: string): boolean {
  for (let i = 0; i < value.length; i += 1) {
    const code = value.charCodeAt(i);
    if (code < 0x20 || code > 0x7e || code === SINGLE || code === BACKSLASH) return false;
  }
  return true;
}

function preferredQuote(value: Text): number {
  if (typeof value === "string") {
    return value.includes("'") && !value.includes('"') ? DOUBLE : SINGLE;
  }
  return value.includes(SINGLE) && !value.includes(DOUBLE) ? DOUBLE : SINGLE;
}

/** Escapes backslashes, `quote` and what is not printable; line breaks and tabs unless kept. */
function escapeText(value: Text, quote: number, keepsWhitespace: boolean): string {
  if (typeof value !== "string") {
    return value.map((code) => codePointText(code, quote, keepsWhitespace)).join("");
  }
  let text = "";
  let from = 0;
  for (let i = 0; i < value.length; i += 1) {
    let code = value.charCodeAt(i);
    if (code >= 0x20 && code < 0x7f) {
      if (code !== BACKSLASH && code !== quote) continue;
    } else if (code === LINE_FEED || code === TAB) {
      if (keepsWhitespace) continue;
    } else if (code > 0x7f) {
      code = value.codePointAt(i) ?? code;
      if (isPrintable(code)) {
        if (code > 0xffff) i += 1;
        continue;
      }
    }
    text += value.slice(from, i) + escapeCharacter(code);
    if (code > 0xffff) i += 1;
    from = i + 1;
  }
  return from === 0 ? value : text + value.slice(from);
}

function codePointText(code: number, quote: number, keepsWhitespace: boolean): string {
  const text = String.fromCodePoint(code);
  // A lone surrogate would join the next one.
  return code >= 0xd800 && code < 0xe000
    ? escapeCharacter(code)
    : escapeText(text, quote, keepsWhitespace);
}

/** The shortest of Python's escapes for a character. */
export function escapeCharacter(code: number): string {
  switch (code) {
    case LINE_FEED:
      return "\\n";
    case CARRIAGE_RETURN:
      return "\\r";
    case TAB:
      return "\\t";
    case BACKSLASH:
      return "\\\\";
    case SINGLE:
      return "\\'";
    case DOUBLE:
      return '\\"';
  }
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${digits.padStart(4, "0")}`;
  return `\\U${digits.padStart(8, "0")}`;
}
