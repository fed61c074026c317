/**
 * String, f-string and t-string literals ("Lexical analysis": string and bytes
 * literals, formatted string literals; PEP 701, PEP 750). A template is a start,
 * then middles and replacement fields in turn, then an end.
 */
import {
  addToken,
  closeTemplate,
  fail,
  isLineEnd,
  openField,
  openTemplate,
  type Scanner,
  type Template,
  templateName,
} from "./scanner.js";
import { PREFIX_SHIFT, StringFlag, T } from "./tokens.js";

const BACKSLASH = 92;
const LEFT_BRACE = 123;
const RIGHT_BRACE = 125;
/** Not a flag of tokens: the prefix has an `f` or a `t`. */
const TEMPLATE = 1 << 16;
const FORMATTED = 1 << 17;

/**
 * Reads the letters before a quote. Gives their flags; -1 where they are no
 * prefix but a name; -2 where each is one but they do not go together.
 */
export function scanStringPrefix(source: string, start: number, end: number): number {
  let flags = 0;
  for (let i = start; i < end; i++) {
    const flag = prefixFlag(source.charCodeAt(i) | 32);
    if (flag === 0 || (flags & flag) !== 0) return -1;
    flags |= flag;
  }
  const kinds = flags & ~StringFlag.Raw;
  const isSingle = (kinds & (kinds - 1)) === 0;
  if (!isSingle || (flags & StringFlag.Unicode && flags & StringFlag.Raw)) return -2;
  if (flags & FORMATTED) return (flags & ~FORMATTED) | TEMPLATE;
  return flags & StringFlag.Interpolated ? flags | TEMPLATE : flags;
}

function prefixFlag(letter: number): number {
  switch (letter) {
    case 98:
      return StringFlag.Bytes;
    case 114:
      return StringFlag.Raw;
    case 117:
      return StringFlag.Unicode;
    case 102:
      return FORMATTED;
    case 116:
      return StringFlag.Interpolated;
    default:
      return 0;
  }
}

/** Adds the string whose prefix is at `start` and whose quote is at `open`; gives the end, or -1. */
export function scanString(s: Scanner, start: number, open: number, flags: number): number {
  const { source } = s;
  const quote = source.charCodeAt(open);
  const triple = source.charCodeAt(open + 1) === quote && source.charCodeAt(open + 2) === quote;
  if (flags & TEMPLATE) return scanTemplate(s, start, open, flags, quote, triple);
  const body = flags | (triple ? StringFlag.Triple : 0) | ((open - start) << PREFIX_SHIFT);
  const end = triple ? endOfTripleQuoted(s, open, quote) : endOfSingleQuoted(s, open + 1, quote);
  if (end < 0) {
    const template = s.templates[s.templates.length - 1];
    if (template?.quote === quote && template.triple === triple) {
      return fail(s, "template-expecting-brace", [templateName(s)], start, start + 1);
    }
    if (triple) {
      return fail(s, "unterminated-triple-quoted", [lastLine(source)], start, source.length);
    }
    return fail(s, "unterminated-string", [~end], start, start + 1);
  }
  const escaped = s.escaped || carriageReturnFrom(s, open) < end ? StringFlag.Escaped : 0;
  addToken(s, T.String, start, end, body | escaped);
  return end;
}

/** The end of a string in one pair of quotes, or the complement of where the line ends before it. */
function endOfSingleQuoted(s: Scanner, start: number, quote: number): number {
  const { source } = s;
  const length = source.length;
  s.escaped = false;
  let i = start;
  while (i < length) {
    const c = source.charCodeAt(i);
    if (c === quote) return i + 1;
    if (c === BACKSLASH) {
      s.escaped = true;
      i++;
      if (source.charCodeAt(i) === 13 && source.charCodeAt(i + 1) === 10) i++;
    } else if (c === 10 || c === 13) return ~i;
    i++;
  }
  return ~length;
}

function endOfTripleQuoted(s: Scanner, open: number, quote: number): number {
  const { source } = s;
  const closing = quote === 34 ? '"""' : "'''";
  let i = open + 3;
  s.escaped = false;
  for (;;) {
    const close = source.indexOf(closing, i);
    if (close < 0) return -1;
    // A backslash takes the character after it along, so that a quote may not count.
    for (let at = backslashFrom(s, i); at < close; at = backslashFrom(s, i)) {
      s.escaped = true;
      i = at + 2;
    }
    if (i <= close) return close + 3;
  }
}

/** The first backslash at or after `from`, which never goes back; each is looked for once. */
function backslashFrom(s: Scanner, from: number): number {
  if (s.nextBackslash < from) {
    const found = s.source.indexOf("\\", from);
    s.nextBackslash = found < 0 ? s.source.length : found;
  }
  return s.nextBackslash;
}

