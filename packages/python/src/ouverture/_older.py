"""Objects of the older form: the hash leaves the docstring's lines out of the text that is stored."""

from __future__ import annotations

import ast


def without_docstring(code: str) -> str | None:
    """Take the docstring's lines out of a text; None where there is none, or it shares a line."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    definition = tree.body[-1] if tree.body else None
    if not isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    if ast.get_docstring(definition, clean=False) is None:
        return None
    docstring = definition.body[0]
    lines = code.split("\n")
    first, last = docstring.lineno - 1, docstring.end_lineno or docstring.lineno
    before = lines[first].encode()[: docstring.col_offset]
    after = lines[last - 1].encode()[docstring.end_col_offset :]
    if first == 0 or before.strip() or after:
        return None
    return "\n".join(lines[:first] + lines[last:])


def with_body(code: str) -> str:
    """Give a function that was nothing but its docstring a body."""
    last = code.rstrip("\n").rsplit("\n", 1)[-1]
    return f"{code}\n    pass" if last.endswith(":") and not last.startswith(" ") else code
