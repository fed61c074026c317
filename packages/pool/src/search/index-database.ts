/**
 * Databases that never change once they are in their place: each is written under a name
 * of its own and renamed, so that readers and writers need no locks. (The locks of
 * SQLite in WebAssembly are folders beside a file, which a process that is killed leaves
 * behind; with it, every process therefore reads through a link of its own.)
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { lookAt } from "../directory/safe-file.js";
import { type Connection, isSqliteError, loadSqlite, type Row, type Value } from "./sqlite.js";

export type { Row };

/** A boolean is 0 or 1 in the database. */
export type IndexValue = Value | boolean;

export interface IndexDatabase {
  all(sql: string, ...values: IndexValue[]): readonly Row[];
  get(sql: string, ...values: IndexValue[]): Row | null;
  run(sql: string, ...values: IndexValue[]): void;
  /** Closes it, and removes what only this process has. */
  close(): void;
}

export interface NewDatabase extends IndexDatabase {
  /** Puts it in its place, for others. It can be read on, also where this was not possible. */
  publish(): void;
}

/** Where a new database is made: beside its place, or where that cannot be, elsewhere. */
export type Workplace = "beside" | "temporary" | "memory";
export const WORKPLACES: readonly Workplace[] = ["beside", "temporary", "memory"];

/** What is read is no index of this version; or the library says that it is broken. */
export function isDamage(error: unknown): boolean {
  return isSqliteError(error) || (error instanceof Error && error.name === DAMAGE);
}

const DAMAGE = "DamagedIndex";

export function damage(what: string): Error {
  return Object.assign(new Error(`the index is damaged: ${what}`), { name: DAMAGE });
}

/** The text in a column. */
export function textOf(row: Row | null | undefined, column: string): string {
  const value = row?.[column];
  if (typeof value !== "string") throw damage(`${column} is no text`);
  return value;
}

/** The number in a column. */
export function numberOf(row: Row | null | undefined, column: string): number {
  const value = row?.[column];
  if (typeof value !== "number") throw damage(`${column} is no number`);
  return value;
}

/** The JSON in a column. */
export function jsonOf(row: Row | null | undefined, column: string): unknown {
  try {
    return JSON.parse(textOf(row, column));
  } catch {
    throw damage(`${column} is no JSON`);
  }
}

/** The texts in a column that has a list of them as JSON. */
export function textsOf(row: Row | null | undefined, column: string): string[] {
  const value = jsonOf(row, column);
  if (!Array.isArray(value)) throw damage(`${column} is no list`);
  return value.map((one) => {
    if (typeof one !== "string") throw damage(`${column} is no list of texts`);
    return one;
  });
}

/** The numbers in a column that has a list of them as JSON. */
export function numbersOf(row: Row | null | undefined, column: string): number[] {
  const value = jsonOf(row, column);
  if (!Array.isArray(value)) throw damage(`${column} is no list`);
  return value.map((one) => {
    if (typeof one !== "number") throw damage(`${column} is no list of numbers`);
    return one;
  });
}

/** Opens the database at `place`. Throws where there is none that can be read. */
export async function openDatabase(place: string): Promise<IndexDatabase> {
  const sqlite = await loadSqlite();
  const open = (path: string, remove: () => void) =>
    wrap(sqlite.open(path, { isReadOnly: true }), READING, remove);
  if (!sqlite.locksByFolder) return open(place, () => {});
  const folder = mkdtempSync(join(tmpdir(), "ouverture-index-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const link = join(folder, basename(place));
    linkTo(place, link);
    return open(link, remove);
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * Begins a database for `place`, as a copy of what is there or empty; `null` where that
 * cannot be.
 */
export async function beginDatabase(
  place: string,
  workplace: Workplace,
  isCopy: boolean,
): Promise<NewDatabase | null> {
  const sqlite = await loadSqlite();
  let remove = () => {};
  try {
    const { path, folder } = workplaceFor(place, workplace);
    let isPublished = false;
    remove = () => {
      if (workplace === "memory") return;
      if (!isPublished) rmSync(path, { force: true });
      rmSync(folder ?? `${path}.lock`, { recursive: true, force: true });
    };
    if (isCopy) copyFileSync(place, path);
    const database = wrap(sqlite.open(path, { isReadOnly: false }), WRITING, remove);
    return {
      ...database,
      publish: () => {
        if (workplace === "beside") isPublished = putInPlace(path, place);
        database.run("BEGIN");
      },
    };
  } catch {
    remove();
    return null;
  }
}

/** A crash leaves no half of it: it has its name only when all is there. */
const WRITING = "PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -65536;";
/** A transaction is locked once, and not for each question. */
const READING = "BEGIN; PRAGMA cache_size = -16384;";

/** `folder` is what is made for it, and removed with it. */
function workplaceFor(
  place: string,
  workplace: Workplace,
): { readonly path: string; readonly folder: string | null } {
  if (workplace === "memory") return { path: ":memory:", folder: null };
  if (workplace === "temporary") {
    const folder = mkdtempSync(join(tmpdir(), "ouverture-index-"));
    return { path: join(folder, "index"), folder };
  }
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
  sweep(dirname(place));
  return { path: `${place}.${randomBytes(8).toString("hex")}.tmp`, folder: null };
}

const OLD_MILLISECONDS = 3_600_000;

/** Removes what was begun by processes that were killed, as far as that can be. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!/\.tmp(?:\.lock)?$/.test(name)) continue;
    const changed = lookAt(join(folder, name))?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (Date.now() - changed < OLD_MILLISECONDS) continue;
    ignoreFailure(() => rmSync(join(folder, name), { recursive: true, force: true }));
  }
}

function ignoreFailure(task: () => void): void {
  try {
    task();
  } catch {}
}

/** Windows makes symbolic links for administrators only. */
function linkTo(place: string, link: string): void {
  for (const make of [symlinkSync, linkSync, copyFileSync]) {
    try {
      return make(place, link);
    } catch (error) {
      if (make === copyFileSync) throw error;
    }
  }
}

/** Is it where others find it? Windows does not replace a file that somebody reads. */
function putInPlace(path: string, place: string): boolean {
  try {
    const file = openSync(path, "r+");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(path, place);
    return true;
  } catch {
    return false;
  }
}

function wrap(connection: Connection, settings: string, remove: () => void): IndexDatabase {
  const close = () => {
    ignoreFailure(() => connection.close());
    remove();
  };
  try {
    connection.exec(settings);
  } catch (error) {
    close();
    throw error;
  }
  const all = (sql: string, values: readonly IndexValue[]) =>
    connection.all(sql, values.map(numbered));
  return {
    all: (sql, ...values) => all(sql, values),
    get: (sql, ...values) => all(sql, values)[0] ?? null,
    run: (sql, ...values) => connection.run(sql, values.map(numbered)),
    close,
  };
}

function numbered(value: IndexValue): Value {
  return typeof value === "boolean" ? Number(value) : value;
}
