/** docs/normal-form.md, "Names": the table, the numbers and what is refused. */
import { describe, test } from "vitest";
import { type Case, check } from "./case.js";

const kept: readonly Case[] = [
  {
    rule: "the function, also in recursion and in its decorator",
    sources: ["import g\n@g(lambda: f)\ndef f(): f"],
    code: "import g\n\n@g(lambda: $0)\ndef $0():\n    $0",
  },
  {
    rule: "the function declared global",
    sources: ["def f():\n  global f\n  f = 1\n  return f"],
    code: "def $0():\n    global $0\n    $0 = 1\n    return $0",
  },
  {
    rule: "an import inside, also if assigned",
    sources: ["def f(x):\n  import os as o\n  o = x\n  def g(): return o\n  del o"],
    code: "def $0($1):\n    import os as o\n    o = $1\n\n    def $2():\n        return o\n    del o",
  },
  {
    rule: "a parameter that an import binds again",
    sources: ["def f(json=None):\n  if json is None: import json\n  return f(json=1)"],
    code: "def $0(json=None):\n    if json is None:\n        import json\n    return $0(json=1)",
  },
  {
    rule: "declared global, bound or not, seen elsewhere",
    sources: ["def f():\n  global a, b\n  a = 1\n  def g(): return a, b"],
    code: "def $0():\n    global a, b\n    a = 1\n\n    def $1():\n        return (a, b)",
  },
  {
    rule: "an import declared global",
    sources: ["import os\ndef f():\n  global os\n  os = 1"],
    code: "import os\n\ndef $0():\n    global os\n    os = 1",
  },
  {
    rule: "a class body",
    sources: [
      "def f():\n  class C:\n    a: int = 1\n    def b(self): pass\n    class D: e = 2\n    for i in (): pass\n    import os\n    with a as (b, *c): pass\n    try: pass\n    except a as x: pass\n    type T = a\n    match a:\n      case [y, {'k': z, **w}]: pass\n    (v := a)",
    ],
    code: "def $0():\n\n    class $1:\n        a: int = 1\n\n        def b(self):\n            pass\n\n        class D:\n            e = 2\n        for i in ():\n            pass\n        import os\n        with a as (b, *c):\n            pass\n        try:\n            pass\n        except a as x:\n            pass\n        type T = a\n        match a:\n            case [y, {'k': z, **w}]:\n                pass\n        (v := a)",
  },
  {
    rule: "the parameters of methods and references to them",
    sources: [
      "def f():\n  class C:\n    if 1:\n      async def m(self, /, a, *b, c=1, **d):\n        e = self\n        a = 2\n        return lambda: (a, b, c, d, e)",
    ],
    code: "def $0():\n\n    class $1:\n        if 1:\n\n            async def m(self, /, a, *b, c=1, **d):\n                $2 = self\n                a = 2\n                return lambda: (a, b, c, d, $2)",
  },
  {
    rule: "the parameters of generic methods",
    sources: ["def f():\n  class C:\n    def m[T](self, a: T): return a"],
    code: "def $0():\n\n    class $1:\n\n        def m[$2](self, a: $2):\n            return a",
  },
  {
    rule: "a lambda in a class body is no method",
    sources: ["def f():\n  class C:\n    m = lambda self: self"],
    code: "def $0():\n\n    class $1:\n        m = lambda $2: $2",
  },
  {
    rule: "a function in a method is no method",
    sources: ["def f():\n  class C:\n    def m(self):\n      def n(x): return self, x"],
    code: "def $0():\n\n    class $1:\n\n        def m(self):\n\n            def $2($3):\n                return (self, $3)",
  },
  {
    rule: "builtins and module dunders",
    sources: ["def f(): len, __name__, __spec__, WindowsError, __class__"],
    code: "def $0():\n    (len, __name__, __spec__, WindowsError, __class__)",
  },
  {
    rule: "the cell __class__",
    sources: [
      "def f():\n  class C:\n    def m(self):\n      nonlocal __class__\n      __class__ = 1",
    ],
    code: "def $0():\n\n    class $1:\n\n        def m(self):\n            nonlocal __class__\n            __class__ = 1",
  },
  {
    rule: "attributes, other keywords, strings, class patterns",
    sources: ["def f(a):\n  a.a(a='a')\n  match a:\n    case a.a(a=1): f'{a.a}a'"],
    code: "def $0($1):\n    $1.a(a='a')\n    match $1:\n        case $1.a(a=1):\n            f'{$1.a}a'",
  },
  {
    rule: "the literal text of f'{x=}'",
    sources: ["def f(a): return f'{ a = }', f'{a=!s:>3}'"],
    code: "def $0($1):\n    return (f' a = {$1!r}', f'a={$1!s:>3}')",
  },
];

