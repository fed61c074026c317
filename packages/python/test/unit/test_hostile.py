"""Pools that somebody has changed: the fault is named, and nothing runs before the check."""

import base64
import gzip
import inspect
import json
import marshal
import os
import shutil
import subprocess
import sys
import unittest
import zlib
from hashlib import sha256
from unittest import mock

from places import PlaceTest, digest, normal, numbered

import ouverture
from ouverture import UnsupportedFunctionError, VerificationError, _cache, _proof, _unit
from ouverture._settings import context_of

ONE = "def $0($1):\n    return $1"


class CanaryTest(PlaceTest):
    """Functions that leave a file behind as soon as they are defined."""

    def setUp(self):
        super().setUp()
        self.canary = self.folder / "canary"
        # Both a default and a decorator run when the function is defined.
        self.singing = f"def $0($1=open({str(self.canary)!r}, 'w').close()):\n    return $1"

    def refuse(self, hash, message, error=VerificationError):
        with self.assertRaisesRegex(error, message):
            self.load(hash)
        self.assertFalse(self.canary.exists())

    def test_the_canary_sings(self):
        self.load(self.store(self.singing, {"eng": ("f", "x")}))
        self.assertTrue(self.canary.exists())

    def test_a_wrong_hash(self):
        hash = self.store(self.singing, {"eng": ("f", "x")}, hash="a" * 64)
        self.refuse(hash, f"{self.object_of(hash)}: .*not that of the hash")

    def test_another_function_in_its_place(self):
        hash = self.store(ONE, {"eng": ("f", "x")})
        self.store(self.singing, {"eng": ("f", "x")}, hash=hash)
        self.refuse(hash, str(self.object_of(hash)))

    def test_a_wrong_dependency_of_a_sound_function_and_of_its_dependency(self):
        wrong = self.store(ONE, {"eng": ("f", "x")}, hash="b" * 64)
        h = f"object_{wrong}"
        inner = self.store(
            f"from ouverture.pool import {h}\n\n{self.singing}({h})", {"eng": ("g", "x")}
        )
        i = f"object_{inner}"
        outer = self.store(f"from ouverture.pool import {i}\n\n{self.singing}", {"eng": ("h", "x")})
        for hash in (inner, outer):
            self.refuse(hash, str(self.object_of(wrong)))

    def test_a_wrong_mapping_of_a_dependency(self):
        inner = self.store(self.singing, {"eng": ("f", "x y")})
        h = f"object_{inner}"
        outer = self.store(f"from ouverture.pool import {h}\n\n{self.singing}", {"eng": ("g", "x")})
        self.refuse(outer, "'x y' is no name")

    def test_the_user_s_pool_is_checked_as_well(self):
        user = self.home / ".local" / "ouverture"
        hash = self.store(self.singing, {"eng": ("f", "x")}, hash="c" * 64, pool=user)
        self.refuse(hash, str(user))

    def test_what_is_kept_to_be_fast_is_of_this_text_alone(self):
        hash = self.store(self.singing, {"eng": ("f", "x")})
        self.load(hash)
        self.canary.unlink()
        os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
        self.object_of(hash).write_text(
            self.object_of(hash).read_text().replace("open(", "print(")
        )
        self.refuse(hash, "not that of the hash")

    def test_stray_statements(self):
        sing = f"open({str(self.canary)!r}, 'w').close()"
        one = "def $0():\n    return 1"
        cases = [
            (f"{sing}\n\n{one}", "line 1 is neither an import nor its function"),
            (f"{one}\n{sing}", "no function at its end"),
            (f"{one}\n\n{one}", "line 1 is neither"),
            (f"import os; {sing}\n\n{one}", "neither"),
            (f"if {sing}:\n    import os\n\n{one}", "neither"),
            (f"from os import *\n\n{one}", "imports everything"),
            (f"from . import x\n\n{one}", "relative import"),
            ("import ouverture\n\n" + one, "no function of the pool"),
            ("from ouverture.pool import fra\n\n" + one, "no function of the pool"),
            ("from ouverture import _load\n\n" + one, "no function of the pool"),
            ("def $0():\n    from ouverture import pool\n    return pool", "inside the function"),
            ("def $0():\n    import ouverture.pool as $1\n    return $1", "inside the function"),
            ("lambda: 1", "no function at its end"),
            ("class $0:\n    pass", "no function at its end"),
            ("x = 1", "no function at its end"),
            ("", "no function at its end"),
        ]
        for code, message in cases:
            with self.subTest(code):
                self.refuse(self.store(code, {"eng": ("f",)}), message)

    def test_imports_of_the_pool_that_are_hidden(self):
        wrong = self.store(self.singing, {"eng": ("f", "x")}, hash="d" * 64)
        h = f"object_{wrong}"
        one = "def $0():\n    return 1"
        for line in (
            f"from ouverture.pool import ({h})",
            f"from ouverture.pool import {h} as os",
            f"from ouverture.pool import {h}, {h}",
            f"from ouverture.pool import\\\n {h}",
            f"from  ouverture.pool import {h}",
        ):
            with self.subTest(line):
                self.refuse(self.store(f"{line}\n\n{one}", {"eng": ("f",)}), "a line each|eng")

    def test_what_is_imported_while_it_runs(self):
        wrong = self.store(self.singing, {"eng": ("f", "x")}, hash="e" * 64)
        code = f"def $0():\n    return getattr(__import__('ouverture.pool').pool, 'object_{wrong}')"
        function = self.load(self.store(code, {"eng": ("f",)}))
        with self.assertRaisesRegex(VerificationError, "other than at its top"):
            function()
        self.assertFalse(self.canary.exists())


