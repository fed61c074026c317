/** docs/normal-form.md, "Imports" and "Pool imports". */
import { describe, expect, test } from "vitest";
import {
  boundName,
  dependenciesOf,
  importedNames,
  joinImports,
} from "../../src/canonical/imports.js";
import { hashOfPoolName, isHash, isReservedName } from "../../src/canonical/pool-name.js";
import { takeUnit } from "../../src/canonical/unit.js";
import { parse } from "../../src/syntax/parse/module.js";
import { unparse } from "../../src/syntax/print/unparse.js";
import { A, B, type Case, check, written } from "./case.js";

const cases: readonly Case[] = [
  {
    rule: "a sorted set of single names",
    sources: [
      "import sys, os\nimport os\ndef f(): os, sys",
      "import os\nimport sys\ndef f(): os, sys",
    ],
    code: "import os\nimport sys\n\ndef $0():\n    (os, sys)",
  },
  {
    rule: "from before import",
    sources: ["import a\nfrom z import b, c as x\nfrom z import b as b\ndef f(): a, b, x"],
    code: "from z import b\nfrom z import c as x\nimport a\n\ndef $0():\n    (a, b, x)",
  },
  {
    rule: "by module, name and alias",
    sources: ["from m import b as z, b as y, b, a\nfrom l import z as c\ndef f(): a, b, c, y, z"],
    code: "from l import z as c\nfrom m import a\nfrom m import b\nfrom m import b as y\nfrom m import b as z\n\ndef $0():\n    (a, b, c, y, z)",
  },
  {
    rule: "by code point, not by UTF-16",
    sources: ["import \u{10400}, \ufa0e, \u{1d4d0}x as y\ndef f(): y"],
    code: "import Ax as y\nimport \ufa0e\nimport \u{10400}\n\ndef $0():\n    y",
  },
  {
    rule: "capitals before small letters, digits before dots",
    sources: ["import a.b, a, a1, B\ndef f(): a"],
    code: "import B\nimport a\nimport a.b\nimport a1\n\ndef $0():\n    a",
  },
  {
    rule: "__future__ first",
    sources: [
      "from __future__ import division, annotations\nfrom AAA import x\nfrom __future import y\ndef f(): x, y",
    ],
    code: "from __future__ import annotations\nfrom __future__ import division\nfrom AAA import x\nfrom __future import y\n\ndef $0():\n    (x, y)",
  },
  {
    rule: "import a.b as a keeps its alias",
    sources: ["import a.b as a\ndef f(): a"],
    code: "import a.b as a\n\ndef $0():\n    a",
  },
  {
    rule: "import a as a has none",
    sources: ["import a as a, a\ndef f(): a"],
    code: "import a\n\ndef $0():\n    a",
  },
  {
    rule: "imports inside stay where they are",
    sources: ["def f():\n  import b, a as c\n  from m import (z, y)\n  return a.b(c)"],
    fault: "unresolved-name a 4:10-11",
  },
  {
    rule: "imports inside are kept",
    sources: ["def f():\n  import b.d, a as c\n  from m import (z, y)\n  return b, c"],
    code: "def $0():\n    import b.d, a as c\n    from m import z, y\n    return (b, c)",
  },

  {
    rule: "star import",
    sources: ["from m import *\ndef f(): pass"],
    fault: "star-import m 1:1-16",
  },
  {
    rule: "relative import",
    sources: ["from ..m import a\ndef f(): a"],
    fault: "relative-import ..m 1:1-18",
  },
  {
    rule: "relative import inside",
    sources: ["def f():\n  from . import a"],
    fault: "relative-import . 2:3-18",
  },
  {
    rule: "relative star import",
    sources: ["from . import *\ndef f(): a"],
    fault: "relative-import . 1:1-16",
  },
  {
    rule: "one name for two things",
    sources: ["import a\nimport b as a\ndef f(): a"],
    fault: "name-clash a 2:8-14",
  },
  {
    rule: "one name for two names of a module",
    sources: ["from m import a, b as a\ndef f(): a"],
    fault: "name-clash a 1:18-24",
  },
  {
    rule: "a module and a name of it",
    sources: ["import m.a as a\nfrom m import a\ndef f(): a"],
    fault: "name-clash a 2:15-16",
  },
  {
    rule: "one thing by two imports",
    sources: ["import a.b, a.c\nimport a\ndef f(): a"],
    code: "import a\nimport a.b\nimport a.c\n\ndef $0():\n    a",
  },
  {
    rule: "the function's own name",
    sources: ["import f\ndef f(): f"],
    fault: "name-clash f 1:8-9",
  },
  {
    rule: "the function's own name for the pool",
    sources: ["from ouverture.pool import object_<A> as f\ndef f(): f"],
    fault: "name-clash f 1:28-104",
  },
  {
    rule: "the function's own name inside is another binding",
    sources: ["def f():\n  import f\n  return f"],
    code: "def $0():\n    import f\n    return f",
  },
  {
    rule: "but not where it is declared global",
    sources: ["def f():\n  global f\n  import f"],
    fault: "name-clash f 3:10-11",
  },
  {
    rule: "a module that is named like a function of the pool",
    sources: ["import object_<A>\nfrom ouverture.pool import object_<A>\ndef f(): pass"],
    fault: `name-clash object_${A} 2:28-99`,
  },

  {
    rule: "every spelling of a pool import",
    sources: [
      "from ouverture.pool import object_<A> as g\ndef f(x): return g(x)",
      "from ouverture.pool import object_<A>\ndef f(x): return object_<A>(x)",
      "from ouverture.pool import <A>\ndef f(x): return <A>(x)",
      "from ouverture import object_<A> as g\ndef f(x): return g(x)",
      "from ouverture import <A> as g, object_<A> as h\ndef f(x): return h(x)",
      "from ouverture.pool import object_<A> as object_<A>\ndef f(x): return object_<A>(x)",
      "from ouverture.pool import object_<A>\ndef f(x): return object_<A>.$0(x)",
    ],
    code: "from ouverture.pool import object_<A>\n\ndef $0($1):\n    return object_<A>.$0($1)",
  },
  {
    rule: "the bare hash cannot begin with a digit",
    sources: ["from ouverture.pool import <B>\ndef f(): pass"],
    fault: "syntax-error invalid-binary 1:30-31",
  },
  {
    rule: "the object_ form can",
    sources: ["from ouverture.pool import object_<B>\ndef f(): return object_<B>"],
    code: "from ouverture.pool import object_<B>\n\ndef $0():\n    return object_<B>.$0",
  },
  {
    rule: "sorted by hash among the other imports",
    sources: [
      "import a\nfrom ouverture.pool import object_<A> as x, object_<B> as y\nfrom z import b\nfrom b import c\ndef f(): a, b, c, x, y",
    ],
    code: "from b import c\nfrom ouverture.pool import object_<B>\nfrom ouverture.pool import object_<A>\nfrom z import b\nimport a\n\ndef $0():\n    (a, b, c, object_<A>.$0, object_<B>.$0)",
    aliases: { [A]: "x", [B]: "y" },
  },
  {
    rule: "no alias, then an alias",
    sources: [
      "from ouverture.pool import object_<A>\nfrom ouverture import <A> as g\ndef f(): return g, object_<A>",
    ],
    code: "from ouverture.pool import object_<A>\n\ndef $0():\n    return (object_<A>.$0, object_<A>.$0)",
    aliases: { [A]: "g" },
  },
  {
    rule: "the first alias is kept",
    sources: ["from ouverture.pool import object_<A> as b, object_<A> as a\ndef f(): a, b"],
    code: "from ouverture.pool import object_<A>\n\ndef $0():\n    (object_<A>.$0, object_<A>.$0)",
    aliases: { [A]: "b" },
  },
  {
    rule: "two aliases that are each other's name",
    sources: [
      "from ouverture.pool import object_<A> as object_<B>, object_<B> as object_<A>\ndef f(): object_<A>, object_<B>",
    ],
    code: "from ouverture.pool import object_<B>\nfrom ouverture.pool import object_<A>\n\ndef $0():\n    (object_<B>.$0, object_<A>.$0)",
    aliases: { [A]: `object_${B}`, [B]: `object_${A}` },
  },
  {
    rule: "not a full hash",
    sources: ["from ouverture.pool import object_abc as g\ndef f(): g"],
    fault: "malformed-hash object_abc 1:28-43",
  },
  {
    rule: "a name of the package that is no hash",
    sources: ["from ouverture import pool\ndef f(): pool"],
    fault: "malformed-hash pool 1:23-27",
  },
  {
    rule: "star import of the pool",
    sources: ["from ouverture.pool import *\ndef f(): pass"],
    fault: "star-import ouverture.pool 1:1-29",
  },
  {
    rule: "inside the function",
    sources: ["def f():\n  from ouverture.pool import object_<A>"],
    fault: `nested-pool-import object_${A} 2:30-101`,
  },
  {
    rule: "inside a class",
    sources: ["def f():\n  class C:\n    from ouverture import object_<A>"],
    fault: `nested-pool-import object_${A} 3:27-98`,
  },
  {
    rule: "the pool as a module",
    sources: ["import os, ouverture\ndef f(): pass"],
    fault: "opaque-pool-import ouverture 1:12-21",
  },
  {
    rule: "the pool as a module, inside",
    sources: ["def f():\n  import ouverture.pool.x as y"],
    fault: "opaque-pool-import ouverture.pool.x 2:10-31",
  },
  {
    rule: "inside the pool's package",
    sources: ["from ouverture.pool.sub import object_<A>\ndef f(): pass"],
    fault: "opaque-pool-import ouverture.pool.sub 1:1-103",
  },
  {
    rule: "a package of a similar name",
    sources: ["import ouvertures\nfrom ouverture_pool import x\ndef f(): x, ouvertures"],
    code: "from ouverture_pool import x\nimport ouvertures\n\ndef $0():\n    (x, ouvertures)",
  },

  {
    rule: "rebinding a pool import with global",
    sources: ["from ouverture.pool import object_<A> as g\ndef f():\n  global g\n  g = 1"],
    fault: "name-clash g 4:3-4",
  },
  {
    rule: "rebinding it with del",
    sources: ["from ouverture.pool import object_<A> as g\ndef f():\n  global g\n  del g"],
    fault: "name-clash g 4:7-8",
  },
  {
    rule: "rebinding it with an import",
    sources: ["from ouverture.pool import object_<A> as g\ndef f():\n  global g\n  import g"],
    fault: "name-clash g 4:10-11",
  },
  {
    rule: "annotating it in parentheses",
    sources: ["from ouverture.pool import object_<A> as g\ndef f():\n  (g): int"],
    fault: "name-clash g 3:4-5",
  },
  {
    rule: "reading it with global",
    sources: ["from ouverture.pool import object_<A> as g\ndef f():\n  global g\n  return g"],
    code: "from ouverture.pool import object_<A>\n\ndef $0():\n    global object_<A>\n    return object_<A>.$0",
  },
  {
    rule: "a reference resolves through scopes",
    sources: [
      "from ouverture.pool import object_<A> as g\ndef f(x):\n  class C:\n    def m(self, y=g): return g\n  def h(g): return g\n  return lambda: g",
    ],
    code: "from ouverture.pool import object_<A>\n\ndef $0($1):\n\n    class $2:\n\n        def m(self, y=object_<A>.$0):\n            return object_<A>.$0\n\n    def $3($4):\n        return $4\n    return lambda: object_<A>.$0",
  },
  {
    rule: "written out already, behind other attributes",
    sources: ["from ouverture.pool import object_<A> as g\ndef f(): g.$0.x, g.x, g()[0].y"],
    code: "from ouverture.pool import object_<A>\n\ndef $0():\n    (object_<A>.$0.x, object_<A>.$0.x, object_<A>.$0()[0].y)",
  },
  {
    rule: "another number of a pool function",
    sources: ["from ouverture.pool import object_<A> as g\ndef f(): g.$1"],
    fault: "reserved-name _ouverture_v_1 2:10-26",
  },
  {
    rule: "twice written out",
    sources: ["from ouverture.pool import object_<A> as g\ndef f(): g.$0.$0"],
    fault: "reserved-name _ouverture_v_0 2:10-41",
  },

  {
    rule: "a kept name that would be taken for the import",
    sources: [
      "from ouverture.pool import object_<A> as g\ndef f():\n  class C:\n    object_<A> = g",
    ],
    fault: `name-clash object_${A} 4:5-76`,
  },
  {
    rule: "an import of that name",
    sources: [
      "from ouverture.pool import object_<A> as g\nimport math as object_<A>\ndef f(): g, object_<A>",
    ],
    fault: `name-clash object_${A} 3:13-84`,
  },
  {
    rule: "a parameter of a method of that name",
    sources: [
      "from ouverture.pool import object_<A> as g\ndef f():\n  class C:\n    def m(object_<A>): return g",
    ],
    fault: `name-clash object_${A} 4:11-82`,
  },
  {
    rule: "a local of that name is renamed",
    sources: [
      "from ouverture.pool import object_<A> as g\ndef f(object_<A>): return g(object_<A>)",
    ],
    code: "from ouverture.pool import object_<A>\n\ndef $0($1):\n    return object_<A>.$0($1)",
  },
];

