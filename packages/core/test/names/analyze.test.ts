/** Which binding each name means: cases by hand, each name as `scope.name` or `-` where nothing binds it. */
import { describe, expect, it } from "vitest";
import { analyzeNames } from "../../src/names/analyze.js";
import type { Binding, Names, Scope } from "../../src/names/scope.js";
import type { Module, NamedNode } from "../../src/syntax/ast.js";
import { walk } from "../../src/syntax/children.js";
import { parse } from "../../src/syntax/parse/module.js";

function analyze(source: string): { module: Module; names: Names } {
  const parsed = parse(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fault));
  const names = analyzeNames(parsed.value, source);
  if (!names.ok) throw new Error(JSON.stringify(names.fault));
  return { module: parsed.value, names: names.value };
}

/** A scope as its kind and what it is called: `function f`, `class C`, `lambda`. */
function scopeText({ kind, node }: Scope): string {
  const name = "name" in node ? (typeof node.name === "string" ? node.name : node.name?.id) : null;
  return name === null || name === undefined ? kind : `${kind} ${name}`;
}

function bindingText(binding: Binding | null): string {
  return binding === null ? "-" : `${scopeText(binding.scope)}.${binding.name}`;
}

/** What every identifier of the tree means, in the order of the printed text. */
function meanings(source: string): string[] {
  const { module, names } = analyze(source);
  const found: string[] = [];
  const add = (node: NamedNode, index = 0): void => {
    found.push(bindingText(names.bindingAt(node, index)));
  };
  walk(module, (node) => {
    switch (node.kind) {
      case "Name":
      case "arg":
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
      case "alias":
      case "TypeVar":
      case "ParamSpec":
      case "TypeVarTuple":
        return add(node);
      case "ExceptHandler":
      case "MatchStar":
      case "MatchAs":
        if (node.name !== null) add(node);
        return;
      case "MatchMapping":
        if (node.rest !== null) add(node);
        return;
      case "Global":
      case "Nonlocal":
        for (const index of node.names.keys()) add(node, index);
        return;
      default:
        return;
    }
  });
  return found;
}

const f = "module.f";
const C = "module.C";

describe("bindingAt", () => {
  const cases: readonly [what: string, source: string, meanings: readonly string[]][] = [
    ["a builtin", "print(len)\n", ["-", "-"]],
    ["a local", "def f(x):\n  return x\n", [f, "function f.x", "function f.x"]],
    ["a global", "y = 1\ndef f():\n  return y\n", ["module.y", f, "module.y"]],
    [
      "a free name",
      "def f(x):\n  def g(): return x\n",
      [f, "function f.x", "function f.g", "function f.x"],
    ],
    [
      "global, bound by nobody in the module",
      "def f():\n  global x\n  x = 1\ndef g(): return x\n",
      [f, "module.x", "module.x", "module.g", "module.x"],
    ],
    [
      "global of a scope around, seen from inside",
      "def f(x):\n  def g():\n    global x\n    def h(): return x\n",
      [f, "function f.x", "function f.g", "module.x", "function g.h", "module.x"],
    ],
    [
      "nonlocal",
      "def f(x):\n  def g():\n    nonlocal x\n    x = 1\n",
      [f, "function f.x", "function f.g", "function f.x", "function f.x"],
    ],
    [
      "defaults, decorators and annotations stand outside",
      "def f(x):\n  @x\n  def x(x: x = x) -> x: x\n",
      [
        f,
        "function f.x",
        "function f.x",
        "function f.x",
        "function x.x",
        "function f.x",
        "function f.x",
        "function f.x",
        "function x.x",
      ],
    ],
    [
      "a class body is not seen from functions in it",
      "def f(x):\n  class C:\n    x = x\n    def m(self): return x\n",
      [
        f,
        "function f.x",
        "function f.C",
        "class C.x",
        "class C.x",
        "class C.m",
        "function m.self",
        "function f.x",
      ],
    ],
    [
      "but from annotations and type parameters in it",
      "class C:\n  x = 1\n  y: x\n  def m[T: x](self, a: (x, lambda: x)): x\n  type A[U] = x\n",
      [
        C,
        "class C.x",
        "class C.y",
        "class C.x",
        "class C.m",
        "type-parameters m.T",
        "class C.x",
        "function m.self",
        "function m.a",
        "class C.x",
        "-",
        "-",
        "class C.A",
        "type-parameters A.U",
        "class C.x",
      ],
    ],
    [
      "a comprehension",
      "def f(x):\n  return [x for x in x for y in x]\n",
      [
        f,
        "function f.x",
        "comprehension.x",
        "comprehension.x",
        "function f.x",
        "comprehension.y",
        "comprehension.x",
      ],
    ],
    [
      "a comprehension in a class sees it in its first iterable alone",
      "class C:\n  x = 1\n  y = [x for z in x if x]\n",
      [C, "class C.x", "class C.y", "-", "comprehension.z", "class C.x", "-"],
    ],
    [
      "a walrus in comprehensions binds around them",
      "def f(q):\n  [[(y := x) for x in q] for z in q]\n  return y\n",
      [
        f,
        "function f.q",
        "function f.y",
        "comprehension.x",
        "comprehension.x",
        "function f.q",
        "comprehension.z",
        "function f.q",
        "function f.y",
      ],
    ],
    [
      "and where the function says so, globally",
      "def f(q):\n  global y\n  [y := x for x in q]\n",
      [
        f,
        "function f.q",
        "module.y",
        "module.y",
        "comprehension.x",
        "comprehension.x",
        "function f.q",
      ],
    ],
    [
      "a lambda",
      "f = lambda x, y=1: (x, y, z)\n",
      [f, "lambda.x", "lambda.y", "lambda.x", "lambda.y", "-"],
    ],
    [
      "type parameters",
      "def f[T: T = T](x: T) -> T:\n  T\nT\n",
      [
        f,
        "type-parameters f.T",
        "type-parameters f.T",
        "type-parameters f.T",
        "function f.x",
        "type-parameters f.T",
        "type-parameters f.T",
        "type-parameters f.T",
        "-",
      ],
    ],
    [
      "type parameters of a class",
      "class C[T](T, k=T):\n  x: T\n  def m(self): return T\n",
      [
        C,
        "type-parameters C.T",
        "type-parameters C.T",
        "type-parameters C.T",
        "class C.x",
        "type-parameters C.T",
        "class C.m",
        "function m.self",
        "type-parameters C.T",
      ],
    ],
    [
      "except, match, with, del and imports bind",
      "def f():\n  try: a\n  except b as c: c\n  match a:\n    case [d, *e] | {**g} as h: del h\n  with a as i: i\n  import j.k, l.m as n\n  from o import p as q, r\n",
      [
        f,
        "-",
        "function f.c",
        "-",
        "function f.c",
        "-",
        "function f.h",
        "function f.d",
        "function f.e",
        "function f.g",
        "function f.h",
        "-",
        "function f.i",
        "function f.i",
        "function f.j",
        "function f.n",
        "function f.q",
        "function f.r",
      ],
    ],
    [
      "a type alias",
      "def f():\n  type X[*T, **P] = X[T, P]\n",
      [
        f,
        "function f.X",
        "type-parameters X.T",
        "type-parameters X.P",
        "function f.X",
        "type-parameters X.T",
        "type-parameters X.P",
      ],
    ],
    [
      "private names",
      "class _C:\n  def m(self, __x): return __x, _C__x, __y, __z__\n  import __a.b\n",
      [
        "module._C",
        "class _C.m",
        "function m.self",
        "function m._C__x",
        "function m._C__x",
        "function m._C__x",
        "-",
        "-",
        "class _C._C__a",
      ],
    ],
    [
      "of a generic class only the type parameters are private outside its body",
      "__b = 1\nclass C[__T](__T, __b):\n  x = __T, __b\n",
      [
        "module.__b",
        C,
        "type-parameters C._C__T",
        "type-parameters C._C__T",
        "module.__b",
        "class C.x",
        "type-parameters C._C__T",
        "-",
      ],
    ],
    [
      "the cells of a class",
      "class C:\n  def m(self): return __class__, __classdict__\n  x: __class__\n  __class__\n",
      [
        C,
        "class C.m",
        "function m.self",
        "class C.__class__",
        "class C.__classdict__",
        "class C.x",
        "class C.__class__",
        "-",
      ],
    ],
    [
      "a parenthesized annotated name without a value is not bound",
      "def f():\n  (x): int\n  y: int\n",
      [f, "-", "-", "function f.y", "-"],
    ],
    [
      "an f-string",
      "def f(x, w): return f'{x!r:{w}} {x=}'\n",
      [f, "function f.x", "function f.w", "function f.x", "function f.w", "function f.x"],
    ],
  ];

  it.each(cases)("%s", (_, source, expected) => {
    expect(meanings(source)).toEqual(expected);
  });
});

