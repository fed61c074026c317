/** A line that is being typed, to its words, as shells have them. */

/** The words before the cursor, without quotes; the last is the one that is typed, maybe "". */
export function splitLine(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (const [, blank, single, double, escaped, plain] of line.matchAll(PIECE)) {
    if (blank !== undefined) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      const text = single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? plain ?? "";
      word = (word ?? "") + text;
    }
  }
  return [...words, word ?? ""];
}

/** Blanks; '...'; "..."; an escaped character; others. The last quote may be open. */
const PIECE = /(\s+)|'([^']*)'?|"((?:[^"\\]|\\.)*)"?|\\(.?)|([^\s'"\\]+)/gs;
