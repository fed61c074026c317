"""``from ouverture.pool import``: what is found where, and in which language."""

import asyncio
import copy
import importlib
import inspect
import linecache
import os
import pickle
import pydoc
import subprocess
import sys
import threading
import traceback
import unittest
import warnings

from places import MARKET, PlaceTest, numbered

from ouverture import FunctionNotFoundError, VerificationError

MEAN = "d06024133566034748895a63d9c8b9b7695346b9571035ca0fd1f7b1df4f776c"
DOUBLE = "def $0($1):\n    return $1 * 2"
IN_TWO = {"eng": ("double", "number"), "fra": ("doubler", "nombre")}


class FormsTest(PlaceTest):
    def setUp(self):
        super().setUp()
        self.hash = self.store(DOUBLE, IN_TWO)

    def test_forms_of_the_import(self):
        name = f"object_{self.hash}"
        forms = [
            f"from ouverture.pool import {name} as f",
            f"from ouverture.pool import {name}\nf = {name}",
            f"from ouverture import {name} as f",
            f"from ouverture.pool.fra import {name} as f",
            f"import ouverture.pool\nf = ouverture.pool.{name}",
            f"import ouverture.pool.fra\nf = ouverture.pool.fra.{name}",
            f"from ouverture.pool import fra\nf = fra.{name}",
            f"from ouverture import pool\nf = pool.{name}",
            f"def load():\n    from ouverture.pool import {name} as f\n    return f\nf = load()",
        ]
        for form in forms:
            with self.subTest(form):
                self.assertEqual(self.run_file(form).f(21), 42)

    def test_the_bare_hash_where_python_allows_it(self):
        for value in range(1000):
            code = f"def _ouverture_v_0():\n    return {value}"
            hash = self.store(code, {"eng": ("give",)})
            if hash[0] in "abcdef":
                break
        for module in ("ouverture.pool", "ouverture", "ouverture.pool.eng"):
            self.assertEqual(self.run_file(f"from {module} import {hash} as f").f(), value)

    def test_what_is_no_hash(self):
        import ouverture
        import ouverture.pool

        for name in ("object_12", "object_" + "A" * 64, "nothing", "__path_of_nobody__"):
            self.assertFalse(hasattr(ouverture, name))
            self.assertFalse(hasattr(ouverture.pool, name))
        with self.assertRaisesRegex(ImportError, "object_12"):
            self.run_file("from ouverture.pool import object_12 as f")
        with self.assertRaisesRegex(AttributeError, "64 digits"):
            ouverture.pool.object_12
        with self.assertRaises(ModuleNotFoundError):
            importlib.import_module("ouverture.pool.ab")
        with self.assertRaises(ModuleNotFoundError):
            importlib.import_module("ouverture.pool.fra.nothing")

    def test_public_names(self):
        text = "from ouverture import FunctionNotFoundError, UnsupportedFunctionError, VerificationError"
        self.run_file(text)

    def test_it_is_not_there(self):
        missing = "0" * 64
        with self.assertRaisesRegex(FunctionNotFoundError, f"{missing}.*ouverture pull 000000000000"):
            self.load(missing)
        self.assertTrue(issubclass(FunctionNotFoundError, ImportError))
        self.assertFalse(issubclass(VerificationError, ImportError))

    def test_a_dependency_is_not_there(self):
        missing = "1" * 64
        hash = self.store(
            f"from ouverture.pool import object_{missing}\n\n"
            f"def $0():\n    return object_{missing}.$0()",
            {"eng": ("f",)},
        )
        with self.assertRaisesRegex(FunctionNotFoundError, missing):
            self.load(hash)


