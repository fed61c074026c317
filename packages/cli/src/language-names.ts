/** Which language people mean, by codes and names of it. Loaded rarely, because its table is large. */
import { distance } from "fastest-levenshtein";
import { iso6393 } from "iso-639-3";
import type { Suggestion } from "./language.js";

/** Is it a code of ISO 639-3, or one that the standard leaves to its users (qaa to qtz)? */
export function isKnownCode(code: string): boolean {
  return CODES.has(code) || /^q[a-t][a-z]$/.test(code);
}

/** The languages that may be meant by a code or a name in any spelling: the nearest, at most three. */
export function suggestLanguages(text: string): readonly Suggestion[] {
  const wanted = fold(text);
  const [base = wanted] = wanted.split(/[-_]/);
  const exact = LANGUAGES.filter(
    ({ codes, names }) => codes.includes(base) || names.includes(wanted) || names.includes(base),
  );
  if (exact.length > 0) return shown(exact);
  // Any three letters are near some code: they say nothing.
  if (wanted.length < SHORTEST_NAME) return [];
  const near = LANGUAGES.map((language) => ({
    language,
    far: Math.min(...language.names.map((name) => distance(name, wanted))),
  })).filter(({ far, language }) => far <= wanted.length / (language.isUsual ? 3 : 5));
  const least = Math.min(...near.map(({ far }) => far));
  return shown(near.filter(({ far }) => far === least).map(({ language }) => language));
}

/** The name of a language in English; `undefined` for a code that nobody has. */
export function languageName(code: string): string | undefined {
  return LANGUAGES.find((language) => language.code === code)?.name;
}

const SHORTEST_NAME = 4;
const MOST_SHOWN = 3;

interface Language extends Suggestion {
  /** Of ISO 639-1, -2 and -3. */
  readonly codes: readonly string[];
  /** In English and in the language itself, folded. */
  readonly names: readonly string[];
  readonly isUsual: boolean;
}

const LANGUAGES: readonly Language[] = iso6393.map(
  ({ name, iso6393: code, iso6391, iso6392B, iso6392T }) => {
    const plain = name.replace(/ \(.*\)$/, "");
    const own = iso6391 === undefined ? [] : [ownName(iso6391)];
    // Modern Greek is what people call Greek.
    const usual = iso6391 === undefined ? [] : [plain.replace(/^(?:Modern|Central) /, "")];
    const given = [code, iso6391, iso6392B, iso6392T];
    return {
      code,
      name: plain,
      codes: [...new Set(given.filter((one) => one !== undefined))],
      names: [...new Set([name, plain, ...usual, ...own].map(fold))],
      isUsual: iso6391 !== undefined,
    };
  },
);

/** The codes of the languages that have one of two letters, too. */
export const USUAL_LANGUAGES: readonly string[] = LANGUAGES.filter((one) => one.isUsual).map(
  ({ code }) => code,
);

const CODES = new Set(LANGUAGES.map(({ code }) => code));

/** What a language calls itself. */
function ownName(code: string): string {
  return new Intl.DisplayNames(code, { type: "language" }).of(code) ?? code;
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** Those that people are likely to mean first. */
function shown(languages: readonly Language[]): readonly Suggestion[] {
  return [...languages]
    .sort((a, b) => Number(b.isUsual) - Number(a.isUsual))
    .slice(0, MOST_SHOWN)
    .map(({ code, name }) => ({ code, name }));
}
