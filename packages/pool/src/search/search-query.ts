/**
 * What a user typed, as the words to look for (docs/search.md, "Queries"). There is no
 * syntax but quotation marks, so that every text is a query.
 */
import { foldName } from "./search-fold.js";
import { readRuns, type Word } from "./search-words.js";

/** Words that have to stand side by side: one word, an identifier that was parted, a phrase. */
export interface Term {
  readonly words: readonly string[];
  /** The last word may go on. */
  readonly isPrefix: boolean;
  /** An identifier as it is, which is looked for as well as its parts. */
  readonly whole: string | null;
}

export interface Query {
  /** All of them have to be found. */
  readonly terms: readonly Term[];
  /** The query as the name of a function, folded. */
  readonly name: string;
  /** It is so long that what stands at its end is not looked for. */
  readonly isCut: boolean;
  /** There is nothing but space in it. */
  readonly isBlank: boolean;
}

export const MOST_WORDS = 64;
/** As much of a query is read: more than so many words have, in UTF-16 code units. */
const MOST_LENGTH = 10_000;

/** Reads a query. Nothing is wrong in one: what is no word is passed over. */
export function parseQuery(query: string): Query {
  const text = query.slice(0, MOST_LENGTH);
  const terms = new Map<string, Term>();
  let count = 0;
  for (const term of readTerms(text)) {
    const words = term.words.slice(0, MOST_WORDS - count);
    count += term.words.length;
    if (words.length > 0) {
      const cut = { ...term, words };
      terms.set(JSON.stringify(cut), cut);
    }
    if (count > MOST_WORDS) break;
  }
  const isLong = query.length > text.length && query.slice(MOST_LENGTH).trim() !== "";
  return {
    terms: [...terms.values()],
    name: foldName(text),
    isCut: count > MOST_WORDS || isLong,
    isBlank: text.trim() === "",
  };
}

const QUOTATION_MARK = /["“”„«»]/;

function* readTerms(text: string): Generator<Term> {
  const pieces = text.split(QUOTATION_MARK);
  for (const [index, piece] of pieces.entries()) {
    // A mark without its partner quotes nothing.
    const isQuoted = index % 2 === 1 && index < pieces.length - 1;
    if (isQuoted)
      yield* termOf(
        [...readRuns(piece)].flatMap(({ parts }) => parts),
        null,
        true,
      );
    else {
      for (const { parts, wholes } of readRuns(piece)) {
        const [whole] = wholes;
        const isOne = parts.every(({ kind }) => kind === "word");
        yield* termOf(parts, isOne && whole !== undefined ? whole.text : null, false);
      }
    }
  }
}

/**
 * The last character of a run without spaces is looked for only where it is alone: in a
 * text the run may go on, and then the character is the first of a pair.
 */
function* termOf(parts: readonly Word[], whole: string | null, isExact: boolean): Generator<Term> {
  const last = parts.at(-1);
  if (last === undefined) return;
  const isAfterPair = last.kind === "last" && parts.at(-2)?.kind === "pair";
  const words = (isAfterPair ? parts.slice(0, -1) : parts).map(({ text }) => text);
  const isPrefix = last.kind === "last" ? !isAfterPair : !isExact;
  yield { words, isPrefix, whole };
}
