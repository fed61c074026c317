/** How many columns of a terminal a text takes: wide characters two, marks none. */
import { eastAsianWidth } from "get-east-asian-width";
import stringWidth from "string-width";

/**
 * Most of what is shown, in most languages: letters and signs that stand for themselves, whatever
 * stands beside them. What knows all other characters takes longer to load than most commands take.
 */
const PLAIN = new RegExp(
  `^[ -~${[
    "\\xa1-\\xa8\\xaa-\\xac\\xaf-\\u02ff", // Latin, without the signs that may be emoji
    "\\u0370-\\u0377\\u037a-\\u037f\\u0384-\\u038a\\u038c\\u038e-\\u03a1\\u03a3-\\u0482\\u048a-\\u052f", // Greek, Cyrillic
    "\\u05d0-\\u05ea\\u0620-\\u064a", // Hebrew, Arabic
    "\\u1e00-\\u1eff", // Latin with marks, as in Vietnamese
    "\\u2010-\\u2027\\u2030-\\u203a\\u20ac", // dashes, quotation marks, the euro
    "\\u3001-\\u3029\\u3041-\\u3096\\u30a1-\\u30fe\\u3400-\\u4dbf\\u4e00-\\u9fff", // kana, ideographs
    "\\uac00-\\ud7a3\\uff01-\\uff9d", // Hangul, letters of other widths
  ].join("")}]*$`,
);

/** Is every UTF-16 code unit of it a character of its own? */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

export function columnsOf(text: string): number {
  if (!isPlain(text)) return stringWidth(text);
  let columns = 0;
  for (let at = 0; at < text.length; at += 1) columns += eastAsianWidth(text.charCodeAt(at));
  return columns;
}
