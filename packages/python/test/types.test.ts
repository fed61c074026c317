/** What type checkers say of the package, and of programs that import from the pool: mypy and pyright. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const sources = fileURLToPath(new URL("../src", import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-types-")));
afterAll(() => rmSync(folder, { recursive: true }));

const HASH = "d06024133566034748895a63d9c8b9b7695346b9571035ca0fd1f7b1df4f776c";
const PROGRAM = `import ouverture
import ouverture.pool
from ouverture import FunctionNotFoundError, UnsupportedFunctionError, VerificationError
from ouverture import object_${HASH} as first
from ouverture.pool import object_${HASH} as mean

reveal_type(first)
reveal_type(mean(values=[1]))
reveal_type(ouverture.pool.object_${HASH})
reveal_type(ouverture.__version__)
try:
    mean(values=[])
except VerificationError as error:
    reveal_type(error.path)
missing: ImportError = FunctionNotFoundError("none")
other: ImportError = UnsupportedFunctionError("newer")
distrusted: ImportError = VerificationError("changed", "object.json")
VerificationError()
`;
writeFileSync(join(folder, "program.py"), PROGRAM);
const IN_FRENCH = `from ouverture.pool.fra import object_${HASH} as moyenne\nreveal_type(moyenne)\n`;
writeFileSync(join(folder, "french.py"), IN_FRENCH);
const REVEALED = {
  7: "Any",
  8: "Any",
  9: "Any",
  10: "str",
  14: "str | None",
};

function run(program: string, args: readonly string[]) {
  const env = { ...process.env, MYPYPATH: sources, PYTHONPATH: sources, MYPY_CACHE_DIR: folder };
  return spawnSync(program, args, { cwd: folder, encoding: "utf8", env, maxBuffer: 1 << 24 });
}

// Debian's package "mypy"; .ci/packages installs it.
const hasMypy = run("mypy", ["--version"]).status === 0;

it.runIf(process.env.CI)("mypy is there where the tests are required", () => {
  expect(hasMypy).toBe(true);
});

describe.runIf(hasMypy)("mypy", () => {
  const mypy = (...args: string[]) => run("mypy", ["--strict", "--no-color-output", ...args]);

  it.each(["3.9", null])("finds nothing in the package, as Python %s", (version) => {
    const args = version === null ? [] : ["--python-version", version];
    const { stdout, stderr } = mypy(...args, "-p", "ouverture", "--no-incremental");
    expect(stdout + stderr).toMatch(/^Success: no issues found in \d\d source files\n$/);
  });

  it("sees that it is typed, and what is wrong in a program", () => {
    const lines = mypy("program.py").stdout.split("\n");
    const revealed = lines.flatMap((line) => {
      const [, at, type = ""] =
        /^program.py:(\d+): note: Revealed type is "(.*)"$/.exec(line) ?? [];
      const plain = type.replace("builtins.", "").replace("Union[str, None]", "str | None");
      return at === undefined ? [] : [[at, plain]];
    });
    expect(Object.fromEntries(revealed)).toEqual(REVEALED);
    const wrong = lines.filter((line) => line.includes(": error: "));
    expect(wrong.map((line) => /:(\d+): error: .*\[(.*)\]$/.exec(line)?.slice(1))).toEqual([
      ["17", "assignment"],
      ["18", "call-arg"],
    ]);
  });

  it("knows the modules of languages", () => {
    const { status, stdout } = mypy("french.py");
    expect(stdout).toContain('french.py:2: note: Revealed type is "Any"');
    expect(status).toBe(0);
  });
});

interface Diagnostic {
  readonly severity: "error" | "warning" | "information";
  readonly message: string;
  readonly rule?: string;
  readonly range: { readonly start: { readonly line: number } };
}

const pyrightProgram = createRequire(import.meta.url).resolve("pyright/package.json");
const pyright = (...args: string[]) =>
  JSON.parse(
    run(process.execPath, [join(dirname(pyrightProgram), "index.js"), "--outputjson", ...args])
      .stdout,
  );

/** What pyright says of files of the folder, as a Python of this version. */
function diagnose(version: string, include: string): Diagnostic[] {
  const config = { include: [include], extraPaths: [sources], pythonVersion: version };
  writeFileSync(join(folder, "pyrightconfig.json"), JSON.stringify(config));
  const { generalDiagnostics, summary } = pyright();
  expect(summary.filesAnalyzed).toBeGreaterThan(0);
  return generalDiagnostics;
}

describe("pyright", () => {
  it.each(["3.9", "3.14"])("finds nothing in the package, as Python %s", (version) => {
    cpSync(join(sources, "ouverture"), join(folder, "package/ouverture"), { recursive: true });
    expect(diagnose(version, "package")).toEqual([]);
  });

  it("finds every type that the package exports", () => {
    const { completenessScore } = pyright(
      "--verifytypes",
      "ouverture",
      "--ignoreexternal",
    ).typeCompleteness;
    expect(completenessScore).toBe(1);
  });

  it("sees that it is typed, and what is wrong in a program", () => {
    const found = diagnose("3.12", "program.py");
    const revealed = found.flatMap(({ message, range }) => {
      const type = /^Type of ".*" is "(.*)"$/.exec(message)?.[1];
      return type === undefined ? [] : [[range.start.line + 1, type]];
    });
    expect(Object.fromEntries(revealed)).toEqual(REVEALED);
    const wrong = found.filter(({ severity }) => severity === "error");
    expect(wrong.map(({ range, rule }) => [range.start.line + 1, rule])).toEqual([
      [17, "reportAssignmentType"],
      [18, "reportCallIssue"],
    ]);
  });

  it("knows the modules of languages as little as docs/python.md says", () => {
    const found = diagnose("3.12", "french.py");
    expect(found.map(({ rule, message }) => rule ?? message)).toEqual([
      "reportMissingImports",
      'Type of "moyenne" is "Unknown"',
    ]);
  });
});
