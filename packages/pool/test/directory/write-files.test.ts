import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { type NewFolder, writeBelow } from "../../src/directory/write-files.js";
import { filesBelow, temporaryFolder, writeFiles } from "../folder.js";
import { addAll } from "../store-suite-checks.js";
import { recordOf } from "../store-suite-records.js";

/** A folder with two files, one of them further down. */
const folder: NewFolder = {
  path: "a/b",
  beside: "a",
  files: ["a/b/one", "a/b/c/two"].map((path) => ({
    path,
    bytes: Buffer.from("ours"),
    beside: "a",
    time: 1_000,
  })),
};

function read(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}

describe("a folder that is written", () => {
  it("has all its files, with their times, and nothing stands beside it", async () => {
    const root = join(temporaryFolder(), "deep", "root");
    expect([...(await writeBelow(root, [folder]))]).toEqual(["a/b/one", "a/b/c/two"]);
    expect(filesBelow(root)).toEqual(["a/b/c/two", "a/b/one"]);
    expect(statSync(join(root, "a/b/c/two")).mtimeMs).toBe(1_000_000);
  });

  it("takes the place of an empty one", async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "a/b"), { recursive: true });
    expect((await writeBelow(root, [folder])).size).toBe(2);
    expect(filesBelow(root)).toEqual(["a/b/c/two", "a/b/one"]);
  });

  it("gives what it lacks to one that another writer has put there", async () => {
    const root = temporaryFolder();
    writeFiles(root, { "a/b/one": "theirs", "a/b/other": "theirs" });
    expect([...(await writeBelow(root, [folder]))]).toEqual(["a/b/c/two"]);
    expect(filesBelow(root)).toEqual(["a/b/c/two", "a/b/one", "a/b/other"]);
    expect([read(root, "a/b/one"), read(root, "a/b/c/two")]).toEqual(["theirs", "ours"]);
  });

  it("is not written over a file, and not through a link", async () => {
    const away = temporaryFolder();
    const places: ((root: string) => void)[] = [(root) => writeFileSync(join(root, "a/b"), "")];
    if (process.platform !== "win32") places.push((root) => symlinkSync(away, join(root, "a/b")));
    for (const make of places) {
      const root = temporaryFolder();
      mkdirSync(join(root, "a"));
      make(root);
      await expect(writeBelow(root, [folder])).rejects.toThrow("is no folder");
      expect(filesBelow(root)).toEqual(["a/b"]);
    }
    expect(filesBelow(away)).toEqual([]);
  });

  it("is whole whenever it is there, to another process that looks all the time", async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "objects/sha256"), { recursive: true });
    const watching = watchFunctions(join(root, "objects/sha256"));
    await watching.ready;
    for (let from = 0; from < 300; from += 50) {
      const records = Array.from({ length: 50 }, (_, index) => {
        const body = `(n):\n    return n + ${from + index}`;
        return recordOf({ eng: `def add${body}`, fra: `def ajoute${body}` });
      });
      await addAll(openDirectoryPool(root), records);
    }
    expect(await watching.stop()).toEqual({ halves: 0, looks: expect.toSatisfy((n) => n > 3) });
  });
});

/** Counts the functions that are there without their object or one of two languages. */
function watchFunctions(place: string) {
  const program = `
    const { existsSync, readdirSync } = require("node:fs");
    const [place] = process.argv.slice(1);
    let halves = 0;
    let looks = 0;
    function look() {
      for (const shard of readdirSync(place)) {
        for (const rest of readdirSync(place + "/" + shard)) {
          if (rest.length !== 62) continue;
          const folder = place + "/" + shard + "/" + rest;
          const names = readdirSync(folder).sort().join();
          if (names !== "eng,fra,object.json") halves += 1;
        }
      }
      looks += 1;
      setImmediate(look);
    }
    process.stdin.on("data", () => {
      console.log(JSON.stringify({ halves, looks }));
      process.exit();
    });
    console.log("ready");
    look();`;
  const child = spawn(process.execPath, ["-e", program, place]);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ready = lines.next();
  return {
    ready,
    async stop(): Promise<unknown> {
      child.stdin.write("stop\n");
      return JSON.parse((await lines.next()).value);
    },
  };
}
