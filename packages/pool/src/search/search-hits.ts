/**
 * What the index found, read from the pool: what is shown was checked against its hash,
 * and the words are where it says that they are.
 */
import { damage, type IndexDatabase } from "./index-database.js";
import { preferredName } from "./index-languages.js";
import { languagesOf, namesOf } from "./index-list.js";
import { openMappings } from "./index-mapping.js";
import { metadataOf } from "./index-schema.js";
import { type SearchedTexts, searchedTexts } from "./index-text.js";
import type { FoundFunction } from "./search-find.js";
import { type Excerpt, excerptOf, matchText } from "./search-match.js";
import type { Query, Term } from "./search-query.js";

/** What of a function matches. `local` is the name of a parameter or of another variable. */
export type MatchedField = "name" | "docstring" | "comment" | "tag" | "local" | "alias" | "author";

/** A text in which words were found; a long one is cut. */
export interface FieldMatch extends Excerpt {
  readonly field: MatchedField;
}

/** A function that was found. */
export interface SearchHit {
  readonly hash: string;
  /** 0: it can be read once it is migrated. */
  readonly schema: 0 | 1;
  /** The language in which it was found, and the mapping. */
  readonly language: string;
  readonly mapping: string;
  readonly name: string;
  /** The first line of the docstring. */
  readonly summary: string;
  /** UTC, `2026-01-31T12:00:00Z`. */
  readonly created: string;
  readonly author: string;
  readonly tags: readonly string[];
  /** All languages that it has, sorted. */
  readonly languages: readonly string[];
  /** How many functions of the pool call it. */
  readonly callers: number;
  /** How well it matches; 0 is best. Hits of two pools are sorted by `compareHits`. */
  readonly level: number;
  readonly matches: readonly FieldMatch[];
}

/**
 * Reads a function that was found; `null` where its mapping is not in the pool any more.
 * Throws where it does not match, for then the index is damaged.
 */
export async function readHit(
  root: string,
  database: IndexDatabase,
  query: Query,
  found: FoundFunction,
  languages: readonly string[],
): Promise<SearchHit | null> {
  const { id, hash, created, callers, level } = found;
  const row = database.get("SELECT schema, author, tags FROM function WHERE id = ?", id);
  const schema = row?.schema === 0 ? 0 : 1;
  const metadata = metadataOf(row);
  const names = namesOf(database, id);
  const matching = names.filter(({ place }) => found.places.includes(place));
  const chosen = preferredName(matching, languages);
  if (chosen === undefined) throw damage("a function without a mapping");
  const mapping = (await openMappings(root, hash, schema))(chosen.language, chosen.hash);
  if (mapping === null) return null;
  const texts = searchedTexts(chosen.language, mapping, metadata);
  return {
    hash,
    schema,
    language: chosen.language,
    mapping: chosen.hash,
    name: texts.name,
    summary: texts.docstring.split("\n", 1)[0] ?? "",
    created,
    ...metadata,
    languages: languagesOf(names),
    callers,
    level,
    matches: matchTexts(query.terms, texts),
  };
}

function matchTexts(terms: readonly Term[], texts: SearchedTexts): FieldMatch[] {
  const matches: FieldMatch[] = [];
  const found = new Set<number>();
  for (const [field, text] of fieldsOf(texts)) {
    const match = matchText(terms, text);
    if (match.terms.size === 0) continue;
    for (const term of match.terms) found.add(term);
    matches.push({ field, ...excerptOf(text, match.ranges) });
  }
  if (found.size < terms.length) throw damage("a function that does not match");
  return matches;
}

function fieldsOf(texts: SearchedTexts): (readonly [MatchedField, string])[] {
  const { name, docstring, comment, tags, locals, aliases, author } = texts;
  return [
    ["name", name],
    ["docstring", docstring],
    ["comment", comment],
    ...tags.map((tag) => ["tag", tag] as const),
    ...locals.map((local) => ["local", local] as const),
    ...aliases.map((alias) => ["alias", alias] as const),
    ["author", author],
  ];
}
