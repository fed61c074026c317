/** docs/normal-form.md: keyword arguments in "Names" and in "Pool imports". */
import { describe, expect, test } from "vitest";
import type { Callee } from "../../src/canonical/form.js";
import { normalize } from "../../src/canonical/normalize.js";
import { A, B, type Case, check, written } from "./case.js";

const local: readonly Case[] = [
  {
    rule: "of the function itself",
    sources: ["def f(a, *, b=1): f(a=1, b=2)"],
    code: "def $0($1, *, $2=1):\n    $0($1=1, $2=2)",
  },
  {
    rule: "not where it is positional-only, starred or unknown",
    sources: ["def f(a, /, *b, **c): f(a=1, b=2, c=3, d=4)"],
    code: "def $0($1, /, *$2, **$3):\n    $0(a=1, b=2, c=3, d=4)",
  },
  {
    rule: "of a decorated function",
    sources: ["def f():\n  @len\n  async def g(a): g(a=1)\n  return g(a=2)"],
    code: "def $0():\n\n    @len\n    async def $1($2):\n        $1($2=1)\n    return $1($2=2)",
  },
  {
    rule: "a method's parameter is kept, so is its keyword",
    sources: ["def f():\n  class C:\n    def m(a): pass\n    m(a=1)"],
    code: "def $0():\n\n    class $1:\n\n        def m(a):\n            pass\n        m(a=1)",
  },
  {
    rule: "not of a name with two bindings",
    sources: ["def f():\n  def g(a): pass\n  def g(a): pass\n  g(a=1)"],
    code: "def $0():\n\n    def $1($2):\n        pass\n\n    def $1($3):\n        pass\n    $1(a=1)",
  },
  {
    rule: "not of a function that is bound again",
    sources: ["def f(a):\n  global f\n  f = 1\n  f(a=1)"],
    code: "def $0($1):\n    global $0\n    $0 = 1\n    $0(a=1)",
  },
  {
    rule: "not of a lambda or a class",
    sources: [
      "def f():\n  g = lambda a: a\n  class C:\n    def __init__(self, a): pass\n  g(a=1)\n  C(a=1)",
    ],
    code: "def $0():\n    $1 = lambda $2: $2\n\n    class $3:\n\n        def __init__(self, a):\n            pass\n    $1(a=1)\n    $3(a=1)",
  },
  {
    rule: "not of a call's result or an attribute",
    sources: ["def f(a): f()(a=1), f.g(a=2)"],
    code: "def $0($1):\n    ($0()(a=1), $0.g(a=2))",
  },
  {
    rule: "of a function that is declared global",
    sources: ["def f():\n  global g\n  def g(a): pass\n  g(a=1)"],
    code: "def $0():\n    global g\n\n    def g($1):\n        pass\n    g($1=1)",
  },
  {
    rule: "through a scope in between",
    sources: ["def f():\n  def g(a): pass\n  return [lambda: g(a=x) for x in 1]"],
    code: "def $0():\n\n    def $1($2):\n        pass\n    return [lambda: $1($2=$3) for $3 in 1]",
  },
  {
    rule: "a shadowed name is another callee",
    sources: ["def f(a):\n  def g(f): f(a=1)"],
    code: "def $0($1):\n\n    def $2($3):\n        $3(a=1)",
  },
  {
    rule: "a mangled parameter has its mangled name",
    sources: [
      "def f():\n  class C:\n    def m(self):\n      def g(__a): return __a\n      return g(_C__a=1), g(__a=2)",
    ],
    code: "def $0():\n\n    class $1:\n\n        def m(self):\n\n            def $2($3):\n                return $3\n            return ($2($3=1), $2(__a=2))",
    names: ["f", "C", "g", "_C__a"],
  },
];

const callees: Record<string, Callee> = {
  [A]: {
    code: "def _ouverture_v_0(_ouverture_v_1, /, _ouverture_v_2, *, _ouverture_v_3, os):\n    import os",
    name_mapping: {
      _ouverture_v_0: "moyenne",
      _ouverture_v_1: "nombres",
      _ouverture_v_2: "poids",
      _ouverture_v_3: "__proto__",
    },
  },
  [B]: {
    code: "def _ouverture_v_0(_ouverture_v_1, **_ouverture_v_2):\n    pass",
    name_mapping: { _ouverture_v_0: "f", _ouverture_v_1: "x", _ouverture_v_2: "kw" },
  },
};
const callee = (hash: string): Callee | undefined => callees[hash];
const IMPORT = "from ouverture.pool import object_<A> as g, object_<B> as h\n";
const PRINTED =
  "from ouverture.pool import object_<B>\nfrom ouverture.pool import object_<A>\n\ndef $0():\n    ";

const pool: readonly Case[] = [
  {
    rule: "in the caller's language",
    sources: [
      `${IMPORT}def f(): g(poids=1, __proto__=2, os=3)`,
      `${IMPORT}def f(): g.$0(poids=1, $3=2, os=3)`,
    ],
    code: `${PRINTED}object_<A>.$0($2=1, $3=2, os=3)`,
  },
  {
    rule: "one that is a number stays, whatever it is",
    sources: [`${IMPORT}def f(): g($1=1, $7=2)`],
    code: `${PRINTED}object_<A>.$0($1=1, $7=2)`,
  },
  {
    rule: "taken by **",
    sources: [`${IMPORT}def f(): h(x=1, kw=2, y=3, **{})`],
    code: `${PRINTED}object_<B>.$0($1=1, kw=2, y=3, **{})`,
  },
  {
    rule: "no such parameter",
    sources: [`${IMPORT}def f(): g(poids=1, autre=2)`],
    fault: "unresolved-keyword autre 2:21-28",
  },
  {
    rule: "a positional-only parameter",
    sources: [`${IMPORT}def f(): g(nombres=1)`],
    fault: "unresolved-keyword nombres 2:12-21",
  },
  {
    rule: "two names of one parameter",
    sources: [`${IMPORT}def f(): g(poids=1, $2=2)`],
    fault: "name-clash _ouverture_v_2 2:21-37",
  },
];

describe("keywords of known callees", () => {
  test.each(local)("$rule", (one) => check(one));
});

describe("keywords of the pool", () => {
  test.each(pool)("$rule", (one) => check(one, { callee }));

  test("without the callee they are refused", () => {
    const source = `${IMPORT}def f(): g(poids=1)`;
    check({ rule: "", sources: [source], fault: "unresolved-keyword poids 2:12-19" });
    check(
      { rule: "", sources: [source], fault: "unresolved-keyword poids 2:12-19" },
      { callee: () => undefined },
    );
  });

  test("a callee that is no function is none", () => {
    const hostile = { code: "def (", name_mapping: {} };
    const source = `${IMPORT}def f(): g(poids=1)`;
    check(
      { rule: "", sources: [source], fault: "unresolved-keyword poids 2:12-19" },
      { callee: () => hostile },
    );
  });

  test("each callee is asked for once", () => {
    const asked: string[] = [];
    const source = written(`${IMPORT}def f(): g(poids=1), g(poids=2), h(x=3), g(4)`);
    const ask = (hash: string): Callee | undefined => {
      asked.push(hash);
      return callees[hash];
    };
    expect(normalize(source, { callee: ask }).ok).toBe(true);
    expect(asked).toEqual([A, B]);
  });
});
