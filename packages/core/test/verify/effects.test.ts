/** docs/verify.md, "Effects": what a text may do, and what it does it with. */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { normalize } from "../../src/canonical/normalize.js";
import { effectsOfPath } from "../../src/verify/effect-lookup.js";
import { findEffects } from "../../src/verify/effects.js";

/** "process os.system, eval eval", in the order of the source; a place is told by its own test. */
function effectsOf(source: string): string {
  const found = findEffects(source);
  if (!found.ok) return found.fault.code;
  return found.value.map(({ effect, name }) => `${effect} ${name}`).join(", ");
}

const ALL_OF_OS = "process os, filesystem os, environment os";

describe.each<[string, readonly (readonly [string, string])[]]>([
  [
    "imports and their aliases",
    [
      ["import os\ndef f(): os.system('ls')", "process os.system"],
      ["import os as o\ndef f(): o.system('ls')", "process os.system"],
      ["from os import system as s\ndef f(): s('ls')", "process os.system"],
      ["def f():\n  import os.path\n  os.environ.get('A')", "environment os.environ.get"],
      ["import urllib.request as r\ndef f(u): r.urlopen(u)", "network urllib.request.urlopen"],
      ["from urllib import request, parse\ndef f(u): request, parse", "network urllib.request"],
      ["def f():\n  def g(os): os.system('ls')", ""],
      ["import json\ndef f(os): json.loads(os.system)", ""],
      [
        "def f():\n  import json as m\n  def g():\n    nonlocal m\n    import os as m\n  m.system()",
        "process os.system",
      ],
      ["from .os import system\ndef f(): system()", ""],
      ["from os import *\ndef f(): pass", ALL_OF_OS],
      ["def f():\n  class C:\n    import subprocess as s", "process subprocess"],
      ["import subprocess\ndef f(): pass", ""],
    ],
  ],
  [
    "what reaches a module as a value",
    [
      ["import os\ndef f(g): g(os)", ALL_OF_OS],
      ["import os\ndef f(): return os.system", "process os.system"],
      ["import os\ndef f(x=os.remove): pass", "filesystem os.remove"],
      ["import os\n@os.register_at_fork\ndef f(): pass", "process os.register_at_fork"],
      ["import os\ndef f():\n  os.system = print", "process os.system"],
      [
        "import os\ndef f(): return os.something_new",
        ALL_OF_OS.replaceAll("os", "os.something_new"),
      ],
      ["import os\ndef f(): (lambda: os)().system", ALL_OF_OS],
      ["import xmlrpc\ndef f(): return [xmlrpc]", "network xmlrpc"],
      ["import random\ndef f(): random._os.system('ls')", "process random._os.system"],
      ["import logging\ndef f(): logging.sys.modules", "dynamic logging.sys.modules"],
      ["import _pickle\ndef f(b): _pickle.loads(b)", "deserialize _pickle.loads"],
      ["import posix, posixpath\ndef f(): posix.fork(), posixpath.join()", "process posix.fork"],
    ],
  ],
  [
    "builtins",
    [
      ["def f(): return eval('1'), open('a')", "eval eval, filesystem open"],
      ["def f(eval): return eval('1')", ""],
      ["def f():\n  def open(): pass\n  open()", ""],
      ["import builtins as b\ndef f(): b.exec('1'); b.len([])", "eval exec"],
      ["def f(): return list(map(eval, []))", "eval eval"],
      ["def f():\n  global eval\n  eval('1')", "eval eval"],
      ["def f():\n  class C:\n    open = open('a')", "filesystem open"],
      ["import os\ndef f():\n  class C:\n    os = os.system('a')", "process os.system"],
      [
        "def f(): return __builtins__, globals(), vars, locals",
        "dynamic __builtins__, dynamic globals, dynamic vars, dynamic locals",
      ],
      ["def f(): print(len(sorted(input())))", ""],
    ],
  ],
  [
    "modules by name",
    [
      ["def f(): __import__('os').system('ls')", "eval __import__, process os.system"],
      ["def f(): __import__('os.path').system", "eval __import__, process os.system"],
      ["def f(n): __import__(n)", "eval __import__"],
      [
        "from importlib import import_module as i\ndef f(): i('os').remove('a')",
        "eval importlib.import_module, filesystem os.remove",
      ],
      ["import sys\ndef f(): sys.modules['os'].kill(1)", "dynamic sys.modules, process os.kill"],
      ["import sys\ndef f(): sys.stdout.write(sys.version)", ""],
      [
        "import importlib.metadata as m\ndef f(): m.version('a')",
        "filesystem importlib.metadata.version",
      ],
    ],
  ],
  [
    "attributes by name",
    [
      ["def f(x, n): return getattr(x, n)", "dynamic getattr"],
      ["def f(x): return getattr(x, 'y', None), setattr(x, 'y', 1), hasattr(x, 'z')", ""],
      ["import os\ndef f(): return getattr(os, 'system')('ls')", "process os.system"],
      ["import os\ndef f(): return getattr(os, 'pa' 'th').join('a')", ""],
      ["import os\ndef f(n): return getattr(os, n)", `dynamic getattr, ${ALL_OF_OS}`],
      ["def f(x, n): setattr(x, n, 1), delattr(x, f'{n}')", "dynamic setattr, dynamic delattr"],
      ["def f(x, *n): return getattr(x, *n)", "dynamic getattr"],
      ["def f(g=getattr): return g", "dynamic getattr"],
      [
        "def f(x): return getattr(x, '__globals__'), setattr(x, '__code__', x)",
        "dynamic __globals__, dynamic __code__",
      ],
      ["import operator\ndef f(x): return operator.attrgetter('a.b', 'c')(x)", ""],
      [
        "from operator import attrgetter as g\ndef f(x, n): return g(n)(x), g()",
        "dynamic operator.attrgetter, dynamic operator.attrgetter",
      ],
      [
        "from operator import attrgetter as g\ndef f(x): return g('a.__globals__')(x)",
        "dynamic __globals__",
      ],
      [
        "import operator\ndef f(x): return operator.methodcaller('mro', 1)(x), operator.add",
        "dynamic mro",
      ],
    ],
  ],
  [
    "walks over the interpreter's own",
    [
      [
        "def f(): return ().__class__.__mro__[1].__subclasses__()",
        "dynamic __mro__, dynamic __subclasses__",
      ],
      ["def f(g): return g.__globals__['os'].system('ls')", "dynamic __globals__"],
      ["def f(g): return '{0.__globals__[os]}'.format(g)", "dynamic __globals__"],
      ["def f(g):\n  match g:\n    case object(__code__=c): return c", "dynamic __code__"],
      [
        "def f(g):\n  try: pass\n  except Exception as e: return e.__traceback__.tb_frame.f_globals",
        "dynamic tb_frame, dynamic f_globals",
      ],
      ["def f():\n  def g():\n    'See f.__globals__.'\n  return g", ""],
      ["def f(x): return x.__class__.__name__, x.__doc__, x.__len__()", ""],
      [
        "import os\ndef f(): return os.__dict__",
        `${ALL_OF_OS.replaceAll("os", "os.__dict__")}, dynamic __dict__`,
      ],
      [
        "def f(loop): loop.subprocess_exec(), loop.create_server()",
        "process subprocess_exec, network create_server",
      ],
      ["def f(path): return path.read_text()", "filesystem read_text"],
      [
        "import socket\ndef f(): socket.create_connection(('a', 1))",
        "network socket.create_connection",
      ],
    ],
  ],
  [
    "the best known packages",
    [
      [
        "import yaml\ndef f(x): yaml.load(x), yaml.safe_load(x), yaml.SafeLoader",
        "deserialize yaml.load",
      ],
      ["import pickle\ndef f(x): pickle.loads(x), pickle.dumps(x)", "deserialize pickle.loads"],
      [
        "import requests\ndef f(u):\n  try: requests.get(u)\n  except requests.HTTPError: pass",
        "network requests.get",
      ],
      [
        "import subprocess\ndef f():\n  try: subprocess.run([])\n  except subprocess.CalledProcessError: pass",
        "process subprocess.run",
      ],
      [
        "import joblib\ndef f(x): joblib.load(x), joblib.dump(x)",
        "deserialize joblib.load, filesystem joblib.load, filesystem joblib.dump",
      ],
      [
        "import asyncio\nasync def f(): await asyncio.sleep(1); await asyncio.open_connection()",
        "network asyncio.open_connection",
      ],
      [
        "import numpy as np\ndef f(x): return np.sum(x), np.load(x)",
        "deserialize numpy.load, filesystem numpy.load",
      ],
      [
        "import pandas as pd\ndef f(x): return pd.DataFrame(x), pd.read_csv(x)",
        "network pandas.read_csv, filesystem pandas.read_csv",
      ],
      [
        "import pathlib\ndef f(p: pathlib.PurePath): return pathlib.Path(p)",
        "filesystem pathlib.Path",
      ],
      [
        "import re, math, json, datetime, itertools\ndef f(x): return re.compile(x), math.pi, json, datetime.datetime.now()",
        "",
      ],
    ],
  ],
])("%s", (_, cases) => {
  test.each(cases)("%j", (source, expected) => {
    expect(effectsOf(source)).toBe(expected);
    // The normal form of a function can do the same.
    const normal = normalize(source);
    if (normal.ok)
      expect(effectsOf(normal.value.code).split(", ").sort()).toEqual(expected.split(", ").sort());
  });
});