const renamed: readonly Case[] = [
  {
    rule: "parameters",
    sources: ["def f(a, /, b, *c, d, **e): pass"],
    code: "def $0($1, /, $2, *$3, $4, **$5):\n    pass",
    names: ["f", "a", "b", "c", "d", "e"],
  },
  {
    rule: "assignments",
    sources: ["def f():\n  a = b = 1\n  c, (d, *e) = 1\n  g: int\n  g += 1\n  del a"],
    code: "def $0():\n    $1 = $2 = 1\n    $3, ($4, *$5) = 1\n    $6: int\n    $6 += 1\n    del $1",
  },
  {
    rule: "for, with, except, import, walrus",
    sources: [
      "def f():\n  for a in 1: pass\n  with 1 as b: pass\n  try: pass\n  except len as c: pass\n  (d := 1)",
    ],
    code: "def $0():\n    for $1 in 1:\n        pass\n    with 1 as $2:\n        pass\n    try:\n        pass\n    except len as $3:\n        pass\n    ($4 := 1)",
  },
  {
    rule: "captures",
    sources: [
      "def f():\n  match 1:\n    case [a, *b] | [b, *a]: pass\n    case {1: c, **d} as e: pass\n    case len(g, x=h): pass\n    case i: pass",
    ],
    code: "def $0():\n    match 1:\n        case [$1, *$2] | [$2, *$1]:\n            pass\n        case {1: $3, **$4} as $5:\n            pass\n        case len($6, x=$7):\n            pass\n        case $8:\n            pass",
  },
  {
    rule: "definitions, type parameters and type aliases",
    sources: [
      "def f[T: (int, T), *U, **P = U]():\n  def a[T](b: T): pass\n  class C[V](list[V]): x: V\n  type X[W] = X[W]",
    ],
    code: "def $0[$1: (int, $1), *$2, **$3 = $2]():\n\n    def $4[$5]($6: $5):\n        pass\n\n    class $7[$8](list[$8]):\n        x: $8\n    type $9[_ouverture_v_10] = $9[_ouverture_v_10]",
  },
  {
    rule: "a local that shadows a builtin or an import",
    sources: ["import os\ndef f(len):\n  os = len\n  return os"],
    code: "import os\n\ndef $0($1):\n    $2 = $1\n    return $2",
  },
  {
    rule: "a comprehension and its element",
    sources: ["def f(x): return [x for x in x if x], x"],
    code: "def $0($1):\n    return ([$2 for $2 in $1 if $2], $1)",
  },
  {
    rule: "a walrus in a comprehension binds outside",
    sources: ["def f(): return [y := x for x in 1], y"],
    code: "def $0():\n    return ([($1 := $2) for $2 in 1], $1)",
  },
  {
    rule: "nonlocal",
    sources: ["def f(a):\n  def g():\n    nonlocal a, b\n    a = b\n  b = 1"],
    code: "def $0($1):\n\n    def $2():\n        nonlocal $1, $3\n        $1 = $3\n    $3 = 1",
  },
  {
    rule: "nonlocal in a class body",
    sources: ["def f(a):\n  class C:\n    nonlocal a\n    a = 1\n    b = a"],
    code: "def $0($1):\n\n    class $2:\n        nonlocal $1\n        $1 = 1\n        b = $1",
  },
  {
    rule: "numbers follow the printed text: decorators, defaults, annotations",
    sources: ["def f(z):\n  @z\n  def g(b=(v := 2)): pass"],
    code: "def $0($1):\n\n    @$1\n    def $2($3=($4 := 2)):\n        pass",
  },
  {
    rule: "a conditional expression prints its value first",
    sources: ["def f():\n  return (a := 1) if (b := 2) else (c := 3)"],
    code: "def $0():\n    return ($1 := 1) if ($2 := 2) else ($3 := 3)",
  },
  {
    rule: "a keyword of the function in its own decorator comes first",
    sources: ["@(lambda: f(b=1))\ndef f(a, b): pass"],
    code: "@lambda: $0($1=1)\ndef $0($2, $1):\n    pass",
    names: ["f", "b", "a"],
  },
  {
    rule: "names that look like numbers are names like any other",
    sources: ["def $3($0, $1):\n  $0 = $1", "def f(a, b): a = b"],
    code: "def $0($1, $2):\n    $1 = $2",
  },
  {
    rule: "many",
    sources: [`def f(${Array.from({ length: 12 }, (_, i) => `p${i}`).join(", ")}): return p11, p0`],
    code: `def $0(${Array.from({ length: 12 }, (_, i) => `_ouverture_v_${i + 1}`).join(", ")}):\n    return (_ouverture_v_12, $1)`,
  },
];

