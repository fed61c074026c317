import { describe, expect, it } from "vitest";
import { findPoolImports, mentionsPool } from "../../src/verify/pool-import.js";

/** Begins with a letter, so that it can be imported bare. */
const HASH = `a${"4f".repeat(31)}0`;
const DIGIT = `4${"4f".repeat(31)}0`;
const OBJECT = `object_${HASH}`;

/** Each access as `kind form name [as alias]`. */
function accessesOf(source: string): string[] {
  const found = findPoolImports(source);
  if (!found.ok) return [found.fault.code];
  return found.value.map(({ kind, form, name, alias, hash }) => {
    expect(hash).toBe(kind === "function" ? (name.includes(HASH) ? HASH : DIGIT) : null);
    const short = name.replace(HASH, "H").replace(DIGIT, "D");
    return `${kind} ${form} ${short}${alias === null ? "" : ` as ${alias}`}`;
  });
}

const cases: Record<string, [source: string, ...accesses: string[]][]> = {
  "from statements": [
    [`from ouverture.pool import ${OBJECT}`, "function from object_H"],
    [`from ouverture.pool import ${OBJECT} as mean`, "function from object_H as mean"],
    [`from ouverture.pool import ${HASH} as mean`, "function from H as mean"],
    [`from ouverture import ${OBJECT} as mean`, "function from object_H as mean"],
    [`from ouverture import ${HASH}`, "function from H"],
    [
      `from ouverture.pool import (${OBJECT} as a, object_${DIGIT} as b,)`,
      "function from object_H as a",
      "function from object_D as b",
    ],
    [`from ouverture.pool.fra import ${OBJECT} as moyenne`, "function from object_H as moyenne"],
    [`from ouverture.pool.${OBJECT} import _ouverture_v_0`, "function from object_H"],
    [`from ouverture . pool import \\\n  ${OBJECT}`, "function from object_H"],
    [`x = 1; from ouverture.pool import ${OBJECT}; y = 2`, "function from object_H"],
    [`\ufeff\ffrom ouverture.pool import ${OBJECT}\r`, "function from object_H"],
    [`import os\rfrom ouverture.pool import ${OBJECT}\rx = 1`, "function from object_H"],
    [`from ｏｕｖｅｒｔｕｒｅ.ｐｏｏｌ import ${OBJECT}`, "function from object_H"],
  ],
  "any nesting level": [
    [`def f():\n  from ouverture.pool import ${OBJECT}`, "function from object_H"],
    [`class C:\n  from ouverture.pool import ${OBJECT}`, "function from object_H"],
    [`if TYPE_CHECKING:\n  from ouverture.pool import ${OBJECT}`, "function from object_H"],
    [
      `try:\n  from ouverture.pool import ${OBJECT} as f\nexcept ImportError:\n  f = None`,
      "function from object_H as f",
    ],
    [
      `async def f():\n  match x:\n    case 1:\n      with y:\n        from ouverture import ${OBJECT}`,
      "function from object_H",
    ],
  ],
  "files that Python parses and does not compile": [
    [`from ouverture.pool import ${OBJECT}\nreturn 1`, "function from object_H"],
    [
      `import ouverture.pool as p\nreturn p.${OBJECT}(p)`,
      "function attribute object_H",
      "dynamic value ouverture.pool",
    ],
    [`def f(x, x):\n  import ouverture\n  ouverture.pool.${OBJECT}`, "function attribute object_H"],
  ],
  "attributes of the pool's modules": [
    [`import ouverture.pool\nouverture.pool.${OBJECT}(1)`, "function attribute object_H"],
    [`import ouverture.pool as p\np.${OBJECT}(1)`, "function attribute object_H"],
    [`import ouverture.pool as p\np.${HASH}(1)`, "function attribute H"],
    [`import ouverture\nouverture.pool.${OBJECT}`, "function attribute object_H"],
    [`import ouverture as o\no.pool.${OBJECT}`, "function attribute object_H"],
    [`import ouverture as o\no.${OBJECT}`, "function attribute object_H"],
    [`from ouverture import pool\npool.${OBJECT}`, "function attribute object_H"],
    [`from ouverture import pool as q\n[q.${OBJECT} for _ in x]`, "function attribute object_H"],
    [`import ouverture.pool.fra as p\np.${OBJECT}`, "function attribute object_H"],
    [`import ouverture.pool\nouverture.pool.fra.${OBJECT}`, "function attribute object_H"],
    [`import ouverture.pool.${OBJECT} as f`, "function import object_H as f"],
    [`import ouverture.pool.${OBJECT}`, "function import object_H"],
    [
      `import ouverture.pool.${OBJECT}\nouverture.pool.object_${DIGIT}`,
      "function import object_H",
      "function attribute object_D",
    ],
    [`import ouverture.pool as p\np.${OBJECT}._ouverture_v_0.x`, "function attribute object_H"],
    [
      `import ouverture.pool as p\np.${OBJECT}(p.object_${DIGIT})`,
      "function attribute object_H",
      "function attribute object_D",
    ],
    ["import ouverture.pool as p"],
    ["import ouverture.pool as p\nif p is not None:\n  pass"],
    ["import ouverture.pool as p\nprint(p.__name__, p.__doc__)"],
    ["try:\n  import ouverture.pool as p\nexcept ImportError:\n  p = None\nif not p:\n  exit()"],
  ],
  "names by their binding": [
    [`import ouverture.pool as p\ndef f(p):\n  return p.average`],
    [`from ouverture import pool\ndef f():\n  pool = make()\n  return pool.average`],
    [`pool.${OBJECT}`],
    [`ouverture.pool.${OBJECT}`],
    [
      `def f():\n  global p\n  import ouverture.pool as p\ndef g():\n  return p.${OBJECT}`,
      "function attribute object_H",
    ],
    [
      `def f():\n  import ouverture.pool as p\n  return lambda: [p.${OBJECT} for _ in x]`,
      "function attribute object_H",
    ],
    ["from .pool import object_1\nfrom .ouverture.pool import object_2"],
    ["import ouverture_tools.pool\nouverture_tools.pool.x"],
    ["from ouverture.cli import main\nmain()"],
  ],
  "what is malformed": [
    ["from ouverture.pool import *", "malformed star *"],
    ["from ouverture import *", "malformed star *"],
    ["from ouverture.pool.fra import *", "malformed star *"],
    ["from ouverture.pool import object_4f3a", "malformed from object_4f3a"],
    ["from ouverture.pool import average as f", "malformed from average as f"],
    ["from ouverture import average", "malformed from average"],
    [
      `from ouverture.pool import object_${HASH.toUpperCase()}`,
      `malformed from object_${HASH.toUpperCase()}`,
    ],
    [`from ouverture.pool import ${OBJECT}0`, "malformed from object_H0"],
    [`from ouverture.pool import ${OBJECT.slice(0, -1)}`, `malformed from ${OBJECT.slice(0, -1)}`],
    [`from ouverture.pool import Object_${HASH}`, "malformed from Object_H"],
    ["import ouverture.pool as p\np.object_4f3a(1)", "malformed attribute object_4f3a"],
    ["import ouverture.pool as p\np.average(1)", "malformed attribute average"],
    ["import ouverture.pool\nouverture.pool.fra.moyenne", "malformed attribute moyenne"],
    ["import ouverture\nouverture.average", "malformed attribute average"],
    ["import ouverture.pool.object_4f3a as f", "malformed import ouverture.pool.object_4f3a as f"],
  ],
  "what is dynamic": [
    [
      "import importlib\nimportlib.import_module('ouverture.pool')",
      "dynamic call importlib.import_module",
    ],
    [
      "from importlib import import_module as im\nim('ouverture.pool')",
      "dynamic call importlib.import_module",
    ],
    [
      "import importlib.util as u\nu.find_spec(name='ouverture')",
      "dynamic call importlib.util.find_spec",
    ],
    ["__import__('ouverture.pool')", "dynamic call builtins.__import__"],
    ["import builtins as b\nb.__import__('ouverture')", "dynamic call builtins.__import__"],
    ["__import__('ouv' + 'erture.pool')", "dynamic call builtins.__import__"],
    ["__import__(f'ouverture.pool.{name}')", "dynamic call builtins.__import__"],
    ["exec('from ouverture.pool import x')", "dynamic call builtins.exec"],
    ["name = 'ouverture.pool'\n__import__(name)", "dynamic call builtins.__import__"],
    ["code = 'from ouverture import x'\nexec(code)", "dynamic call builtins.exec"],
    [
      "from importlib import import_module\nload = import_module\nload('ouverture.pool')",
      "dynamic value importlib.import_module",
    ],
    ["import sys\nsys.modules['ouverture.pool']", "dynamic call sys.modules"],
    ["import sys\nsys.modules.get('ouverture.pool')", "dynamic call sys.modules.get"],
    ["import ouverture.pool as p\ngetattr(p, name)", "dynamic getattr ouverture.pool"],
    [`import ouverture.pool as p\ngetattr(p, '${OBJECT}')`, "dynamic getattr ouverture.pool"],
    ["import ouverture\ngetattr(ouverture.pool, name)", "dynamic getattr ouverture.pool"],
    ["import ouverture.pool as p\nq = p", "dynamic value ouverture.pool"],
    ["import ouverture.pool\nuse(ouverture.pool)", "dynamic value ouverture.pool"],
    ["from ouverture import pool\nvars(pool)[x]", "dynamic value ouverture.pool"],
    ["import ouverture.pool as p\np.__dict__[x]", "malformed attribute __dict__"],
    ["import ouverture.pool as p\np.__getattr__(x)", "malformed attribute __getattr__"],
    [`import ouverture.pool as p\np.${OBJECT} = fake`, "dynamic value ouverture.pool.object_H"],
    ["class C:\n  import ouverture.pool as p", "dynamic value ouverture.pool"],
  ],
  "what reaches no pool": [
    ["import importlib\nimportlib.import_module('json')"],
    ["import importlib\nimportlib.import_module(name)"],
    ["import importlib.metadata\nimportlib.metadata.version('ouverture')"],
    ["from importlib import resources\nresources.files('ouverture')"],
    ["'''Uses ouverture.pool.'''\n__import__(name)"],
    ["# from ouverture.pool import x\nx = 'from ouverture.pool import x'"],
    ["print('the ouverture command')\neval(text)"],
    ["getattr(thing, 'ouverture')"],
  ],
};