class PlacesTest(PlaceTest):
    def test_the_pool_is_found_upward_from_the_file(self):
        hash = self.store(DOUBLE, IN_TWO)
        text = f"from ouverture.pool import object_{hash} as f"
        self.assertEqual(self.run_file(text, "a/b/c/program.py").f(1), 2)

    def test_the_nearest_pool_is_asked_first_then_the_users(self):
        user = self.home / ".local" / "ouverture"
        near = self.store(DOUBLE, {"eng": ("near", "x")})
        self.store(DOUBLE, {"eng": ("far", "x"), "fra": ("loin", "x")}, pool=user)
        only = self.store("def $0():\n    return 'user'", {"eng": ("only",)}, pool=user)
        self.assertEqual(self.load(near).__name__, "near")
        self.assertEqual(self.load(near, "fra").__name__, "loin")
        self.assertEqual(self.load(only)(), "user")
        other = self.folder / "other"
        os.environ["OUVERTURE_DIRECTORY"] = str(other)
        hash = self.store("def $0():\n    return 'other'", {"eng": ("other",)}, pool=other)
        self.assertEqual(self.load(hash)(), "other")

    def test_the_search_ends_at_a_repository_of_git_and_passes_over_the_home(self):
        hash = self.store(DOUBLE, IN_TWO)
        (self.repository / "inner" / ".git").mkdir(parents=True)
        with self.assertRaises(FunctionNotFoundError):
            self.run_file(f"from ouverture.pool import object_{hash} as f", "inner/program.py")
        os.environ["HOME"] = os.environ["USERPROFILE"] = str(self.repository)
        with self.assertRaises(FunctionNotFoundError):
            self.run_file(f"from ouverture.pool import object_{hash} as f", "new/program.py")

    def test_without_a_file_it_is_the_working_directory(self):
        hash = self.store(DOUBLE, IN_TWO)
        text = f"from ouverture.pool import object_{hash} as f; print(f(4))"
        done = subprocess.run(
            [sys.executable, "-c", text], cwd=self.repository, capture_output=True, text=True
        )
        self.assertEqual((done.stdout, done.stderr), ("8\n", ""))

    def test_two_repositories_with_other_names_for_one_function(self):
        hash = self.store(DOUBLE, {"fra": ("doubler", "nombre")})
        first = self.load(hash, "fra")
        self.repository = self.folder / "second"
        self.pool = self.repository / ".ouverture"
        self.store(DOUBLE, {"fra": ("deux_fois", "valeur")})
        second = self.load(hash, "fra")
        self.assertEqual((first(nombre=1), second(valeur=1)), (2, 2))
        self.assertEqual(pickle.loads(pickle.dumps(second)), second)

    def test_fetching_only_where_it_is_asked_for(self):
        programs = self.folder / "bin"
        programs.mkdir()
        program = programs / "ouverture"
        program.write_text('#!/bin/sh\necho "$@" > "$HOME/called"; pwd >> "$HOME/called"; exit 1\n')
        program.chmod(0o755)
        os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
        hash = "2" * 64
        with self.assertRaises(FunctionNotFoundError):
            self.load(hash)
        self.assertFalse((self.home / "called").exists())
        os.environ["OUVERTURE_FETCH"] = "1"
        with self.assertRaises(FunctionNotFoundError):
            self.load(hash)
        self.assertEqual((self.home / "called").read_text(), f"pull {hash}\n{self.repository}\n")


