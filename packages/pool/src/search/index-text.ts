/**
 * What the full-text index holds of a mapping, and how it is asked (FTS5 of SQLite:
 * https://www.sqlite.org/fts5.html). Texts are made words here, by search-words.ts; the
 * tokenizer of SQLite only parts them at spaces.
 */
import type { Mapping } from "@ouverture/core";
import { foldName, foldText } from "./search-fold.js";
import type { Query, Term } from "./search-query.js";
import { MOST_CHARACTERS, readWords } from "./search-words.js";

/** The texts of a function in one language that are searched. */
export interface SearchedTexts {
  readonly language: string;
  readonly name: string;
  readonly docstring: string;
  readonly comment: string;
  readonly tags: readonly string[];
  readonly author: string;
  /** The names of parameters and of other local variables. */
  readonly locals: readonly string[];
  /** What the functions that it calls are called in it. */
  readonly aliases: readonly string[];
}

/**
 * One row of the index. Words of the name are in it twice: marked, so that the lists of
 * functions in whose names they are stay short, and among the others. `facet` has whole
 * values, for filters.
 */
export interface IndexText {
  readonly name: string;
  readonly docstring: string;
  readonly other: string;
  readonly facet: string;
}

export interface SearchFilter {
  /** `fra` is all of `fra`, `fra-canadian` and so on. */
  readonly language?: string | undefined;
  /** Words of the author's name. */
  readonly author?: string | undefined;
  /** A whole tag. */
  readonly tag?: string | undefined;
}

/** The texts of a mapping, and of the metadata of its function. */
export function searchedTexts(
  language: string,
  { docstring, comment, name_mapping, alias_mapping }: Mapping,
  { author, tags }: { readonly author: string; readonly tags: readonly string[] },
): SearchedTexts {
  const { [FUNCTION]: name = "", ...locals } = name_mapping;
  return {
    language,
    name,
    docstring,
    comment,
    tags,
    author,
    locals: Object.values(locals),
    aliases: Object.values(alias_mapping),
  };
}

const FUNCTION = "_ouverture_v_0";

/** What the index holds of these texts. */
export function indexText(texts: SearchedTexts): IndexText {
  const { comment, tags, author, locals, aliases } = texts;
  return {
    name: wordsOf([texts.name], NAME),
    docstring: wordsOf([texts.docstring]),
    other: wordsOf([texts.name, comment, ...tags, author, ...locals, ...aliases]),
    facet: [
      EVERYTHING,
      facet("language", texts.language),
      ...[...texts.language.matchAll(/-/g)].map(({ index }) =>
        facet("language", texts.language.slice(0, index)),
      ),
      facet("name", foldName(texts.name)),
      ...tags.map((tag) => facet("tag", tag)),
      ...readWords(author).parts.map(({ text }) => facet("author", text)),
    ].join(" "),
  };
}

/** Stands where no phrase may go on: between two texts, and between words kept whole. */
const GAP = "\ue000";
/** In every row. */
const EVERYTHING = "\ue001";
/** The first character of a word of a name. */
const NAME = "\ue006";
/** The first character of a facet. Words of texts hold no such characters. */
const FACETS = { language: "\ue002", name: "\ue003", tag: "\ue004", author: "\ue005" } as const;
/** Facets are whole texts: their spaces and marks become one character each. */
const MARKS = 0xe100;

function wordsOf(texts: readonly string[], mark = ""): string {
  const all = texts.map(readWords);
  const parts = all.map((one) => one.parts.map(({ text }) => mark + text).join(" "));
  const wholes = new Set(all.flatMap((one) => one.wholes.map(({ text }) => mark + text)));
  return [...parts, ...wholes].filter((text) => text !== "").join(` ${GAP} `);
}

function facet(type: keyof typeof FACETS, value: string): string {
  const text = foldText(value)
    .replace(/\p{Co}/gu, "\ufffd")
    .replace(/[\0-\x2f\x3a-\x60\x7b-\x7f]/g, (mark) =>
      String.fromCharCode(MARKS + mark.charCodeAt(0)),
    );
  return FACETS[type] + text.slice(0, 4 * MOST_CHARACTERS);
}

/** What to ask the index. */
export interface MatchExpressions {
  /** The best first. They are cheap: of words that are everywhere only the first rows are read. */
  readonly levels: readonly string[];
  /**
   * What more there is where words may go on: in names, and anywhere. All of the rows are
   * read for these. `null` where no word may.
   */
  readonly longer: { readonly name: string; readonly anywhere: string } | null;
}

/** Makes the expressions of FTS5 for a query; `null` where it has text, but no word. */
export function matchExpressions(query: Query, filter: SearchFilter): MatchExpressions | null {
  const { terms } = query;
  if (terms.length === 0 && !query.isBlank) return null;
  const filters = filterExpressions(filter);
  const filtered = (expressions: readonly string[]) => allOf([...expressions, ...filters]);
  if (terms.length === 0) return { levels: [filtered([quote([EVERYTHING])])], longer: null };

  const words = terms.map((term) => termExpression(term, "", ""));
  const name = terms.map((term) => termExpression(term, NAME, ""));
  const levels = [
    [`facet : ${quote([facet("name", query.name)])}`, ...words],
    name,
    terms.length === 1 ? [] : [...words, anyOf(name)],
    words.map((word) => `docstring : (${word})`),
    words,
  ];
  const longer = {
    name: filtered(terms.map((term) => termExpression(term, NAME, "*"))),
    anywhere: filtered(terms.map((term) => termExpression(term, "", "*"))),
  };
  return {
    levels: levels.filter((level) => level.length > 0).map(filtered),
    longer: terms.some(({ isPrefix }) => isPrefix) ? longer : null,
  };
}

function filterExpressions({ language, author, tag }: SearchFilter): string[] {
  const facets: string[] = [];
  if (language !== undefined) facets.push(quote([facet("language", language)]));
  if (tag !== undefined) facets.push(quote([facet("tag", tag)]));
  if (author !== undefined) {
    const words = readWords(author).parts;
    facets.push(...words.map(({ text }) => `${quote([facet("author", text)])} *`));
    // An author of whom no word is left is the author of nothing.
    if (words.length === 0) facets.push(quote([FACETS.author]));
  }
  return facets;
}

/** `star` is what stands after a word that may go on. */
function termExpression({ words, isPrefix, whole }: Term, mark: string, star: "" | "*"): string {
  const end = isPrefix ? star : "";
  const alternatives = [words, ...(whole === null ? [] : [[whole]])];
  return anyOf(alternatives.map((one) => quote(one.map((word) => mark + word)) + end));
}

function quote(words: readonly string[]): string {
  return `"${words.join(" ")}"`;
}

function allOf(expressions: readonly string[]): string {
  return expressions.map((one) => `(${one})`).join(" AND ");
}

function anyOf(expressions: readonly string[]): string {
  return expressions.length === 1
    ? expressions.join()
    : expressions.map((one) => `(${one})`).join(" OR ");
}
