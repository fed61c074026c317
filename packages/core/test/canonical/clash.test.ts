/** docs/normal-form.md, laws 3 and 6: what the normal form would make mean something else is a `name-clash`. */
import { describe, test } from "vitest";
import { type Case, check } from "./case.js";

const classBodies: readonly Case[] = [
  {
    rule: "a name of a class body that falls back to the function",
    sources: ["def f():\n  class C:\n    f = f"],
    fault: "name-clash f 3:9-10",
  },
  {
    rule: "also where an assignment adds to it",
    sources: ["def f():\n  class C:\n    f += 1"],
    fault: "name-clash f 3:5-6",
  },
  {
    rule: "also under a function that binds it",
    sources: ["def f():\n  def g(f):\n    class C:\n      f = f"],
    fault: "name-clash f 4:11-12",
  },
  {
    rule: "to a pool import",
    sources: ["from ouverture.pool import object_<A> as g\ndef f():\n  class C:\n    g = g"],
    fault: "name-clash g 4:9-10",
  },
  {
    rule: "to another import, which is kept",
    sources: ["import g\ndef f():\n  class C:\n    g = g"],
    code: "import g\n\ndef $0():\n\n    class $1:\n        g = g",
  },
  {
    rule: "a name that is only bound there",
    sources: ["def f():\n  class C:\n    f = 1\n    def g(self): return f"],
    code: "def $0():\n\n    class $1:\n        f = 1\n\n        def g(self):\n            return $0",
  },
  {
    rule: "a class body does not see the functions around",
    sources: ["def f(a):\n  class C:\n    a = a"],
    code: "def $0($1):\n\n    class $2:\n        a = a",
  },
  {
    rule: "but an annotation does",
    sources: ["def f(a):\n  class C:\n    a: a = 1"],
    fault: "name-clash a 3:8-9",
  },
  {
    rule: "a parameter's annotation does",
    sources: ["def f(a):\n  class C:\n    a = 1\n    def m(self, x: a): pass"],
    fault: "name-clash a 4:20-21",
  },
  {
    rule: "a type alias does",
    sources: ["def f(a):\n  class C:\n    a = 1\n    type X = a"],
    fault: "name-clash a 4:14-15",
  },
  {
    rule: "the bases of a generic class do",
    sources: ["def f(a):\n  class C:\n    a = 1\n    class D[T](a): pass"],
    fault: "name-clash a 4:16-17",
  },
  {
    rule: "an import around is kept",
    sources: ["def f():\n  import a\n  class C:\n    a: a = 1"],
    code: "def $0():\n    import a\n\n    class $1:\n        a: a = 1",
  },
];

const privateNames: readonly Case[] = [
  {
    rule: "private names follow the class",
    sources: [
      "def f():\n  class _C:\n    __a = 1\n    def m(self, __b): return self.__a, __b",
      "def f():\n  class D:\n    __a = 1\n    def m(self, __b): return self.__a, __b",
    ],
    code: "def $0():\n\n    class $1:\n        __a = 1\n\n        def m(self, __b):\n            return (self.__a, __b)",
  },
  {
    rule: "a mangled name that is spelled out",
    sources: ["def f(x):\n  class C: __a = 1\n  return x._C__a"],
    fault: "name-clash _C__a 3:10-17",
  },
  {
    rule: "one that is spelled out in the class",
    sources: ["def f(x):\n  class C:\n    def m(self): self.__a = self._C__a"],
    fault: "name-clash _C__a 3:29-39",
  },
  {
    rule: "a keyword that names a private parameter",
    sources: ["def f(x):\n  class C:\n    def m(self, __a): pass\n  x.m(_C__a=1)"],
    fault: "name-clash _C__a 4:7-14",
  },
  {
    rule: "a private name outside of a class is none",
    sources: ["def f(x): return x.__a"],
    code: "def $0($1):\n    return $1.__a",
  },
  {
    rule: "a class without a name to mangle with, and the same name outside",
    sources: ["def f(x):\n  class __: __a = 1\n  return x.__a"],
    fault: "name-clash __a 3:10-15",
  },
  {
    rule: "a class without a name to mangle with",
    sources: ["def f(x):\n  class __: __a = 1"],
    code: "def $0($1):\n\n    class $2:\n        __a = 1",
  },
  {
    rule: "two classes of one name that share a private name",
    sources: [
      "def f():\n  def g():\n    class C: __a = 1\n  def h():\n    class _C:\n      def m(self): return self.__a",
    ],
    fault: "name-clash __a 6:27-35",
  },
  {
    rule: "one class that is defined twice",
    sources: ["def f(x):\n  if x:\n    class C: __a = 1\n  else:\n    class C: __a = 2"],
    code: "def $0($1):\n    if $1:\n\n        class $2:\n            __a = 1\n    else:\n\n        class $2:\n            __a = 2",
  },
  {
    rule: "a kept class keeps its private names",
    sources: ["def f(x):\n  class A:\n    class C: __a = 1\n  return x._C__a"],
    code: "def $0($1):\n\n    class $2:\n\n        class C:\n            __a = 1\n    return $1._C__a",
  },
  {
    rule: "a class in a class: its bases are the outer one's",
    sources: ["def f(x):\n  class A:\n    class C(x.__a): __a = 1\n  return x._C__a"],
    code: "def $0($1):\n\n    class $2:\n\n        class C($1.__a):\n            __a = 1\n    return $1._C__a",
  },
  {
    rule: "a name that the new mangling would meet",
    sources: ["def f(x):\n  class C: __a = 1\n  return x._ouverture_v_2__a"],
    fault: "name-clash _ouverture_v_2__a 3:10-29",
  },
  {
    rule: "a name that it would not meet",
    sources: ["def f(x):\n  class C: __a = 1\n  return x._ouverture_v_3__a"],
    code: "def $0($1):\n\n    class $2:\n        __a = 1\n    return $1._ouverture_v_3__a",
  },
  {
    rule: "what an import in a class looks up is not ours",
    sources: ["def f():\n  class C:\n    from m import __a"],
    fault: "name-clash __a 3:5-22",
  },
  {
    rule: "dunders and dotted names are not private",
    sources: ["def f():\n  class C:\n    from m import __a__\n    import __a.b as c"],
    code: "def $0():\n\n    class $1:\n        from m import __a__\n        import __a.b as c",
  },
  {
    rule: "a private local is renamed",
    sources: ["def f(_C__a):\n  class C:\n    def m(self): return __a"],
    code: "def $0($1):\n\n    class $2:\n\n        def m(self):\n            return $1",
    names: ["f", "_C__a", "C"],
  },
  {
    rule: "an import that a private name means",
    sources: ["import _C__a\ndef f():\n  class C: x = __a"],
    fault: "name-clash __a 3:16-19",
  },
];

describe("names that fall back", () => {
  test.each(classBodies)("$rule", (one) => check(one));
});
describe("private names", () => {
  test.each(privateNames)("$rule", (one) => check(one));
});