class LanguagesTest(PlaceTest):
    def setUp(self):
        super().setUp()
        self.hash = self.store(DOUBLE, IN_TWO)

    def name(self, language=None):
        return self.load(self.hash, language).__name__

    def test_the_module_s_then_the_variables_then_the_first_there_is(self):
        self.assertEqual(self.name(), "double")
        os.environ["OUVERTURE_LANGUAGES"] = "spa, fra"
        self.assertEqual(self.name(), "doubler")
        os.environ["OUVERTURE_LANG"] = "eng"
        self.assertEqual(self.name(), "double")
        self.assertEqual(self.name("fra"), "doubler")
        self.assertEqual(self.name("jpn"), "double")

    def test_the_configuration_s(self):
        configurations = [
            (self.home / ".ouverture" / "config.yaml", "user:\n  username: A\n  languages: [fra]\n"),
            (self.home / ".ouverture" / "config.yaml", "user:\n  languages:\n    - spa # no\n    - 'fra'\n"),
            (self.home / ".config" / "ouverture" / "config.yaml", 'user:\n  languages: ["fra"]\n'),
            (self.pool / "config.yaml", "# ours\nuser:\n\n  languages: [ fra, eng ]\n"),
            (
                self.repository / "pyproject.toml",
                '[project]\nname = "x"\n[tool.ouverture.user]\nlanguages = [\n  "fra",\n]\n[x]\n',
            ),
        ]
        from ouverture import _settings

        for path, text in configurations:
            with self.subTest(path.name, text=text):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
                _settings._configured.clear()
                self.assertEqual(self.name(), "doubler")
                path.write_text(text.replace("fra", "eng"))
                _settings._configured.clear()
                self.assertEqual(self.name(), "double")
                path.unlink()

    def test_a_language_with_a_hyphen(self):
        hash = self.store(DOUBLE, {"fra-canadian": ("doubler_icitte", "x")})
        text = f"import importlib\nf = importlib.import_module('ouverture.pool.fra-canadian').object_{hash}"
        self.assertEqual(self.run_file(text).f.__name__, "doubler_icitte")

    def test_without_any_mapping_it_has_its_numbers(self):
        function = self.load(self.store("def $0($1):\n    return $1 + 3"))
        self.assertEqual(function(_ouverture_v_1=1), 4)
        self.assertEqual(pickle.loads(pickle.dumps(function)), function)

    def test_the_mapping_that_was_there_first(self):
        folder = self.folder_of(self.hash)
        for index, name in enumerate(("c", "a", "b")):
            file = self.store_mapping(folder, "deu", (name, "x"))
            os.utime(file, (1000 + index, 1000 + index))
        self.assertEqual(self.name("deu"), "c")

    def test_keyword_arguments_in_each_language(self):
        self.assertEqual(self.load(self.hash, "fra")(nombre=2), 4)
        self.assertEqual(self.load(self.hash, "eng")(number=2), 4)
        with self.assertRaisesRegex(TypeError, "doubler.*number"):
            self.load(self.hash, "fra")(number=2)

    def test_keyword_arguments_of_calls_to_the_pool(self):
        h = f"object_{self.hash}"
        hash = self.store(
            f"from ouverture.pool import {h}\n\ndef $0($1, $2={h}.$0($1=1)):\n"
            f"    return f'{{{h}.$0($1=$1)}}', [{h}.$0(*(), $1=(lambda $3, $4=3: $4)($1)) for $5 in 'a'], $2",
            {
                "eng": {"name_mapping": numbered("f", "x", "y", "a", "b", "i"), "alias_mapping": {self.hash: "twice"}},
                "fra": numbered_mapping("g", "x", "y", "a", "b", "i"),
                "spa": numbered_mapping("h", "x", "y", "a", "b", "i"),
            },
        )
        for language, keyword in (("eng", "number"), ("fra", "nombre"), ("spa", "number")):
            function = self.load(hash, language)
            self.assertEqual(function(5), ("10", [6], 2))
            self.assertIn(f"({keyword}=x)", inspect.getsource(function))

    def test_dependencies_are_in_the_language_of_what_imports_them(self):
        h = f"object_{self.hash}"
        hash = self.store(
            f"from ouverture.pool import {h}\n\ndef $0($1):\n    return {h}.$0($1)",
            {"eng": ("f", "x"), "fra": ("g", "x"), "spa": ("h", "x")},
        )
        for language, name in (("eng", "double"), ("fra", "doubler"), ("spa", "double")):
            try:
                self.load(hash, language)(None)
            except TypeError as error:
                frames = traceback.extract_tb(error.__traceback__)
            self.assertEqual(frames[-1].name, name)


