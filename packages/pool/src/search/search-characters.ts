/** The characters of a text, folded one by one, so that it is known where each comes from. */
import { foldText } from "./search-fold.js";

/** A folded character: what it is, and where it is in the original. */
export interface Character {
  readonly text: string;
  readonly type: CharacterType;
  readonly start: number;
  readonly end: number;
}
/** "joined" is of a script that parts no words, "none" of no word at all. */
export type CharacterType = "upper" | "lower" | "digit" | "joined" | "underscore" | "none";

/** Folds the characters of a run that begins at `offset` in its text. */
export function foldCharacters(run: string, offset: number): Character[] {
  const characters: Character[] = [];
  let start = offset;
  for (const cluster of COMBINING.test(run) ? (run.match(CLUSTER) ?? []) : run) {
    const end = start + cluster.length;
    for (const { text, type } of foldCluster(cluster)) characters.push({ text, type, start, end });
    start = end;
  }
  return characters;
}

/**
 * The word that a run is where it is but one, and nothing of it has to be parted; most
 * are such. `null` where it has to be looked at more closely.
 */
export function foldPlainWord(run: string): string | null {
  if (PARTED.test(run)) return null;
  const word = foldText(run);
  return PLAIN.test(word) && !JOINED.test(word) ? word : null;
}

/** The letters of which Hangul syllables are made, and what they can be added to. */
const JAMO = "\\u1100-\\u11ff\\u3131-\\u318e\\ua960-\\ua97f\\ud7b0-\\ud7ff\\uffa0-\\uffdc";
const COMBINING = new RegExp(`[\\p{M}\\p{Cf}${JAMO}]`, "u");
/** What is folded together: a character with its marks, and a syllable that is put together. */
const CLUSTER = new RegExp(`(?:[${JAMO}\\uac00-\\ud7a3]+|.)[\\p{M}\\p{Cf}]*`, "gsu");

/** The scripts without spaces; and pictures, of which people write several side by side. */
const JOINED_SCRIPTS =
  "\\p{Script=Han}\\p{Script_Extensions=Hiragana}\\p{Script_Extensions=Katakana}" +
  "\\p{Script=Bopomofo}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}" +
  "\\p{Extended_Pictographic}\\u{1f1e6}-\\u{1f1ff}";
const JOINED = new RegExp(`[${JOINED_SCRIPTS}]`, "u");
const PARTED = new RegExp(`[\\p{Lu}\\p{Lt}\\p{N}\\p{S}_${JOINED_SCRIPTS}]`, "u");
const PLAIN = /^[\p{L}\p{M}]+$/u;
const UPPER = /^\p{Lu}/u;
const TITLE = /^\p{Lt}/u;
const DIGIT = /\p{N}/u;
const LETTER = /[\p{L}\p{M}]/u;

type FoldedCharacter = Pick<Character, "text" | "type">;

/** A text has few different characters, and to fold one takes microseconds. */
const FOLDED = new Map<string, readonly FoldedCharacter[]>();
const MOST_FOLDED = 20_000;

function foldCluster(cluster: string): readonly FoldedCharacter[] {
  const known = FOLDED.get(cluster);
  if (known !== undefined) return known;
  const [isUpper, isTitle] = [UPPER.test(cluster), TITLE.test(cluster)];
  const folded = Array.from(foldText(cluster), (text, index) => ({
    text,
    type: typeOf(text, isUpper || (isTitle && index === 0)),
  }));
  if (FOLDED.size < MOST_FOLDED && cluster.length < 8) FOLDED.set(cluster, folded);
  return folded;
}

function typeOf(text: string, isUpper: boolean): CharacterType {
  if (text === "_") return "underscore";
  if (JOINED.test(text)) return "joined";
  if (DIGIT.test(text)) return "digit";
  if (!LETTER.test(text)) return "none";
  return isUpper ? "upper" : "lower";
}
