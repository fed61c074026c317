/**
 * Python's tokenizer ("Lexical analysis" of the reference, PEP 701 for f-strings):
 * a source text to tokens, with INDENT, DEDENT and NEWLINE. It never throws: where
 * it cannot go on it leaves a `Failure` token and says why.
 */
import { scanNumber } from "./scan-number.js";
import { resumeTemplate, scanString, scanStringPrefix } from "./scan-string.js";
import {
  addName,
  addToken,
  addWideName,
  closeField,
  createScanner,
  fail,
  isLineEnd,
  nextHash,
  openBracket,
  releaseTable,
  type Scanner,
  templateName,
} from "./scanner.js";
import { T, type Tokens } from "./tokens.js";
import { isIdentifierContinue, isIdentifierStart, isPrintable } from "./unicode.js";

/** CPython's limit on blocks within blocks (MAXINDENT). */
const MAX_INDENTS = 100;
const TAB_SIZE = 8;

/** What a character of ASCII can begin. */
enum C {
  Invalid,
  Identifier,
  Digit,
  Quote,
  Operator,
  Space,
  LineEnd,
  Comment,
  Backslash,
  Open,
  Close,
  Dot,
}

const CLASSES = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(128);
  const set = (text: string, value: C) => {
    for (let i = 0; i < text.length; i++) table[text.charCodeAt(i)] = value;
  };
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", C.Identifier);
  set("0123456789", C.Digit);
  set("\"'", C.Quote);
  set(",:;=<>+-*/%@&|^~!", C.Operator);
  set(" \t\f", C.Space);
  set("\n\r", C.LineEnd);
  set("#", C.Comment);
  set("\\", C.Backslash);
  set("([{", C.Open);
  set(")]}", C.Close);
  set(".", C.Dot);
  return table;
}

/** Splits `source` into tokens, in one pass. */
export function tokenize(source: string): Tokens {
  const scanner = createScanner(source);
  scan(scanner);
  releaseTable(scanner);
  return scanner;
}

/** Widths of the open blocks, counting a tab as up to eight columns, and as one. */
interface Indentation {
  readonly columns: number[];
  readonly narrowColumns: number[];
}

function scan(s: Scanner): void {
  const { source } = s;
  const length = source.length;
  const indentation: Indentation = { columns: [0], narrowColumns: [0] };
  let atLineStart = true;
  let hasTokenOnLine = false;
  // A byte order mark is no part of the text.
  let i = length > 0 && source.charCodeAt(0) === 0xfeff ? 1 : 0;

  for (;;) {
    if (atLineStart) {
      atLineStart = false;
      i = scanIndentation(s, indentation, i);
      if (i < 0) return;
    }
    if (i >= length) break;
    const start = i;
    const c = source.charCodeAt(i);
    switch (c < 128 ? CLASSES[c] : C.Identifier) {
      case C.Space:
        i++;
        continue;
      case C.LineEnd:
        i += c === 13 && source.charCodeAt(i + 1) === 10 ? 2 : 1;
        if (s.brackets.length > 0) continue;
        if (hasTokenOnLine) addToken(s, T.Newline, start, i, 0);
        hasTokenOnLine = false;
        atLineStart = true;
        continue;
      case C.Comment:
        i = endOfLine(source, i);
        continue;
      case C.Backslash:
        i = scanContinuation(s, i);
        break;
      case C.Identifier: {
        let hash = 0;
        let d = c;
        while (d < 128 && isNameCharacter(d)) {
          hash = nextHash(hash, d);
          d = source.charCodeAt(++i);
        }
        hasTokenOnLine = true;
        if (d >= 128) i = scanWideIdentifier(s, start);
        else if ((d === 34 || d === 39) && i - start <= 3) i = scanPrefixed(s, start, i, hash);
        else addName(s, start, i, hash);
        break;
      }
      case C.Digit:
        hasTokenOnLine = true;
        i = scanNumber(s, i);
        break;
      case C.Dot:
        hasTokenOnLine = true;
        i = scanDot(s, i);
        break;
      case C.Quote:
        hasTokenOnLine = true;
        i = scanString(s, start, i, 0);
        break;
      case C.Open:
        hasTokenOnLine = true;
        i++;
        if (!openBracket(s, openingKind(c), start)) return;
        break;
      case C.Close:
        hasTokenOnLine = true;
        i = closeBracket(s, start, c);
        break;
      case C.Operator:
        hasTokenOnLine = true;
        i = scanOperator(s, i, c);
        break;
      default:
        hasTokenOnLine = true;
        i = scanOther(s, start);
    }
    if (i < 0) return;
  }
  finish(s, indentation, hasTokenOnLine);
}

