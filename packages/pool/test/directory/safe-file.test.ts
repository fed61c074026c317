import { spawn } from "node:child_process";
import { chmodSync, linkSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { listFolderBelow, lookBelow, readFileBelow } from "../../src/directory/safe-file.js";
import { makePipe, temporaryFolder, writeFiles } from "../folder.js";

const MOST = 100;

function read(root: string, path = "a/b/c.json"): unknown {
  const found = readFileBelow(root, path, MOST);
  return found instanceof Uint8Array ? Buffer.from(found).toString() : found;
}

describe("readFileBelow", () => {
  it.each([
    ["a file", "text", "text"],
    ["an empty file", "", ""],
    ["a file of as much as is allowed", "x".repeat(MOST), "x".repeat(MOST)],
    ["a file of more", "x".repeat(MOST + 1), "too-large"],
  ])("reads %s", (_, content, expected) => {
    const root = temporaryFolder();
    writeFiles(root, { "a/b/c.json": content });
    expect(read(root)).toBe(expected);
  });

  it("has none where there is none", () => {
    const root = temporaryFolder();
    expect(read(root)).toBeUndefined();
    expect(read(join(root, "none"))).toBeUndefined();
    writeFiles(root, { "a/b/d.json": "" });
    expect(read(root)).toBeUndefined();
    expect(read(root, `a/${"b".repeat(300)}/c.json`)).toBeUndefined();
  });

  it("takes a folder for no file, and a file for no folder", () => {
    const root = temporaryFolder();
    writeFiles(root, { "a/b/c.json/d": "", "a/file": "" });
    expect(read(root)).toBe("not-a-file");
    expect(read(root, "a/file/c.json")).toBe("not-a-file");
    expect(() => read(join(root, "a", "file"))).toThrow("is no folder");
    expect(() => read(join(root, "a", "file"), "c.json")).toThrow("is no folder");
  });

  it("reads a file that has two names", () => {
    const root = temporaryFolder();
    writeFiles(root, { "a/b/first": "text" });
    linkSync(join(root, "a", "b", "first"), join(root, "a", "b", "c.json"));
    expect(read(root)).toBe("text");
  });

  it("reads below a root that is a link, and one that is moved", () => {
    const folder = temporaryFolder();
    writeFiles(folder, { "one/a/b/c.json": "one", "two/a/b/c.json": "two" });
    symlinkSync(join(folder, "one"), join(folder, "root"), "junction");
    expect(read(join(folder, "root"))).toBe("one");
    rmSync(join(folder, "root"));
    symlinkSync(join(folder, "two"), join(folder, "root"), "junction");
    expect(read(join(folder, "root"))).toBe("two");
  });
});

describe.skipIf(process.platform === "win32")("links and devices", () => {
  const away = (): string => {
    const folder = temporaryFolder();
    writeFiles(folder, { "b/c.json": "secret", "c.json": "secret" });
    return folder;
  };
  it.each<[string, (root: string) => void | Promise<void>]>([
    ["a link", (root) => symlinkSync(join(away(), "c.json"), join(root, "a/b/c.json"))],
    ["a link in the pool", (root) => symlinkSync("d.json", join(root, "a/b/c.json"))],
    ["a link to nothing", (root) => symlinkSync("none", join(root, "a/b/c.json"))],
    ["a link to itself", (root) => symlinkSync("c.json", join(root, "a/b/c.json"))],
    ["a link to a device", (root) => symlinkSync("/dev/zero", join(root, "a/b/c.json"))],
    ["a pipe", (root) => makePipe(join(root, "a/b/c.json"))],
    ["a socket", (root) => listen(join(root, "a/b/c.json"))],
    [
      "a linked folder",
      (root) => {
        rmSync(join(root, "a/b"), { recursive: true });
        symlinkSync(join(away(), "b"), join(root, "a/b"));
      },
    ],
    [
      "a linked folder above",
      (root) => {
        rmSync(join(root, "a"), { recursive: true });
        symlinkSync(away(), join(root, "a"));
      },
    ],
  ])("are not read: %s", async (_, make) => {
    const root = temporaryFolder();
    writeFiles(root, { "a/b/d.json": "other" });
    await make(root);
    expect(read(root)).toBe("not-a-file");
  });

  it("are no folders to list", () => {
    const root = temporaryFolder();
    const folder = away();
    symlinkSync(folder, join(root, "a"));
    expect(listFolderBelow(root, "a")).toEqual([]);
    expect(listFolderBelow(root, "a/b")).toEqual([]);
    expect(lookBelow(root, "a/b/c.json")).toBe("blocked");
    expect(listFolderBelow(folder, "b").map(({ name }) => name)).toEqual(["c.json"]);
  });

  it.skipIf(process.platform !== "linux")(
    "are not read when a folder becomes a link at that moment",
    async () => {
      const root = temporaryFolder();
      const folder = temporaryFolder();
      writeFiles(folder, { "c.json": "secret" });
      writeFiles(root, { "a/b/c.json": "text" });
      const swapping = startSwapping(join(root, "a", "b"), folder);
      const seen = new Map<unknown, number>();
      while ((seen.get("text") ?? 0) < 200 || (seen.get("not-a-file") ?? 0) < 200) {
        for (let tries = 0; tries < 500; tries += 1) {
          const found = read(root);
          seen.set(found, (seen.get(found) ?? 0) + 1);
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      swapping.kill("SIGKILL");
      expect([...seen.keys()]).not.toContain("secret");
    },
  );

  it.skipIf(process.getuid?.() === 0)("are told from what may not be read", () => {
    const root = temporaryFolder();
    writeFiles(root, { "a/b/c.json": "text" });
    chmodSync(join(root, "a/b/c.json"), 0);
    expect(() => read(root)).toThrow("EACCES");
  });
});

function listen(place: string): Promise<void> {
  return new Promise((resolve) => {
    const server = createServer().listen(place, resolve);
    onTestFinished(() => {
      server.close();
    });
  });
}

/** A process that exchanges a folder for a link to another, and back, again and again. */
function startSwapping(place: string, target: string): ReturnType<typeof spawn> {
  const program = `
    const { renameSync, symlinkSync } = require("node:fs");
    const [place, target] = process.argv.slice(1);
    symlinkSync(target, place + ".link");
    for (;;) {
      renameSync(place, place + ".folder");
      renameSync(place + ".link", place);
      renameSync(place, place + ".link");
      renameSync(place + ".folder", place);
    }`;
  const child = spawn(process.execPath, ["-e", program, place, target], { stdio: "ignore" });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}
