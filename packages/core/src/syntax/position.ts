/** Offsets in a source text to lines and columns, in one pass for any number of them. */
import type { Span } from "../result.js";
import type { Range } from "./ast.js";

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Gives the span of `range` in `source`: lines and columns from 1, columns in code points. */
export function spanOf(source: string, range: Range): Span {
  const start = clamp(range.start, source);
  const end = Math.max(start, clamp(range.end, source));
  const places = placesOf(source, [start, end]);
  return spanBetween(places, start, end);
}

/** Gives the span of each of `ranges`, which lie within `source`. */
export function spansOf(source: string, ranges: readonly Range[]): Span[] {
  const offsets: number[] = [];
  for (const { start, end } of ranges) offsets.push(start, end);
  const places = placesOf(source, offsets.sort(ascending));
  return ranges.map(({ start, end }) => spanBetween(places, start, end));
}

function clamp(offset: number, source: string): number {
  return Math.min(Math.max(offset, 0), source.length);
}

function ascending(a: number, b: number): number {
  return a - b;
}

function spanBetween(places: ReadonlyMap<number, Place>, start: number, end: number): Span {
  const from = places.get(start) ?? { line: 1, column: 1 };
  const to = places.get(end) ?? from;
  const { line, column } = from;
  return { start, end, line, column, endLine: to.line, endColumn: to.column };
}

/** `offsets` ascend. `\r\n`, `\n` and `\r` each end a line, as in Python. */
function placesOf(source: string, offsets: readonly number[]): Map<number, Place> {
  const places = new Map<number, Place>();
  let at = 0;
  let line = 1;
  let column = 1;
  for (const offset of offsets) {
    for (; at < offset; at++) {
      const unit = source.charCodeAt(at);
      if (unit === 10 || (unit === 13 && source.charCodeAt(at + 1) !== 10)) {
        line += 1;
        column = 1;
      } else if (unit < 0xdc00 || unit > 0xdfff) column += 1;
    }
    places.set(offset, { line, column });
  }
  return places;
}