describe("definitions", () => {
  it.each([
    ["x = 1\nx += 1\nx: int\n", ["assignment", "assignment", "assignment"]],
    ["for x in x: pass\n", ["loop"]],
    ["def x(): pass\n", ["function"]],
    ["class x: pass\n", ["class"]],
    ["import x.y\nfrom z import x\n", ["import", "import"]],
    ["type x = 1\n", ["type-alias"]],
    ["with y as (x, z): pass\n", ["with"]],
    ["try: pass\nexcept A as x: pass\n", ["except"]],
    ["[x := y for y in z]\n(x := 1)\n", ["walrus", "walrus"]],
    ["match y:\n  case x: del x\n", ["capture", "delete"]],
    ["def f():\n  global x\n  x = 1\n", ["global", "assignment"]],
    ["def f():\n  global x\n  import x\nx = 1\n", ["import", "assignment"]],
    ["global x\n", ["global"]],
    ["def f():\n  global x\ndef g():\n  global x\n  for x in y: pass\n", ["global", "loop"]],
  ])("%j", (source, expected) => {
    const { definitions } = analyze(source).names.module.bindings.get("x") ?? { definitions: [] };
    expect(definitions.map(({ form }) => form)).toEqual(expected);
  });

  it("of a name that inner functions bind, in the order of the source", () => {
    const source = "def f():\n  def g():\n    nonlocal x\n    x = 1\n  for x in y: pass\n";
    const { module, names } = analyze(source);
    const [definition] = module.body;
    const scope = definition === undefined ? null : names.scopeOf(definition);
    const forms = scope?.bindings.get("x")?.definitions.map(({ form }) => form);
    expect(forms).toEqual(["assignment", "loop"]);
  });
});

describe("scopeOf", () => {
  it("gives the scope of a definition, and its type parameters around it", () => {
    const { module, names } = analyze("class C[T]:\n  x = 1\n");
    const [definition] = module.body;
    const scope = definition === undefined ? null : names.scopeOf(definition);
    expect(scope?.kind).toBe("class");
    expect([...(scope?.bindings.keys() ?? [])]).toEqual(["x"]);
    expect([...(scope?.parent?.bindings.keys() ?? [])]).toEqual(["T"]);
    expect(scope?.parent?.parent).toBe(names.module);
  });

  it("gives none for what opens none", () => {
    const { module, names } = analyze("x = 1\n");
    expect(module.body.map((node) => names.scopeOf(node))).toEqual([null]);
    expect(names.scopeOf(module)).toBe(names.module);
  });
});
