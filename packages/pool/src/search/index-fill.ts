/** The second pass of a refresh: mappings into the full-text index, in the order of its rows. */
import { type IndexDatabase, numberOf, numbersOf, textOf } from "./index-database.js";
import { openMappings } from "./index-mapping.js";
import { ABSENT, DAMAGED, metadataOf, PRESENT } from "./index-schema.js";
import { indexText, searchedTexts } from "./index-text.js";
import { foldName } from "./search-fold.js";

/** Removes rows of the full-text index. In their order that is many times faster. */
export function unplaceText(database: IndexDatabase, places: readonly number[]): void {
  for (const place of [...places].sort((a, b) => a - b)) {
    database.run("DELETE FROM text WHERE rowid = ?", place);
  }
}

/** Reads the mappings that are noted and not read yet, and indexes their texts. */
export async function fillText(
  root: string,
  database: IndexDatabase,
  tell: (done: number, total: number) => Promise<void>,
): Promise<void> {
  const functions = numbersOf(database.get(UNREAD), "ids");
  let last = 0;
  for (const [index, id] of functions.entries()) {
    last = await fillFunction(root, database, id, last);
    await tell(index + 1, functions.length);
  }
}

const UNREAD = `
  SELECT json_group_array(id) AS ids FROM (
    SELECT id FROM function WHERE id IN (SELECT function FROM mapping WHERE state = ${ABSENT})
    ORDER BY position
  )`;
const UNREAD_MAPPINGS = `
  SELECT id, language, hash FROM mapping WHERE function = ? AND state = ?
  ORDER BY since, born, hash`;
const SET_MAPPING = "UPDATE mapping SET state = ?, name = ?, sort_key = ?, place = ? WHERE id = ?";
const ADD_TEXT = "INSERT INTO text (rowid, name, docstring, other, facet) VALUES (?, ?, ?, ?, ?)";

/** Gives the last row that it used, or else `last`. */
async function fillFunction(
  root: string,
  database: IndexDatabase,
  id: number,
  last: number,
): Promise<number> {
  const row = database.get(
    "SELECT hash, schema, author, tags, position FROM function WHERE id = ?",
    id,
  );
  const read = await openMappings(root, textOf(row, "hash"), row?.schema === 0 ? 0 : 1);
  const metadata = metadataOf(row);
  let place = Math.max(last, numberOf(row, "position") - 1);
  for (const noted of database.all(UNREAD_MAPPINGS, id, ABSENT)) {
    const language = textOf(noted, "language");
    const mapping = read(language, textOf(noted, "hash"));
    const texts = mapping === null ? null : searchedTexts(language, mapping, metadata);
    // SQLite's texts end there; and no name is one that has it.
    if (texts === null || texts.name.includes("\0")) {
      database.run(SET_MAPPING, DAMAGED, null, null, null, numberOf(noted, "id"));
      continue;
    }
    place = freePlace(database, place + 1);
    const { name, docstring, other, facet } = indexText(texts);
    database.run(ADD_TEXT, place, name, docstring, other, facet);
    const key = foldName(texts.name);
    database.run(SET_MAPPING, PRESENT, texts.name, key, place, numberOf(noted, "id"));
  }
  return Math.max(last, place);
}

function freePlace(database: IndexDatabase, first: number): number {
  let place = first;
  while (database.get("SELECT 1 FROM mapping WHERE place = ?", place) !== null) place += 1;
  return place;
}