test("tells where, in the order of the source", () => {
  const source = "import os\ndef f(x):\n    return [os.remove(y) for y in eval(x)]";
  const found = findEffects(source);
  expect(found).toMatchObject({
    value: [
      { effect: "filesystem", name: "os.remove", span: { line: 3, column: 13, endColumn: 22 } },
      { effect: "eval", name: "eval", span: { line: 3, column: 35, endColumn: 39 } },
    ],
  });
});

test.each(["def", "def f(:", "def f(a, a): pass", "\0"])("refuses %j", (source) => {
  expect(findEffects(source)).toMatchObject({ ok: false, fault: { code: "syntax-error" } });
});

test.each<[string, string]>([
  ["a long chain of attributes", `import os\ndef f(): return os${".__dict__".repeat(1_400)}`],
  ["a long chain of a value", `def f(x): return x${".__dict__".repeat(1_400)}`],
  ["a long chain of calls", `def f(): return open${"()".repeat(1_400)}`],
  ["a long chain of subscripts", `def f(x): return x${"[0]".repeat(1_400)}`],
  ["many imports of one name", `def f():\n${"  import os\n".repeat(5_000)}  os.system`],
  ["a long name by name", `def f(x): return getattr(x, "${"a.".repeat(1_400)}")`],
  [
    "many getattr inside one another",
    `def f(x): return ${"getattr(".repeat(150)}x${', "a")'.repeat(150)}`,
  ],
])("answers %s", (_, source) => {
  expect(findEffects(source).ok).toBe(true);
});

