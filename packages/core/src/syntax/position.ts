/** Offsets in a source text to lines and columns. */
import type { Span } from "../result.js";
import type { Range } from "./ast.js";

/** `\r\n`, `\n` and `\r` each end a line, as in Python. */
const LINE_END = /\r\n|\n|\r/g;

/** Gives the span of `range` in `source`: lines and columns from 1, columns in code points. */
export function spanOf(source: string, range: Range): Span {
  const start = clamp(range.start, source.length);
  const end = Math.max(start, clamp(range.end, source.length));
  const first = placeOf(source, start);
  const last = placeOf(source, end);
  return {
    start,
    end,
    line: first.line,
    column: first.column,
    endLine: last.line,
    endColumn: last.column,
  };
}

function clamp(offset: number, length: number): number {
  return Math.min(Math.max(offset, 0), length);
}

function placeOf(source: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (const match of source.slice(0, offset).matchAll(LINE_END)) {
    line += 1;
    lineStart = match.index + match[0].length;
  }
  let column = 1;
  for (const _ of source.slice(lineStart, offset)) column += 1;
  return { line, column };
}
