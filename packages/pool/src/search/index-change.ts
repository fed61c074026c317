/** What was found of functions, written into the tables of an index. */
import { type IndexDatabase, numberOf, textOf } from "./index-database.js";
import { positionOf } from "./index-rank.js";
import { type IndexedFunction, readIndexedFunction } from "./index-read.js";
import type { FoundFunction, FoundMapping } from "./index-scan.js";
import { ABSENT, DAMAGED, PRESENT } from "./index-schema.js";

/** What the changes of functions mean for others and for the full-text index. */
export interface Changes {
  /** Functions of which the callers or the time may be others. */
  readonly functions: Set<number>;
  /** Rows of the full-text index that hold nothing any more. */
  readonly unplaced: number[];
}

type Changed = Extract<FoundFunction, { type: "changed" }>;

/** Reads a function that is new or was changed. Its mappings are only noted. */
export function changeFunction(
  root: string,
  database: IndexDatabase,
  schema: 0 | 1,
  { hash, mappings }: Changed,
  changes: Changes,
): void {
  const known = database.get("SELECT id, state, schema FROM function WHERE hash = ?", hash);
  const isNewer = schema === 0 && known?.schema === 1 && known.state !== ABSENT;
  if (isNewer) return;
  const read = readIndexedFunction(root, hash, schema);
  const id = known === null ? addFunction(database, hash) : numberOf(known, "id");
  forgetParts(database, id, changes);
  setFunction(database, id, schema, read);
  for (const callee of read?.dependencies ?? []) addDependency(database, id, callee, changes);
  const state = read === null ? DAMAGED : ABSENT;
  for (const found of schema === 1 ? mappings : mappingsOf(read)) {
    const { language, hash: ofMapping, since, born } = found;
    database.run(ADD_MAPPING, id, language, ofMapping, since, born, state);
  }
  changes.functions.add(id);
}

const ADD_MAPPING =
  "INSERT INTO mapping (function, language, hash, since, born, state) VALUES (?, ?, ?, ?, ?, ?)";

/** Those of schema 0 have been there since for ever. */
function mappingsOf(read: IndexedFunction | null): FoundMapping[] {
  const mappings = read?.mappings ?? [];
  return mappings.map(({ language, hash }) => ({ language, hash, since: 0, born: 0 }));
}

function addFunction(database: IndexDatabase, hash: string): number {
  database.run("INSERT INTO function (hash, state) VALUES (?, ?)", hash, ABSENT);
  return numberOf(database.get("SELECT last_insert_rowid() AS id"), "id");
}

function setFunction(
  database: IndexDatabase,
  id: number,
  schema: 0 | 1,
  read: IndexedFunction | null,
): void {
  const author = JSON.stringify(read?.author ?? "");
  const tags = JSON.stringify(read?.tags ?? []);
  const state = read === null ? DAMAGED : PRESENT;
  const created = read?.created ?? "";
  database.run(SET_FUNCTION, state, schema, created, author, tags, id);
}

const SET_FUNCTION = `
  UPDATE function SET state = ?, schema = ?, created = ?, author = ?, tags = ?, position = NULL
  WHERE id = ?`;

function addDependency(
  database: IndexDatabase,
  caller: number,
  hash: string,
  changes: Changes,
): void {
  const known = database.get("SELECT id FROM function WHERE hash = ?", hash);
  const callee = known === null ? addFunction(database, hash) : numberOf(known, "id");
  database.run("INSERT INTO dependency VALUES (?, ?)", caller, callee);
  changes.functions.add(callee);
}

/** Notes that a function is no longer in the pool. */
export function forgetFunction(
  database: IndexDatabase,
  schema: 0 | 1,
  hash: string,
  changes: Changes,
): void {
  const known = database.get("SELECT id FROM function WHERE hash = ? AND schema = ?", hash, schema);
  if (known === null) return;
  const id = numberOf(known, "id");
  forgetParts(database, id, changes);
  database.run("UPDATE function SET state = ?, position = NULL WHERE id = ?", ABSENT, id);
  changes.functions.add(id);
}

function forgetParts(database: IndexDatabase, id: number, changes: Changes): void {
  forgetPlaces(database, id, changes);
  database.run("DELETE FROM mapping WHERE function = ?", id);
  for (const row of database.all("SELECT callee FROM dependency WHERE caller = ?", id)) {
    changes.functions.add(numberOf(row, "callee"));
  }
  database.run("DELETE FROM dependency WHERE caller = ?", id);
}

function forgetPlaces(database: IndexDatabase, id: number, { unplaced }: Changes): void {
  const rows = database.all("SELECT place FROM mapping WHERE function = ? AND place NOT NULL", id);
  for (const row of rows) unplaced.push(numberOf(row, "place"));
}

/** Counts callers, and gives functions their positions: their texts may have to move. */
export function rankFunctions(database: IndexDatabase, changes: Changes): void {
  for (const id of changes.functions) {
    const row = database.get(RANKED, id);
    if (row === null) continue;
    const callers = numberOf(row, "callers");
    if (row.state === ABSENT && callers === 0) {
      database.run("DELETE FROM function WHERE id = ?", id);
      continue;
    }
    const isPresent = row.state === PRESENT;
    const [hash, created] = [textOf(row, "hash"), isPresent ? textOf(row, "created") : ""];
    const position = isPresent ? positionOf({ hash, callers, created }) : null;
    database.run(
      "UPDATE function SET callers = ?, position = ? WHERE id = ?",
      callers,
      position,
      id,
    );
    if (position === row.position || !isPresent) continue;
    forgetPlaces(database, id, changes);
    database.run(MOVE, ABSENT, id, PRESENT);
  }
}

const RANKED = `
  SELECT hash, state, created, position,
    (SELECT count(*) FROM dependency WHERE callee = id) AS callers
  FROM function WHERE id = ?`;
const MOVE = "UPDATE mapping SET state = ?, place = NULL WHERE function = ? AND state = ?";
