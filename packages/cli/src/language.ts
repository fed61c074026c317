/**
 * Is this the name of a human language, as docs/pool.md has it? Pools hold any name of that form;
 * what is written anew is checked against ISO 639-3, so that `fr`, `fre` and `french` do not
 * stand beside `fra`. The table is loaded only for what is not usual.
 */
import { fail } from "./failure.js";

/** A code of ISO 639-3, and the language's name in English. */
export interface Suggestion {
  readonly code: string;
  readonly name: string;
}

/**
 * Gives the name of a language that may be written. Fails, with a suggestion, for what is
 * malformed, for a code of three letters that nobody has, and for another name of a language that
 * has a code. Names of one's own are free: `fra-canadian`, `domain-medical`.
 */
export async function checkLanguage(text: string): Promise<string> {
  if (isWellFormed(text) && USUAL.has(baseOf(text))) return text;
  const { isKnownCode, suggestLanguages } = await import("./language-names.js");
  const isOwn = isWellFormed(text) && baseOf(text).length > CODE_LENGTH;
  if (isWellFormed(text) && isKnownCode(baseOf(text))) return text;
  const suggestions = suggestLanguages(text);
  if (isOwn && suggestions.length === 0) return text;
  return refuse(text, suggestions);
}

/** Fails, with a suggestion, for what cannot be a language in any pool. */
export async function checkReadLanguage(text: string): Promise<string> {
  if (isWellFormed(text)) return text;
  const { suggestLanguages } = await import("./language-names.js");
  return refuse(text, suggestLanguages(text));
}

/** `Did you mean 'fra' (French)?`; `null` where nothing is near. */
export async function languageHint(text: string): Promise<string | null> {
  const { suggestLanguages } = await import("./language-names.js");
  return hintOf(suggestLanguages(text));
}

const CODE_LENGTH = 3;
const FORM = /^[A-Za-z0-9][A-Za-z0-9_-]{2,255}$/;

function isWellFormed(text: string): boolean {
  return FORM.test(text) && text !== "sha256";
}

/** `fra` of `fra-canadian`. */
function baseOf(text: string): string {
  return text.split(/[-_]/)[0] ?? text;
}

function refuse(text: string, suggestions: readonly Suggestion[]): never {
  const hint =
    hintOf(suggestions) ??
    "Give its code of three letters (ISO 639-3), such as eng; a name of your own has a hyphen, such as domain-medical.";
  fail(2, `'${text}' is not how a language is named here.`, hint);
}

function hintOf(suggestions: readonly Suggestion[]): string | null {
  if (suggestions.length === 0) return null;
  const names = suggestions.map(({ code, name }) => `'${code}' (${name})`);
  return `Did you mean ${names.join(" or ")}?`;
}

/** The languages that have a code of two letters, too. */
const USUAL = new Set(
  (
    "aar abk afr aka amh ara arg asm ava ave aym aze bak bam bel ben bis bod bos bre bul cat ces " +
    "cha che chu chv cor cos cre cym dan deu div dzo ell eng epo est eus ewe fao fas fij fin fra " +
    "fry ful gla gle glg glv grn guj hat hau hbs heb her hin hmo hrv hun hye ibo ido iii iku ile " +
    "ina ind ipk isl ita jav jpn kal kan kas kat kau kaz khm kik kin kir kom kon kor kua kur lao " +
    "lat lav lim lin lit ltz lub lug mah mal mar mkd mlg mlt mon mri msa mya nau nav nbl nde ndo " +
    "nep nld nno nob nor nya oci oji ori orm oss pan pli pol por pus que roh ron run rus sag san " +
    "sin slk slv sme smo sna snd som sot spa sqi srd srp ssw sun swa swe tah tam tat tel tgk tgl " +
    "tha tir ton tsn tso tuk tur twi uig ukr urd uzb ven vie vol wln wol xho yid yor zha zho zul"
  ).split(" "),
);