for (const [title, rows] of Object.entries(cases)) {
  describe(title, () => {
    it.each(rows.map(([source, ...accesses]) => ({ source, accesses })))("$source", (row) => {
      expect(accessesOf(row.source)).toEqual(row.accesses);
    });
  });
}

describe("findPoolImports", () => {
  it("says where: the name, its line and column in code points", () => {
    const source = `"日本𝒳"; from ouverture.pool import (\r\n  ${OBJECT} as 平均)\nimport ouverture as o\n𝒳=o.${OBJECT}`;
    const found = findPoolImports(source);
    expect(
      found.ok &&
        found.value.map(({ span }) => {
          const { line, column, endLine, endColumn } = span;
          return [line, column, endLine, endColumn, source.slice(span.start, span.end)];
        }),
    ).toEqual([
      [2, 3, 2, 3 + OBJECT.length + 6, `${OBJECT} as 平均`],
      [4, 3, 4, 3 + OBJECT.length + 2, `o.${OBJECT}`],
    ]);
  });

  it("gives the parser's fault of a file that does not parse", () => {
    expect(findPoolImports("from ouverture.pool import (")).toMatchObject({
      fault: { code: "syntax-error" },
    });
  });

  it("finds very many, on many lines and on one", () => {
    const count = 50_000;
    const line = `p.${OBJECT}; getattr(p, x); __import__(y); ouverture.pool.a.b.c.d.e.f.g\n`;
    const source = `import ouverture.pool as p, ouverture\nz = 'ouverture'\n${line.repeat(count)}`;
    expect(accessesOf(source).length).toBeGreaterThan(3 * count);
    const oneLine = `import ouverture.pool as p\nx = [${`p.${OBJECT},`.repeat(count)}]`;
    expect(accessesOf(oneLine)).toHaveLength(count);
  });
});

describe("mentionsPool", () => {
  it("sees every character that Python reads as a letter of the name", () => {
    const missed: string[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const char = String.fromCodePoint(point);
      const index = "ouverture".indexOf(char.normalize("NFKC"));
      if (index < 0 || !/\p{XIDC}/u.test(char)) continue;
      const spelled = `ouverture`.replace("ouverture"[index]!, char);
      if (!mentionsPool(`from ${spelled}.pool import x`)) missed.push(char);
    }
    expect(missed).toEqual([]);
  });

  it.each([
    ["", false],
    ["import os", false],
    ["ouvert", false],
    ["1º de ouvert", false],
    ["# ouverture", true],
  ])("%j: %s", (text, expected) => {
    expect(mentionsPool(text)).toBe(expected);
  });
});
