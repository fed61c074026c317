"""A function in a human language: what ``ouverture get`` prints, byte for byte, and its code."""

from __future__ import annotations

import _ast as ast
import os
import sys
from keyword import iskeyword

from ._docstring import docstring_lines
from ._errors import UnsupportedFunctionError, VerificationError
from ._pairs import FUNCTION, is_reserved
from ._proof import NotTheFunction, prove
from ._replace_plain import replace_plain
from ._unit import Import, NoUnit, Unit, parse, read_unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

    from ._replace_names import Words
    from ._store import StoredFunction, StoredMapping


def localize(
    function: StoredFunction,
    mapping: StoredMapping | None,
    dependencies: tuple[str, ...],
    words: Words,
    filename: str,
) -> tuple[str, CodeType, bool]:
    """Write a function in the words of a mapping, prove that it is the same, and compile it.

    Gives the text, the code, and whether it was allowed to run although it is of the older form.
    Nothing is run. ``dependencies`` are the hashes of what was checked with it. Without a mapping
    the names stay numbers. Raises ``VerificationError`` where the
    object is no function, or the mapping none of it; ``UnsupportedFunctionError`` where it is one
    of the older form, or this Python does not know its syntax.
    """
    stored = _read_stored(function)
    if set(stored.hashes) != set(dependencies):
        raise VerificationError("It imports from the pool other than a line each.", function.path)
    start = _offset_of_line(function.code, stored.lines)
    names, aliases = ({}, {}) if mapping is None else (mapping.names, mapping.aliases)
    if mapping is not None:
        _check_mapping(mapping, stored)
        plain = replace_plain(function.code, start, names, aliases, stored.hashes)
        if plain is not None:
            try:
                return _prove(function, mapping, stored, *plain, words, filename)
            except (VerificationError, UnsupportedFunctionError):
                # Of a string that spells a number, only the tokens tell.
                pass
    from ._replace_names import Writer

    writer = Writer(function.code, names, aliases, words)
    body = writer.write(start)
    return _prove(function, mapping, stored, body, list(writer.order), words, filename)


def parameter_words(function: StoredFunction, mapping: StoredMapping | None) -> dict[str, str]:
    """Give the words of the parameters that a keyword may name, by what stands for them."""
    if mapping is None:
        return {}
    arguments = _read_stored(function).definition.args
    numbers: list[str] = [one.arg for one in (*arguments.args, *arguments.kwonlyargs)]
    return {number: mapping.names.get(number, number) for number in numbers}


def _read_stored(function: StoredFunction) -> Unit:
    try:
        return read_unit(parse(function.code), function.code)
    except SyntaxError as error:
        raise _refuse_syntax(function, error) from None
    except NoUnit as error:
        raise VerificationError(f"This is no function file: {error}.", function.path) from None
    except (RecursionError, MemoryError, ValueError):
        raise VerificationError("Python cannot read this text.", function.path) from None


def _refuse_syntax(function: StoredFunction, error: SyntaxError) -> ImportError:
    version = ".".join(map(str, sys.version_info[:2]))
    return UnsupportedFunctionError(
        f"Python {version} does not know the syntax of {function.hash} "
        f"(line {error.lineno}: {error.msg}). A newer Python may: {function.path}"
    )


def _check_mapping(mapping: StoredMapping, stored: Unit) -> None:
    """Check that each name is one; that they are those of the function is proven later."""
    for number, name in mapping.names.items():
        if not is_reserved(number):
            raise VerificationError(f"{number!r} is no number of a name.", mapping.path)
        _check_name(name, mapping)
    for hash, name in mapping.aliases.items():
        if hash not in stored.hashes:
            raise VerificationError(f"The function does not import {hash!r}.", mapping.path)
        _check_name(name, mapping)
        if name == f"object_{hash}":
            raise VerificationError(f"{name!r} is no other name.", mapping.path)


def _check_name(name: str, mapping: StoredMapping) -> None:
    why = None
    if not name.isidentifier():
        why = "is no name in Python"
        if not name.isascii():
            why += f" {sys.version_info[0]}.{sys.version_info[1]}"
    elif iskeyword(name):
        why = "is a keyword"
    elif is_reserved(name):
        why = "is reserved"
    elif not name.isascii():
        from unicodedata import is_normalized

        if not is_normalized("NFKC", name):
            why = "is read as another name (NFKC)"
    if why is not None:
        raise VerificationError(f"{name!r} {why}.", mapping.path)


