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

/** One row of the index. `facet` has whole values, for filters. */
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
    name: wordsOf([texts.name]),
    docstring: wordsOf([texts.docstring]),
    other: wordsOf([comment, ...tags, author, ...locals, ...aliases]),
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
/** The first character of a facet. Words of texts hold no such characters. */
const FACETS = { language: "\ue002", name: "\ue003", tag: "\ue004", author: "\ue005" } as const;
/** Facets are whole texts: their spaces and marks become one character each. */
const MARKS = 0xe100;

function wordsOf(texts: readonly string[]): string {
  const all = texts.map(readWords);
  const parts = all.map((one) => one.parts.map(({ text }) => text).join(" "));
  const wholes = new Set(all.flatMap((one) => one.wholes.map(({ text }) => text)));
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

/**
 * The expressions to ask the index with, the best matches first: what matches any of
 * them matches the last. `null` where the query has text, but no word.
 */
export function matchExpressions(
  { terms, name, isBlank }: Query,
  filter: SearchFilter,
): string[] | null {
  if (terms.length === 0 && !isBlank) return null;
  const filters = filterExpressions(filter);
  if (terms.length === 0) return [allOf([...filters, `facet : ${quote([EVERYTHING])}`])];
  const anywhere = terms.map((term) => prefixExpression(term));
  const inName = anywhere.map((term) => `name : (${term})`);
  const exact = terms.map((term) => exactExpression(term));
  const levels = [
    [`facet : ${quote([facet("name", name)])}`, ...anywhere],
    exact.map((term) => `name : (${term})`),
    inName,
    terms.length === 1 ? [] : [...anywhere, anyOf(inName)],
    exact.map((term) => `docstring : (${term})`),
    anywhere.map((term) => `docstring : (${term})`),
    anywhere,
  ];
  return levels.filter((level) => level.length > 0).map((level) => allOf([...level, ...filters]));
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
  return facets.map((one) => `facet : (${one})`);
}

function prefixExpression({ words, isPrefix, whole }: Term): string {
  const star = isPrefix ? " *" : "";
  const sequence = `${quote(words)}${star}`;
  return whole === null ? sequence : `(${sequence} OR ${quote([whole])}${star})`;
}

function exactExpression({ words, whole }: Term): string {
  return whole === null ? quote(words) : `(${quote(words)} OR ${quote([whole])})`;
}

function quote(words: readonly string[]): string {
  return `"${words.join(" ")}"`;
}

function allOf(expressions: readonly string[]): string {
  return expressions.map((one) => `(${one})`).join(" AND ");
}

function anyOf(expressions: readonly string[]): string {
  return expressions.map((one) => `(${one})`).join(" OR ");
}
