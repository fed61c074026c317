/** docs/normal-form.md, "Mapping": denormalize, law 5, and mappings that nobody has checked. */
import { describe, expect, test } from "vitest";
import { denormalize } from "../../src/canonical/denormalize.js";
import type { Callee, Mapping } from "../../src/canonical/form.js";
import { normalize } from "../../src/canonical/normalize.js";
import { A, B, written } from "./case.js";

function mappingOf(names: readonly string[], rest: Partial<Mapping> = {}): Mapping {
  const entries = names.map((name, number) => [`_ouverture_v_${number}`, name]);
  return {
    docstring: "",
    name_mapping: Object.fromEntries(entries),
    alias_mapping: {},
    comment: "",
    ...rest,
  };
}

interface Accepted {
  readonly rule: string;
  readonly code: string;
  readonly names: readonly string[];
  readonly rest?: Partial<Mapping>;
  readonly text: string;
}

const accepted: readonly Accepted[] = [
  {
    rule: "names",
    code: "def $0($1):\n    return $1",
    names: ["carré", "名前"],
    text: "def carré(名前):\n    return 名前",
  },
  {
    rule: "soft keywords",
    code: "def $0($1, $2, $3):\n    pass",
    names: ["type", "match", "case", "_"],
    text: "def type(match, case, _):\n    pass",
  },
  {
    rule: "one name for two bindings in different scopes",
    code: "def $0($1):\n    return ([$2 for $2 in $1], [$3 for $3 in $1])",
    names: ["f", "xs", "x", "x"],
    text: "def f(xs):\n    return ([x for x in xs], [x for x in xs])",
  },
  {
    rule: "the name of a builtin that is not used",
    code: "def $0($1):\n    return $1",
    names: ["f", "len"],
    text: "def f(len):\n    return len",
  },
  {
    rule: "keywords of the function",
    code: "def $0($1):\n    return $0($1=1)",
    names: ["f", "a"],
    text: "def f(a):\n    return f(a=1)",
  },
  {
    rule: "global, nonlocal, captures",
    code: "def $0($1):\n\n    def $2():\n        nonlocal $1\n        global $0\n        match $1:\n            case {1: $3, **$4}:\n                pass",
    names: ["f", "a", "g", "b", "c"],
    text: "def f(a):\n\n    def g():\n        nonlocal a\n        global f\n        match a:\n            case {1: b, **c}:\n                pass",
  },
  {
    rule: "imports are joined",
    code: "from __future__ import annotations\nfrom __future__ import division\nfrom m import a\nfrom m import b as c\nimport os\nimport sys\n\ndef $0():\n    (a, c, os, sys)",
    names: ["f"],
    text: "from __future__ import annotations, division\nfrom m import a, b as c\nimport os\nimport sys\n\ndef f():\n    (a, c, os, sys)",
  },
  {
    rule: "aliases, and references without one",
    code: "from ouverture.pool import object_<B>\nfrom ouverture.pool import object_<A>\n\ndef $0($1=object_<A>.$0):\n    global object_<A>\n    return object_<A>.$0(object_<B>.$0.x)",
    names: ["f", "a"],
    rest: { alias_mapping: { [A]: "moyenne" } },
    text: "from ouverture.pool import object_<B>, object_<A> as moyenne\n\ndef f(a=moyenne):\n    global moyenne\n    return moyenne(object_<B>.x)",
  },
  {
    rule: "an alias that is shadowed where it is not used",
    code: "from ouverture.pool import object_<A>\n\ndef $0($1):\n    return $1",
    names: ["f", "g"],
    rest: { alias_mapping: { [A]: "g" } },
    text: "from ouverture.pool import object_<A> as g\n\ndef f(g):\n    return g",
  },
  {
    rule: "a docstring",
    code: "def $0():\n    pass",
    names: ["f"],
    rest: { docstring: 'One.\n\n  Two \\ """ three\n\rfour\'' },
    text: "def f():\n    '''One.\n\n      Two \\\\ \"\"\" three\n    \\rfour\\''''\n    pass",
  },
  {
    rule: "a docstring before a string",
    code: "def $0():\n    pass\n    'b'",
    names: ["f"],
    rest: { docstring: "a" },
    text: 'def f():\n    """a"""\n    pass\n    \'b\'',
  },
  {
    rule: "a docstring that begins on its second line",
    code: "def $0():\n    pass",
    names: ["f"],
    rest: { docstring: "a\n  b" },
    text: 'def f():\n    """\n    a\n      b"""\n    pass',
  },
  {
    rule: "the text of t-strings",
    code: "def $0($1):\n    return t'{$1 + 1!r}'",
    names: ["f", "a"],
    text: "def f(a):\n    return t'{a + 1!r}'",
  },
  {
    rule: "private names",
    code: "def $0():\n\n    class $1:\n\n        def m(self):\n            $2 = self.__a\n            return $2",
    names: ["f", "C", "__b"],
    text: "def f():\n\n    class C:\n\n        def m(self):\n            __b = self.__a\n            return __b",
  },
  {
    rule: "a comment comes back",
    code: "def $0():\n    pass",
    names: ["f"],
    rest: { comment: "mine" },
    text: "def f():\n    pass",
  },
];

