/** docs/normal-form.md, "Names": warnings. */
import { describe, expect, test } from "vitest";
import { normalize } from "../../src/canonical/normalize.js";
import { written } from "./case.js";

type Row = readonly [rule: string, source: string, warnings: readonly string[]];
const rows: readonly Row[] = [
  ["nothing to tell", "def f(a): f(a=1)", []],
  [
    "names as strings",
    "def f():\n  locals(), vars(), dir(), globals()",
    [
      "dynamic-names locals 2:3-9",
      "dynamic-names vars 2:13-17",
      "dynamic-names dir 2:21-24",
      "dynamic-names globals 2:28-35",
    ],
  ],
  ["not of a value", "def f(a): vars(a), dir(a)", []],
  [
    "eval and exec, also passed on",
    "def f(): eval('a'), map(exec, 1)",
    ["dynamic-names eval 1:10-14", "dynamic-names exec 1:25-29"],
  ],
  ["not of locals of that name", "def f(eval, locals): eval(), locals()", []],
  [
    "** in a call to the function itself",
    "def f(a):\n  def g(**b): g(**b)\n  f(**a)",
    ["dynamic-keywords ** 3:5-8"],
  ],
  [
    "a keyword that equals a renamed parameter",
    "def f(a): dict(a=1, b=2)",
    ["dynamic-keywords a 1:16-19"],
  ],
  ["not one that equals a kept one", "def f():\n  class C:\n    def m(a): dict(a=1)", []],
  ["not where the callee is known", "def f(a, /): f(a=1)", []],
  [
    "f'{x=}'",
    "def f(a): f'{a=}', f'{ (a) = !s}', f'a={a!r}', f'{a == 1}', f'{a:=>3}'",
    ["debug-f-string a 1:13-17", "debug-f-string a 1:22-33"],
  ],
  ["t'{x=}'", "def f(a): t'{a=}'", ["debug-f-string a 1:13-17", "template-expression a 1:13-17"]],
  [
    "docstrings inside",
    "def f():\n  'mine'\n  def g(): 'a'\n  class C: 'b'\n  'c'",
    ["inner-docstring g 3:12-15", "inner-docstring C 4:12-15"],
  ],
  [
    "unused imports",
    "from __future__ import annotations\nimport a, b as c\nfrom ouverture.pool import object_<A>\nimport d\ndef f():\n  import e, g\n  d = e\n  class C: import h",
    [
      "unused-import a 2:8-9",
      "unused-import c 2:11-17",
      "unused-import object_<A> 3:28-99",
      "unused-import d 4:8-9",
      "unused-import g 6:13-14",
    ],
  ],
  ["used imports", "import a, b, c.d\ndef f(x: a):\n  b.y += 1\n  c()\n  global e\n  import e", []],
  [
    "the text of t-strings",
    "def f(a): t'{a} {1} { 1+1 }'",
    ["template-expression a 1:13-16", "template-expression  1+1 1:21-28"],
  ],
];

describe("warnings", () => {
  test.each(rows)("%s", (_rule, source, warnings) => {
    const result = normalize(written(source));
    if (!result.ok) throw new Error(result.fault.code);
    const found = result.value.warnings.map(({ code, data, span }) => {
      const [what] = Object.values(data);
      return `${code} ${what} ${span.line}:${span.column}-${span.endColumn}`;
    });
    expect(found).toEqual(warnings.map(written));
  });
});
