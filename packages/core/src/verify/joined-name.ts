/**
 * The name of the pool's package, put together out of the strings of a file: their letters, in
 * the order in which they stand there (docs/decisions/0014). Texts that may be no Python are
 * looked at, and most are done with after a glance.
 */
import { POOL_PACKAGE } from "../canonical/pool-name.js";
import { toNfkc } from "../syntax/unicode.js";
import { endOfLine, endOfString } from "./logical-lines.js";

/** A file without one of these words has no use for a name that it puts together. */
export const IMPORTER_WORDS = ["__import__", "importlib", "exec", "eval"] as const;

/** May a file that does not spell the package's name import it all the same? */
export function mayJoinPool(source: string): boolean {
  return seemsToJoin(source) && joinToPool(stringsOf(source));
}

/** At a glance; also of a text that has the file in it as a string of JSON. */
export function seemsToJoin(text: string): boolean {
  if (!HAS_V.test(text) && !HAS_ESCAPED_V.test(text)) return false;
  return IMPORTER.test(text) || IMPORTER.test(text.replace(COMPATIBLE, toNfkc));
}

/**
 * Do the letters of texts that follow each other have the name: as they are, without their
 * placeholders, or with what follows in place of these?
 */
export function joinToPool(texts: readonly string[]): boolean {
  const all = texts.join("\n");
  if (hasName(all)) return true;
  const bare = all.replace(PLACEHOLDER, "");
  if (bare.length === all.length) return false;
  const known: string[] = [];
  const endsAt = (index: number) => (known[index] ??= endsOf(texts[index] ?? ""));
  return hasName(bare) || texts.some((text, index) => hasName(fill(text, index, endsAt)));
}

function hasName(text: string): boolean {
  return lettersOf(text).includes(POOL_PACKAGE);
}

function lettersOf(text: string): string {
  return text.replace(/[^a-z]+/g, "");
}

/** The text with those that follow it in the place of its placeholders, between its neighbours. */
function fill(text: string, index: number, endsAt: (index: number) => string): string {
  const parts = text.split(PLACEHOLDER);
  if (parts.length === 1) return "";
  return endsAt(index - 1) + parts.map((part, at) => part + endsAt(index + at + 1)).join("");
}

/** What of a text can be part of a name that goes on before or behind it. */
function endsOf(text: string): string {
  const letters = lettersOf(text);
  const { length } = POOL_PACKAGE;
  if (letters.length <= 2 * length) return letters;
  return `${letters.slice(0, length)}${GAP}${letters.slice(-length)}`;
}

/** No letters of the name. */
const GAP = "xx";

/** A line of a notebook may begin behind an escape. */
const IMPORTER = new RegExp(`(?:\\b|\\\\[nrt])(?:${IMPORTER_WORDS.join("|")})\\b`);
/** `%s`, `%(name)-5s`, `{}`, `{0!r:>3}`. */
const PLACEHOLDER = /%(?:\(\w*\))?[-#0 +\d.*]*[a-zA-Z]|\{[^{}"'\n]*\}/g;

/**
 * The `v` of the name: before its `ert` and behind its `u`, or where a string, an escape or a
 * placeholder begins or ends. Few files have one, and no name is without.
 */
const HAS_V =
  /v(?=["'{%\\]|e(?:["'{%\\]|r(?:["'{%\\]|t)))(?<=(?:[u"'}\r\n]|\\\w{1,9}|%\S{0,12}[a-zA-Z])v)/;
const HAS_ESCAPED_V = /\\(?:x76|u0076|U00000076|166|N\{latin small letter v\})/i;

/** The characters of identifiers that NFKC makes those of these words (Unicode 16.0). */
const COMPATIBLE = /[ªºʳˡˣᵃᵇᵉᵐᵒᵖᵗᵛᵢᵣᵥᶜⁱₐ-ₓₗₘₚₜℓℯℴℹⅇⅈⅰ-ⅿ︳︴﹍-﹏＿ａ-ｘ\u{1d400}-\u{1d7ff}]/gu;

/** What stands in strings, with their quotes; and in fields of f-strings, which may have strings in them. */
function stringsOf(source: string): string[] {
  const found: string[] = [];
  const start = /[#"']/g;
  let isField = false;
  for (let at = 0; ; at = start.lastIndex) {
    const [mark] = start.exec(source) ?? [];
    if (mark === undefined) return found;
    const begin = start.lastIndex - 1;
    if (isField) found.push(decodeEscapes(source.slice(at, begin)));
    if (mark !== "'" && mark !== '"') start.lastIndex = endOfLine(source, begin);
    else {
      start.lastIndex = endOfString(source, begin, mark);
      const text = source.slice(begin, start.lastIndex);
      found.push(decodeEscapes(text.replace(PREFIX, "{")));
      isField = text.lastIndexOf("{") > text.lastIndexOf("}");
    }
  }
}

/** Escapes that are a letter of the name (Python reference, 2.4.1.1); what else is escaped is none. */
const LETTERS = [...new Set(POOL_PACKAGE)].map((letter) => {
  const code = letter.charCodeAt(0);
  const digits = code.toString(16);
  const escapes = `x${digits}|u00${digits}|U000000${digits}|${code.toString(8)}`;
  return {
    letter,
    written: new RegExp(`\\\\(?:${escapes}|N\\{latin small letter ${letter}\\})`, "gi"),
  };
});
const OTHER_ESCAPE = /\\(?:\r\n|[^xuUN0-7])/g;

/** What stands before a string in a field of an f-string. */
const PREFIX = /\{\s*[rbuft]{1,2}(?=["'])/gi;

/** Letters that are written as escapes; of raw strings as well, where they are none. */
function decodeEscapes(text: string): string {
  if (!text.includes("\\")) return text;
  return LETTERS.reduce(
    (decoded, { letter, written }) => decoded.replace(written, letter),
    text.replace(OTHER_ESCAPE, ""),
  );
}
