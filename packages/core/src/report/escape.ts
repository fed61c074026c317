/**
 * Text from sources and pools, made harmless to show: control characters (also of
 * terminals), line ends, and what turns or hides text are written as escapes.
 */

/**
 * Control, format (bidirectional, zero-width, tags), line and paragraph separators,
 * surrogates, and the letters and marks that show nothing (fillers, empty Braille).
 */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Variation_Selector}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** What is longer is cut: a name, and a sentence of somebody else, are for people to read. */
const LONGEST = 200;
const LONGEST_SENTENCE = 1000;

/** Writes `text` on one line, as `a\u202eb` where it has what cannot be shown. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
}

/** A name in a sentence: quoted, escaped, and cut where it is very long. */
export function quoteName(name: string): string {
  return `'${escapeText(cutText(name, LONGEST))}'`;
}

/** A sentence that comes from elsewhere: escaped, and cut where it is very long. */
export function showText(text: string): string {
  return escapeText(cutText(text, LONGEST_SENTENCE));
}

function cutText(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function escapeCharacter(char: string): string {
  if (char === "\n") return "\\n";
  if (char === "\t") return "\\t";
  return char.split("").map(escapeUnit).join("");
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
