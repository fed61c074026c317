/** Many offsets of one source text to lines and columns, in one pass over it. */
import type { Span } from "../result.js";
import type { Range } from "../syntax/ast.js";

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Gives the span of each range of `source`, as `spanOf` does. */
export function spansOf(source: string, ranges: readonly Range[]): Span[] {
  const places = placesOf(
    source,
    ranges.flatMap(({ start, end }) => [start, end]),
  );
  return ranges.map(({ start, end }) => {
    const from = places.get(start) ?? { line: 1, column: 1 };
    const to = places.get(end) ?? from;
    return {
      start,
      end,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
  });
}

/** `\r\n`, `\n` and `\r` end a line; columns count code points from 1. */
function placesOf(source: string, offsets: readonly number[]): Map<number, Place> {
  const places = new Map<number, Place>();
  let at = 0;
  let line = 1;
  let column = 1;
  for (const offset of offsets.toSorted((a, b) => a - b)) {
    while (at < offset && at < source.length) {
      const unit = source.charCodeAt(at);
      const endsLine = unit === 10 || (unit === 13 && source.charCodeAt(at + 1) !== 10);
      if (endsLine) {
        line += 1;
        column = 1;
      } else if (unit < 0xdc00 || unit > 0xdfff) {
        column += 1;
      }
      at += 1;
    }
    places.set(offset, { line, column });
  }
  return places;
}