def numbered_mapping(*names):
    return {"name_mapping": numbered(*names)}


class ReadingTest(PlaceTest):
    """What people see of a function: help, source, tracebacks."""

    def setUp(self):
        super().setUp()
        mapping = {"name_mapping": numbered("moitié", "valeur"), "docstring": "La moitié.\n\nD'un nombre."}
        self.hash = self.store("def $0($1: int=4) -> float:\n    return $1 / 2", {"fra": mapping})
        self.function = self.load(self.hash)

    def test_source(self):
        text = 'def moitié(valeur: int=4) -> float:\n    """La moitié.\n\n    D\'un nombre."""\n    return valeur / 2\n'
        self.assertEqual(inspect.getsource(self.function), text)
        self.assertEqual(inspect.getdoc(self.function), "La moitié.\n\nD'un nombre.")
        self.assertEqual(str(inspect.signature(self.function)), "(valeur: int = 4) -> float")

    def test_help(self):
        text = pydoc.plain(pydoc.render_doc(self.function))
        self.assertIn("moitié(valeur: int = 4) -> float\n    La moitié.", text)

    def test_traceback(self):
        try:
            self.function("x")
        except TypeError:
            text = traceback.format_exc()
        self.assertIn(f'  File "<ouverture {self.hash[:12]}@fra>", line 5, in moitié\n', text)
        self.assertIn("    return valeur / 2\n", text)

    def test_the_source_stays_where_the_cache_of_lines_is_checked(self):
        linecache.checkcache()
        self.assertIn("moitié", inspect.getsource(self.function))

    def test_pickle_and_copy(self):
        # Older protocols have no names beyond ASCII, whatever they are of.
        for protocol in range(3, pickle.HIGHEST_PROTOCOL + 1):
            self.assertIs(pickle.loads(pickle.dumps(self.function, protocol)), self.function)
        self.assertIs(copy.deepcopy(self.function), self.function)

    def test_pickle_in_another_process(self):
        data = pickle.dumps(self.function)
        self.assertIn(self.hash.encode(), data)
        text = f"import pickle; print(pickle.loads({data!r})(9))"
        done = subprocess.run(
            [sys.executable, "-c", text], cwd=self.repository, capture_output=True, text=True
        )
        self.assertEqual((done.stdout, done.stderr), ("4.5\n", ""))

    def test_names_of_two_functions_that_begin_alike(self):
        from ouverture import _load

        reading = sys.modules[self.function.__module__].__ouverture__
        self.assertEqual(_load._filename(reading), f"<ouverture {self.hash[:12]}@fra>")
        other = self.hash[:12] + "0" * 52
        function = _load.StoredFunction(other, "object.json", b"", ())
        reading = _load.Reading(function, reading.mapping, {})
        self.assertEqual(_load._filename(reading), f"<ouverture {other}@fra>")