interface Refused {
  readonly rule: string;
  readonly code: string;
  readonly mapping: Mapping;
  readonly fault: string;
}

const IDENTITY = "def $0($1):\n    return $1";
const LEN = "def $0($1):\n    return len($1)";
const POOL =
  "from ouverture.pool import object_<A>\nimport os\n\ndef $0($1):\n    return object_<A>.$0($1, os)";
const refused: readonly Refused[] = [
  {
    rule: "a number is missing",
    code: IDENTITY,
    mapping: mappingOf(["f"]),
    fault: "invalid-mapping missing-name _ouverture_v_1",
  },
  {
    rule: "a number is left over",
    code: IDENTITY,
    mapping: mappingOf(["f", "a", "b"]),
    fault: "invalid-mapping unknown-number _ouverture_v_2",
  },
  {
    rule: "a key that is no number",
    code: IDENTITY,
    mapping: {
      ...mappingOf([]),
      name_mapping: JSON.parse('{"_ouverture_v_0": "f", "_ouverture_v_1": "a", "__proto__": "b"}'),
    },
    fault: "invalid-mapping unknown-number __proto__",
  },
  {
    rule: "inherited keys are none",
    code: IDENTITY,
    mapping: {
      ...mappingOf([]),
      name_mapping: Object.create({ _ouverture_v_0: "f", _ouverture_v_1: "a" }),
    },
    fault: "invalid-mapping missing-name _ouverture_v_0",
  },
  {
    rule: "an alias of something that is not imported",
    code: POOL,
    mapping: mappingOf(["f", "a"], { alias_mapping: { [B]: "g" } }),
    fault: "invalid-mapping unknown-hash <B>",
  },
  ...["", " ", "1a", "a b", "a.b", "a\n", "a-b", "a#", "\u{1f600}", "\ud800"].map((name) => ({
    rule: `no identifier: ${JSON.stringify(name)}`,
    code: IDENTITY,
    mapping: mappingOf(["f", name]),
    fault: `invalid-mapping not-an-identifier ${name}`,
  })),
  {
    rule: "an alias that is no identifier",
    code: POOL,
    mapping: mappingOf(["f", "a"], { alias_mapping: { [A]: "g; import os" } }),
    fault: "invalid-mapping not-an-identifier g; import os",
  },
  {
    rule: "not NFKC-stable",
    code: IDENTITY,
    mapping: mappingOf(["f", "\ufb01le"]),
    fault: "invalid-mapping not-nfkc \ufb01le",
  },
  ...["if", "None", "True", "async", "__debug__"].map((name) => ({
    rule: `a keyword: ${name}`,
    code: IDENTITY,
    mapping: mappingOf(["f", name]),
    fault: `invalid-mapping ${name === "__debug__" ? "other-meaning" : "keyword"} ${name}`,
  })),
  {
    rule: "reserved",
    code: IDENTITY,
    mapping: mappingOf(["f", "_ouverture_v_7"]),
    fault: "invalid-mapping reserved _ouverture_v_7",
  },
  {
    rule: "two parameters of one name",
    code: "def $0($1, $2):\n    return ($1, $2)",
    mapping: mappingOf(["f", "a", "a"]),
    fault: "invalid-mapping other-meaning a",
  },
  {
    rule: "two locals of one name",
    code: "def $0($1):\n    $2 = 1\n    return ($1, $2)",
    mapping: mappingOf(["f", "a", "a"]),
    fault: "invalid-mapping other-meaning a",
  },
  {
    rule: "a builtin that is used is captured",
    code: LEN,
    mapping: mappingOf(["f", "len"]),
    fault: "invalid-mapping other-meaning len",
  },
  {
    rule: "the function captures a builtin",
    code: LEN,
    mapping: mappingOf(["len", "a"]),
    fault: "invalid-mapping other-meaning len",
  },
  {
    rule: "an import is captured",
    code: POOL,
    mapping: mappingOf(["f", "os"]),
    fault: "invalid-mapping other-meaning os",
  },
  {
    rule: "the function has the name of an import",
    code: POOL,
    mapping: mappingOf(["os", "a"]),
    fault: "invalid-mapping other-meaning os",
  },
  {
    rule: "an alias is captured",
    code: POOL,
    mapping: mappingOf(["f", "g"], { alias_mapping: { [A]: "g" } }),
    fault: "invalid-mapping other-meaning g",
  },
  {
    rule: "an alias has the name of an import",
    code: POOL,
    mapping: mappingOf(["f", "a"], { alias_mapping: { [A]: "os" } }),
    fault: "invalid-mapping other-meaning os",
  },
  {
    rule: "an alias that is the imported name is none",
    code: POOL,
    mapping: mappingOf(["f", "a"], { alias_mapping: { [A]: `object_${A}` } }),
    fault: "invalid-mapping other-meaning object_<A>",
  },
  {
    rule: "an outer name is captured",
    code: "def $0($1):\n    return lambda $2: $1($2)",
    mapping: mappingOf(["f", "a", "a"]),
    fault: "invalid-mapping other-meaning a",
  },
  {
    rule: "a wildcard for a capture",
    code: "def $0($1):\n    match $1:\n        case [$2]:\n            pass",
    mapping: mappingOf(["f", "a", "_"]),
    fault: "invalid-mapping other-meaning _",
  },
  {
    rule: "a private name that leaves its class",
    code: "def $0($1):\n\n    class $2:\n\n        def m(self):\n            return $1",
    mapping: mappingOf(["f", "__a", "C"]),
    fault: "invalid-mapping other-meaning __a",
  },
  {
    rule: "a class whose private names meet others",
    code: "def $0($1):\n\n    class $2:\n        __a = $1._C__a",
    mapping: mappingOf(["f", "a", "C"]),
    fault: "invalid-mapping other-meaning _C__a",
  },
  {
    rule: "a docstring with a tab",
    code: IDENTITY,
    mapping: mappingOf(["f", "a"], { docstring: "a\tb" }),
    fault: "invalid-mapping docstring docstring",
  },
  {
    rule: "a docstring that cleandoc would change",
    code: IDENTITY,
    mapping: mappingOf(["f", "a"], { docstring: " a\n" }),
    fault: "invalid-mapping docstring docstring",
  },
  {
    rule: "a docstring with an unpaired surrogate",
    code: IDENTITY,
    mapping: mappingOf(["f", "a"], { docstring: "\ud800" }),
    fault: "invalid-mapping docstring docstring",
  },

  {
    rule: "no normal form: names",
    code: "def $0($2):\n    pass",
    mapping: mappingOf(["f", "a"]),
    fault: "not-canonical 1",
  },
  {
    rule: "no normal form: layout",
    code: "def $0():\n    pass\n",
    mapping: mappingOf(["f"]),
    fault: "not-canonical 2",
  },
  {
    rule: "no normal form: a docstring",
    code: 'def $0():\n    """a"""',
    mapping: mappingOf(["f"]),
    fault: "not-canonical 2",
  },
  {
    rule: "no function file",
    code: "x = 1",
    mapping: mappingOf([]),
    fault: "stray-statement Assign",
  },
  { rule: "no Python", code: "def", mapping: mappingOf([]), fault: "syntax-error invalid-syntax " },
];

