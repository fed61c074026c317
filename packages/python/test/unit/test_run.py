"""``python -m ouverture run``, which the command starts."""

import json
import os
import subprocess
import sys

from places import PlaceTest, numbered


class RunTest(PlaceTest):
    def ouverture(self, *arguments, answers=""):
        done = subprocess.run(
            [sys.executable, "-m", "ouverture", "run", *arguments],
            cwd=self.repository,
            input=answers,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        return done.returncode, done.stdout, done.stderr

    def setUp(self):
        super().setUp()
        os.environ["PYTHONIOENCODING"] = "utf-8"
        self.half = self.store(
            "def $0($1, $2=2):\n    return $1 / $2",
            {
                "eng": ("divide", "number", "by"),
                "fra": {"name_mapping": numbered("diviser", "nombre", "par"), "docstring": "Divise."},
            },
        )

    def test_arguments_are_literals_or_texts(self):
        hash = self.store("def $0(*$1):\n    return $1", {"eng": ("give", "all")})
        _, stdout, _ = self.ouverture(hash, "1", "[1, {'a': None}]", "text", "'text'", "-2", "__import__('os')")
        self.assertEqual(
            stdout, "(1, [1, {'a': None}], 'text', 'text', -2, \"__import__('os')\")\n"
        )
        self.assertEqual(self.ouverture(hash), (0, "()\n", ""))
        self.assertEqual(self.ouverture(hash, "--", "--json"), (0, "('--json',)\n", ""))

    def test_coroutines_are_awaited(self):
        code = "import asyncio\n\nasync def $0():\n    await asyncio.sleep(0)\n    return 'ready'"
        self.assertEqual(self.ouverture(self.store(code, {"eng": ("wait",)})), (0, "'ready'\n", ""))

    def test_what_it_raises_is_told_in_the_language(self):
        status, stdout, stderr = self.ouverture(f"{self.half}@fra", "1", "0")
        self.assertEqual((status, stdout), (1, ""))
        lines = stderr.splitlines()
        self.assertEqual(lines[0], "Traceback (most recent call last):")
        self.assertEqual(lines[1], f'  File "<ouverture {self.half[:12]}@fra>", line 3, in diviser')
        self.assertEqual(lines[2], "    return nombre / par")
        self.assertEqual(lines[-1], "ZeroDivisionError: division by zero")
        status, _, stderr = self.ouverture(f"{self.half}@fra")
        self.assertEqual(status, 1)
        self.assertEqual(
            stderr, "TypeError: diviser() missing 1 required positional argument: 'nombre'\n"
        )

    def test_the_normal_form_beside_it(self):
        h = f"object_{self.half}"
        outer = self.store(
            f"import math\nfrom ouverture.pool import {h}\n".replace("import math\n", "")
            + f"import math\n\ndef $0($1):\n\n    def $2():\n        return {h}.$0($1, math.floor(0.5))\n    return $2()",
            {"fra": {"name_mapping": numbered("tout", "x", "dedans"), "docstring": "Deux\n\nlignes."}},
        )
        _, _, stderr = self.ouverture("--normalized", f"{outer}@fra", "1")
        lines = stderr.splitlines()
        self.assertIn(f"    return {h}(x, math.floor(0.5))", [line.rstrip() for line in lines] + [
            line.replace("        return", "    return") for line in lines
        ])
        self.assertIn(f"    return _ouverture_v_2()  # {outer[:12]}, normal form", lines)
        self.assertIn(
            f"    return {h}._ouverture_v_0(_ouverture_v_1, math.floor(0.5))  # {outer[:12]}, normal form",
            lines,
        )
        self.assertIn(f"    return _ouverture_v_1 / _ouverture_v_2  # {self.half[:12]}, normal form", lines)
        self.assertIn(
            f"<ouverture {outer[:12]}@fra>: tout = _ouverture_v_0, x = _ouverture_v_1, "
            "dedans = _ouverture_v_2",
            lines,
        )

    def test_the_debugger_stops_at_its_first_line(self):
        status, stdout, _ = self.ouverture(
            "--debug", f"{self.half}@fra", "6", answers="p nombre, par\nl\nc\n"
        )
        self.assertEqual(status, 0)
        self.assertIn(f"> <ouverture {self.half[:12]}@fra>(3)diviser()\n-> return nombre / par\n", stdout)
        self.assertIn("(6, 2)", stdout)
        self.assertIn('"""Divise."""', stdout)
        self.assertTrue(stdout.endswith("3.0\n"))

    def test_the_debugger_after_an_exception(self):
        status, stdout, stderr = self.ouverture(
            "--debug", f"{self.half}@fra", "6", "0", answers="c\np nombre + 1\nq\n"
        )
        self.assertEqual(status, 1)
        self.assertIn("7", stdout)
        self.assertIn("ZeroDivisionError", stderr)

    def test_the_debugger_is_left(self):
        for answers in ("q\n", "n\nq\n", ""):
            with self.subTest(answers):
                status, stdout, stderr = self.ouverture("--debug", self.half, "6", answers=answers)
                self.assertEqual((status, stderr), (0, ""))
                self.assertNotIn("None", stdout)

    def test_documents(self):
        loud = self.store("def $0():\n    print('loud')\n    return 'quiet'", {"eng": ("say",)})
        status, stdout, stderr = self.ouverture("--json", loud)
        self.assertEqual((status, json.loads(stdout), stderr), (0, {"result": "'quiet'"}, "loud\n"))
        status, stdout, _ = self.ouverture("--json", f"{self.half}@eng", "1", "0")
        shown = json.loads(stdout)["exception"]
        self.assertEqual((status, shown["type"], shown["message"]), (1, "ZeroDivisionError", "division by zero"))
        self.assertIn("return number / by", "".join(shown["traceback"]))

    def test_what_cannot_be_run(self):
        for name, status, message in (
            ("12", 2, "no full hash"),
            (f"{self.half}@a", 2, "no language"),
            ("0" * 64, 1, "There is no function"),
            (f"{self.half}@spa", 1, "not there in spa. There is: eng, fra."),
            (f"{self.half}@eng@{'0' * 64}", 1, "no mapping 0000"),
        ):
            with self.subTest(name):
                done = self.ouverture(name, "4")
                self.assertEqual(done[:2], (status, ""))
                self.assertRegex(done[2], message)

    def test_a_damaged_function(self):
        hash = self.store("def $0():\n    return 1", {"eng": ("f",)}, hash="f" * 64)
        status, stdout, stderr = self.ouverture(hash)
        self.assertEqual((status, stdout), (1, ""))
        self.assertIn("not that of the hash", stderr)

    def test_it_ends_the_process_itself(self):
        hash = self.store("import sys\n\ndef $0():\n    sys.exit(5)", {"eng": ("leave",)})
        self.assertEqual(self.ouverture(hash), (5, "", ""))
