/**
 * What is printed has to be Python again (docs/normal-form.md, laws 3, 4 and 6).
 * The printer writes parentheses that the source does not need: where they are more
 * than Python's tokenizer reads, the normal form cannot hold the function.
 */
import type { Fault } from "../result.js";
import { parse } from "../syntax/parse/module.js";

/** How many brackets, and twice as many as indentations, Python's tokenizer reads inside one another. */
const MOST = 200;

/** Gives `limit-exceeded` where the code cannot be read again. */
export function checkPrinted(code: string): Fault | null {
  if (!hasCrowdedLine(code) || parse(code).ok) return null;
  return { code: "limit-exceeded", data: { limit: "nesting", most: MOST }, span: null };
}

/** Brackets do not cross lines: only a line with many of them can have many inside one another. */
function hasCrowdedLine(code: string): boolean {
  for (let start = 0; start < code.length; ) {
    const newline = code.indexOf("\n", start);
    const end = newline < 0 ? code.length : newline;
    if (end - start >= 2 * MOST && isCrowded(code, start, end)) return true;
    start = end + 1;
  }
  return false;
}

/** As many brackets, or half as many indentations of four spaces. */
function isCrowded(code: string, start: number, end: number): boolean {
  let brackets = 0;
  for (let at = start; at < end; at += 1) {
    const unit = code.charCodeAt(at);
    if (unit === 0x28 || unit === 0x5b || unit === 0x7b) brackets += 1;
  }
  return brackets >= MOST || code.startsWith(" ".repeat(2 * MOST), start);
}