class StartTest(PlaceTest):
    """What an import takes along, in a Python that has loaded nothing else."""

    SLOW = ("ast", "collections", "enum", "functools", "inspect", "json", "linecache", "re", "typing")

    def setUp(self):
        super().setUp()
        self.inner = self.store(DOUBLE, IN_TWO)
        h = f"object_{self.inner}"
        self.hash = self.store(
            f"from ouverture.pool import {h}\n\ndef $0($1):\n    return {h}.$0($1)",
            {"eng": ("f", "x"), "fra": ("g", "x")},
        )

    def run_bare(self, text):
        path = os.path.dirname(os.path.dirname(sys.modules["ouverture"].__file__))
        file = self.repository / "program.py"
        file.write_text(
            f"import sys\nsys.path.insert(0, {path!r})\n"
            f"from ouverture.pool.fra import object_{self.hash} as f\n{text}",
            encoding="utf-8",
        )
        # A file: with -c, Python 3.13 loads linecache itself.
        done = subprocess.run([sys.executable, "-S", file], capture_output=True, text=True)
        self.assertEqual(done.stderr, "")
        return done.stdout

    def test_few_modules_are_needed(self):
        text = f"print([name for name in {self.SLOW} if name in sys.modules])"
        self.assertEqual(self.run_bare(text), "[]\n")
        # Now all is kept.
        self.assertTrue((self.home / ".cache").exists())
        self.assertEqual(self.run_bare(text), "[]\n")

    def test_the_importer_is_found_where_importlib_was_never_imported(self):
        text = "print(sorted(name[:18] for name in sys.modules if name.startswith('ouverture.pool.')))"
        for _ in "cold", "warm":
            self.assertEqual(self.run_bare(text), f"{['ouverture.pool.fra'] * 3}\n")

    def test_lines_are_there_as_soon_as_they_are_asked_for(self):
        text = (
            "assert 'linecache' not in sys.modules\n"
            "import traceback, linecache\n"
            "print(type(linecache.__loader__) is type(traceback.__loader__))\n"
            "print(linecache.__spec__.loader is linecache.__loader__)\n"
            "try: f(None)\n"
            "except TypeError: print(traceback.format_exc())\n"
            "import inspect\n"
            "print(inspect.getsource(f))\n"
        )
        self.run_bare("")
        shown = self.run_bare(text)
        self.assertTrue(shown.startswith("True\nTrue\n"), shown)
        self.assertIn("    return nombre * 2\n", shown)
        self.assertIn("def g(x):\n", shown)


class MarketTest(unittest.TestCase):
    def test_the_example_runs(self):
        for program, says in (("boutique/facture.py", "total : "), ("shop/report.py", "")):
            done = subprocess.run(
                [sys.executable, program], cwd=MARKET, capture_output=True, text=True, encoding="utf-8"
            )
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn(says, done.stdout)


class SafetyOfThreadsTest(PlaceTest):
    def test_many_threads_get_one_function(self):
        hash = self.store(DOUBLE, IN_TWO)
        text = f"def give():\n    from ouverture.pool import object_{hash} as f\n    return f"
        give = self.run_file(text).give
        found = []
        threads = [threading.Thread(target=lambda: found.append(give())) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(set(map(id, found))), 1)
        self.assertEqual(len(found), 16)


