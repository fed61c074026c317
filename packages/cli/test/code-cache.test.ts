/** What the published command keeps for its next start never changes what it does. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { isolated, market } from "./command.js";

const bin = fileURLToPath(new URL("../dist/bin.cjs", import.meta.url));

/** A user, and what the command keeps for them. */
function user(more: Readonly<Record<string, string>> = {}) {
  const environment = { ...isolated(), ...more };
  const folder = join(environment.HOME ?? "", ".cache", "ouverture", "code");
  return {
    folder,
    run: (...args: string[]) => {
      const run = spawnSync(process.execPath, [bin, ...args], {
        cwd: market,
        env: environment,
        encoding: "utf8",
      });
      return { status: run.status, stdout: run.stdout, stderr: run.stderr };
    },
    files: () => (existsSync(folder) ? readdirSync(folder) : []),
  };
}

const GET = ["get", "1a10a1ae3d69@eng"] as const;

describe("the code cache", () => {
  it("is made by the first run, and used by the second", () => {
    const { run, files, folder } = user();
    const first = run(...GET);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    const [file = ""] = files();
    expect(file).toBe(`${process.version}-${process.arch}-get.bin`);
    const { mtimeMs, size } = statSync(join(folder, file));
    expect(size).toBeGreaterThan(50_000);
    expect(run(...GET)).toEqual(first);
    // It was used: nothing was missing in it.
    expect(statSync(join(folder, file)).mtimeMs).toBe(mtimeMs);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ["empty", () => Buffer.alloc(0)],
    ["cut", (bytes) => bytes.subarray(0, bytes.length - 1000)],
    ["longer", (bytes) => Buffer.concat([bytes, Buffer.alloc(10)])],
    ["of other data", (bytes) => Buffer.alloc(bytes.length, 0x41)],
    ["of another V8", (bytes) => swapVersions(bytes)],
  ])("that is %s is made again", (_, change) => {
    const { run, files, folder } = user();
    const first = run(...GET);
    const file = join(folder, files()[0] ?? "");
    const good = readFileSync(file);
    const bad = change(Buffer.from(good));
    writeFileSync(file, bad);
    expect(run(...GET)).toEqual(first);
    expect(readFileSync(file).equals(bad)).toBe(false);
    expect(run(...GET)).toEqual(first);
    expect(files()).toHaveLength(1);
  });

  it.each([["search", "mean"], ["show", "1a10a1ae3d69"], ["list"]])(
    "changes nothing of %s, which loads a library",
    (...args) => {
      const { run } = user();
      const first = run(...args);
      expect(first).toMatchObject({ status: 0, stderr: "" });
      expect(run(...args)).toEqual(first);
    },
  );

  it("shows what is wide as wide as it is, with the library that is loaded for it", () => {
    const { run } = user();
    run("whoami", "language", "jpn");
    const { stdout } = run("list");
    const columns = stdout
      .trimEnd()
      .split("\n")
      .map((line) => stringWidth(/^(.*?)(?:languages|(?:[a-z]{3} ?)+)$/.exec(line)?.[1] ?? ""));
    expect(stdout).toMatch(/[\u3040-\u9fff]/);
    expect(new Set(columns).size).toBe(1);
  });

  it("is not made for what is no command, nor where it is not wanted", () => {
    const one = user();
    expect(one.run("nope").status).toBe(2);
    expect(one.files()).toEqual([]);
    const other = user({ NODE_DISABLE_COMPILE_CACHE: "1" });
    expect(other.run("--version").status).toBe(0);
    expect(other.files()).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("is the user's own, or is not used", () => {
    const { run, files, folder } = user();
    run("--version");
    const file = join(folder, files()[0] ?? "");
    expect([statSync(file).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
    chmodSync(file, 0o622);
    expect(run("--version").status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const open = user();
    mkdirSync(open.folder, { recursive: true });
    chmodSync(open.folder, 0o777);
    expect(open.run("--version").status).toBe(0);
    expect(open.files()).toEqual([]);
  });

  it("does without a place to be in", () => {
    const { run, folder } = user();
    mkdirSync(join(folder, "../.."), { recursive: true });
    writeFileSync(join(folder, ".."), "");
    expect(run("--version")).toMatchObject({ status: 0, stderr: "" });
  });
});

/** V8 knows its own by the first bytes of each piece. */
function swapVersions(bytes: Buffer): Buffer {
  const start = 4 + bytes.readUInt32LE(0);
  const head: [string, number][] = JSON.parse(bytes.toString("utf8", 4, start));
  let at = start;
  for (const [, length] of head) {
    bytes.writeUInt32LE(bytes.readUInt32LE(at + 4) ^ 1, at + 4);
    at += length;
  }
  return bytes;
}
