import { describe, expect, test } from "vitest";
import { denormalize } from "../../src/canonical/denormalize.js";
import type { Callee, Mapping } from "../../src/canonical/form.js";
import { hash } from "../../src/canonical/hash.js";
import { normalize } from "../../src/canonical/normalize.js";
import { replaceDependency } from "../../src/canonical/replace-dependency.js";
import { faultMessage } from "../../src/report/message.js";
import { A, B, written } from "./case.js";
import { generateProgram } from "./generate-program.js";
import { chooseFrom } from "./program.js";
import { ownNames } from "./program-names.js";
import { programText } from "./program-text.js";

const C = "c7".repeat(32);

function mappingOf(names: readonly string[], aliases: Record<string, string> = {}): Mapping {
  const name_mapping = Object.fromEntries(
    names.map((name, number) => [`_ouverture_v_${number}`, name]),
  );
  return { docstring: "", name_mapping, alias_mapping: aliases, comment: "" };
}

/** The normal forms of the functions at hand. */
function calleeOf(codes: Readonly<Record<string, string>>) {
  return (name: string): Callee | undefined => {
    const code = codes[name];
    return code === undefined ? undefined : { code: written(code), name_mapping: {} };
  };
}

const USE =
  "from ouverture.pool import object_<A>\n\ndef $0($1):\n    return object_<A>.$0($1) + object_<A>.$0(1)";

