/**
 * Texts as search compares them (docs/search.md, "Folding"): without the differences
 * that people do not type. It is the same on every machine with the same Unicode, and
 * folding what is folded changes nothing.
 */

/** Folds case, accents, vowel points, widths and ligatures. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return foldCase(foldCase(text))
    .replace(LETTERS, (letter) => PLAIN_LETTERS.get(letter) ?? letter)
    .normalize("NFC");
}

/** Folds a name without the marks between its words: `mean_of` and `meanOf` are the same. */
export function foldName(name: string): string {
  if (ASCII.test(name)) return name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return foldText(name).replace(/[^\p{L}\p{N}\p{M}]/gu, "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
export const ASCII = /^[\u0000-\u007f]*$/;

/**
 * Upper case knows that ß is SS and that ı is I, lower case that ẞ is ß: together they
 * are nearly Unicode's case folding, which JavaScript does not have. What upper case
 * takes apart has to be decomposed again, therefore twice.
 */
function foldCase(text: string): string {
  return text.normalize("NFKD").replace(MARKS, "").toLowerCase().toUpperCase().toLowerCase();
}

/**
 * Marks that a word is understood without: accents, the vowel points of Arabic, Hebrew
 * and Syriac, and what is invisible. In the scripts of India and of Southeast Asia the
 * marks are vowels, and the kana's marks make another letter: those stay.
 */
const MARKS =
  /(?![\u3099\u309a])(?=[\p{Mn}\p{Me}])[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Latin}]|[\p{Cf}\u0640]/gu;

/** Letters with a stroke, which do not decompose; ligatures; the final sigma. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map(
  ["øo", "łl", "đd", "ðd", "ħh", "ŧt", "ƀb", "þth", "æae", "œoe", "ςσ"].map((pair) => [
    pair.slice(0, 1),
    pair.slice(1),
  ]),
);
const LETTERS = new RegExp(`[${[...PLAIN_LETTERS.keys()].join("")}]`, "g");