class KindsTest(PlaceTest):
    """Every kind of function runs as it was written."""

    def check(self, code, names, *arguments, expected):
        function = self.load(self.store(code, {"fra": names}), "fra")
        result = function(*arguments)
        if inspect.iscoroutine(result):
            result = asyncio.run(result)
        elif inspect.isgenerator(result):
            result = list(result)
        elif inspect.isasyncgen(result):
            result = asyncio.run(gather(result))
        self.assertEqual(result, expected)
        return function

    def test_recursion(self):
        code = "def $0($1):\n    return 1 if $1 == 0 else $1 * $0($1=$1 - 1)"
        self.check(code, ("factorielle", "n"), 5, expected=120)

    def test_coroutine(self):
        code = "import asyncio\n\nasync def $0($1):\n    await asyncio.sleep(0)\n    return $1"
        self.check(code, ("attendre", "x"), 7, expected=7)

    def test_generator(self):
        code = "def $0($1):\n    for $2 in range($1):\n        $3 = (yield $2)"
        self.check(code, ("compter", "n", "i", "reçu"), 3, expected=[0, 1, 2])

    def test_asynchronous_generator(self):
        code = "async def $0($1):\n    for $2 in range($1):\n        yield $2"
        self.check(code, ("compter", "n", "i"), 3, expected=[0, 1, 2])

    def test_closure(self):
        code = (
            "def $0($1):\n    $2 = 0\n\n    def $3($4):\n        nonlocal $2\n        $2 += $4\n"
            "        return $2\n    return [$3($5) for $5 in $1]"
        )
        self.check(code, ("cumul", "xs", "somme", "ajouter", "x", "x"), [1, 2, 3], expected=[1, 3, 6])

    def test_decorator_and_default(self):
        code = "import functools\n\n@functools.lru_cache(maxsize=None)\ndef $0($1, $2=[]):\n    return $1"
        function = self.load(self.store(code, {"eng": ("kept", "x", "y")}))
        self.assertEqual(function(3), 3)
        self.assertEqual((function(3), function.cache_info().hits), (3, 1))
        self.assertIs(pickle.loads(pickle.dumps(function)), function)

    def test_class(self):
        code = (
            "def $0($1):\n\n    class $2:\n        __secret = 4\n\n        def value(self):\n"
            "            return self.__secret + $1\n    return ($2().value(), $2.__name__)"
        )
        self.check(code, ("créer", "n", "Compte"), 1, expected=(5, "Compte"))

    def test_future_annotations(self):
        code = "from __future__ import annotations\n\ndef $0($1: int=1):\n    return $1"
        function = self.load(self.store(code, {"eng": ("f", "x")}))
        self.assertEqual(function.__annotations__, {"x": "int"})

    def test_annotations(self):
        hash = self.store("def $0($1: list, *, $2: 'Later'=2) -> int:\n    return $1", {"fra": ("f", "un", "deux")})
        function = self.load(hash, "fra")
        self.assertEqual(function.__annotations__, {"un": list, "deux": "Later", "return": int})
        if sys.version_info >= (3, 14):
            # They are made as they are asked for: PEP 649.
            import annotationlib

            given = annotationlib.get_annotations(function, format=annotationlib.Format.STRING)
            self.assertEqual(given, {"un": "list", "deux": "Later", "return": "int"})

    def test_a_warning_of_the_compiler_is_given_once_for_the_text_that_is_shown(self):
        code = "def $0($1):\n    try:\n        return $1 is 1\n    finally:\n        return 2"
        hash = self.store(code, {"fra": ("f", "un")})
        with warnings.catch_warnings(record=True) as given:
            warnings.simplefilter("always")
            self.assertEqual(self.load(hash, "fra")(1), 2)
        expected = [3, 5] if sys.version_info >= (3, 14) else [3]
        self.assertEqual(sorted(one.lineno for one in given), expected)
        self.assertEqual({one.filename for one in given}, {f"<ouverture {hash[:12]}@fra>"})

    @unittest.skipIf(sys.version_info < (3, 12), "type parameters are of Python 3.12")
    def test_type_parameters(self):
        code = "def $0[$1: int]($2: $1) -> $1:\n    return $2"
        function = self.check(code, ("f", "T", "x"), 3, expected=3)
        self.assertEqual([one.__name__ for one in function.__type_params__], ["T"])

    @unittest.skipIf(sys.version_info >= (3, 12), "Python 3.12 knows this")
    def test_syntax_of_a_newer_python(self):
        from ouverture import UnsupportedFunctionError

        code = "def $0[$1]($2: $1):\n    return $2"
        with self.assertRaisesRegex(UnsupportedFunctionError, "Python 3.*syntax"):
            self.load(self.store(code, {"eng": ("f", "T", "x")}))

    def test_namespaces_are_apart(self):
        sets = self.store(
            "import math as tool\n\ndef $0($1):\n    global counter\n    counter = $1\n    return (counter, tool)",
            {"eng": ("keep", "x")},
        )
        h = f"object_{sets}"
        hash = self.store(
            f"from ouverture.pool import {h}\nimport cmath as tool\n\ndef $0():\n    global counter\n"
            f"    counter = 1\n    return ({h}.$0(2)[0], counter, {h}.$0(2)[1] is tool)",
            {"eng": {"name_mapping": numbered("f"), "alias_mapping": {sets: "g"}}},
        )
        self.assertEqual(self.load(hash)(), (2, 1, False))


async def gather(generator):
    return [one async for one in generator]


if __name__ == "__main__":
    unittest.main()
