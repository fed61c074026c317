/** The command as users have it: packed, installed by npm from a registry, and the Python in it. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npm, openRegistry, packPackage } from "../../precommit/test/e2e/toolbox.js";
import ownPackage from "../package.json" with { type: "json" };
import { isolated, market } from "./command.js";

const home = fileURLToPath(new URL("..", import.meta.url));
const sqlite = fileURLToPath(new URL("../../../node_modules/node-sqlite3-wasm", import.meta.url));
/** The discounted total of the market, which imports five functions. */
const TOTAL = "1a10a1ae3d69b80ed435436035c1e583a15310c0ba41c92615061ab52d27875a";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-packed-")));
const prefix = join(folder, "prefix");
const repository = join(folder, "repository");
const hasPython = spawnSync("python3", ["-c", ""]).status === 0;

beforeAll(async () => {
  const registry = await openRegistry(packPackage(home, folder), packPackage(sqlite, folder));
  try {
    const settings = ["--registry", registry.url, "--cache", join(folder, "cache"), "--silent"];
    npm(folder, "install", "--global", "--prefix", prefix, ...settings, "@ouverture/cli");
  } finally {
    registry.close();
  }
  cpSync(market, repository, { recursive: true });
  mkdirSync(join(folder, "home"));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, ...args: string[]) {
  const options = {
    cwd: repository,
    env: isolated(join(folder, "home")),
    encoding: "utf8",
  } as const;
  const { status, stdout, stderr } = spawnSync(program, args, options);
  return { status, stdout, stderr };
}

const ouverture = (...args: string[]) => run(join(prefix, "bin/ouverture"), ...args);

describe("the installed command", () => {
  it("says what it is, verifies, and searches with the library beside it", () => {
    expect(ouverture("--version")).toEqual({
      status: 0,
      stdout: `${ownPackage.version}\n`,
      stderr: "",
    });
    expect(ouverture("verify", "-q")).toMatchObject({ status: 0, stderr: "" });
    const found = ouverture("search", "moyenne", "--json");
    expect(found.status).toBe(0);
    expect(found.stdout).toContain("d06024133566");
  });

  it.runIf(process.env.CI)("finds a Python where the tests are required", () => {
    expect(hasPython).toBe(true);
  });

  it.runIf(hasPython)("runs functions with the Python package that it carries", () => {
    const args = ["run", `${TOTAL}@eng`, "[(2, 10)]", "25"];
    expect(ouverture(...args)).toEqual({ status: 0, stdout: "Decimal('18.15')\n", stderr: "" });
    const raised = ouverture("run", "d060@fra", "7");
    expect(raised.status).toBe(1);
    expect(raised.stderr).toContain("    return sum(valeurs) / len(valeurs)\n");
  });

  it.runIf(hasPython)("checks a function by its tests", () => {
    const test = `from ouverture.pool import object_${TOTAL} as total

def test_total():
    assert total([(2, 10)], 25) > 18
`;
    writeFileSync(join(folder, "test_total.py"), test);
    expect(ouverture("add", `${join(folder, "test_total.py")}@eng`).status).toBe(0);
    const { status, stdout } = ouverture("check", TOTAL);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining("test_total"),
    });
  });

  it.runIf(hasPython)("compiles to a file that needs nothing", () => {
    const file = join(folder, "total.py");
    expect(ouverture("compile", `${TOTAL}@spa`, file).status).toBe(0);
    expect(run("python3", "-I", file, "[(2, 10)]", "25")).toEqual({
      status: 0,
      stdout: "Decimal('18.15')\n",
      stderr: "",
    });
  });

  it("vendors what the repository imports", () => {
    const functions =
      ".ouverture/objects/sha256/1a/10a1ae3d69b80ed435436035c1e583a15310c0ba41c92615061ab52d27875a";
    cpSync(join(repository, ".ouverture"), join(folder, "home/.local/ouverture"), {
      recursive: true,
    });
    rmSync(join(repository, ".ouverture/objects"), { recursive: true });
    expect(ouverture("vendor").status).toBe(0);
    expect(readFileSync(join(repository, functions, "object.json"), "utf8")).toContain(TOTAL);
    expect(ouverture("verify", "-q").status).toBe(0);
  });
});