const refused: readonly Case[] = [
  {
    rule: "a name that nothing binds",
    sources: ["def f(): return g"],
    fault: "unresolved-name g 1:17-18",
  },
  { rule: "in a decorator", sources: ["@g\ndef f(): pass"], fault: "unresolved-name g 1:2-3" },
  {
    rule: "in an annotation that is never evaluated",
    sources: ["from __future__ import annotations\ndef f(a: B): pass"],
    fault: "unresolved-name B 2:10-11",
  },
  {
    rule: "a class variable in a method",
    sources: ["def f():\n  class C:\n    a = 1\n    def m(self): a"],
    fault: "unresolved-name a 4:18-19",
  },
  {
    rule: "the first one of the text",
    sources: ["def f():\n  {a: b, c: d}"],
    fault: "unresolved-name a 2:4-5",
  },
  {
    rule: "__qualname__ in a class body",
    sources: ["def f():\n  class C: __qualname__"],
    fault: "unresolved-name __qualname__ 2:12-24",
  },

  {
    rule: "a global",
    sources: ["def f():\n  global $1"],
    fault: "reserved-name _ouverture_v_1 2:3-24",
  },
  {
    rule: "a name of a class body",
    sources: ["def f():\n  class C:\n    $1 = 1"],
    fault: "reserved-name _ouverture_v_1 3:5-19",
  },
  {
    rule: "a method",
    sources: ["def f():\n  class C:\n    def $1(): pass"],
    fault: "reserved-name _ouverture_v_1 3:5-31",
  },
  {
    rule: "a parameter of a method",
    sources: ["def f():\n  class C:\n    def m($1): pass"],
    fault: "reserved-name _ouverture_v_1 3:11-25",
  },
  {
    rule: "an import",
    sources: ["import $1\ndef f(): pass"],
    fault: "reserved-name _ouverture_v_1 1:8-22",
  },
  {
    rule: "an alias inside",
    sources: ["def f():\n  import a as $12"],
    fault: "reserved-name _ouverture_v_12 2:10-30",
  },
  {
    rule: "what is imported",
    sources: ["from a import $1 as b\ndef f(): b"],
    fault: "reserved-name _ouverture_v_1 1:1-34",
  },
  {
    rule: "a part of a module",
    sources: ["import a.$1\ndef f(): a"],
    fault: "reserved-name _ouverture_v_1 1:1-24",
  },
  {
    rule: "an attribute",
    sources: ["def f(a): a.$1"],
    fault: "reserved-name _ouverture_v_1 1:11-27",
  },
  {
    rule: "a keyword",
    sources: ["def f(): dict($1=1)"],
    fault: "reserved-name _ouverture_v_1 1:15-31",
  },
  {
    rule: "a keyword of the function that is no parameter",
    sources: ["def f(a, **b): f($1=1)"],
    fault: "reserved-name _ouverture_v_1 1:18-34",
  },
  {
    rule: "a keyword of a class",
    sources: ["def f():\n  class C($1=1): pass"],
    fault: "reserved-name _ouverture_v_1 2:11-27",
  },
  {
    rule: "a keyword of a class pattern",
    sources: ["def f(a):\n  match a:\n    case dict($1=1): pass"],
    fault: "reserved-name _ouverture_v_1 3:10-32",
  },
];

describe("kept", () => {
  test.each(kept)("$rule", (one) => check(one));
});
describe("renamed", () => {
  test.each(renamed)("$rule", (one) => check(one));
});
describe("refused", () => {
  test.each(refused)("$rule", (one) => check(one));
});
describe("not reserved", () => {
  const cases: readonly Case[] = [
    { rule: "a string", sources: ["def f(): 1, '$1'"], code: "def $0():\n    (1, '$1')" },
    {
      rule: "a name with more or less than digits",
      sources: ["def f(a): a._ouverture_v_, a._ouverture_v_1x, a._ouverture_v_x1"],
      code: "def $0($1):\n    ($1._ouverture_v_, $1._ouverture_v_1x, $1._ouverture_v_x1)",
    },
    {
      rule: "an alias of the pool",
      sources: ["from ouverture.pool import object_<A> as $7\ndef f(): $7"],
      code: "from ouverture.pool import object_<A>\n\ndef $0():\n    object_<A>.$0",
    },
  ];
  test.each(cases)("$rule", (one) => check(one));
});
