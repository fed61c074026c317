/** Functions as they are listed: what the index has of them, without reading the pool. */
import { type IndexDatabase, numberOf, type Row, textOf, textsOf } from "./index-database.js";
import { type DatedName, preferredName } from "./index-languages.js";
import { metadataOf, PRESENT } from "./index-schema.js";

/** A function, by the name that is shown. */
export interface ListedFunction {
  readonly hash: string;
  /** 0: it can be read once it is migrated. */
  readonly schema: 0 | 1;
  /** In the best of the user's languages; `null` where it has no mapping. */
  readonly name: string | null;
  readonly language: string | null;
  /** All languages that it has, sorted. */
  readonly languages: readonly string[];
  /** UTC, `2026-01-31T12:00:00Z`. Schema 0 does not say it: then it is 1970. */
  readonly created: string;
  readonly author: string;
  readonly tags: readonly string[];
  /** How many functions of the pool call it. */
  readonly callers: number;
}

export interface ListOptions {
  /** Only functions of this schema: those of schema 0 need to be migrated. */
  readonly schema?: 0 | 1 | undefined;
}

export const LISTED = "id, hash, schema, created, author, tags, callers";

/** The hashes of all functions by their names, as the index compares them; those without a name are last. */
export function listHashes(
  database: IndexDatabase,
  languages: readonly string[],
  { schema }: ListOptions,
): string[] {
  const cases = languages.map((_, index) => `WHEN ${IS_OF_LANGUAGE} THEN ${index}`).join(" ");
  const preference = `CASE WHEN m.id IS NULL THEN 0 ${cases} ELSE ${languages.length} END`;
  const sql = `
    SELECT json_group_array(hash ORDER BY sort_key IS NULL, sort_key, hash) AS hashes FROM (
      SELECT f.hash, m.sort_key, min(${preference} * 1e14 + coalesce(m.since, 0))
      FROM function f LEFT JOIN mapping m ON m.function = f.id AND m.state = ${PRESENT}
      WHERE f.state = ${PRESENT} AND coalesce(f.schema = ?, 1)
      GROUP BY f.id
    )`;
  const values = languages.flatMap((language) => [language, `${language}-`, `${language}-`]);
  return textsOf(database.get(sql, ...values, schema ?? null), "hashes");
}

/** As `isOfLanguage` has it. */
const IS_OF_LANGUAGE = `lower(m.language) = lower(?)
  OR substr(lower(m.language), 1, length(?)) = lower(?)`;

/** The functions that were created last. */
export function listRecent(
  database: IndexDatabase,
  languages: readonly string[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): ListedFunction[] {
  const rows = database.all(RECENT, limit, offset);
  return listRows(database, rows, languages);
}

const RECENT = `
  SELECT ${LISTED} FROM function WHERE state = ${PRESENT}
  ORDER BY created DESC, hash LIMIT ? OFFSET ?`;

/** What is listed of a function; `undefined` where the pool does not have it. */
export function listFunction(
  database: IndexDatabase,
  hash: string,
  languages: readonly string[],
): ListedFunction | undefined {
  return listRows(database, database.all(FUNCTION, hash), languages)[0];
}

/** What is listed of functions, whose rows have the columns `LISTED`. */
export function listRows(
  database: IndexDatabase,
  rows: readonly Row[],
  languages: readonly string[],
): ListedFunction[] {
  return rows.map((row) => {
    const names = namesOf(database, numberOf(row, "id"));
    const shown = preferredName(names, languages);
    return {
      hash: textOf(row, "hash"),
      schema: row.schema === 0 ? 0 : 1,
      name: shown?.name ?? null,
      language: shown?.language ?? null,
      languages: languagesOf(names),
      created: textOf(row, "created"),
      ...metadataOf(row),
      callers: numberOf(row, "callers"),
    };
  });
}

const FUNCTION = `SELECT ${LISTED} FROM function WHERE hash = ? AND state = ${PRESENT}`;

export interface IndexedName extends DatedName {
  readonly name: string;
  /** Its row in the full-text index. */
  readonly place: number;
}

/** The languages of names, sorted. */
export function languagesOf(names: readonly DatedName[]): string[] {
  return [...new Set(names.map(({ language }) => language))].sort();
}

/** The names of a function. */
export function namesOf(database: IndexDatabase, id: number): IndexedName[] {
  return database.all(NAMES, id).map((row) => ({
    language: textOf(row, "language"),
    name: textOf(row, "name"),
    hash: textOf(row, "hash"),
    since: numberOf(row, "since"),
    born: numberOf(row, "born"),
    place: numberOf(row, "place"),
  }));
}

const NAMES = `
  SELECT language, name, hash, since, born, place FROM mapping WHERE function = ? AND state = ${PRESENT}`;