/** At the end of the text: closes the line and the blocks, unless a bracket is open. */
function finish(s: Scanner, indentation: Indentation, hasTokenOnLine: boolean): void {
  const { length } = s.source;
  const open = s.brackets[s.brackets.length - 1];
  if (open !== undefined) {
    if (s.templates.length > 0) {
      fail(s, "template-expecting-brace", [templateName(s)], open, open + 1);
    } else fail(s, "never-closed", [s.source.charAt(open)], open, open + 1);
    return;
  }
  if (hasTokenOnLine) addToken(s, T.Newline, length, length, 0);
  for (let i = indentation.columns.length; i > 1; i--) addToken(s, T.Dedent, length, length, 0);
  addToken(s, T.End, length, length, 0);
}

/** At the start of a line: adds INDENT and DEDENT; gives where the line's text begins, or -1. */
function scanIndentation(s: Scanner, indentation: Indentation, start: number): number {
  const { source } = s;
  let column = 0;
  let narrow = 0;
  let i = start;
  let c = source.charCodeAt(i);
  for (; ; c = source.charCodeAt(++i)) {
    if (c === 32) {
      column++;
      narrow++;
    } else if (c === 9) {
      column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE;
      narrow++;
    } else if (c === 12) {
      column = 0;
      narrow = 0;
    } else if (c === 92 && isLineEnd(source, i + 1)) {
      // The line goes on below; its indentation is that of its first part, if there is one.
      const next = scanContinuation(s, i);
      if (next < 0 || column > 0) {
        i = next;
        break;
      }
      i = next - 1;
    } else break;
  }
  if (i < 0 || i >= source.length || c === 35 || c === 10 || c === 13) return i;
  return changeIndentation(s, indentation, start, i, column, narrow) ? i : -1;
}

function changeIndentation(
  s: Scanner,
  { columns, narrowColumns }: Indentation,
  start: number,
  end: number,
  column: number,
  narrow: number,
): boolean {
  const width = columns[columns.length - 1] ?? 0;
  const narrowWidth = narrowColumns[narrowColumns.length - 1] ?? 0;
  if (column > width) {
    if (columns.length >= MAX_INDENTS) {
      fail(s, "too-many-indents", [], start, end);
      return false;
    }
    if (narrow <= narrowWidth) {
      fail(s, "inconsistent-tabs", [], start, end);
      return false;
    }
    columns.push(column);
    narrowColumns.push(narrow);
    addToken(s, T.Indent, start, end, 0);
    return true;
  }
  if (column < width) {
    while (column < (columns[columns.length - 1] ?? 0)) {
      columns.pop();
      narrowColumns.pop();
      addToken(s, T.Dedent, end, end, 0);
    }
    if (column !== columns[columns.length - 1]) {
      fail(s, "unindent-mismatch", [], start, end);
      return false;
    }
  }
  if (narrow !== narrowColumns[narrowColumns.length - 1]) {
    fail(s, "inconsistent-tabs", [], start, end);
    return false;
  }
  return true;
}

