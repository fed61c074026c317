/**
 * A change of a text that was made in another layout of it, brought back: the lines that
 * the change does not concern stay as they were written.
 */

/**
 * `before` is `text` in another layout, and `after` is what it was changed to. Gives
 * `text` with that change; `null` where the lines of the two do not answer to each
 * other. Blank lines may differ.
 */
export function patchLines(text: string, before: string, after: string): string | null {
  const own = splitLines(text);
  const old = splitLines(before);
  const changed = splitLines(after);
  if (own.filled.length !== old.filled.length) return null;
  const most = Math.min(old.filled.length, changed.filled.length);
  let first = 0;
  while (first < most && isSame(old, first, changed, first)) first += 1;
  let last = 0;
  const isSameFromEnd = () =>
    isSame(old, old.filled.length - 1 - last, changed, changed.filled.length - 1 - last);
  while (last < most - first && isSameFromEnd()) last += 1;
  const put = rangeOf(changed, first, last);
  const taken = rangeOf(own, first, last);
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = [
    ...own.lines.slice(0, taken.start),
    ...reindent(changed.lines.slice(put.start, put.end), own, old, first),
    ...own.lines.slice(taken.end),
  ];
  return lines.join(end) + (lines.at(-1) === "" ? "" : end);
}

interface Lines {
  readonly lines: readonly string[];
  /** The indices of those that are not blank. */
  readonly filled: readonly number[];
}

function splitLines(text: string): Lines {
  const lines = text.split(/\r?\n/);
  return { lines, filled: lines.flatMap((line, index) => (line.trim() === "" ? [] : [index])) };
}

function isSame(a: Lines, atA: number, b: Lines, atB: number): boolean {
  return lineOf(a, atA) === lineOf(b, atB);
}

/** From the line after the first `first` filled ones to the line before the last `last` ones. */
function rangeOf({ filled }: Lines, first: number, last: number): { start: number; end: number } {
  const start = first === 0 ? 0 : (filled[first - 1] ?? 0) + 1;
  const end = filled.length - last <= first ? start : (filled[filled.length - last - 1] ?? 0) + 1;
  return { start, end };
}

/** Gives lines the indentation that `own` has where `old` has theirs. */
function reindent(lines: readonly string[], own: Lines, old: Lines, first: number): string[] {
  let shift = 0;
  return lines.map((line) => {
    if (line.trim() === "") return line;
    const width = indentOf(line);
    for (let at = first - 1; at >= 0; at -= 1) {
      if (indentOf(lineOf(old, at)) !== width) continue;
      shift = indentOf(lineOf(own, at)) - width;
      break;
    }
    return " ".repeat(Math.max(0, width + shift)) + line.trimStart();
  });
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The filled line of this number. */
function lineOf({ lines, filled }: Lines, number: number): string {
  return lines[filled[number] ?? -1] ?? "";
}
