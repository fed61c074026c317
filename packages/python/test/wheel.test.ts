/** What is published of the Python package: built, looked at, installed and run as users have it. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { interpreters } from "./interpreters.js";

const home = fileURLToPath(new URL("..", import.meta.url));
const market = fileURLToPath(new URL("../../../examples/market", import.meta.url));
/** The mean, of the market. */
const MEAN = "d06024133566034748895a63d9c8b9b7695346b9571035ca0fd1f7b1df4f776c";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-wheel-")));
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = folder) {
  return spawnSync(program, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });
}

function runWell(program: string, args: readonly string[], env?: NodeJS.ProcessEnv, cwd?: string) {
  const { status, stdout, stderr } = run(program, args, env, cwd);
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

const has = (program: string) => run(program, ["--version"]).status === 0;
// Debian's packages "python3-build", "flit" and "twine"; .ci/packages installs them.
const canBuild = has("pyproject-build") && has("flit");
const hasTwine = has("twine");

it.runIf(process.env.CI)("is built where the tests are required", () => {
  expect({ canBuild, hasTwine }).toEqual({ canBuild: true, hasTwine: true });
});

/** Builds with what is installed, and fetches nothing; gives the files that it makes. */
function build(source: string, name: string, ...kinds: string[]): Record<string, string> {
  const into = join(folder, name);
  const args = ["--no-isolation", ...kinds, "--outdir", into, source];
  // Files carry their times: with this one, the same files are the same bytes.
  runWell("pyproject-build", args, { SOURCE_DATE_EPOCH: "1700000000" });
  const files = readdirSync(into).map((file) => join(into, file));
  return Object.fromEntries(files.map((file) => [file.endsWith(".whl") ? "wheel" : "sdist", file]));
}

const LIST = `
import json, sys, tarfile, zipfile
path = sys.argv[1]
if path.endswith(".whl"):
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
else:
    with tarfile.open(path) as archive:
        members = [one for one in archive if one.isfile()]
        files = {one.name: archive.extractfile(one).read().decode() for one in members}
print(json.dumps(files))
`;

function filesIn(archive: string): Record<string, string> {
  return JSON.parse(runWell("python3", ["-c", LIST, archive]));
}

/** What the repository has of the package, by its path in it. */
function sources(): Record<string, string> {
  const root = join(home, "src");
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile() && !one.name.endsWith(".pyc"));
  const paths = files.map((one) => join(one.parentPath, one.name));
  return Object.fromEntries(
    paths.map((path) => [relative(root, path), readFileSync(path, "utf8")] as const),
  );
}

describe.runIf(canBuild)("sdist and wheel", () => {
  let built: Record<string, string> = {};
  let wheel: Record<string, string> = {};

  beforeAll(() => {
    const copy = join(folder, "package");
    mkdirSync(copy);
    for (const name of ["src", "test", "bench", "README.md", "LICENSE", "pyproject.toml"])
      cpSync(join(home, name), join(copy, name), { recursive: true });
    // The wheel is built from the sdist, as installers do it.
    built = build(copy, "built");
    wheel = filesIn(built.wheel ?? "");
    const again = build(copy, "again", "--wheel");
    expect(readFileSync(again.wheel ?? "").equals(readFileSync(built.wheel ?? ""))).toBe(true);
  }, 120_000);

  it("hold the package, and nothing else", () => {
    const inWheel = Object.entries(wheel).filter(([name]) => !name.includes(".dist-info/"));
    expect(Object.fromEntries(inWheel)).toEqual(sources());
    expect(Object.keys(wheel)).toContain("ouverture/py.typed");
    const inSdist = Object.keys(filesIn(built.sdist ?? "")).map((name) =>
      name.replace(/^[^/]*\//, ""),
    );
    expect(inSdist.sort()).toEqual(
      [
        ...Object.keys(sources()).map((name) => `src/${name}`),
        ...["LICENSE", "PKG-INFO", "README.md", "pyproject.toml"],
      ].sort(),
    );
  });

  it("say what they are", () => {
    const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    const metadata = wheel[`ouverture-${version}.dist-info/METADATA`] ?? "";
    const head = metadata.slice(0, metadata.indexOf("\n\n")).split("\n");
    expect(head).toContain("Name: ouverture");
    expect(head).toContain(`Version: ${version}`);
    expect(head).toContain("Requires-Python: >=3.9");
    expect(head).toContain("Classifier: License :: OSI Approved :: MIT License");
    expect(head).toContain("Classifier: Typing :: Typed");
    expect(head.filter((line) => line.startsWith("Requires-Dist"))).toEqual([]);
    expect(metadata).toContain(readFileSync(join(home, "README.md"), "utf8").trim());
    expect(wheel[`ouverture-${version}.dist-info/WHEEL`]).toContain("Tag: py3-none-any");
    const license = Object.keys(wheel).filter((name) =>
      /\.dist-info\/(licenses\/)?LICENSE$/.test(name),
    );
    expect(license).toHaveLength(1);
  });

  it.runIf(hasTwine)("are what a registry takes", () => {
    runWell("twine", ["check", "--strict", ...Object.values(built)]);
  });

  describe("installed", () => {
    const environment = join(folder, "environment");
    const program = join(environment, "bin/python");
    /** No settings of ours, and a home without a pool or anything kept. */
    const clean = { HOME: join(folder, "home"), PYTHONPATH: "", OUVERTURE_LANG: "" };
    const use =
      `from ouverture.pool.fra import object_${MEAN} as moyenne; import ouverture\n` +
      "print(moyenne(valeurs=[1, 2, 6]), ouverture.__file__)";

    beforeAll(() => {
      runWell("python3", ["-m", "venv", environment]);
      const install = ["-m", "pip", "install", "--no-index", "--no-deps", built.wheel ?? ""];
      runWell(program, install, { PIP_DISABLE_PIP_VERSION_CHECK: "1" });
    }, 120_000);

    it("imports from a pool, and runs as a module", () => {
      const [result, file = ""] = runWell(program, ["-c", use], clean, market).trim().split(" ");
      expect(result).toBe("3.0");
      expect(file.startsWith(environment)).toBe(true);
      const args = ["-m", "ouverture", "run", `${MEAN}@fra`, "--", "[1, 2, 6]"];
      expect(runWell(program, args, clean, market)).toBe("3.0\n");
    });

    it.each(interpreters)("imports in Python $version", ({ path }) => {
      const site = runWell(program, ["-c", "import ouverture; print(ouverture.__path__[0])"]);
      const packages = join(site.trim(), "..");
      const env = { ...clean, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: "1" };
      expect(runWell(path, ["-c", use], env, market)).toContain(`3.0 ${packages}`);
    });

    it("is gone as it is uninstalled", () => {
      runWell(program, ["-m", "pip", "uninstall", "--yes", "ouverture"]);
      const { status, stderr } = run(program, ["-c", "import ouverture"], clean);
      expect({ status, isGone: stderr.includes("ModuleNotFoundError") }).toEqual({
        status: 1,
        isGone: true,
      });
    });
  });
});
