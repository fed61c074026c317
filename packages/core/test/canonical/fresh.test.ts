/** The quick proof of law 5 against the trial itself: what it accepts, the trial accepts. */
import { describe, expect, test } from "vitest";
import { anyCallee } from "../../src/canonical/callee.js";
import { denormalize } from "../../src/canonical/denormalize.js";
import type { Mapping } from "../../src/canonical/form.js";
import { isFresh, namingRules } from "../../src/canonical/fresh.js";
import { normalizeProgram } from "../../src/canonical/normalize.js";
import { readProgram } from "../../src/canonical/program.js";
import { A, written } from "./case.js";
import { generateProgram } from "./generate-program.js";
import { hostileMapping, one } from "./hostile-mapping.js";
import { chooseFrom } from "./program.js";
import { ownNames } from "./program-names.js";
import { programText } from "./program-text.js";

/** The rules of a text that is its own normal form, and a mapping of it. */
function canonical(source: string) {
  const first = readProgram(source);
  const normal = first.ok ? normalizeProgram(first.value, { callee: anyCallee }) : first;
  if (!normal.ok) throw new Error(`${JSON.stringify(normal.fault)}\n${source}`);
  const { code, mapping } = normal.value;
  const program = readProgram(code);
  const again = program.ok ? normalizeProgram(program.value, { callee: anyCallee }) : program;
  if (!program.ok || !again.ok || again.value.code !== code) throw new Error(code);
  return { code, mapping, rules: namingRules(program.value, again.value) };
}

/** Names in the order of the numbers. */
function renamed({ name_mapping }: Mapping, names: readonly string[]): Mapping["name_mapping"] {
  const numbers = Object.keys(name_mapping);
  return Object.fromEntries(numbers.map((number, at) => [number, names[at] ?? ""]));
}

test("accepts nothing that the trial refuses", () => {
  const verdicts = { fresh: 0, tried: 0, refused: 0 };
  for (let seed = 1; seed <= Number(process.env.FRESH_PROGRAMS ?? 150); seed += 1) {
    const choose = chooseFrom(seed);
    const version = one(choose, [11, 13, 14] as const);
    const program = generateProgram(choose, { version, size: 5 + choose(40) });
    const { code, mapping, rules } = canonical(programText(program, ownNames));
    for (let round = 0; round < 6; round += 1) {
      const hostile = hostileMapping(code, mapping, choose);
      const trial = denormalize(code, hostile);
      if (isFresh(hostile, rules)) {
        verdicts.fresh += 1;
        expect(trial, `seed ${seed}: ${JSON.stringify(hostile)}\n${code}`).toMatchObject({
          ok: true,
        });
      } else if (trial.ok) verdicts.tried += 1;
      else verdicts.refused += 1;
    }
  }
  // All three happen often, or nothing was compared.
  expect(Math.min(...Object.values(verdicts))).toBeGreaterThan(50);
});

describe("what is decided without a trial", () => {
  test.each([
    ["names and a docstring", "def $0($1):\n    $2 = len($1)\n    return $2", ["f", "xs", "n"]],
    ["the name of a builtin that is not used", "def $0($1):\n    return $1", ["f", "len"]],
    ["the name of an attribute", "def $0($1):\n    return $1.value", ["f", "value"]],
    [
      "the keyword of a function that is not known",
      "def $0($1):\n    return sorted($1, key=$1)",
      ["f", "key"],
    ],
    [
      "an alias",
      "from ouverture.pool import object_<A>\n\ndef $0($1):\n    return object_<A>.$0($1, x=1)",
      ["f", "x"],
    ],
    [
      "one name in comprehensions beside each other",
      "def $0($1):\n    return [$2 for $2 in $1] + [$3 + $4 for $3 in $1 for $4 in $1]",
      ["f", "xs", "x", "x", "y"],
    ],
    [
      "one name in functions beside each other, and in a lambda",
      "def $0($1):\n\n    def $2($3):\n        return $3\n\n    def $4($5):\n        return lambda $6: $5 + $6\n    return $2($4)",
      ["f", "xs", "g", "x", "h", "y", "x"],
    ],
    [
      "one name for what a comprehension goes through and for its variable",
      "def $0($1):\n    return [$2 for $2 in $1]",
      ["f", "x", "x"],
    ],
    [
      "the name of the function for a parameter, where it does not call itself",
      "def $0($1):\n    return $1",
      ["x", "x"],
    ],
    [
      "one name in a comprehension and around it, where it does not see that",
      "def $0($1):\n    $2 = [$3 for $3 in $1]\n    for $4 in $2:\n        print($4)",
      ["f", "xs", "all", "x", "x"],
    ],
  ])("%s", (_, code, names) => {
    const { mapping, rules } = canonical(written(code));
    const name_mapping = renamed(mapping, names);
    const alias_mapping = code.includes("<A>") ? { [A]: "moyenne" } : {};
    const docstring = "L'élément.\n\n  Plus.";
    expect(isFresh({ docstring, name_mapping, alias_mapping, comment: "" }, rules)).toBe(true);
  });

  test.each([
    ["one name twice in a scope", "def $0($1):\n    $2 = 1\n    return $2", ["f", "x", "x"]],
    [
      "one name in a scope and in one that reads it",
      "def $0($1):\n    return [$2 + $1 for $2 in $1]",
      ["f", "x", "x"],
    ],
    [
      "one name in a scope and in one around another that reads it",
      "def $0($1):\n    return [(lambda: $1) for $2 in $1]",
      ["f", "x", "x"],
    ],
    ["the name of a function that calls itself", "def $0($1):\n    return $0($1)", ["x", "x"]],
    [
      "one name that is bound from inside a comprehension",
      "def $0($1):\n    return [($3 := 1) for $2 in $1]",
      ["f", "xs", "x", "x"],
    ],
    [
      "one name in a function that declares the other",
      "def $0($1):\n\n    def $2($3):\n        nonlocal $1",
      ["f", "x", "g", "x"],
    ],
    [
      "one name in a function around one that declares the other",
      "def $0($1):\n\n    def $2($3):\n\n        def $4():\n            nonlocal $1",
      ["f", "x", "g", "x", "h"],
    ],
    ["a builtin that is used", "def $0($1):\n    return len($1)", ["f", "len"]],
    ["an import", "import os.path\n\ndef $0($1):\n    return $1", ["os", "a"]],
    ["a global", "def $0($1):\n    global counter\n    return $1", ["f", "counter"]],
    [
      "a keyword of a known function",
      "def $0($1, **$2):\n    return $0(1, key=$1)",
      ["f", "key", "rest"],
    ],
    [
      "a wildcard",
      "def $0($1):\n    match $1:\n        case [$2]:\n            pass",
      ["f", "a", "_"],
    ],
    ["the cell of super", "def $0($1):\n    return $1", ["f", "super"]],
    ["a class", "def $0($1):\n\n    class $2:\n        pass", ["f", "a", "C"]],
    ["a t-string", "def $0($1):\n    return t'{$1}'", ["f", "a"]],
  ])("not %s", (_, code, names) => {
    const { mapping, rules } = canonical(written(code));
    const name_mapping = renamed(mapping, names);
    expect(isFresh({ ...mapping, name_mapping }, rules)).toBe(false);
  });
});
