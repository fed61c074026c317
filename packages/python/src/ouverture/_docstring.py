"""Docstrings as the normal form's printer writes them (docs/normal-form.md, "Docstring and body")."""

from __future__ import annotations

_INDENTATION = "    "
_STYLES = ('"""', "'''")


def docstring_lines(docstring: str) -> str | None:
    """Write a docstring as the first statement of a function; None where no string is this one."""
    value = indent(docstring)
    return None if value is None else f"{_INDENTATION}{_quote(value)}"


def indent(docstring: str) -> str | None:
    """Give the plainest string that ``cleandoc`` turns into the docstring again."""
    first, *rest = docstring.split("\n")
    # Empty lines stay empty, but for the last.
    lines = [f"{_INDENTATION}{line}" if line else line for line in rest]
    if rest and not rest[-1]:
        lines[-1] = _INDENTATION
    indented = "\n".join([first, *lines])
    for value in (indented, f"\n{_INDENTATION}{indented}", f"\n{docstring}"):
        if clean(value) == docstring:
            return value
    return None


def clean(text: str) -> str:
    """Do what ``inspect.cleandoc`` of CPython 3.14 does, which counts spaces alone as indentation."""
    lines = text.expandtabs().split("\n")
    margins = [_indent_of(line) for line in lines[1:] if _indent_of(line) < len(line)]
    margin = min(margins, default=0)
    lines = [lines[0].lstrip(" "), *(line[margin:] for line in lines[1:])]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _quote(value: str) -> str:
    # Most are plain: to look at each character by itself takes long.
    is_plain = "\\" not in value and "".join(value.split("\n")).isprintable()
    text = value if is_plain else "".join(map(_escape, value))
    free = [style for style in _STYLES if style not in text]
    if not free:
        # As repr does, whose quote is ' where the text has both.
        text = "".join("\\'" if one == "'" else _escape(one, "\n\t") for one in value)
        return f"'''{text}'''"
    other = [style for style in free if style[0] != text[-1]]
    if not other:
        text = f"{text[:-1]}\\{text[-1]}"
    style = (other or free)[0]
    return style + text + style


def _escape(one: str, more: str = "") -> str:
    if one in "\n\t" and one not in more:
        return one
    if one == "\\" or not _is_printable(one):
        return one.encode("unicode_escape").decode("ascii")
    return one


def _is_printable(one: str) -> bool:
    """``str.isprintable`` after Unicode 16.0, which older Pythons do not know."""
    if one.isprintable() or one.isascii():
        return one.isprintable()
    from ._unicode import NEWLY_PRINTABLE

    point = ord(one)
    return any(first <= point <= last for first, last in NEWLY_PRINTABLE)