class FilesTest(PlaceTest):
    """What stands where object.json and mapping.json should."""

    def refuse(self, hash, message, error=VerificationError):
        with self.assertRaisesRegex(error, message):
            self.load(hash)

    def changed(self, text):
        hash = self.store(ONE, {"eng": ("f", "x")})
        data = text if isinstance(text, bytes) else text.encode()
        self.object_of(hash).write_bytes(data)
        return hash

    def fields(self):
        return json.loads(self.object_of(self.store(ONE, {"eng": ("f", "x")})).read_text())

    def test_what_is_no_object(self):
        sound = json.dumps(self.fields())
        cases = [
            ("", "not JSON"),
            (sound[:-5], "not JSON"),
            (b"\xff" + sound.encode(), "not JSON"),
            ("[]", "no JSON object"),
            (sound[:-1] + ', "hash": 1}', "twice"),
            (sound[:-1] + ', "more": 1}', "'more'.*not belong"),
            (sound.replace('"schema_version": 1', '"schema_version": 2'), "schema 1"),
            (sound.replace('"schema_version": 1', '"schema_version": true'), "schema 1"),
            (sound.replace('"schema_version": 1', '"schema_version": 1.0'), "schema 1"),
            (sound.replace('"schema_version": 1', f'"schema_version": {"1" * 5000}'), "not JSON"),
            (sound.replace('"schema_version": 1', '"schema_version": NaN'), "not JSON"),
            (sound.replace('"hash_algorithm": "sha256"', '"hash_algorithm": "md5"'), "schema 1"),
            (sound.replace('"encoding": "none"', '"encoding": "zip"'), "encoding"),
            (sound.replace('"encoding": "none"', '"encoding": "gzip"'), "packed text"),
            (sound.replace("return", "\\ud800"), "half of a character"),
            ('{"schema_version": 1}', "missing"),
        ]
        for text, message in cases:
            with self.subTest(text[:80]):
                hash = self.changed(text)
                self.refuse(hash, message)
                self.refuse(hash, str(self.object_of(hash)))

    @unittest.skipIf(sys.platform == "emscripten", "WebAssembly ends on it, in json alone as well")
    def test_deep_json(self):
        for text in ("[" * 100_000, '{"a":' * 50_000):
            with self.subTest(text[:10]):
                self.refuse(self.changed(text), "too deep|not JSON")

    def test_packed_text(self):
        fields = self.fields()
        fields["encoding"] = "gzip"
        code = fields["normalized_code"].encode()
        fields["normalized_code"] = base64.b64encode(gzip.compress(code)).decode()
        self.assertEqual(self.load(self.changed(json.dumps(fields)))(3), 3)
        bomb = gzip.compress(b"#" * (64 << 20))
        for data, message in (
            (bomb, "larger than 1 MiB"),
            (gzip.compress(code)[:-4], "damaged"),
            (gzip.compress(code) + b"x", "damaged"),
            (zlib.compress(code), "damaged"),
            (gzip.compress(b"\xff"), "damaged"),
        ):
            fields["normalized_code"] = base64.b64encode(data).decode()
            self.refuse(self.changed(json.dumps(fields)), message)

    def test_a_large_file(self):
        self.refuse(self.changed(b" " * ((1 << 20) + 1)), "larger than 1 MiB")
        hash = self.store(ONE, {"eng": ("f", "x")})
        with open(self.object_of(hash), "r+b") as file:
            file.truncate(1 << 40)
        self.refuse(hash, "larger than 1 MiB")

    @unittest.skipUnless(hasattr(os, "mkfifo"), "needs links and pipes")
    def test_links_and_devices(self):
        hash = self.store(ONE, {"eng": ("f", "x")})
        file = self.object_of(hash)
        outside = self.folder / "outside.json"
        file.rename(outside)
        file.symlink_to(outside)
        self.refuse(hash, f"{file}: This is a link")
        file.unlink()
        file.symlink_to("/dev/zero")
        self.refuse(hash, "link")
        file.unlink()
        os.mkfifo(file)
        self.refuse(hash, "no file")
        file.unlink()
        file.mkdir()
        self.refuse(hash, "no file|cannot be read")

    @unittest.skipIf(sys.platform == "win32", "needs links")
    def test_folders_that_are_links(self):
        hash = self.store(ONE, {"eng": ("f", "x")})
        folder = self.folder_of(hash)
        folder.rename(self.folder / "elsewhere")
        folder.symlink_to(self.folder / "elsewhere")
        self.refuse(hash, f"{folder}: This is no folder")

    def test_deep_code(self):
        for code in (
            f"def $0():\n    return {'(' * 150}1{')' * 150}",
            f"def $0():\n    return {'-' * 20_000}1",
            f"def $0():\n    return x{'.a' * 100_000}",
            f"def $0():\n    return {'[' * 50_000}",
            f"def $0():\n    return {'1+' * 100_000}1",
            "def $0():\n    return '\0'",
        ):
            with self.subTest(code[:40]):
                hash = self.store(code, {"eng": ("f",)})
                text = (
                    "import ouverture\n"
                    f"try:\n    from ouverture.pool import object_{hash} as f\n"
                    "except (ouverture.VerificationError, ouverture.UnsupportedFunctionError): pass\n"
                )
                self.run_apart(text)

    def run_apart(self, text):
        """In a process of its own: some Pythons end on such code."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", text], cwd=self.repository, capture_output=True, text=True
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))


class MappingsTest(PlaceTest):
    """The attack cases of docs/normal-form.md, "Mapping"."""

    CODE = "import os\n\ndef $0($1, $2):\n    $3 = len($1)\n    return [$4 + $3 for $4 in $2] + [os.sep]"
    NAMES = ("f", "x", "y", "n", "i")

    def refuse(self, mapping, message, code=CODE):
        shutil.rmtree(self.folder_of(digest(normal(code))), ignore_errors=True)
        hash = self.store(code, {"eng": mapping})
        with self.assertRaisesRegex(VerificationError, message) as caught:
            self.load(hash)
        self.assertIn("mapping.json", str(caught.exception))

    def changed(self, number, name):
        names = list(self.NAMES)
        names[number] = name
        return tuple(names)

    def test_it_is_sound_as_it_is(self):
        function = self.load(self.store(self.CODE, {"eng": self.NAMES}))
        self.assertEqual(function([1], [2]), [3, os.sep])

    def test_names_that_are_none(self):
        cases = [
            ("", "no name"),
            ("1a", "no name"),
            ("a b", "no name"),
            ("a=1, b", "no name"),
            ("a\n    import os", "no name"),
            ("if", "keyword"),
            ("None", "keyword"),
            ("_ouverture_v_9", "reserved"),
            ("ﬁle", "NFKC"),
            ("__debug__", "__debug__|cannot be read"),
        ]
        for name, message in cases:
            for number in (0, 1, 3, 4):
                with self.subTest(name, number=number):
                    self.refuse(self.changed(number, name), message)

    def test_names_that_are_others(self):
        for number, name in ((1, "y"), (3, "x"), (1, "len"), (3, "len"), (1, "os"), (0, "len"), (0, "os"), (4, "n")):
            with self.subTest(name, number=number):
                self.refuse(self.changed(number, name), f"{name!r}|cannot be read")

    def test_numbers_that_are_missing_or_too_many(self):
        self.refuse(self.NAMES[:-1], "_ouverture_v_4")
        self.refuse((*self.NAMES, "z"), "_ouverture_v_5")
        names = numbered(*self.NAMES)
        self.refuse({"name_mapping": {**names, "len": "size"}}, "'len' is no number")
        self.refuse({"name_mapping": {**names, "_ouverture_v_٣": "z"}}, "no number")

    def test_aliases(self):
        names = numbered(*self.NAMES)
        self.refuse({"name_mapping": names, "alias_mapping": {"0" * 64: "g"}}, "does not import")
        self.refuse({"name_mapping": names, "alias_mapping": {"os": "g"}}, "does not import")
        inner = self.store(ONE, {"eng": ("g", "x")})
        h = f"object_{inner}"
        code = f"from ouverture.pool import {h}\n\ndef $0($1):\n    return len([{h}.$0($1)])"
        for alias, message in (("len", "'len'"), ("x", "'x'"), ("f", "'f'"), ("if", "keyword"), (h, "no other name")):
            mapping = {"name_mapping": numbered("f", "x"), "alias_mapping": {inner: alias}}
            with self.subTest(alias):
                self.refuse(mapping, message, code)

    def test_docstrings(self):
        names = numbered(*self.NAMES)
        function = self.load(
            self.store(self.CODE, {"eng": {"name_mapping": names, "docstring": '"""\nimport os\n\\'}})
        )
        self.assertEqual(inspect.getdoc(function), '"""\nimport os\n\\')
        for docstring in ("  x", "x\n", "\n", "\t"):
            with self.subTest(docstring):
                self.refuse({"name_mapping": names, "docstring": docstring}, "docstring")

    def test_what_is_no_mapping(self):
        names = numbered(*self.NAMES)
        self.refuse({"name_mapping": list(self.NAMES)}, "no texts")
        self.refuse({"name_mapping": {**names, "_ouverture_v_1": 1}}, "no texts")
        self.refuse({"name_mapping": names, "docstring": None}, "no text")
        self.refuse({"name_mapping": names, "more": ""}, "'more'")

    def test_a_mapping_that_is_not_its_hash(self):
        hash = self.store(self.CODE)
        self.store_mapping(self.folder_of(hash), "eng", self.NAMES, hash="0" * 64)
        with self.assertRaisesRegex(VerificationError, "not that of the hash 0000"):
            self.load(hash)

    def test_a_keyword_that_would_be_a_parameter_of_the_callee(self):
        inner = self.store("def $0($1=1, **$2):\n    return ($1, $2)", {"eng": ("g", "size", "rest")})
        h = f"object_{inner}"
        code = f"from ouverture.pool import {h}\n\ndef $0():\n    return {h}.$0(size=3)"
        self.refuse(("f",), "'size'", code)
        code = "def $0($1=1, **$2):\n    return ($1, $2) if $1 else $0(size=3)"
        self.refuse(("g", "size", "rest"), "'size'", code)


