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
/** What is longer is cut: a name is for people to read. */
const LONGEST = 200;

/** Writes `text` on one line, as `a\u202eb` where it has what cannot be shown. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
}

/** A name in a sentence: quoted, escaped, and cut where it is very long. */
export function quoteName(name: string): string {
  const shown = name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name;
  return `'${escapeText(shown)}'`;
}

function escapeCharacter(char: string): string {
  if (char === "\n") return "\\n";
  if (char === "\t") return "\\t";
  return char.split("").map(escapeUnit).join("");
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
