/**
 * Sources that hide an import of the pool, and what must be found in each: the function,
 * which is then checked as any other, or a finding. Each is valid Python.
 */
export const HASH = `a${"4f".repeat(31)}0`;
const OBJECT = `object_${HASH}`;

export interface SourceAttack {
  readonly title: string;
  readonly source: string;
  /** `function`, or the code of a finding. */
  readonly found: "function" | "malformed-import" | "dynamic-import" | "unreadable-source";
}

type Row = readonly [title: string, source: string];

const functions: readonly Row[] = [
  ["an alias that is another function's name", `from ouverture.pool import ${OBJECT} as print`],
  ["aliases that swap", `from ouverture.pool import ${OBJECT} as b, object_${HASH} as a`],
  ["in TYPE_CHECKING", `if TYPE_CHECKING:\n    from ouverture.pool import ${OBJECT}`],
  ["where nothing runs", `if 0:\n    while False:\n        from ouverture.pool import ${OBJECT}`],
  ["after a return", `def f():\n    return\n    from ouverture.pool import ${OBJECT}`],
  ["line continuations", `from \\\nouverture\\\n.\\\npool \\\nimport \\\n${OBJECT}`],
  ["parentheses and comments", `from ouverture.pool import ( # x\n # y\n ${OBJECT} # z\n)`],
  ["semicolons", `x = 1;from ouverture.pool import ${OBJECT};y = 2`],
  ["behind a colon", `if 1: from ouverture.pool import ${OBJECT}`],
  ["tabs", `if 1:\n\tif 1:\n\t\tfrom\touverture.pool\timport\t${OBJECT}`],
  ["form feeds", `\f\n\fif 1:\n    \f\n    from\fouverture.pool\fimport\f${OBJECT}`],
  ["a byte order mark", `\ufefffrom ouverture.pool import ${OBJECT}`],
  ["an encoding declaration", `# -*- coding: latin-1 -*-\nfrom ouverture.pool import ${OBJECT}`],
  ["carriage returns alone", `import os\rfrom ouverture.pool import ${OBJECT}\r`],
  ["behind a comment that ends with CR", `# harmless\rfrom ouverture.pool import ${OBJECT}`],
  ["a lambda's default", `import ouverture.pool as p\nf = lambda x=p.${OBJECT}: x`],
  ["a decorator", `import ouverture.pool as p\n@p.${OBJECT}\ndef f(): pass`],
  ["an annotation", `import ouverture.pool as p\nx: p.${OBJECT} = 1`],
  ["a string annotation beside it", `from ouverture.pool import ${OBJECT}\nx: "int"`],
  ["in an f-string", `import ouverture.pool as p\nf"{p.${OBJECT}(1)!r:>{p.${OBJECT}(2)}}"`],
  ["in a t-string", `import ouverture.pool as p\nt"{p.${OBJECT}}"`],
  ["in a match pattern", `import ouverture.pool as p\nmatch x:\n    case p.${OBJECT}: pass`],
  ["in a class pattern", `import ouverture.pool as p\nmatch x:\n    case p.${OBJECT}(): pass`],
  ["in a type parameter", `import ouverture.pool as p\ndef f[T: p.${OBJECT}](): pass`],
  ["in a type alias", `import ouverture.pool as p\ntype X = p.${OBJECT}`],
  [
    "in a comprehension in a class",
    `import ouverture.pool as p\nclass C:\n    x = [p.${OBJECT} for _ in y]`,
  ],
  [
    "in async code",
    `async def f():\n    async with a:\n        async for b in c:\n            from ouverture import ${OBJECT}`,
  ],
  ["in except*", `try: pass\nexcept* E:\n    from ouverture import ${OBJECT}`],
  ["in finally", `try: pass\nfinally:\n    from ouverture import ${OBJECT}`],
  ["compatibility letters", `from ｏｕｖｅｒｔｕｒｅ.𝐩𝐨𝐨𝐥 import ${OBJECT}`],
  ["compatibility letters in a function", `from ouverture.pool import ｏbject_${HASH}`],
  ["a language", `from ouverture.pool.fra import ${OBJECT}`],
  ["the bare hash", `from ouverture import ${HASH}`],
  ["global", `def f():\n    global p\n    import ouverture.pool as p\ndef g(): return p.${OBJECT}`],
  [
    "nonlocal",
    `def f():\n    import ouverture.pool as p\n    def g():\n        nonlocal p\n        return p.${OBJECT}`,
  ],
  [
    "beside a lazy import of the name",
    `try:\n    import ouverture.pool as p\nexcept ImportError:\n    p = None\nx = p and p.${OBJECT}`,
  ],
  ["a module in a module", `import ouverture.pool as p\np.fra.${OBJECT}`],
  ["what Python does not compile", `from ouverture.pool import ${OBJECT}\nbreak`],
];