class OlderFormTest(PlaceTest):
    """Objects of the Python tool: the docstring stands in the text, and is not hashed."""

    def setUp(self):
        super().setUp()
        text = 'def _ouverture_v_0(_ouverture_v_1):\n    """Old.\n\n    Words."""\n    return _ouverture_v_1'
        hash = digest("def _ouverture_v_0(_ouverture_v_1):\n    return _ouverture_v_1")
        mapping = {"name_mapping": numbered("same", "thing"), "docstring": "New words."}
        self.hash = self.store(text, {"eng": mapping}, hash=hash)

    def test_it_runs_only_where_that_is_allowed(self):
        with self.assertRaisesRegex(UnsupportedFunctionError, "OUVERTURE_ALLOW_OLDER=1"):
            self.load(self.hash)
        os.environ["OUVERTURE_ALLOW_OLDER"] = "1"
        function = self.load(self.hash)
        self.assertEqual((function(thing=3), function.__doc__), (3, "New words."))

    def test_another_text_is_refused_all_the_same(self):
        os.environ["OUVERTURE_ALLOW_OLDER"] = "1"
        file = self.object_of(self.hash)
        file.write_text(file.read_text().replace("return ", "return -"))
        with self.assertRaises(VerificationError):
            self.load(self.hash)

    def test_other_numbers_and_imports_out_of_order(self):
        for code, names in (
            ("def $0($2, $1):\n    return $2", ("f", "a", "b")),
            ("import os\nimport abc\n\ndef $0():\n    return os", ("f",)),
            ("import os\nimport os\n\ndef $0():\n    return os", ("f",)),
        ):
            with self.subTest(code):
                hash = self.store(code, {"eng": names})
                with self.assertRaisesRegex(UnsupportedFunctionError, "older form"):
                    self.load(hash)

    def test_numbers_that_only_seem_to_stand_in_order(self):
        inner = self.store("def $0($1=0, $2=0):\n    return $2", {"eng": ("g", "a", "b")})
        h = f"object_{inner}"
        gap = {"name_mapping": {normal("$0"): "f", normal("$1"): "a", normal("$3"): "c"}}
        names = ("f", "a", "b", "c")
        for code, mapping in (
            ("def $0($1):\n    $1('$2')\n    $3 = 1\n    $2 = $3\n    return $2", names),
            ("def $0($1):\n    $1('$2')\n    $3 = 1\n    return $3", gap),
            (f"from ouverture.pool import {h}\n\ndef $0($1):\n    $1({h}.$0($2=1))\n    $3 = 1\n    $2 = $3", names),
        ):
            with self.subTest(code):
                hash = self.store(code, {"eng": mapping})
                with self.assertRaisesRegex(UnsupportedFunctionError, "older form"):
                    self.load(hash)

    def test_what_was_allowed_once_is_asked_again(self):
        os.environ["OUVERTURE_ALLOW_OLDER"] = "1"
        text = f"from ouverture.pool import object_{self.hash} as f; print(f(1))"

        def run():
            return subprocess.run(
                [sys.executable, "-c", text], cwd=self.repository, capture_output=True, text=True
            )

        self.assertEqual(run().stdout, "1\n")
        del os.environ["OUVERTURE_ALLOW_OLDER"]
        self.assertIn("UnsupportedFunctionError", run().stderr)


