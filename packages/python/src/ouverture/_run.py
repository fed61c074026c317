"""Runs one function with arguments from a command line, and shows what comes of it."""

from __future__ import annotations

import ast
import contextlib
import inspect
import json
import sys
import traceback
from types import TracebackType
from typing import Any, Iterator, NoReturn

from ._errors import FunctionNotFoundError, UnsupportedFunctionError, VerificationError
from ._load import FunctionModule, load_module
from ._normalized import annotate
from ._settings import context_of
from ._store import is_hash, is_language, list_languages

OK, NO, IMPOSSIBLE = 0, 1, 2


def run(
    hash: str,
    arguments: list[str],
    *,
    folder: str,
    language: str | None = None,
    mapping: str | None = None,
    debug: bool = False,
    normalized: bool = False,
    as_json: bool = False,
) -> int:
    """Run a function; 0: it returned, 1: it raised, or is not sound, 2: it cannot be run here.

    The result is printed as ``repr``, that of a coroutine once it was awaited.
    """
    if not is_hash(hash):
        return _fail(IMPOSSIBLE, f"{hash!r} is no full hash.")
    if language is not None and not is_language(language):
        return _fail(IMPOSSIBLE, f"{language!r} is no language.")
    try:
        module = _load(hash, language, mapping, folder)
    except (VerificationError, FunctionNotFoundError) as error:
        return _fail(NO, str(error))
    except UnsupportedFunctionError as error:
        return _fail(IMPOSSIBLE, str(error))
    except Exception as error:
        # A decorator or a default raised it.
        return _show(error, normalized, as_json, debug)
    values = [_read(text) for text in arguments]
    call = _call_debugged if debug else _call
    try:
        with contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext():
            text = repr(call(_function_of(module), values))
    except Exception as error:
        return _show(error, normalized, as_json, debug)
    print(json.dumps({"result": text}) if as_json else text)
    return OK


def _load(hash: str, language: str | None, mapping: str | None, folder: str) -> FunctionModule:
    """Load a function in just this language, where one is named."""
    context = context_of(folder)
    if language is None:
        return load_module(hash, context)
    there = list_languages(context.pools, hash)
    if there and language not in there:
        message = f"The function {hash} is not there in {language}. There is: {', '.join(there)}."
        raise FunctionNotFoundError(message)
    return load_module(hash, context, (language,), mapping)


def _function_of(module: FunctionModule) -> Any:
    reading = module.__dict__["__ouverture__"]
    return module.__dict__[reading.name]


def _read(text: str) -> Any:
    """Read an argument as a literal of Python, else as the text that it is."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text


def _call(function: Any, values: list[Any]) -> Any:
    result = function(*values)
    if inspect.iscoroutine(result):
        import asyncio

        return asyncio.run(result)
    return result


def _call_debugged(function: Any, values: list[Any]) -> Any:
    from pdb import Pdb

    class Debugger(Pdb):
        """Waits for the first line of a function of the pool."""

        waits = True
        has_quit = False

        def set_quit(self) -> None:
            self.has_quit = True
            super().set_quit()

        def user_call(self, frame: Any, argument_list: Any) -> None:
            if not self.waits:
                super().user_call(frame, argument_list)

        def user_line(self, frame: Any) -> None:
            self.waits = self.waits and not _is_of_pool(frame.f_code.co_filename)
            if not self.waits:
                super().user_line(frame)

        def user_return(self, frame: Any, return_value: Any) -> None:
            if not self.waits:
                super().user_return(frame, return_value)

        def user_exception(self, frame: Any, exc_info: Any) -> None:
            if not self.waits:
                super().user_exception(frame, exc_info)

    from bdb import BdbQuit

    debugger = Debugger()
    try:
        result = debugger.runcall(_call, function, values)
    except BdbQuit:
        _quit()
    # It gives None where the user has quit, as a function may.
    if debugger.has_quit:
        _quit()
    return result


def _quit() -> NoReturn:
    sys.exit(OK)


def _is_of_pool(filename: str) -> bool:
    return filename.startswith("<ouverture ")


def _show(error: Exception, normalized: bool, as_json: bool, debug: bool = False) -> int:
    """Show what was raised, from the first line of the pool on."""
    lines = list(_format(error, _in_pool(error.__traceback__), normalized))
    if as_json:
        shown = {"type": type(error).__name__, "message": str(error), "traceback": lines}
        print(json.dumps({"exception": shown}))
        return NO
    sys.stderr.writelines(lines)
    if debug:
        from pdb import post_mortem

        post_mortem(_in_pool(error.__traceback__) or error.__traceback__)
    return NO


def _in_pool(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and not _is_of_pool(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return trace


def _format(error: Exception, trace: TracebackType | None, normalized: bool) -> Iterator[str]:
    lines = traceback.format_exception(type(error), error, trace)
    yield from annotate(lines, trace) if normalized else lines


def _fail(status: int, message: str) -> int:
    sys.stderr.write(f"ouverture: {message}\n")
    return status