const malformed: readonly Row[] = [
  ["a star", "from ouverture.pool import *"],
  ["a star of the package", "from ouverture import *"],
  ["a star of a language", "from ouverture.pool.fra import *"],
  ["digits left out", `from ouverture.pool import ${OBJECT.slice(0, -1)}`],
  ["a digit more", `from ouverture.pool import ${OBJECT}0`],
  ["upper case", `from ouverture.pool import object_${HASH.toUpperCase()}`],
  ["a look-alike digit", `from ouverture.pool import object_${HASH.slice(0, -1)}О`],
  ["a name", "from ouverture.pool import average"],
  ["a private name", "from ouverture.pool import __loader__ as l"],
  ["the finder of the package", "from ouverture import _imports"],
  ["an attribute", "import ouverture.pool as p\np.average"],
  ["the dictionary of the module", "import ouverture.pool as p\np.__dict__['x']"],
  ["the module's own getattr", "import ouverture.pool as p\np.__getattr__('x')"],
  ["the module's loader", "import ouverture.pool as p\np.__loader__.load_module('x')"],
  ["the pool's functions deleted", "import ouverture.pool as p\ndel p.x"],
  ["what is beside an error", "import ouverture\nouverture.Verification"],
];

const dynamic: readonly Row[] = [
  ["importlib", "import importlib\nimportlib.import_module('ouverture.pool')"],
  ["importlib by another name", "import importlib as i\ni.import_module('ouverture.pool')"],
  ["its function by another name", "from importlib import import_module as g\ng('ouverture.pool')"],
  [
    "its function in a variable",
    "import importlib\nf = importlib.import_module\nf('ouverture.pool')",
  ],
  [
    "its function in a dictionary",
    "import importlib\n{'f': importlib.import_module}['f']('ouverture')",
  ],
  ["relative to a package", "import importlib\nimportlib.import_module('.pool', 'ouverture')"],
  ["a star import of importlib", "from importlib import *\nimport_module('ouverture.pool')"],
  [
    "importlib by getattr",
    "import importlib\ngetattr(importlib, 'import_module')('ouverture.pool')",
  ],
  ["importlib in two steps", "import importlib\ni = importlib\ni.import_module('ouverture.pool')"],
  ["a spec", "from importlib.util import find_spec\nfind_spec('ouverture.pool')"],
  ["a loader", "from importlib.machinery import PathFinder\nPathFinder.find_spec('ouverture')"],
  ["__import__", "__import__('ouverture.pool')"],
  ["__import__ with a list", "__import__('ouverture', fromlist=['pool']).pool"],
  ["__import__ of builtins", "import builtins\nbuiltins.__import__('ouverture.pool')"],
  ["__import__ by getattr", "import builtins\ngetattr(builtins, '__import__')('ouverture.pool')"],
  ["__import__ in a variable", "f = __import__\nf('ouverture.pool')"],
  ["__import__ in a walrus", "(f := __import__)('ouverture.pool')"],
  ["__import__ in a default", "def g(f=__import__): return f('ouverture.pool')"],
  ["__import__ by map", "list(map(__import__, ['ouverture.pool']))"],
  ["__import__ by a key", "__builtins__.__dict__['__import__']('ouverture.pool')"],
  ["__import__ of __builtins__", "__builtins__.__import__('ouverture.pool')"],
  ["__import__ by globals", "globals()['__builtins__']['__import__']('ouverture.pool')"],
  ["names of two strings", "__import__('ouv' + 'erture.pool')  # ouverture"],
  ["names side by side", "__import__('ouv' 'erture.pool')  # ouverture"],
  ["names in an f-string", "__import__(f'ouverture.{x}')"],
  ["names by format", "__import__('{}.pool'.format('ouverture'))"],
  ["names by join", "__import__('.'.join(['ouverture', 'pool']))"],
  ["names by escapes", "__import__('\\x6fuverture.pool')  # ouverture"],
  ["names in bytes", "__import__(b'ouverture.pool'.decode())"],
  ["names in a variable", "name = 'ouverture.pool'\n__import__(name)"],
  ["names in an attribute", "class C:\n    name = 'ouverture.pool'\n__import__(C.name)"],
  ["names of two variables", "a = 'ouverture'\nb = 'pool'\n__import__(a + '.' + b)"],
  ["names in a concatenation elsewhere", "# ouverture\nn = 'ouv' + 'erture'\n__import__(n)"],
  ["names in a join elsewhere", "# ouverture\nn = ''.join(['ouv', 'erture'])\n__import__(n)"],
  ["exec", `exec('from ouverture.pool import ${OBJECT}')`],
  ["exec by another name", `run = exec\nrun('from ouverture.pool import ${OBJECT}')`],
  ["exec of a text elsewhere", "code = '''\nfrom ouverture.pool import x\n'''\nexec(code)"],
  ["exec of compiled text", `exec(compile('import ouverture.pool', '', 'exec'))`],
  ["exec of bytes", `exec(b'import ouverture.pool')`],
  ["eval", `eval("__import__('ouverture.pool')")`],
  ["timeit", `import timeit\ntimeit.timeit('f()', setup='from ouverture.pool import x')`],
  ["code.interact", `import code\ncode.InteractiveConsole().runsource('import ouverture.pool')`],
  ["runpy", "import runpy\nrunpy.run_module('ouverture.pool')"],
  ["pkgutil", "import pkgutil\npkgutil.resolve_name('ouverture.pool:x')"],
  ["pydoc", "import pydoc\npydoc.locate('ouverture.pool')"],
  ["unittest.mock", "from unittest import mock\nmock.patch('ouverture.pool.x')"],
  ["pytest", "import pytest\npytest.importorskip('ouverture.pool')"],
  ["sys.modules", "import sys\nsys.modules['ouverture.pool']"],
  ["sys.modules by get", "import sys\nsys.modules.get('ouverture.pool')"],
  ["sys.modules in a variable", "import sys\nm = sys.modules\nm['ouverture.pool']"],
  ["sys.modules by from", "from sys import modules as m\nm['ouverture.pool']"],
  ["sys.modules unpacked", "import sys\ndict(**sys.modules)['ouverture.pool']"],
  ["sys.modules of os", "import os\nos.sys.modules['ouverture.pool']"],
  ["getattr on the pool", "import ouverture.pool as p\ngetattr(p, name)"],
  ["getattr on the package", `import ouverture\ngetattr(ouverture, 'pool').${OBJECT}`],
  ["getattr of a getattr", `import ouverture\ngetattr(getattr(ouverture, 'pool'), name)`],
  ["operator.attrgetter", "import operator, ouverture\noperator.attrgetter('pool.x')(ouverture)"],
  ["vars of the pool", "import ouverture.pool as p\nvars(p)['x']"],
  ["the pool in a variable", "import ouverture.pool as p\nq = p\nq.x"],
  ["the pool in a walrus", "import ouverture.pool as p\n(q := p).x"],
  ["the pool in a tuple", "import ouverture.pool as p\n(q,) = p,"],
  ["the pool as an argument", "import ouverture.pool as p\nuse(p)"],
  ["the pool as a default", "import ouverture.pool as p\ndef f(q=p): return q.x"],
  ["the pool in a condition", "import ouverture.pool as p\n(p if p else q).x"],
  ["the pool or another", "import ouverture.pool as p\n(p or q).x"],
  ["the pool returned", "def f():\n    import ouverture.pool as p\n    return p\nf().x"],
  ["the pool yielded", "def f():\n    import ouverture.pool as p\n    yield p"],
  ["the pool in a class", "class C:\n    import ouverture.pool as p\nC.p.x"],
  ["the pool of an instance", "import ouverture.pool as p\nself.pool = p"],
  ["the pool in a loop", "import ouverture.pool as p\nfor q in [p]: q.x"],
  ["the pool in with", "import ouverture.pool as p\nwith p as q: q.x"],
  ["the pool matched", "import ouverture.pool as p\nmatch p:\n    case q: q.x"],
  ["the pool's functions replaced", `import ouverture.pool as p\np.${OBJECT} = lambda: 0`],
  ["the pool's functions set", `import ouverture.pool as p\nsetattr(p, '${OBJECT}', f)`],
  ["the pool by globals", "import ouverture.pool as p\nglobals()['p'].x"],
  ["the pool by locals", "import ouverture.pool as p\nlocals()['p'].x"],
  ["the pool by vars", "import ouverture.pool as p\nvars()['p'].x"],
  ["the pool by eval", "import ouverture.pool as p\neval('p.x')"],
];

