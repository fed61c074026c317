/**
 * The tables of an index. A function has a row also where it is only called and not in
 * the pool. A mapping is in the full-text index, in the row `place` (index-rank.ts), once
 * it was read.
 */
import {
  damage,
  type IndexDatabase,
  jsonOf,
  numberOf,
  type Row,
  textOf,
  textsOf,
} from "./index-database.js";

/** What a row is: a function that is only called, or a mapping that is not read yet, is ABSENT. */
export const ABSENT = 0;
export const PRESENT = 1;
export const DAMAGED = 2;

/** Another number for every change of the tables, of the words or of the folding. */
const VERSION = 1;

const TABLES = [
  `CREATE TABLE meta (
    version INTEGER,
    pool TEXT,
    unicode TEXT,
    functions INTEGER,
    mappings INTEGER,
    damaged INTEGER
  )`,
  "CREATE TABLE shard (path TEXT PRIMARY KEY, changed REAL, is_settled INTEGER, seen TEXT)",
  `CREATE TABLE function (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    state INTEGER NOT NULL,
    schema INTEGER,
    created TEXT,
    author TEXT,
    tags TEXT,
    callers INTEGER NOT NULL DEFAULT 0,
    position INTEGER
  )`,
  "CREATE INDEX function_created ON function (created DESC) WHERE state = 1",
  `CREATE TABLE mapping (
    id INTEGER PRIMARY KEY,
    function INTEGER NOT NULL,
    language TEXT NOT NULL,
    hash TEXT NOT NULL,
    since REAL NOT NULL,
    born REAL NOT NULL,
    state INTEGER NOT NULL,
    name TEXT,
    sort_key TEXT,
    place INTEGER UNIQUE
  )`,
  "CREATE INDEX mapping_function ON mapping (function)",
  "CREATE INDEX mapping_new ON mapping (function) WHERE state = 0",
  `CREATE TABLE dependency (
    caller INTEGER NOT NULL,
    callee INTEGER NOT NULL,
    PRIMARY KEY (caller, callee)
  ) WITHOUT ROWID`,
  "CREATE INDEX dependency_callee ON dependency (callee, caller)",
  `CREATE VIRTUAL TABLE text USING fts5(name, docstring, other, facet,
    content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2')`,
];

/** The columns that hold text from outside as JSON: a text of SQLite ends at the first NUL. */
export interface RowMetadata {
  readonly author: string;
  readonly tags: readonly string[];
}

/** Reads the columns `author` and `tags`. */
export function metadataOf(row: Row | null): RowMetadata {
  const author = jsonOf(row, "author");
  if (typeof author !== "string") throw damage("author is no text");
  return { author, tags: textsOf(row, "tags") };
}

/** Makes the tables of an index of the pool in `directory`. */
export function createTables(database: IndexDatabase, directory: string): void {
  for (const table of TABLES) database.run(table);
  const unicode = process.versions.unicode ?? "";
  database.run("INSERT INTO meta VALUES (?, ?, ?, 0, 0, 0)", VERSION, directory, unicode);
}

/** Throws where it is no index of this version, of this pool, with this Unicode. */
export function requireTables(database: IndexDatabase, directory: string): void {
  const meta = database.get("SELECT version, pool, unicode FROM meta");
  if (numberOf(meta, "version") !== VERSION) throw damage("another version");
  if (textOf(meta, "pool") !== directory) throw damage("another pool");
  if (textOf(meta, "unicode") !== (process.versions.unicode ?? "")) throw damage("other Unicode");
}