describe("denormalize", () => {
  test.each(accepted)("$rule", ({ code, names, rest, text }) => {
    const mapping = mappingOf(names, rest);
    expect(denormalize(written(code), mapping)).toEqual({ ok: true, value: written(text) });
    const back = normalize(text.includes("<") ? written(text) : text, { comment: mapping.comment });
    if (!back.ok) throw new Error(back.fault.code);
    expect({ code: back.value.code, mapping: back.value.mapping }).toEqual({
      code: written(code),
      mapping,
    });
  });

  test.each(refused)("refuses $rule", ({ code, mapping, fault }) => {
    const result = denormalize(written(code), mapping);
    if (result.ok) throw new Error(result.value);
    expect([result.fault.code, ...Object.values(result.fault.data)].join(" ")).toBe(written(fault));
  });
});

describe("keywords of the pool", () => {
  const code = written(
    "from ouverture.pool import object_<A>\n\ndef $0():\n    object_<A>.$0($1=1, $2=2, os=3, other=4)",
  );
  const mapping = mappingOf(["f"], { alias_mapping: { [A]: "g" } });
  const text = (call: string): string =>
    written(`from ouverture.pool import object_<A> as g\n\ndef f():\n    g(${call})`);
  const calleeWith = (one: string, two: string) => (): Callee => ({
    code: written("def $0($1, $2, os, **$3):\n    import os"),
    name_mapping: { _ouverture_v_1: one, _ouverture_v_2: two, _ouverture_v_3: "kw" },
  });

  test.each([
    ["in the words of the callee", calleeWith("un", "deux"), "un=1, deux=2, os=3, other=4"],
    [
      "numbers where it is not at hand",
      undefined,
      "_ouverture_v_1=1, _ouverture_v_2=2, os=3, other=4",
    ],
    ["not where another keyword would become one", calleeWith("other", "os"), null],
    [
      "a number where the word is no name",
      calleeWith("if", "a b"),
      "_ouverture_v_1=1, _ouverture_v_2=2, os=3, other=4",
    ],
  ])("%s", (_rule, callee, call) => {
    const result = denormalize(code, mapping, { callee });
    if (call === null)
      expect(result).toMatchObject({
        ok: false,
        fault: { code: "invalid-mapping", data: { name: "os" } },
      });
    else expect(result).toEqual({ ok: true, value: text(call) });
  });
});