describe("imports", () => {
  test.each(cases)("$rule", (one) => check(one));
});

describe("the import block", () => {
  const source = written(
    "import os\nfrom z import b as c\nfrom ouverture.pool import object_<B>\nfrom z import a, a as d\nfrom ouverture.pool import object_<A> as g\nimport os.path\ndef f(): pass",
  );
  const parsed = parse(source);
  if (!parsed.ok) throw new Error("no tree");
  const unit = takeUnit(parsed.value, source);
  if (!unit.ok) throw new Error("no unit");
  const imported = importedNames(unit.value.imports);

  test("joined, as people read it", () => {
    const lines = joinImports(imported).map((statement) => unparse(statement));
    expect(lines).toEqual([
      "import os",
      "from z import b as c",
      `from ouverture.pool import object_${B}`,
      "from z import a, a as d",
      `from ouverture.pool import object_${A} as g`,
      "import os.path",
    ]);
    const sorted = [...imported].sort((a, b) => ((a.from ?? "~") < (b.from ?? "~") ? -1 : 1));
    expect(joinImports(sorted).map((statement) => statement.names.length)).toEqual([2, 3, 1, 1]);
  });

  test("what it binds", () => {
    expect(imported.map(boundName)).toEqual(["os", "c", `object_${B}`, "a", "d", "g", "os"]);
  });

  test("the dependencies, sorted, each once", () => {
    expect(dependenciesOf(parsed.value)).toEqual([B, A]);
  });
});

describe("names of the pool", () => {
  test.each([
    [A, A],
    [`object_${A}`, A],
    [`object_${B}`, B],
    [`object_object_${A}`, null],
    [A.toUpperCase(), null],
    [A.slice(1), null],
    [`${A}0`, null],
    [`${A}\n`, null],
    ["", null],
    ["object_", null],
  ])("%j", (name, hash) => expect(hashOfPoolName(name)).toBe(hash));

  test("a hash is 64 lower-case hexadecimal digits", () => {
    expect([A, `${A}\n`, A.slice(1), A.replace("a", "g")].map(isHash)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test("a reserved name is a number's", () => {
    const names = [
      "_ouverture_v_0",
      "_ouverture_v_007",
      "_ouverture_v_",
      "_ouverture_v_1x",
      "_ouverture_v_\u0661",
      "x_ouverture_v_1",
      "_ouverture_v_1\n",
    ];
    expect(names.map(isReservedName)).toEqual([true, true, false, false, false, false, false]);
  });
});
