/** The command as it is published: it works, it starts with little, and it names what it holds. */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import ownPackage from "../package.json" with { type: "json" };
import { copyOfMarket, isolated, market, temporaryFolder } from "./command.js";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const bin = join(dist, "bin.cjs");

function ouverture(directory: string, args: readonly string[], environment = isolated()) {
  return execFileSync(process.execPath, [bin, ...args], {
    cwd: directory,
    env: environment,
    encoding: "utf8",
  });
}

/** What a command prints, and the files of the bundle that it loads. */
function loadedBy(args: readonly string[], environment = isolated()) {
  const folder = temporaryFolder();
  const tell = join(folder, "tell.cjs");
  const list = join(folder, "list");
  const script = `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(list)}, Object.keys(require.cache).join("\\n")))`;
  writeFileSync(tell, script);
  const { stdout, stderr } = spawnSync(process.execPath, ["--require", tell, bin, ...args], {
    cwd: market,
    // Without its own cache, whose modules Node does not know of.
    env: { ...environment, NODE_DISABLE_COMPILE_CACHE: "1" },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const files = readFileSync(list, "utf8")
    .split("\n")
    .filter((file) => file !== tell);
  return {
    stdout,
    files,
    text: files.map((file) => readFileSync(file, "utf8")).join("\n"),
    bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
  };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("__pycache__"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What is in no source of ours, and in each of these libraries. */
const MARKS = {
  "character names": "aCAPITALaDOT",
  undici: "UNDICI_NO_WASM_SIMD",
  yaml: "YAMLParseError",
  valibot: "strict_object",
  clack: "Something went wrong",
  toml: "TomlError",
  "iso-639-3": "Ghotuo",
  sqlite: "sqlite3_exec",
} as const;

describe("the bundle", () => {
  it("does what the command does", () => {
    const root = copyOfMarket();
    const environment = isolated();
    expect(ouverture(root, ["--version"])).toBe(`${ownPackage.version}\n`);
    expect(ouverture(root, ["verify", "-q"])).toContain("11 verified");
    // What is read with yaml, toml and valibot, and written again.
    expect(ouverture(root, ["whoami", "language", "fra"], environment)).toBe(
      "language is now fra\n",
    );
    writeFileSync(join(root, "pyproject.toml"), '[tool.ouverture.user]\nlanguages = ["jpn"]\n');
    expect(ouverture(root, ["whoami", "language"], environment)).toBe("jpn\n");
    // With SQLite, whose file is beside it.
    expect(ouverture(root, ["doctor"], environment)).toContain("has 11 functions");
    // With the names of characters, which are loaded late.
    const source = "def f():\n    return '\\N{SNOWMAN}'\n";
    writeFileSync(join(root, "snowman.py"), source);
    const added = JSON.parse(ouverture(root, ["add", "snowman.py@eng", "--json"], environment));
    expect(JSON.stringify(added)).toMatch(/[0-9a-f]{64}/);
    expect(ouverture(root, ["completion", "bash", "--line", "ouverture get 1a10"])).toContain(
      "1a10",
    );
  });

  it("knows all that each library is asked for", () => {
    // With undici, whose names a bundle could lose.
    const environment = { ...isolated(), OUVERTURE_REGISTRIES: "web=http://127.0.0.1:9/" };
    const { stdout, stderr } = spawnSync(process.execPath, [bin, "doctor"], {
      cwd: temporaryFolder(),
      env: environment,
      encoding: "utf8",
    });
    expect(stdout).toMatch(/✗ registry web/);
    expect(stdout + stderr).not.toMatch(/defect|is not a function/);
  });

  it("starts with little: each library is where this test looks for it", () => {
    const all = filesOf(dist).map((path) => readFileSync(path, "utf8"));
    for (const [library, mark] of Object.entries(MARKS)) {
      const isHeld = all.some((text) => text.includes(mark));
      expect({ library, isHeld }).toEqual({ library, isHeld: library !== "sqlite" });
    }
  });

  it.each([
    [["--version"], 100_000],
    [["--help"], 100_000],
    [["get", "1a10a1ae3d69@eng"], 450_000],
  ])("loads for %j no library that it does not need", (args, most) => {
    const { stdout, text, bytes, files } = loadedBy(args);
    expect(stdout).not.toBe("");
    for (const mark of Object.values(MARKS)) expect(text).not.toContain(mark);
    expect(bytes).toBeLessThan(most);
    expect(files.map((file) => basename(file))).toContain("bin.cjs");
  });

  it("loads no part of node:crypto, nor a stream, to write into a pipe", () => {
    const environment = { ...isolated(), NODE_DISABLE_COMPILE_CACHE: "1" };
    const script = `process.on("exit", () => process.stderr.write(process.moduleLoadList.join("\\n")))`;
    const tell = join(temporaryFolder(), "tell.cjs");
    writeFileSync(tell, script);
    const run = spawnSync(process.execPath, ["-r", tell, bin, "get", "1a10a1ae3d69@eng"], {
      cwd: market,
      env: environment,
      encoding: "utf8",
    });
    expect(run.stdout).toContain("def ");
    const modules = run.stderr.split("\n");
    expect(modules).toContain("NativeModule fs");
    expect(modules).not.toContain("NativeModule crypto");
  });

  it("has nothing of where it was made", () => {
    for (const path of filesOf(dist)) {
      expect(readFileSync(path, "utf8")).not.toContain(
        fileURLToPath(new URL("../../..", import.meta.url)),
      );
    }
  });

  it("holds the licence of each library in it", () => {
    const licences = readFileSync(join(dist, "LICENSES.txt"), "utf8");
    const bundled = Object.keys(ownPackage.devDependencies).filter(
      (name) => !name.startsWith("@ouverture/") && name !== "rolldown",
    );
    for (const name of [...bundled, "@noble/hashes", "undici", "yaml", "valibot", "smol-toml"]) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    }
    expect(licences).toContain("Permission is hereby granted");
  });

  it("has a table of commands whose modules are apart", () => {
    const names = readdirSync(dist);
    for (const command of ["add", "get", "verify", "init", "doctor"]) {
      expect(names.some((name) => name.startsWith(`${command}-`))).toBe(true);
    }
  });
});
