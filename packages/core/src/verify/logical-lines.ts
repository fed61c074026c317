/**
 * The logical lines of a text that may be no Python: where statements may begin. Strings,
 * brackets and backslashes join lines (Python reference, 2.1.5 and 2.1.6).
 */
import type { Range } from "../syntax/ast.js";

/** Gives each logical line without its line end. */
export function logicalLines(source: string): Range[] {
  const lines: Range[] = [];
  for (let at = 0; at < source.length; ) {
    const end = endOfLogicalLine(source, at);
    lines.push({ start: at, end });
    at = end + (source.startsWith("\r\n", end) ? 2 : 1);
  }
  return lines;
}

function endOfLogicalLine(source: string, start: number): number {
  let depth = 0;
  // A line for the shell has quotes and brackets of its own: only a backslash goes on.
  let isForeign = beginsAt(/[ \t\f]*[%!?,;/]/y, source, start);
  for (let at = start; at < source.length; ) {
    const char = source[at] ?? "";
    if (char === "\n" || char === "\r") {
      if (isForeign || depth === 0) return at;
      at += 1;
    } else if (char === "\\") {
      at += source.startsWith("\r\n", at + 1) ? 3 : 2;
    } else if (isForeign) {
      at += 1;
    } else if (char === "#") {
      at = endOfLine(source, at);
    } else if (char === '"' || char === "'") {
      at = endOfString(source, at, char);
    } else {
      if (OPEN.includes(char)) depth += 1;
      if (CLOSE.includes(char)) depth = Math.max(0, depth - 1);
      // `names = !ls`
      isForeign = char === "=" && depth === 0 && beginsAt(/[ \t]*[%!](?!=)/y, source, at + 1);
      at += 1;
    }
  }
  return source.length;
}

const OPEN = "([{";
const CLOSE = ")]}";

function beginsAt(pattern: RegExp, source: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(source);
}

/** The offset of the line end that follows, or of the end of the text. */
export function endOfLine(source: string, start: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = start;
  return found.exec(source)?.index ?? source.length;
}

/** The offset behind a string. One that does not end goes to the end of its line, or of the text. */
export function endOfString(source: string, start: number, quote: "'" | '"'): number {
  const long = quote === "'" ? "'''" : '"""';
  const end = source.startsWith(long, start) ? long : quote;
  const mark = MARKS[end];
  mark.lastIndex = start + end.length;
  for (let found = mark.exec(source); found !== null; found = mark.exec(source)) {
    if (found[0] === end) return mark.lastIndex;
    if (found[0] !== "\\") return found.index;
    mark.lastIndex += source.startsWith("\r\n", mark.lastIndex) ? 2 : 1;
  }
  return source.length;
}

/** What is looked for in a string that ends so. */
const MARKS = {
  "'": /[\\'\r\n]/g,
  '"': /[\\"\r\n]/g,
  "'''": /\\|'''/g,
  '"""': /\\|"""/g,
} as const;