/** After the backslash at `at`: the start of the line that it joins, or -1. */
function scanContinuation(s: Scanner, at: number): number {
  const { source } = s;
  if (!isLineEnd(source, at + 1)) {
    if (at + 1 >= source.length) return fail(s, "unexpected-eof", [], at, at + 1);
    return fail(s, "continuation-character", [], at + 1, at + 2);
  }
  const next =
    source.charCodeAt(at + 1) === 13 && source.charCodeAt(at + 2) === 10 ? at + 3 : at + 2;
  return next < source.length ? next : fail(s, "unexpected-eof", [], at, at + 1);
}

function isNameCharacter(c: number): boolean {
  const kind = CLASSES[c];
  return kind === C.Identifier || kind === C.Digit;
}

/** Letters before a quote: a prefix of the string, or a name. */
function scanPrefixed(s: Scanner, start: number, quote: number, hash: number): number {
  const flags = scanStringPrefix(s.source, start, quote);
  if (flags >= 0) return scanString(s, start, quote, flags);
  if (flags === -2) return failPrefix(s, start, quote);
  addName(s, start, quote, hash);
  return quote;
}

function scanDot(s: Scanner, i: number): number {
  const { source } = s;
  const next = source.charCodeAt(i + 1);
  if (next >= 48 && next <= 57) return scanNumber(s, i);
  if (next === 46 && source.charCodeAt(i + 2) === 46) {
    addToken(s, T.Ellipsis, i, i + 3, 0);
    return i + 3;
  }
  addToken(s, T.Dot, i, i + 1, 0);
  return i + 1;
}

function openingKind(c: number): T {
  return c === 40 ? T.LeftParen : c === 91 ? T.LeftBracket : T.LeftBrace;
}

function closingKind(c: number): T {
  return c === 41 ? T.RightParen : c === 93 ? T.RightBracket : T.RightBrace;
}

function closeBracket(s: Scanner, at: number, c: number): number {
  const bracket = s.source.charAt(at);
  const isField = s.brackets.length === s.fieldDepth;
  const open = s.brackets.pop();
  if (open === undefined) return fail(s, "unmatched-bracket", [bracket], at, at + 1);
  // ( ) are 40 41; [ ] are 91 93; { } are 123 125.
  const opening = s.source.charCodeAt(open);
  if (c - opening !== (opening === 40 ? 1 : 2)) {
    if (isField)
      return fail(s, "template-unmatched-bracket", [templateName(s), bracket], at, at + 1);
    const sameLine = !/[\r\n]/.test(s.source.slice(open, at));
    const reason = sameLine ? "mismatched-bracket" : "mismatched-bracket-on-line";
    return fail(s, reason, [bracket, s.source.charAt(open), open], at, at + 1);
  }
  addToken(s, closingKind(c), at, at + 1, 0);
  if (!isField) return at + 1;
  closeField(s);
  // Within the format specification of another field, or in the template's own text.
  return resumeTemplate(s, at + 1, s.fieldDepth >= 0);
}

/** The operators of two and three characters, by their text. */
const OPERATORS: ReadonlyMap<string, T> = new Map([
  ["->", T.Arrow],
  [":=", T.Walrus],
  ["==", T.Equal],
  ["!=", T.NotEqual],
  ["<>", T.Unequal],
  ["<=", T.LessEqual],
  [">=", T.GreaterEqual],
  ["**", T.DoubleStar],
  ["//", T.DoubleSlash],
  ["<<", T.LeftShift],
  [">>", T.RightShift],
  ["+=", T.PlusAssign],
  ["-=", T.MinusAssign],
  ["*=", T.StarAssign],
  ["**=", T.DoubleStarAssign],
  ["/=", T.SlashAssign],
  ["//=", T.DoubleSlashAssign],
  ["%=", T.PercentAssign],
  ["@=", T.AtAssign],
  ["&=", T.AmpersandAssign],
  ["|=", T.BarAssign],
  ["^=", T.CaretAssign],
  ["<<=", T.LeftShiftAssign],
  [">>=", T.RightShiftAssign],
]);
const SINGLES = singles();