class CacheTest(PlaceTest):
    """What is kept in the user's own folder: it is believed only where it is ours, whole, and of this."""

    def setUp(self):
        super().setUp()
        self.inner = self.store("def $0($1):\n    return $1", {"eng": ("same", "thing")})
        h = f"object_{self.inner}"
        self.hash = self.store(
            f"from ouverture.pool import {h}\n\ndef $0():\n    return {h}.$0($1='sound')", {"eng": ("f",)}
        )
        self.folder_of_kept = self.home / ".cache" / "ouverture" / "python"
        self.assert_sound()
        (self.kept,) = self.folder_of_kept.iterdir()
        self.data = self.kept.read_bytes()

    def run_apart(self, hash):
        text = f"from ouverture.pool import object_{hash} as f; print(f())"
        return subprocess.run(
            [sys.executable, "-c", text], cwd=self.repository, capture_output=True, text=True
        )

    def assert_sound(self):
        done = self.run_apart(self.hash)
        self.assertEqual((done.stdout, done.stderr), ("sound\n", ""))

    def assert_refused(self, path):
        done = self.run_apart(self.hash)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, f"VerificationError: {path}: ")

    def kept_here(self):
        """What is kept, as this process reads it."""
        context = context_of(str(self.repository))
        kept = _cache.Kept(f"{(self.hash, (), None)} {(context.pools, context.languages)}")
        self.assertEqual(kept._path, str(self.kept))
        return kept

    def write_kept(self, values):
        data = marshal.dumps(values)
        self.kept.write_bytes(self.kept_here()._digest(data) + data)

    def spoil(self):
        """Keep another function in place of this one, with all that shows that it was kept by us."""
        values = dict(marshal.loads(self.data[32:]))
        for key, value in values.items():
            if isinstance(key, str) and "def f(" in value[0]:
                values[key] = value[0], compile("def f(): return 'spoilt'", "x", "exec")
        self.write_kept(values)

    def assert_made_again(self):
        self.assert_sound()
        self.assertEqual(marshal.loads(self.kept.read_bytes()[32:]), marshal.loads(self.data[32:]))

    def test_it_is_used(self):
        self.spoil()
        self.assertEqual(self.run_apart(self.hash).stdout, "spoilt\n")

    def test_what_is_damaged_is_made_again(self):
        middle = len(self.data) // 2
        changed = self.data[:middle] + bytes([self.data[middle] ^ 1]) + self.data[middle + 1 :]
        for damaged in (b"", self.data[:31], self.data[:40], self.data[:-1], self.data + b"x", changed):
            with self.subTest(len(damaged)):
                self.kept.write_bytes(damaged)
                self.assert_made_again()

    def test_what_is_whole_and_makes_no_sense_is_made_again(self):
        for values in ([], "text", None):
            with self.subTest(values):
                self.write_kept(values)
                self.assert_made_again()

    def test_what_was_kept_of_another_import(self):
        other = self.store("def $0():\n    return 'other'", {"eng": ("f",)})
        self.run_apart(other)
        (path,) = set(self.folder_of_kept.iterdir()) - {self.kept}
        for data in (path.read_bytes(), digest_of(self.data[32:]) + self.data[32:]):
            self.kept.write_bytes(data)
            self.assertEqual(self.kept_here()._values, {})
            self.assert_made_again()

    def test_what_another_python_or_another_version_kept(self):
        self.assertEqual(len(self.kept_here()._values), 6)
        with mock.patch.object(_cache, "_MADE_BY", f"{_cache._MADE_BY} of tomorrow"):
            context = context_of(str(self.repository))
            kept = _cache.Kept(f"{(self.hash, (), None)} {(context.pools, context.languages)}")
            self.assertNotEqual(kept._path, str(self.kept))
            shutil.copy(self.kept, kept._path)
            self.assertEqual(kept._read(), {})
        for part in (sys.version, sys.implementation.cache_tag, ouverture.__version__):
            self.assertIn(part, _cache._MADE_BY)

    def test_an_object_that_was_changed_since(self):
        for hash in (self.hash, self.inner):
            file = self.object_of(hash)
            sound = file.read_text()
            for changed in (sound.replace("return", "return not"), sound[:-9], "{}"):
                with self.subTest(hash=hash, changed=changed):
                    file.write_text(changed)
                    self.assert_refused(file)
            file.write_text(sound)
            self.assert_sound()

    def test_an_object_that_says_the_same_in_other_bytes(self):
        file = self.object_of(self.hash)
        file.write_text(json.dumps(json.loads(file.read_text()), indent=8))
        self.assert_sound()
        self.assertNotEqual(marshal.loads(self.kept.read_bytes()[32:]), marshal.loads(self.data[32:]))

    def test_a_mapping_that_was_changed_since(self):
        for hash in (self.hash, self.inner):
            (file,) = self.folder_of(hash).glob("eng/sha256/*/*/mapping.json")
            sound = file.read_text()
            for changed in (sound.replace('"_ouverture_v_0": "', '"_ouverture_v_0": "x'), sound[:-9], "{}"):
                with self.subTest(hash=hash, changed=changed):
                    file.write_text(changed)
                    self.assert_refused(file)
            file.write_text(sound)
            self.assert_sound()

    def test_other_words_than_were_kept(self):
        folder = self.folder_of(self.inner)
        shutil.rmtree(folder / "eng")
        self.store_mapping(folder, "eng", ("identity", "object"))
        text = f"from ouverture.pool import object_{self.hash} as f; import inspect; print(inspect.getsource(f))"
        self.spoil()
        done = subprocess.run(
            [sys.executable, "-c", text], cwd=self.repository, capture_output=True, text=True
        )
        self.assertIn("(object='sound')", done.stdout)

    def test_a_function_that_is_gone(self):
        shutil.rmtree(self.folder_of(self.inner))
        self.assertIn("FunctionNotFoundError", self.run_apart(self.hash).stderr)

    def test_a_link_to_what_was_kept_is_not_followed(self):
        self.spoil()
        self.kept.rename(self.folder / "elsewhere")
        self.kept.symlink_to(self.folder / "elsewhere")
        self.assert_made_again()
        self.assertFalse(self.kept.is_symlink())

    @unittest.skipIf(sys.platform == "win32", "needs permissions")
    def test_where_others_can_write_it_is_not_read(self):
        self.spoil()
        for mode in (0o777, 0o720, 0o702):
            self.folder_of_kept.chmod(mode)
            self.assert_sound()
        self.folder_of_kept.chmod(0o700)
        for mode in (0o666, 0o620, 0o602):
            self.spoil()
            self.kept.chmod(mode)
            self.assert_made_again()
            self.assertEqual(self.kept.stat().st_mode & 0o777, 0o600)

    @unittest.skipIf(sys.platform == "win32", "needs permissions")
    def test_it_can_be_written_by_nobody_else_whatever_the_mask_is(self):
        shutil.rmtree(self.folder_of_kept)
        mask = os.umask(0)
        try:
            self.assert_made_again()
        finally:
            os.umask(mask)
        modes = [path.stat().st_mode & 0o777 for path in (self.folder_of_kept, self.kept)]
        self.assertEqual(modes, [0o700, 0o600])

    @unittest.skipIf(sys.platform == "win32", "needs owners")
    def test_what_somebody_else_owns_is_not_read(self):
        self.assertEqual(len(self.kept_here()._values), 6)
        with mock.patch("os.geteuid", return_value=os.geteuid() + 1):
            self.assertEqual(self.kept_here()._values, {})
            # Neither is it written over.
            kept = self.kept_here()
            kept.put("key", "value")
            kept.write()
        self.assertEqual(self.kept.read_bytes(), self.data)

    def test_it_is_not_written_where_python_writes_none(self):
        self.kept.unlink()
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        self.assert_sound()
        self.assertFalse(self.kept.exists())

    def test_where_it_cannot_be_written(self):
        os.environ["XDG_CACHE_HOME"] = "/proc/nowhere"
        self.assert_sound()
        os.environ["XDG_CACHE_HOME"] = str(self.folder / "caches")
        (self.folder / "caches").mkdir()
        (self.folder / "caches" / "ouverture").write_text("a file")
        self.assert_sound()

    def test_a_folder_that_is_read_only(self):
        self.folder_of_kept.chmod(0o500)
        self.assert_sound()
        self.kept.write_bytes(b"spoilt")
        self.assert_sound()
        self.assertEqual([path.name for path in self.folder_of_kept.iterdir()], [self.kept.name])

    def test_what_a_writer_that_died_left_is_no_hindrance(self):
        kept = self.kept_here()
        kept.put("key", "value")
        (self.folder_of_kept / f"{self.kept.name}.{os.getpid()}").write_text("half")
        for _ in range(2):
            kept.write()
        self.assertEqual(list(self.folder_of_kept.iterdir()), [self.kept])
        self.assertEqual(self.kept_here()._values, {"key": "value"})


