/** Node's own SQLite and the one in WebAssembly do the same, and read what the other wrote. */
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { isSqliteError, ownSqlite, type Sqlite, wasmSqlite } from "../../src/search/sqlite.js";
import { temporaryFolder } from "../folder.js";

const own = ownSqlite();
const all: readonly Sqlite[] = [...(own === null ? [] : [own]), await wasmSqlite()];
const pairs = all.flatMap((writer) => all.map((reader) => ({ writer, reader })));

function write(sqlite: Sqlite): string {
  const path = join(temporaryFolder(), "index");
  const database = sqlite.open(path, { isReadOnly: false });
  database.exec("CREATE TABLE one (a INTEGER, b REAL, c TEXT)");
  database.run("CREATE INDEX one_a ON one (a)", []);
  database.exec(
    "CREATE VIRTUAL TABLE text USING fts5(a, content = '', contentless_delete = 1, prefix = '1 2')",
  );
  database.exec("BEGIN");
  for (let row = 1; row <= 300; row += 1) {
    database.run("INSERT INTO one VALUES (?, ?, ?)", [
      row,
      row + 0.5,
      row % 3 ? `é\n${row}` : null,
    ]);
    database.run("INSERT INTO text (rowid, a) VALUES (?, ?)", [row * 2 ** 33, `word w${row % 7}`]);
  }
  database.run("DELETE FROM text WHERE rowid = ?", [2 ** 33]);
  database.exec("COMMIT");
  database.close();
  return path;
}

const QUESTIONS: [string, (number | string)[]][] = [
  ["SELECT rowid AS place FROM text WHERE text MATCH ? AND rowid > ? LIMIT ?", ["w*", 2 ** 40, 9]],
  ["SELECT count(*) AS n FROM text WHERE text MATCH ? AND rowid > ?", ["w1", 3]],
  ["SELECT * FROM one WHERE b > ? ORDER BY a LIMIT ?", [297.5, 4]],
  ["SELECT typeof(a) AS a, typeof(b) AS b FROM one LIMIT 1", []],
  ["SELECT typeof(?) AS a, typeof(?) AS b", [2 ** 45, 1.5]],
];

describe("the two SQLites", () => {
  it.each(pairs)("agree: $writer.locksByFolder, $reader.locksByFolder", ({ writer, reader }) => {
    const path = write(writer);
    const database = reader.open(path, { isReadOnly: true });
    const answers = QUESTIONS.map(([sql, values]) => database.all(sql, values));
    expect(JSON.parse(JSON.stringify(answers))).toMatchInlineSnapshot(`
      [
        [
          {
            "place": 1108101562368,
          },
          {
            "place": 1116691496960,
          },
          {
            "place": 1125281431552,
          },
          {
            "place": 1133871366144,
          },
          {
            "place": 1142461300736,
          },
          {
            "place": 1151051235328,
          },
          {
            "place": 1159641169920,
          },
          {
            "place": 1168231104512,
          },
          {
            "place": 1176821039104,
          },
        ],
        [
          {
            "n": 42,
          },
        ],
        [
          {
            "a": 298,
            "b": 298.5,
            "c": "é
      298",
          },
          {
            "a": 299,
            "b": 299.5,
            "c": "é
      299",
          },
          {
            "a": 300,
            "b": 300.5,
            "c": null,
          },
        ],
        [
          {
            "a": "integer",
            "b": "real",
          },
        ],
        [
          {
            "a": "integer",
            "b": "real",
          },
        ],
      ]
    `);
    if (!reader.locksByFolder) expect(readdirSync(dirname(path))).toEqual(["index"]);
    database.close();
  });

  it.each(all)("say what is wrong, each in its way: $locksByFolder", (sqlite) => {
    const path = join(temporaryFolder(), "index");
    writeFileSync(path, "no database ".repeat(1000));
    const attempt = (task: () => unknown): unknown => {
      try {
        return task();
      } catch (error) {
        return isSqliteError(error);
      }
    };
    const ask = () => sqlite.open(path, { isReadOnly: true }).all("SELECT * FROM one", []);
    expect(attempt(ask)).toBe(true);
    expect(isSqliteError(new Error("another"))).toBe(false);
  });
});

it.runIf(own !== null)("is loaded without a warning, and keeps other warnings", () => {
  const script = `
    import { ownSqlite } from ${JSON.stringify(new URL("../../src/search/sqlite.ts", import.meta.url).href)};
    ownSqlite();
    process.emitWarning("another");
  `;
  const args = ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", script];
  const { stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toContain("another");
  expect(stderr).not.toContain("SQLite");
});
