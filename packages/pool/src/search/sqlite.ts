/**
 * SQLite: Node's own, where it has it with full-text search, and else the one in WebAssembly.
 * Node's (22.13 and later) starts in a few milliseconds and needs no locks beside the file; what
 * one has written the other can read.
 */
import { optimizedLate } from "../process/optimized-late.js";

export type Value = number | string | null;
export type Row = Readonly<Record<string, unknown>>;

/** A statement is prepared once, and kept. Numbers that are whole are integers. */
export interface Connection {
  all(sql: string, values: readonly Value[]): readonly Row[];
  run(sql: string, values: readonly Value[]): void;
  exec(sql: string): void;
  close(): void;
}

export interface Sqlite {
  /** It makes folders beside what it opens, to lock it; a process that is killed leaves them. */
  readonly locksByFolder: boolean;
  open(path: string, options: { readonly isReadOnly: boolean }): Connection;
}

/** The SQLite of this process. */
export async function loadSqlite(): Promise<Sqlite> {
  return ownSqlite() ?? (await wasmSqlite());
}

/** What SQLite itself says is wrong. */
export function isSqliteError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "SQLite3Error" || ("code" in error && NODE_ERRORS.has(error.code));
}

/** The second: a number that no index has. */
const NODE_ERRORS = new Set<unknown>(["ERR_SQLITE_ERROR", "ERR_OUT_OF_RANGE"]);

/** What is used of `node:sqlite`, which the types of the oldest Node do not know. */
interface NodeSqlite {
  readonly DatabaseSync: new (path: string, options: { readOnly: boolean }) => NodeDatabase;
}
interface NodeDatabase {
  exec(sql: string): void;
  prepare(sql: string): {
    all(...values: readonly (Value | bigint)[]): Row[];
    run(...values: readonly (Value | bigint)[]): unknown;
  };
  close(): void;
}

/** Node's own; `null` where it has none, or one without what an index needs. */
export function ownSqlite(): Sqlite | null {
  const library = loadQuietly();
  if (library === null) return null;
  const open: Sqlite["open"] = (path, { isReadOnly }) => {
    const database = new library.DatabaseSync(path, { readOnly: isReadOnly });
    const prepare = keep((sql) => database.prepare(sql));
    return {
      all: (sql, values) => prepare(sql).all(...values.map(exactly)),
      run: (sql, values) => void prepare(sql).run(...values.map(exactly)),
      exec: (sql) => database.exec(sql),
      close: () => database.close(),
    };
  };
  const probe = open(":memory:", { isReadOnly: false });
  const [row] = probe.all(PROBE, []);
  probe.close();
  const [, minor = 0] = String(row?.version).split(".").map(Number);
  return row?.hasText === 1 && minor >= OLDEST ? { locksByFolder: false, open } : null;
}

const PROBE = `
  SELECT sqlite_version() AS version, sqlite_compileoption_used('ENABLE_FTS5') AS hasText`;
/** `contentless_delete` came with 3.43 (https://www.sqlite.org/fts5.html). */
const OLDEST = 43;

/** Node would bind it as a floating number, which rows of full-text search are not found by. */
function exactly(value: Value): Value | bigint {
  return Number.isSafeInteger(value) ? BigInt(value ?? 0) : value;
}

/** Node warns that this may change; a user of an index can do nothing about it. */
function loadQuietly(): NodeSqlite | null {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return (process.getBuiltinModule?.("node:sqlite") as NodeSqlite | undefined) ?? null;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** The library in WebAssembly. */
export async function wasmSqlite(): Promise<Sqlite> {
  const { default: library } = await optimizedLate(() => import("node-sqlite3-wasm"));
  return {
    locksByFolder: true,
    open: (path, { isReadOnly }) => {
      const database = new library.Database(path, { readOnly: isReadOnly });
      const statements: { finalize(): void }[] = [];
      const prepare = keep((sql) => {
        const statement = database.prepare(sql);
        statements.push(statement);
        return statement;
      });
      return {
        all: (sql, values) => prepare(sql).all([...values]),
        run: (sql, values) => void prepare(sql).run([...values]),
        exec: (sql) => database.exec(sql),
        close: () => {
          for (const statement of statements) finalize(statement);
          database.close();
        },
      };
    },
  };
}

/** A statement that failed says so once more. */
function finalize(statement: { finalize(): void }): void {
  try {
    statement.finalize();
  } catch {}
}

function keep<T>(prepare: (sql: string) => T): (sql: string) => T {
  const statements = new Map<string, T>();
  return (sql) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
}