class PlainTest(PlaceTest):
    """Where numbers stand that are not those of the function, the tokens are looked at."""

    def test_it_is_the_function_all_the_same(self):
        inner = self.store("def $0($1=0, *, $2=0):\n    return $1, $2", {"eng": ("g", "x", "a")})
        h = f"object_{inner}"
        head = f"from ouverture.pool import {h}\n\n"
        cases = [
            ("def $0($1):\n    return [$1, '$1']", [5, "_ouverture_v_1"]),
            ("def $0($1):\n    return [$1, b'$1 $0']", [5, b"_ouverture_v_1 _ouverture_v_0"]),
            ("def $0($1):\n    return [$1, f'{$1}$1']", [5, "5_ouverture_v_1"]),
            ("def $0($1):\n    return [$1, '$7 a$1 $1b']", [5, "_ouverture_v_7 a_ouverture_v_1 _ouverture_v_1b"]),
            ("def $0($1):\n    $1 = type('T', (), {'$1': $1})\n    return $1.$1", 5),
            (f"{head}def $0($1):\n    return {h}.$0($1, $2=2)", (5, 2)),
            (f"{head}def $0($1=4):\n    return {h}.$0($1=$1)", (5, 0)),
            (f"{head}def $0($1=4):\n    return {h}.$0($1, **{{'a': 3}})", (5, 3)),
            (f"{head}def $0($1=4):\n    return {h}.$0((lambda $2=$1: $2)())", (5, 0)),
            (f"{head}def $0($1=4):\n    return [$1, '{h}.$0()', {h}.$0()]", None),
        ]
        for code, result in cases:
            with self.subTest(code):
                names = ("f", "a", "b")[: 3 if "lambda" in code else 2]
                given = self.load(self.store(code, {"eng": names}))(a=5)
                self.assertEqual(given, result or [5, f"{h}._ouverture_v_0()", (0, 0)])