function carriageReturnFrom(s: Scanner, from: number): number {
  if (s.nextCarriageReturn < from) {
    const found = s.source.indexOf("\r", from);
    s.nextCarriageReturn = found < 0 ? s.source.length : found;
  }
  return s.nextCarriageReturn;
}

function scanTemplate(
  s: Scanner,
  start: number,
  open: number,
  flags: number,
  quote: number,
  triple: boolean,
): number {
  const interpolated = (flags & StringFlag.Interpolated) !== 0;
  const raw = (flags & StringFlag.Raw) !== 0;
  if (!openTemplate(s, { start, quote, triple, raw, interpolated, fields: [] })) return -1;
  const end = triple ? open + 3 : open + 1;
  addToken(s, T.TemplateStart, start, end, flags & StringFlag.Interpolated);
  return resumeTemplate(s, end, false);
}

/**
 * Goes on in a template's own text at `start`: after its opening quote, after a
 * field, or (`specification`) after the colon of a field. Adds what there is up
 * to the next field or the end; gives where ordinary tokens go on, or -1.
 */
export function resumeTemplate(s: Scanner, start: number, specification: boolean): number {
  const { source } = s;
  const template = s.templates[s.templates.length - 1];
  if (template === undefined) return start;
  let flags = template.raw ? StringFlag.Raw : 0;
  if (specification) flags |= StringFlag.Specification;
  let i = start;
  for (; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (c === template.quote && (!template.triple || isTripleQuote(source, i))) {
      if (specification) break;
      addMiddle(s, start, i, flags);
      const end = template.triple ? i + 3 : i + 1;
      addToken(s, T.TemplateEnd, i, end, 0);
      closeTemplate(s);
      return end;
    }
    if (c === BACKSLASH) {
      flags |= StringFlag.Escaped;
      i = afterBackslash(source, i, template) - 1;
    } else if (c === LEFT_BRACE) {
      if (!specification && source.charCodeAt(i + 1) === LEFT_BRACE) {
        flags |= StringFlag.DoubledBrace;
        i++;
        continue;
      }
      addMiddle(s, start, i, flags);
      return openField(s, i) ? i + 1 : -1;
    } else if (c === RIGHT_BRACE) {
      if (specification) {
        addMiddle(s, start, i, flags);
        return i;
      }
      if (source.charCodeAt(i + 1) !== RIGHT_BRACE) {
        return fail(s, "template-single-brace", [templateName(s)], i, i + 1);
      }
      flags |= StringFlag.DoubledBrace;
      i++;
    } else if (c === 13) {
      if (!template.triple) break;
      flags |= StringFlag.Escaped;
    } else if (c === 10 && !template.triple) break;
  }
  return failUnterminated(s, template, i, specification);
}

function isTripleQuote(source: string, i: number): boolean {
  const c = source.charCodeAt(i);
  return source.charCodeAt(i + 1) === c && source.charCodeAt(i + 2) === c;
}

/** Past an escape of a template: `\N{...}` takes its braces along, and a brace is never escaped. */
function afterBackslash(source: string, i: number, template: Template): number {
  const c = source.charCodeAt(i + 1);
  if (c === LEFT_BRACE || c === RIGHT_BRACE) return i + 1;
  if (c === 78 && !template.raw && source.charCodeAt(i + 2) === LEFT_BRACE) {
    for (let j = i + 3; j < source.length; j++) {
      const d = source.charCodeAt(j);
      if (d === RIGHT_BRACE) return j + 1;
      if (d === template.quote || isLineEnd(source, j)) break;
    }
  }
  return c === 13 && source.charCodeAt(i + 2) === 10 ? i + 3 : i + 2;
}

function addMiddle(s: Scanner, start: number, end: number, flags: number): void {
  if (end > start) addToken(s, T.TemplateMiddle, start, end, flags);
}

/** An offset in the last line that has a text. */
function lastLine(source: string): number {
  return isLineEnd(source, source.length - 1) ? source.length - 1 : source.length;
}

function failUnterminated(
  s: Scanner,
  template: Template,
  at: number,
  specification: boolean,
): number {
  const name = templateName(s);
  if (specification) {
    if (isLineEnd(s.source, at)) return fail(s, "template-newline-in-format", [name], at, at + 1);
    return fail(s, "template-expecting-brace", [name], at, at + 1);
  }
  if (template.triple) {
    const length = s.source.length;
    const detected = lastLine(s.source);
    return fail(s, "unterminated-triple-quoted-template", [name, detected], template.start, length);
  }
  return fail(s, "unterminated-template", [name, at], template.start, template.start + 1);
}
