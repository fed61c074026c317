import { describe, expect, test } from "vitest";
import { bindingUses } from "../../src/canonical/binding-uses.js";
import type { Callee } from "../../src/canonical/form.js";
import { normalize } from "../../src/canonical/normalize.js";
import { written } from "./case.js";
import { generateProgram } from "./generate-program.js";
import { chooseFrom } from "./program.js";
import { ownNames } from "./program-names.js";
import { programText } from "./program-text.js";

/** Each binding as `form: what stands before each use up to the line's start`, shortened. */
function usesOf(code: string): string[] {
  const found = bindingUses(written(code));
  if (!found.ok) return [found.fault.code];
  return found.value.map(({ form, uses }) => {
    const places = uses.map(({ line, column }) => `${line}:${column}`);
    return `${form} ${places.join(" ")}`;
  });
}

describe("bindingUses", () => {
  test.each<[string, string, string[]]>([
    [
      "the function, its parameters and locals",
      "def $0($1, *$2, **$3):\n    $4 = $1\n    return $0($4, $1=$2)",
      [
        "function 1:5 3:12",
        "parameter 1:20 2:22 3:43",
        "parameter 1:37 3:58",
        "parameter 1:55",
        "assignment 2:5 3:27",
      ],
    ],
    [
      "names that begin like others, in declarations",
      `def $0($1, ${"$2, $3, $4, $5, $6, $7, $8, $9, _ouverture_v_10"}):\n\n    def _ouverture_v_11():\n        nonlocal _ouverture_v_10, $1`,
      [
        "function 1:5",
        "parameter 1:20 4:35",
        ...[36, 52, 68, 84, 100, 116, 132, 148].map((column) => `parameter 1:${column}`),
        "parameter 1:164 4:18",
        "function 3:9",
      ],
    ],
    [
      "captures, after what stands before them",
      "def $0($1):\n    match $1:\n        case {1: [*$2] as $3, **$4}:\n            pass\n    try:\n        pass\n    except $1 as $1:\n        pass",
      [
        "function 1:5",
        "parameter 1:20 2:11 7:12 7:30",
        "capture 3:20",
        "capture 3:39",
        "capture 3:57",
      ],
    ],
    [
      "no keyword of a function of the pool, no string, no attribute",
      "from ouverture.pool import object_<A>\n\ndef $0($1):\n    return object_<A>.$0($1='$1')",
      ["function 3:5", "parameter 3:20"],
    ],
  ])("finds %s", (_, code, expected) => {
    expect(usesOf(code)).toEqual(expected);
  });

  test.each<[string, string]>([
    ["text that is no normal form", "def f(a):\n    return a"],
    ["a normal form with a line more", "def $0():\n    pass\n"],
    ["the older form", "def $0($2, $1):\n    return $2 - $1"],
  ])("refuses %s", (_, code) => {
    expect(usesOf(code)).toEqual(["not-canonical"]);
  });

  test("refuses what is no Python and no function file", () => {
    expect(usesOf("def")).toEqual(["syntax-error"]);
    expect(usesOf("x = 1")).toEqual(["stray-statement"]);
  });

  test("other names in all these places, and nowhere else, are the same function", () => {
    const callee = (): Callee => ({ code: "def f(**k): pass", name_mapping: {} });
    let count = 0;
    for (let seed = 1; seed <= 150; seed += 1) {
      const version = ([11, 13, 14] as const)[seed % 3] ?? 14;
      const program = generateProgram(chooseFrom(seed), { version, size: 40 });
      const normal = normalize(programText(program, ownNames), { callee });
      if (!normal.ok) throw new Error(normal.fault.code);
      const { code, mapping } = normal.value;
      const found = bindingUses(code);
      if (!found.ok) throw new Error(`${found.fault.code}\n${code}`);
      expect(found.value.map(({ number }) => number)).toEqual(Object.keys(mapping.name_mapping));
      const edits = found.value.flatMap(({ number, uses }) =>
        uses.map(({ start, end }) => ({ number, start, end })),
      );
      let text = code;
      for (const { number, start, end } of edits.sort((a, b) => b.start - a.start)) {
        expect(code.slice(start, end)).toBe(number);
        text = text.slice(0, start) + number.replace("_ouverture_v_", "fresh_") + text.slice(end);
        count += 1;
      }
      const back = normalize(text, { callee });
      expect(back.ok && back.value.code, text).toBe(code);
      // A name that was left as it was would be taken for a number.
      const names = back.ok ? Object.values(back.value.mapping.name_mapping) : [];
      expect(names.filter((name) => !name.startsWith("fresh_"))).toEqual([]);
    }
    expect(count).toBeGreaterThan(2_000);
  });
});