class ProofTest(unittest.TestCase):
    """The proof does not rely on how a text was made: another tree with the same names is refused."""

    def prove(self, stored, written):
        stored, names = normal(stored), numbered("f", "x", "y", "z")
        names = {number: name for number, name in names.items() if number in stored}
        units = [_unit.read_unit(_unit.parse(text), text) for text in (stored, written)]
        _proof.prove(*units, "", names, {}, lambda hash: {})

    def test_another_tree(self):
        stored = "def $0($1, $2):\n    {}"
        written = "def f(x, y):\n    {}"
        cases = [
            ("return $1[$2:]", "return x[:y]"),
            ("return $1[:$2]", "return x[::y]"),
            ("return {**$1, $2: 1}", "return {1: x, **y}"),
            ("yield $1, $2", "return x, y"),
            ("return $1 + $2", "return x - y"),
            ("return $1 < $2", "return x <= y"),
            ("return not $1, $2", "return -x, y"),
            ("return [$1, $2]", "return (x, y)"),
            ("return [$1], $2", "return [x, y]"),
            ("return $1.a, $2", "return x.b, y"),
            ("return $1, $2, 1", "return x, y, True"),
            ("return $1, $2, 1", "return x, y, 1.0"),
            ("return $1($2)", "return x(*y)"),
            ("return $1(a=$2)", "return x(**y)"),
            ("return f'{$1}{$2!r}'", "return f'{x}{y!s}'"),
            ("del $1, $2", "x, y"),
            ("assert $1, $2", "return x, y"),
            ("assert $1, $2", "assert x\n    y"),
            ("for $1 in $2:\n        pass", "for x in y:\n        continue"),
            ("raise $1 from $2", "raise x(y)"),
        ]
        for one, other in cases:
            with self.subTest(one):
                self.prove(stored.format(one), written.format(words_of(one)))
                with self.assertRaises(_proof.NotTheFunction):
                    self.prove(stored.format(one), written.format(other))


def words_of(text):
    return text.replace("$1", "x").replace("$2", "y")


def digest_of(data):
    return sha256(data).digest()


if __name__ == "__main__":
    unittest.main()
