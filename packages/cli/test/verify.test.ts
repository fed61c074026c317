import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { copyOfMarket, market, ouverture, temporaryFolder } from "./command.js";

/** The findings of a copy of the example with one more file, as `code path:line:column`. */
async function findingsWith(name: string, content: string | Uint8Array): Promise<string[]> {
  const root = copyOfMarket();
  writeFileSync(join(root, name), content);
  const { status, stdout } = await ouverture(root, ["verify", "--all", "--format", "json"]);
  const { findings } = JSON.parse(stdout);
  expect(status).toBe(findings.length === 0 ? 0 : 1);
  return findings.map(
    (finding: { code: string; locations: { path: string; line: number; column: number }[] }) => {
      const [place] = finding.locations;
      return `${finding.code} ${place?.path}:${place?.line}:${place?.column}`;
    },
  );
}

describe("ouverture verify", () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ["a star import", "from ouverture.pool import *", ["malformed-import new.py:1:28"]],
    [
      "an abbreviated hash",
      "from ouverture.pool import object_e9c4",
      ["malformed-import new.py:1:28"],
    ],
    [
      "a function that no pool has",
      `from ouverture.pool import object_${"0".repeat(64)}`,
      ["missing new.py:1:28"],
    ],
    [
      "a dynamic import",
      "import importlib\nx = importlib.import_module('ouverture.pool')",
      ["dynamic-import new.py:2:5"],
    ],
    [
      "a source that does not parse",
      "import ouverture\nprint 'x'",
      ["unreadable-source new.py:2:1"],
    ],
    [
      "a source in no encoding",
      Buffer.from([0x23, 0x20, ...Buffer.from("ouverture"), 0xff]),
      ["unreadable-source new.py:1:1"],
    ],
    ["a source that names no pool and does not parse", "print 'x'", []],
  ])("finds %s", async (_, content, expected) => {
    expect(await findingsWith("new.py", content)).toEqual(expected);
  });

  it("tells the full form of an abbreviated hash that the pool has", async () => {
    const root = copyOfMarket();
    writeFileSync(join(root, "new.py"), "from ouverture.pool import object_e9c4b997 as outliers");
    const { stdout } = await ouverture(root, ["verify"]);
    expect(stdout).toMatch(/to do {4}Write object_e9c4b997[0-9a-f]{56}, if that is the one\./);
  });

  it("checks the repository around the working directory, or the path that is given", async () => {
    const all = "34 imports of 11 functions in 33 files: 11 verified, 0 skipped\n";
    expect((await ouverture(join(market, "shop"), ["verify", "-q"])).stdout).toBe(all);
    expect((await ouverture(join(market, ".."), ["verify", "-q", "market"])).stdout).toBe(all);
    const one = "1 import of 2 functions in 1 file: 2 verified, 0 skipped\n";
    expect((await ouverture(market, ["verify", "-q", "shop/catalogue.py"])).stdout).toBe(one);
    const some = "4 imports of 11 functions in 3 files: 11 verified, 0 skipped\n";
    expect((await ouverture(market, ["verify", "-q", "shop"])).stdout).toBe(some);
    expect((await ouverture(join(market, "shop"), ["verify", "-q", "--all", "."])).stdout).toBe(
      some,
    );
  });

  it("shows places as they are seen from the working directory", async () => {
    const root = copyOfMarket();
    writeFileSync(join(root, "new.py"), "from ouverture.pool import *");
    expect((await ouverture(root, ["verify", "-q"])).stdout).toMatch(/^new\.py:1:28: error/);
    const { stdout } = await ouverture(join(root, ".."), ["verify", "-q", root]);
    expect(stdout.startsWith(`${root.split(/[\\/]/).at(-1)}/new.py:1:28: error`)).toBe(true);
    expect((await ouverture(join(root, "shop"), ["verify", "-q"])).stdout).toMatch(
      /^\.\.\/new\.py:1:28/,
    );
  });

  it("exits 2 where there is nothing to scan", async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, ".ouverture"));
    const run = await ouverture(root, ["verify", "--all"]);
    expect(run.status).toBe(2);
    expect(run.stdout).toMatch(/Nothing to scan/);
    expect((await ouverture(root, ["verify", "--format", "json"])).status).toBe(2);
  });

  it.each([
    [["verify", "nowhere"], "there is no file or folder 'nowhere'."],
    [["verify", "a\u001b[31m"], "there is no file or folder 'a\\u001b[31m'."],
    [["verify", "--al"], "unknown option '--al'"],
    [["verify", "--format", "xml"], "argument 'xml' is invalid"],
    [["verify", "shop", ".."], "'..' is not in the repository of 'shop'"],
    [["verify", "--all", "--changed"], "--all and --changed contradict each other"],
    [["verify", "--changed", "--staged"], "--changed and --staged contradict each other"],
    [["verify", "--all", "--staged"], "--all and --staged contradict each other"],
    [["verify", "--base", "main"], "--base is for --changed"],
    [["verify", "--staged", "--head", "x"], "--head is for --changed"],
    [["verify", "--policy", "network"], "Write it as effect=allow or effect=deny"],
    [["verify", "--policy", "evil=deny"], "evil is not known"],
    [["verify", "--fail-on", "never"], "Allowed choices are error, warning"],
    [["verify", "--explain", "mising"], "There is no finding 'mising'. Did you mean 'missing'?"],
    [["verify", "--explain", "missing", "--all"], "--explain checks nothing"],
    [["verify", "--output", "shop"], "'shop' is a folder"],
    [["verfy"], "unknown command 'verfy' (Did you mean verify?)"],
    [["--nope"], "unknown option '--nope'"],
  ])("says in one sentence what is wrong with %j", async (args, sentence) => {
    const { status, stdout, stderr } = await ouverture(market, args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/^ouverture: /);
  });

  it.each([[[]], [["--help"]], [["help"]], [["verify", "--help"]], [["help", "verify"]]])(
    "%j shows help with an example",
    async (args) => {
      const { status, stdout, stderr } = await ouverture(market, args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toContain("Usage: ouverture");
      expect(stdout).toContain("$ ouverture verify --all");
    },
  );

  it("shows its version", async () => {
    expect((await ouverture(market, ["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [{}, false, false],
    [{}, true, true],
    [{ NO_COLOR: "1" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, true, false],
    [{ TERM: "dumb" }, true, false],
  ])("with %j and a terminal %s it is coloured: %s", async (environment, isTerminal, expected) => {
    const { stdout } = await ouverture(market, ["verify"], { environment, isTerminal });
    expect(stdout.includes("\u001b[")).toBe(expected);
  });
});
