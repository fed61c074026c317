/** docs/normal-form.md, "The file" and "Docstring and body". */
import { describe, test } from "vitest";
import { type Case, check } from "./case.js";

const cases: readonly Case[] = [
  {
    rule: "one function and imports",
    sources: ["import os\nasync def f(): os\n"],
    code: "import os\n\nasync def $0():\n    os",
  },
  {
    rule: "any line ending, with or without byte order mark",
    sources: [
      "def f():\n\treturn 1",
      "\ufeffdef f():\r\n    return 1\r\n",
      "def f():\r  return 1\r",
    ],
    code: "def $0():\n    return 1",
  },
  {
    rule: "another statement",
    sources: ["x = 1\ndef f(): pass"],
    fault: "stray-statement Assign 1:1-6",
  },
  {
    rule: "a class",
    sources: ["def f(): pass\nclass A: pass"],
    fault: "stray-statement ClassDef 2:1-14",
  },
  {
    rule: "a docstring of the module",
    sources: ["'doc'\ndef f(): pass"],
    fault: "stray-statement Expr 1:1-6",
  },
  { rule: "no function", sources: ["", "import os", "\n# nothing\n"], fault: "no-function " },
  {
    rule: "two functions",
    sources: ["def f(): pass\ndef g(): pass"],
    fault: "multiple-functions g 2:1-14",
  },
  { rule: "the parser refuses", sources: ["def f(:"], fault: "syntax-error never-closed 1:6-7" },
  {
    rule: "the compiler refuses",
    sources: ["def f():\n  nonlocal x"],
    fault: "syntax-error nonlocal-without-binding 2:3-13",
  },
  {
    rule: "a syntax error comes before a stray statement",
    sources: ["x = 1\ndef f(a, a): pass"],
    fault: "syntax-error duplicate-argument 2:10-11",
  },

  {
    rule: "a docstring is not hashed",
    sources: [
      "def f():\n  'a'\n  return 1",
      "def f():\n  return 1",
      "def f():\n  r'''b'''\n  return 1",
    ],
    code: "def $0():\n    return 1",
  },
  {
    rule: "a docstring of several literals",
    sources: ["def f():\n  'a' u'b'"],
    code: "def $0():\n    pass",
    docstring: "ab",
  },
  {
    rule: "an f-string is no docstring",
    sources: ["def f():\n  f'a'\n  'b'"],
    code: "def $0():\n    f'a'\n    'b'",
    docstring: "",
  },
  {
    rule: "a t-string is no docstring",
    sources: ["def f():\n  t'a'"],
    code: "def $0():\n    t'a'",
    docstring: "",
  },
  {
    rule: "bytes are no docstring",
    sources: ["def f():\n  b'a'"],
    code: "def $0():\n    b'a'",
    docstring: "",
  },
  {
    rule: "a string in an expression is no docstring",
    sources: ["def f():\n  'a'.x"],
    code: "def $0():\n    'a'.x",
    docstring: "",
  },
  {
    rule: "an empty body is pass",
    sources: ["def f(): 'a'", "def f(): ''", "def f(): pass"],
    code: "def $0():\n    pass",
  },
  {
    rule: "a second string does not become the docstring",
    sources: [
      "def f():\n  'a'\n  'b'",
      "def f():\n  pass\n  'b'",
      "def f():\n  'a'\n  pass\n  'b'",
    ],
    code: "def $0():\n    pass\n    'b'",
  },
  {
    rule: "a third string",
    sources: ["def f():\n  'a'\n  'b'\n  'c'"],
    code: "def $0():\n    pass\n    'b'\n    'c'",
    docstring: "a",
  },
  {
    rule: "docstrings inside are code",
    sources: ["def f():\n  def g():\n    'a'"],
    code: 'def $0():\n\n    def $1():\n        """a"""',
  },
  {
    rule: "cleandoc",
    sources: ["def f():\n  '''  a\n\tb\n\n\t  c\n  '''"],
    code: "def $0():\n    pass",
    docstring: "a\nb\n\n  c",
  },
  {
    rule: "an unpaired surrogate in the docstring",
    sources: ["def f():\n  '\\ud800'"],
    fault: "unpaired-surrogate  2:3-11",
  },
  {
    rule: "two surrogates that Python does not pair",
    sources: ["def f():\n  '\\ud83d\\ude00'"],
    fault: "unpaired-surrogate  2:3-17",
  },
  {
    rule: "surrogates elsewhere",
    sources: ["def f():\n  return '\\ud83d\\ude00', '\\U0001f600'"],
    code: "def $0():\n    return ('\\ud83d\\ude00', '\u{1f600}')",
  },

  {
    rule: "the u prefix is presentation",
    sources: ["def f():\n  return u'a'", "def f():\n  return 'a'"],
    code: "def $0():\n    return 'a'",
  },
  {
    rule: "also in a docstring inside",
    sources: ["def f():\n  def g(): u'a'"],
    code: 'def $0():\n\n    def $1():\n        """a"""',
  },
  {
    rule: "type comments are presentation",
    sources: ["def f(a): # type: (int) -> int\n  x = a # type: int\n  return x"],
    code: "def $0($1):\n    $2 = $1\n    return $2",
  },
  {
    rule: "identifiers are NFKC",
    sources: ["def f(\uff58, \ufb01): return \u{1d431}.\ufb01, fi"],
    code: "def $0($1, $2):\n    return ($1.fi, $2)",
    names: ["f", "x", "fi"],
  },
];

describe("the file, its docstring and its body", () => {
  test.each(cases)("$rule", (one) => check(one));
});
