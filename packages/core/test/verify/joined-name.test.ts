/** Names that are put together: of pieces, in every way that keeps their order, as CPython evaluates them. */
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IMPORTER_WORDS, joinToPool } from "../../src/verify/joined-name.js";
import { findPoolImports, mentionsPool } from "../../src/verify/pool-import.js";
import { libraryPaths, readLibrary } from "../oracle/python-library.js";
import { pythonOracles } from "../oracle/python-tree.js";

const NAME = "ouverture";
const MODULE = `${NAME}.pool`;

/** Ways to write a letter in a string. */
const LETTER: readonly ((letter: string, code: number) => string)[] = [
  (letter) => letter,
  (letter) => letter,
  (_, code) => `\\x${code.toString(16)}`,
  (_, code) => `\\u00${code.toString(16).toUpperCase()}`,
  (_, code) => `\\U000000${code.toString(16)}`,
  (_, code) => `\\${code.toString(8)}`,
  (letter) => (/[a-z]/.test(letter) ? `\\N{LATIN SMALL LETTER ${letter.toUpperCase()}}` : letter),
  (letter) => `\\\n${letter}`,
];

/** Ways to write pieces, which are the contents of strings, as one expression. */
const WAYS: readonly ((pieces: readonly string[]) => string)[] = [
  (pieces) => `(${pieces.map(quote).join(" ")})`,
  (pieces) => `(${pieces.map(quote).join("\n  # and\n  ")})`,
  (pieces) => pieces.map(quote).join(" + "),
  (pieces) => `"".join([${pieces.map(quote).join(", ")}])`,
  (pieces) => `"${"%s".repeat(pieces.length)}" % (${pieces.map(quote).join(", ")},)`,
  (pieces) => `"${"{}".repeat(pieces.length)}".format(${pieces.map(quote).join(", ")})`,
  // Every other piece is put into the string.
  ([first = "", second, ...rest]) =>
    second === undefined ? quote(first) : `"${first}%s${rest.join("")}" % (${quote(second)},)`,
  ([first = "", second, ...rest]) =>
    second === undefined
      ? quote(first)
      : `"${first}{0!s}${rest.join("")}".format(${quote(second)})`,
  (pieces) => `"""${pieces.join("\"\"\"''''''\"\"\"")}"""`,
];

function quote(piece: string, index = 0): string {
  const prefix = ["", "u", "f", "F"][index % 4];
  const mark = ['"', "'", '"""', "'''"][(index * 3) % 4];
  return `${prefix}${mark}${piece}${mark}`;
}

/** An expression whose value is the name of the pool, and which does not spell it. */
const expression = fc
  .tuple(
    fc.array(fc.nat(LETTER.length - 1), { minLength: MODULE.length, maxLength: MODULE.length }),
    fc.uniqueArray(fc.integer({ min: 1, max: MODULE.length - 1 }), { maxLength: 6 }),
    fc.constantFrom(...WAYS),
  )
  .map(([letters, cuts, way]) => {
    const written = [...MODULE].map(
      (letter, at) => LETTER[letters[at] ?? 0]?.(letter, letter.charCodeAt(0)) ?? letter,
    );
    const ends = [0, ...cuts.sort((a, b) => a - b), MODULE.length];
    return way(ends.slice(1).map((end, at) => written.slice(ends[at], end).join("")));
  })
  .filter((text) => !text.includes(NAME));

const IMPORTS: readonly ((name: string) => string)[] = [
  (name) => `__import__(${name})`,
  (name) => `import importlib\nimportlib.import_module(${name})`,
  (name) => `exec("import " + ${name})`,
  (name) => `name = (${name})\nrun = eval\nrun("__import__(name)")`,
];

describe("a name that is put together", () => {
  it("is found", () => {
    fc.assert(
      fc.property(expression, fc.constantFrom(...IMPORTS), (name, write) => {
        const source = write(name);
        expect(mentionsPool(source)).toBe(true);
        const found = findPoolImports(source);
        expect(found.ok && found.value.map(({ kind }) => kind)).toContain("dynamic");
      }),
      { numRuns: 1000 },
    );
  });

  it("is found behind every character that Python reads as one of a word that imports", () => {
    const missed: string[] = [];
    for (let point = 0x80; point <= 0x10ffff; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const char = String.fromCodePoint(point);
      const plain = char.normalize("NFKC");
      const word = IMPORTER_WORDS.find((one) => one.includes(plain));
      if (word === undefined || !/\p{XIDC}/u.test(char)) continue;
      if (!mentionsPool(`${word.replace(plain, char)}("ouver" "ture")`)) missed.push(char);
    }
    expect(missed).toEqual([]);
  });

  it.runIf(pythonOracles().length > 0)("is that name in Python", () => {
    const [{ command } = { command: "" }] = pythonOracles();
    const names = fc.sample(expression, 500);
    const program = "import json, sys\nprint(json.dumps([eval(x) for x in json.load(sys.stdin)]))";
    const { stdout } = spawnSync(command, ["-c", program], {
      input: JSON.stringify(names),
      encoding: "utf8",
    });
    const values: string[] = JSON.parse(stdout);
    expect(names.filter((_, at) => values[at] !== MODULE)).toEqual([]);
  });

  it("is not seen in the library of Python", { timeout: 300_000 }, () => {
    const paths = libraryPaths();
    if (pythonOracles().some(({ command }) => command === "python3")) {
      expect(paths.length).toBeGreaterThan(1000);
    }
    const found = readLibrary(paths).filter(
      ({ source }) => !source.includes(NAME) && mentionsPool(source),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

describe("joinToPool", () => {
  it.each<[readonly string[], boolean]>([
    [[], false],
    [["ouverture"], true],
    [["ouver", "ture"], true],
    [["x.ouver", "ture.pool"], true],
    [["ouver", "x", "ture"], false],
    [["ture", "ouver"], false],
    [["ou%sture", "ver"], true],
    [["%(a)s%-3s", "ouver", "ture"], true],
    [["{}{b:>{c}}", "ouver", "ture"], true],
    [["%sture", "a very long text before ouver"], true],
    [["OUVER", "TURE"], false],
  ])("%j: %s", (texts, expected) => {
    expect(joinToPool(texts)).toBe(expected);
  });

  it("takes no longer than the texts are long", () => {
    // Each of many placeholders is filled with what follows, which is long.
    const texts = Array.from({ length: 2000 }, () => "%s".repeat(50) + "ouver".repeat(200));
    expect(joinToPool(texts)).toBe(false);
  });
});