describe("replaceDependency", () => {
  test("writes another function in its place, and carries the mappings over", () => {
    const mappings = [mappingOf(["f", "x"], { [A]: "mean" }), mappingOf(["g", "y"])];
    const replaced = replaceDependency({ code: written(USE), mappings }, A, C);
    if (!replaced.ok) throw new Error(faultMessage(replaced.fault));
    const { code } = replaced.value;
    expect(replaced.value).toEqual({
      code: written(USE).replaceAll(A, C),
      hash: hash(code),
      dependencies: [C],
      warnings: [],
      mappings: [mappingOf(["f", "x"], { [C]: "mean" }), mappingOf(["g", "y"])],
      findings: [],
    });
  });

  interface KeywordCase {
    readonly rule: string;
    readonly call: string;
    readonly before?: string;
    readonly after?: string;
    /** The call afterwards, or the keyword and the function of `unresolved-keyword`. */
    readonly expected: string;
  }
  const keywords: readonly KeywordCase[] = [
    {
      rule: "a keyword follows the parameter's place",
      call: "$1=1, $2=2",
      before: "def $0($1, $2):\n    pass",
      after: "def $0($1=len(str()), $2=None):\n    pass",
      expected: "$1=1, $2=2",
    },
    {
      rule: "numbers that are others",
      call: "$1=1, $3=3",
      before: "def $0($1, $2, $3):\n    pass",
      after: "def $0($1=(lambda $2: $2), *, $3, $4):\n    pass",
      expected: "$1=1, $4=3",
    },
    {
      rule: "what goes into **",
      call: "more=1",
      before: "def $0(**$1):\n    pass",
      after: "def $0($1, **$2):\n    pass",
      expected: "more=1",
    },
    {
      rule: "a parameter that is kept",
      call: "os=1",
      before: "def $0(os):\n    import os",
      after: "def $0($1):\n    pass",
      expected: "$1=1",
    },
    {
      rule: "no parameter in that place",
      call: "$2=1",
      before: "def $0($1, $2):\n    pass",
      after: "def $0($1):\n    pass",
      expected: "_ouverture_v_2 <C>",
    },
    {
      rule: "a parameter that no keyword reaches",
      call: "$1=1",
      before: "def $0($1):\n    pass",
      after: "def $0($1, /):\n    pass",
      expected: "_ouverture_v_1 <C>",
    },
    {
      rule: "nothing for what ** took",
      call: "more=1",
      before: "def $0(**$1):\n    pass",
      after: "def $0($1):\n    pass",
      expected: "more <C>",
    },
    {
      rule: "a keyword that the old function does not have",
      call: "$7=1",
      before: "def $0($1):\n    pass",
      after: "def $0($1):\n    pass",
      expected: "_ouverture_v_7 <C>",
    },
    {
      rule: "the old function is not at hand",
      call: "$1=1",
      after: "def $0($1):\n    pass",
      expected: "_ouverture_v_1 <A>",
    },
    {
      rule: "the new function is not at hand",
      call: "$1=1",
      before: "def $0($1):\n    pass",
      expected: "_ouverture_v_1 <C>",
    },
  ];
  test.each(keywords)("keywords: $rule", ({ call, before, after, expected }) => {
    const code = (name: string, keyword: string) =>
      written(
        `from ouverture.pool import object_${name}\n\ndef $0():\n    object_${name}.$0(${keyword})`,
      );
    const callee = calleeOf({ ...(before && { [A]: before }), ...(after && { [C]: after }) });
    const replaced = replaceDependency({ code: code(A, call), mappings: [] }, A, C, { callee });
    if (replaced.ok) expect(replaced.value.code).toBe(code(C, expected));
    else {
      const [keyword, name] = expected.split(" ");
      expect(replaced.fault).toMatchObject({
        code: "unresolved-keyword",
        data: { keyword, hash: name === "<A>" ? A : C },
        span: { line: 4 },
      });
    }
  });

  test("leaves the keywords of other functions as they are", () => {
    const code = written(
      "from ouverture.pool import object_<B>\nfrom ouverture.pool import object_<A>\n\ndef $0($1):\n    object_<B>.$0($5=1)\n    return $0($1=object_<A>.$0)",
    );
    const replaced = replaceDependency({ code, mappings: [] }, A, C);
    expect(replaced.ok && replaced.value.code).toBe(code.replaceAll(A, C));
  });

  test.each<[string, string, string, string, string]>([
    ["a function that is not imported", USE, B, C, "invalid-replacement not-imported"],
    ["a function by itself", USE, A, A, "invalid-replacement same"],
    [
      "a function by the one that imports it",
      USE,
      A,
      hash(written(USE)),
      "invalid-replacement itself",
    ],
    ["no hash", USE, "4f", C, "malformed-hash"],
    ["by no hash", USE, A, "../x", "malformed-hash"],
    ["in what is no normal form", `${USE}\n`, A, C, "not-canonical"],
    ["in no Python", "def", A, C, "syntax-error"],
    [
      "where the new name is taken",
      `from ouverture.pool import object_<A>\n\ndef $0():\n\n    class $1:\n        object_${C} = object_<A>.$0`,
      A,
      C,
      "name-clash",
    ],
    [
      "where two keywords would be one",
      "from ouverture.pool import object_<A>\n\ndef $0():\n    object_<A>.$0($1=1, os=2)",
      A,
      C,
      "name-clash",
    ],
  ])("refuses %s", (_, code, from, to, expected) => {
    const callee = calleeOf({
      [A]: "def $0($1, **$2):\n    pass",
      [C]: "def $0(os, **$1):\n    import os",
    });
    const replaced = replaceDependency({ code: written(code), mappings: [] }, from, to, { callee });
    if (replaced.ok) throw new Error(replaced.value.code);
    const { code: found, data } = replaced.fault;
    expect("reason" in data ? `${found} ${data.reason}` : found).toMatch(expected);
  });

  test("tells that two imports become one, and keeps the alias that was there", () => {
    const code = written(
      "from ouverture.pool import object_<B>\nfrom ouverture.pool import object_<A>\n\ndef $0():\n    return object_<A>.$0(object_<B>.$0())",
    );
    const mappings = [
      mappingOf(["f"], { [B]: "one", [A]: "two" }),
      mappingOf(["f"], { [A]: "two" }),
      mappingOf(["f"]),
    ];
    const replaced = replaceDependency({ code, mappings }, A, B);
    if (!replaced.ok) throw new Error(faultMessage(replaced.fault));
    expect(replaced.value.dependencies).toEqual([B]);
    expect(replaced.value.findings).toMatchObject([
      { fault: { code: "joined-imports", data: { hash: B } }, mapping: null },
    ]);
    expect(replaced.value.mappings).toEqual([
      mappingOf(["f"], { [B]: "one" }),
      mappingOf(["f"], { [B]: "two" }),
      mappingOf(["f"]),
    ]);
  });

  test("tells of keywords that are passed on with **", () => {
    const code = written(
      "from ouverture.pool import object_<A>\n\ndef $0($1):\n    return object_<A>.$0(**$1)",
    );
    const replaced = replaceDependency({ code, mappings: [] }, A, C);
    expect(replaced.ok && replaced.value.findings).toMatchObject([
      { fault: { code: "passed-keywords", data: { hash: C }, span: { line: 4 } }, mapping: null },
    ]);
  });

  test("tells which mapping cannot be carried over, and why", () => {
    const mappings = [
      mappingOf(["f", "x"], { [A]: `object_${C}` }),
      mappingOf(["f"]),
      mappingOf(["f", "x"]),
    ];
    const replaced = replaceDependency({ code: written(USE), mappings }, A, C);
    if (!replaced.ok) throw new Error(faultMessage(replaced.fault));
    expect(replaced.value.mappings).toEqual([null, null, mappingOf(["f", "x"])]);
    expect(replaced.value.findings).toMatchObject([
      { fault: { code: "invalid-mapping", data: { reason: "other-meaning" } }, mapping: 0 },
      { fault: { code: "invalid-mapping", data: { reason: "missing-name" } }, mapping: 1 },
    ]);
  });

  test("there and back is the same function in the same words", () => {
    const callee = (): Callee => ({ code: "def f(**k): pass", name_mapping: {} });
    let replacements = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const program = generateProgram(chooseFrom(seed), { version: 14, size: 25 });
      const normal = normalize(programText(program, ownNames), { callee });
      if (!normal.ok) throw new Error(normal.fault.code);
      const { code, mapping, dependencies } = normal.value;
      for (const from of dependencies) {
        const there = replaceDependency({ code, mappings: [mapping] }, from, C, { callee });
        if (!there.ok) throw new Error(`${faultMessage(there.fault)}\n${code}`);
        expect(there.value.code).not.toContain(from);
        const [words] = there.value.mappings;
        if (words == null) throw new Error(JSON.stringify(there.value.findings));
        const text = denormalize(code, mapping);
        const now = denormalize(there.value.code, words);
        const alias = mapping.alias_mapping[from];
        // Where the import has an alias, its hash stands in the import alone.
        if (text.ok && now.ok && alias !== undefined) {
          expect(withoutImports(now.value)).toBe(withoutImports(text.value));
        }
        const back = replaceDependency({ code: there.value.code, mappings: [words] }, C, from, {
          callee,
        });
        expect(back.ok && back.value).toMatchObject({ code, mappings: [mapping] });
        replacements += 1;
      }
    }
    expect(replacements).toBeGreaterThan(30);
  });
});

function withoutImports(text: string): string {
  return text.replaceAll(/^from ouverture.*\n/gm, "");
}