const unreadable: readonly Row[] = [
  ["what does not parse", "from ouverture.pool import ("],
  ["Python 2", "import ouverture\nprint 'x'"],
  ["a null character", "import ouverture\0"],
  ["what is too deep", `import ouverture\nx = ${"(".repeat(5000)}${")".repeat(5000)}`],
  ["a line that is not indented", "import ouverture\nif 1:\nx"],
];

function attacks(found: SourceAttack["found"], rows: readonly Row[]): SourceAttack[] {
  return rows.map(([title, source]) => ({ title, source, found }));
}

export const sourceAttacks: readonly SourceAttack[] = [
  ...attacks("function", functions),
  ...attacks("malformed-import", malformed),
  ...attacks("dynamic-import", dynamic),
  ...attacks("unreadable-source", unreadable),
];

/** Sources that name the pool and have nothing that would have to be told. */
export const harmlessSources: readonly string[] = [
  "from ouverture import VerificationError",
  "from ouverture import FunctionNotFoundError as missing, UnsupportedFunctionError, __version__",
  "import ouverture\ntry: pass\nexcept ouverture.VerificationError: pass",
  "import ouverture.pool as p\nprint(p.__name__)",
  "'''How to use ouverture.pool.'''\nimport importlib\nimportlib.import_module(name)",
  "# ouverture\nglobals()['x']\nvars()\neval('1')",
  "x = 'ouverture'",
  "log('the ouverture command failed')\nexec(code)",
  "import timeit\ntimeit.timeit('f()')  # ouverture",
  "from .ouverture.pool import object_1",
  "import importlib\nd = getattr(importlib, 'import_module')  # ouverture",
  "import sys\nprint(sys.argv, sys.path)\nx = 'ouverture.pool'",
  "import unittest\nclass T(unittest.TestCase):\n    x = 'ouverture.pool'",
  "import importlib.metadata\nimportlib.metadata.version('ouverture')",
];