function singles(): Uint8Array {
  const table = new Uint8Array(128);
  const kinds: readonly (readonly [string, T])[] = [
    [",", T.Comma],
    [":", T.Colon],
    [";", T.Semicolon],
    ["=", T.Assign],
    ["<", T.Less],
    [">", T.Greater],
    ["+", T.Plus],
    ["-", T.Minus],
    ["*", T.Star],
    ["/", T.Slash],
    ["%", T.Percent],
    ["@", T.At],
    ["&", T.Ampersand],
    ["|", T.Bar],
    ["^", T.Caret],
    ["~", T.Tilde],
    ["!", T.Exclamation],
  ];
  for (const [text, kind] of kinds) table[text.charCodeAt(0)] = kind;
  return table;
}

function scanOperator(s: Scanner, i: number, c: number): number {
  const { source } = s;
  const next = source.charCodeAt(i + 1);
  if (s.fieldDepth >= 0 && s.brackets.length === s.fieldDepth) {
    if (c === 58) {
      addToken(s, T.Colon, i, i + 1, 0);
      return resumeTemplate(s, i + 1, true);
    }
    if (c === 33 && next !== 61) {
      addToken(s, T.Exclamation, i, i + 1, 0);
      return i + 1;
    }
  }
  // Only `*`, `/`, `<`, `=` and `>` are the second character of an operator.
  if (next === 61 || next === 62 || next === 42 || next === 47 || next === 60) {
    const length = source.charCodeAt(i + 2) === 61 ? 3 : 2;
    const long = length === 3 ? OPERATORS.get(source.slice(i, i + 3)) : undefined;
    const kind = long ?? OPERATORS.get(source.slice(i, i + 2));
    if (kind !== undefined) {
      const end = long === undefined ? i + 2 : i + 3;
      addToken(s, kind, i, end, 0);
      return end;
    }
  }
  const kind = SINGLES[c] ?? T.Unknown;
  addToken(s, kind, i, i + 1, 0);
  return i + 1;
}

/** An identifier with characters beyond ASCII (PEP 3131); gives its end, or -1. */
function scanWideIdentifier(s: Scanner, start: number): number {
  const { source } = s;
  let i = start;
  while (i < source.length) {
    const point = source.codePointAt(i) ?? 0;
    if (!(i === start ? isIdentifierStart(point) : isIdentifierContinue(point))) {
      if (point < 128) break;
      return failCharacter(s, i);
    }
    i += point > 0xffff ? 2 : 1;
  }
  addWideName(s, start, i);
  return i;
}

/** A character that begins no token. */
function scanOther(s: Scanner, at: number): number {
  if (!isPrintable(s.source.charCodeAt(at))) return failCharacter(s, at);
  addToken(s, T.Unknown, at, at + 1, 0);
  return at + 1;
}

function failCharacter(s: Scanner, at: number): number {
  const point = s.source.codePointAt(at) ?? 0;
  const end = at + (point > 0xffff ? 2 : 1);
  const code = point.toString(16).toUpperCase().padStart(4, "0");
  if (!isPrintable(point)) return fail(s, "invalid-non-printable", [code], at, end);
  return fail(s, "invalid-character", [String.fromCodePoint(point), code], at, end);
}

/** String prefixes that exclude each other. */
const INCOMPATIBLE = ["ub", "ur", "uf", "ut", "bf", "bt", "ft"];

function failPrefix(s: Scanner, start: number, end: number): number {
  const letters = s.source.slice(start, end).toLowerCase();
  const pair =
    INCOMPATIBLE.find((p) => letters.includes(p.charAt(0)) && letters.includes(p.charAt(1))) ?? "";
  return fail(s, "incompatible-prefixes", [pair.charAt(0), pair.charAt(1)], start, end);
}

/** The offset of the first line end at or after `i`. */
function endOfLine(source: string, i: number): number {
  let end = i;
  while (end < source.length && !isLineEnd(source, end)) end++;
  return end;
}