/** Modules of the standard library that compute, or talk to whoever sits at the machine. */
const HARMLESS = `
  abc array ast atexit audioop base64 binascii bisect calendar cgitb chunk cmath cmd colorsys
  collections configparser contextvars copy crypt csv curses dataclasses datetime decimal difflib dis email
  encodings enum errno faulthandler fnmatch fractions functools getopt graphlib hashlib heapq hmac
  html ipaddress itertools json keyword math nturl2path numbers opcode optparse ossaudiodev
  pickletools plistlib pprint pstats pydoc_data pyexpat queue quopri random re reprlib sched secrets
  select selectors shlex sre_compile sre_constants sre_parse stat statistics string stringprep
  struct symtable termios textwrap this time token tomllib tracemalloc tty unicodedata warnings
  weakref winsound xdrlib zlib`;

const LIST = `
import json, os, sys
print(json.dumps([list(sys.version_info), sorted(sys.stdlib_module_names), dir(os)]))`;

const { stdout, status } = spawnSync("python3", ["-c", LIST], { encoding: "utf8" });
const [version, modules, namesOfOs]: [number[], string[], string[]] =
  status === 0 ? JSON.parse(stdout) : [[], [], []];

/** A later Python may have more. */
describe.runIf(version[0] === 3 && (version[1] ?? 0) <= 14)("the standard library", () => {
  test("is known, module by module", () => {
    const harmless = HARMLESS.trim().split(/\s+/);
    const unknown = modules.filter((name) => !name.startsWith("_") && !harmless.includes(name));
    expect(unknown.filter((name) => effectsOfPath([name]).size === 0)).toEqual([]);
  });

  test("os is known, name by name", () => {
    const unknown = namesOfOs.filter((name) => {
      return !name.startsWith("_") && effectsOfPath(["os", name]).size === 3;
    });
    expect(unknown).toEqual([]);
  });
});
