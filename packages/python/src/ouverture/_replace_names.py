"""The numbers in a stored text replaced by names, token by token.

Works on text, not on trees, so that every Python shows the text byte for byte as it is printed in
the normal form. Nothing relies on it: what comes out is proven (_proof.py) before it is used.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

    # By the hash of a function of the pool: the numbers that a keyword may name, and their words.
    Words = Callable[[str], dict[str, str]]

_TOKEN = re.compile(
    r"""
      b?(?:\"""(?:[^\\]|\\.)*?\"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | \d[\w.]*
    | (?P<formatted>[ft](?:\"""|'''|"|'))
    | object_(?P<hash>[0-9a-f]{64})\._ouverture_v_0\b
    | (?P<name>(?<!\.)_ouverture_v_[0-9]+\b)
    | (?P<word>[^\W\d]\w*)
    | (?P<mark>[()\[\]{}:!])
    """,
    re.VERBOSE | re.DOTALL,
)


class _Bracket:
    """An open bracket: whose call it is of the pool's functions, and the lambdas begun in it."""

    __slots__ = ("hash", "lambdas")

    def __init__(self, hash: str | None = None) -> None:
        self.hash = hash
        self.lambdas = 0


class Writer:
    """Replaces the numbers in a stored text by names."""

    def __init__(self, code: str, names: dict[str, str], aliases: dict[str, str], words: Words):
        self.code = code
        self.names = names
        self.aliases = aliases
        self.words = words
        self.parts: list[str] = []
        self.copied = 0
        #: The numbers, in the order in which they stand there first.
        self.order: dict[str, None] = {}

    def write(self, start: int) -> str:
        """Give the text from an offset on, in the other words."""
        self.copied = start
        self._code(start, is_field=False)
        return "".join(self.parts) + self.code[self.copied :]

    def _put(self, start: int, end: int, text: str) -> None:
        self.parts.append(self.code[self.copied : start])
        self.parts.append(text)
        self.copied = end

    def _code(self, at: int, is_field: bool) -> int:
        """Go through code; in the field of an f-string up to the ``}``, ``:`` or ``!`` after it."""
        code = self.code
        brackets = [_Bracket()]
        for_call: str | None = None
        while True:
            match = _TOKEN.search(code, at)
            if match is None:
                return len(code)
            start, at = match.span()
            kind = match.lastgroup
            called, for_call = for_call, None
            if kind == "name":
                self._name(start, at, brackets[-1])
            elif kind == "hash":
                hash = match["hash"]
                self._put(start, at, self.aliases.get(hash, f"object_{hash}"))
                for_call = hash if code.startswith("(", at) else None
            elif kind == "formatted":
                at = self._formatted(at, match["formatted"][1:])
            elif kind == "word":
                if match["word"] == "lambda":
                    brackets[-1].lambdas += 1
            elif kind == "mark":
                mark = match["mark"]
                if mark in "([{":
                    brackets.append(_Bracket(called))
                elif mark in ")]}":
                    if len(brackets) == 1:
                        return start
                    brackets.pop()
                elif mark == ":" and brackets[-1].lambdas > 0:
                    brackets[-1].lambdas -= 1
                elif is_field and len(brackets) == 1 and not code.startswith("!=", start):
                    return start

    def _name(self, start: int, end: int, bracket: _Bracket) -> None:
        number = self.code[start:end]
        is_keyword = (
            bracket.hash is not None
            and bracket.lambdas == 0
            and self.code.startswith("=", end)
            and not self.code.startswith("==", end)
        )
        if is_keyword and bracket.hash is not None:
            self._put(start, end, self.words(bracket.hash).get(number, number))
        else:
            self.order.setdefault(number)
            self._put(start, end, self.names.get(number, number))

    def _formatted(self, at: int, quote: str) -> int:
        """Go through an f-string or t-string from behind its opening quote."""
        literal = _literal(quote)
        while True:
            match = literal.search(self.code, at)
            if match is None:
                return len(self.code)
            at = match.end()
            if match["end"]:
                return at
            if match["field"]:
                at = self._field(at, quote)

    def _field(self, at: int, quote: str) -> int:
        at = self._code(at, is_field=True)
        if self.code.startswith("!", at):
            at = min(at for at in (self.code.find(":", at), self.code.find("}", at)) if at >= 0)
        if self.code.startswith(":", at):
            specification = re.compile(r"(?P<field>\{)|(?P<end>\})")
            at += 1
            while True:
                match = specification.search(self.code, at)
                if match is None:
                    return len(self.code)
                if match["end"]:
                    return match.end()
                at = self._field(match.end(), quote)
        return at + 1


_literals: dict[str, re.Pattern[str]] = {}


def _literal(quote: str) -> re.Pattern[str]:
    """What matters in the literal part of an f-string with such quotes."""
    if quote not in _literals:
        _literals[quote] = re.compile(
            rf"\\N\{{[^}}]*\}}|\\.|\{{\{{|\}}\}}|(?P<end>{quote})|(?P<field>\{{)", re.DOTALL
        )
    return _literals[quote]
