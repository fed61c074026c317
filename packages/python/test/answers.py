"""Calls functions in every way there is: a JSON row for each in, what each way gave out.

``direct`` is the function as somebody wrote it, in a module of its own; each language is its import
from the pool; ``compiled`` is the file that ``ouverture compile`` made.
"""

import asyncio
import contextlib
import importlib
import inspect
import io
import json
import os
import re
import sys
import traceback
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "src"), os.getcwd()]
os.environ["OUVERTURE_DIRECTORY"] = os.path.join(os.getcwd(), ".ouverture")

from ouverture._run import run


def outcome(give, arguments):
    try:
        function = give()
        result = function(*arguments)
        if inspect.iscoroutine(result):
            result = asyncio.run(result)
        if inspect.isgenerator(result):
            result = list(result)
        return without_addresses(repr(result))
    except Exception as error:
        # As the last line of a traceback, which is what ``ouverture run`` shows.
        return without_addresses(traceback.format_exception_only(type(error), error)[-1].rstrip("\n"))


def without_addresses(text):
    """``<generator object f at 0x7f99>``: where it is in memory is no answer."""
    return re.sub(r" at 0x[0-9a-fA-F]+", "", text)


def through_run(hash, language, arguments):
    """What ``ouverture run`` prints: of an exception, its last line."""
    shown = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(shown[0]), contextlib.redirect_stderr(shown[1]):
        status = run(hash, [repr(one) for one in arguments], folder=os.getcwd(), language=language)
    if status == 0:
        return without_addresses(shown[0].getvalue().rstrip("\n"))
    return without_addresses(shown[1].getvalue().rstrip("\n").splitlines()[-1])


def imported(hash, language):
    return getattr(importlib.import_module(f"ouverture.pool.{language}"), f"object_{hash}")


def has_compiled(module):
    return os.path.exists(os.path.join("compiled", f"{module}.py"))


for line in sys.stdin:
    row = json.loads(line)
    answers = []
    for arguments in row["calls"]:
        given = {}
        for language, (module, name) in row["direct"].items():
            direct = lambda: getattr(importlib.import_module(module), name)
            compiled = lambda: getattr(importlib.import_module(f"compiled.{module}"), name)
            given[language] = {
                "direct": outcome(direct, arguments),
                "import": outcome(lambda: imported(row["hash"], language), arguments),
                "compiled": outcome(compiled, arguments) if has_compiled(module) else None,
                "run": through_run(row["hash"], language, arguments),
            }
        answers.append(given)
    print(json.dumps(answers))