def _check_form(function: StoredFunction, stored: Unit, order: list[str]) -> bool:
    """Is it an object of the older form, not numbered or sorted as today? Refuses it unless allowed."""
    numbers = [number for number in order if number != FUNCTION]
    is_numbered = numbers == [f"_ouverture_v_{index + 1}" for index in range(len(numbers))]
    is_sorted = [one.written for one in stored.imports] == [
        one.written for one in _sorted(stored.imports)
    ]
    is_named = stored.definition.name == FUNCTION
    first: Any = stored.definition.body[0]
    text: Any = first.value if isinstance(first, ast.Expr) else None
    has_docstring = isinstance(text, ast.Constant) and type(text.value) is str
    is_older = function.is_older or has_docstring or not (is_numbered and is_sorted)
    if not is_named:
        raise VerificationError(f"The function in it is not called {FUNCTION}.", function.path)
    if is_older and os.environ.get("OUVERTURE_ALLOW_OLDER") != "1":
        raise UnsupportedFunctionError(
            f"{function.hash} is of the older form. 'ouverture migrate --rehash' brings it to "
            f"today's; OUVERTURE_ALLOW_OLDER=1 lets it run as it is: {function.path}"
        )
    return is_older


def _sorted(imports: list[Import]) -> list[Import]:
    def key(one: Import) -> tuple[int, str, str, str]:
        rank = 2 if one.module is None else 0 if one.module == "__future__" else 1
        return rank, one.module or one.name, one.name, one.alias or ""

    return sorted({one.written: one for one in imports}.values(), key=key)


def _prove(
    function: StoredFunction,
    mapping: StoredMapping | None,
    stored: Unit,
    body: str,
    order: list[str],
    words: Words,
    filename: str,
) -> tuple[str, CodeType, bool]:
    """Put the text together from the function's lines, prove that it is the same, and compile it."""
    is_older = _check_form(function, stored, order)
    docstring, aliases = ("", {}) if mapping is None else (mapping.docstring, mapping.aliases)
    path = function.path if mapping is None else mapping.path
    text = _join(stored, body, aliases, docstring)
    if text is None:
        raise VerificationError("No docstring of Python is the one of this mapping.", path)
    # Without a mapping, the names are proven to be their own.
    names = {number: number for number in order} if mapping is None else mapping.names
    try:
        tree = parse(text, filename)
        written = read_unit(tree, text)
        stored = Unit(_sorted(stored.imports), stored.definition, stored.lines)
        prove(stored, written, docstring, names, aliases, words)
        return text, compile(tree, filename, "exec", dont_inherit=True), is_older
    except NotTheFunction as error:
        message = f"With {error.name!r} in this mapping, it is not the function {function.hash}."
        raise VerificationError(message, path) from None
    except (NoUnit, SyntaxError) as error:
        message = f"In the words of this mapping, the function cannot be read: {error}."
        raise VerificationError(message, path) from None
    except (RecursionError, MemoryError, ValueError):
        raise VerificationError("Python cannot read this text.", path) from None


def _offset_of_line(code: str, lines: int) -> int:
    offset = 0
    for _ in range(lines):
        offset = code.find("\n", offset) + 1
    return offset


def _join(stored: Unit, body: str, aliases: dict[str, str], docstring: str) -> str | None:
    """Put imports, function and docstring together; None where there is no such docstring."""
    lines = body.split("\n")
    if docstring:
        written = docstring_lines(docstring)
        if written is None:
            return None
        lines.insert(stored.definition.lineno - stored.lines, written)
    return "\n".join([*_import_lines(stored, aliases), *lines]) + "\n"


def _import_lines(stored: Unit, aliases: dict[str, str]) -> list[str]:
    """Write the import block: all names of one module in one statement."""
    lines: list[str] = []
    previous = None
    for one in _sorted(stored.imports):
        alias = one.alias if one.hash is None else aliases.get(one.hash)
        name = one.name if alias is None else f"{one.name} as {alias}"
        if one.module is None:
            lines.append(f"import {name}")
        elif one.module == previous:
            lines[-1] += f", {name}"
        else:
            lines.append(f"from {one.module} import {name}")
        previous = one.module
    return lines
