"""That a text is the stored function in other words: law 5 of docs/normal-form.md, from two trees.

Nothing of a mapping is believed, and nothing of how the text was made. The trees have to be alike, and
their names, which come in pairs (_pairs.py), those that the mapping gives, one to one.
"""

from __future__ import annotations

import _ast as ast

from ._docstring import clean
from ._pairs import FUNCTION, Call, NotAlike, Pairs, Scope, is_reserved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._replace_names import Words
    from ._unit import Unit


class NotTheFunction(Exception):
    """The mapping's text is another function; ``name`` is what is at fault."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def prove(
    stored: Unit, written: Unit, docstring: str, names: dict[str, str], aliases: dict[str, str],
    words: Words,
) -> None:
    """Prove that ``written`` is ``stored`` with a mapping's words. Raises ``NotTheFunction``."""
    _Proof(names, aliases, words, stored.hashes).run(stored, written, docstring)


class _Proof:
    def __init__(
        self,
        names: dict[str, str],
        aliases: dict[str, str],
        words: Words,
        hashes: tuple[str, ...],
    ) -> None:
        self.names = names
        self.words = words
        self.hashes = {f"object_{hash}": hash for hash in hashes}
        self.references = {
            f"{name}.{FUNCTION}": aliases.get(hash, name) for name, hash in self.hashes.items()
        }
        self.aliases = {name: aliases.get(hash, name) for name, hash in self.hashes.items()}
        #: Both ways: the bindings of the one tree, and those of the other.
        self.there: dict[Any, Any] = {}
        self.back: dict[Any, Any] = {}
        #: In the normal form a number is one binding.
        self.numbers: dict[str, Any] = {}

    def run(self, stored: Unit, written: Unit, docstring: str) -> None:
        body = written.definition.body
        first = body[0] if docstring else None
        if _docstring_of(body[0]) != docstring:
            raise NotTheFunction("docstring")
        if first is not None:
            del body[0]
        try:
            self.compare(stored, written)
        finally:
            if first is not None:
                body.insert(0, first)

    def compare(self, stored: Unit, written: Unit) -> None:
        module = Scope("module", None)
        self.imports(stored, written, module)
        try:
            pairs = Pairs(stored.definition, written.definition, module, frozenset(self.hashes))
        except NotAlike:
            raise NotTheFunction(self.names.get(FUNCTION, FUNCTION)) from None
        for name in pairs.names:
            self.name(*name)
        if pairs.calls:
            functions = _Functions(pairs, 0), _Functions(pairs, 1)
            for call in pairs.calls:
                self.call(call, functions)
        for number in self.names.keys() ^ self.numbers.keys():
            raise NotTheFunction(number)

    def imports(self, stored: Unit, written: Unit, module: Scope) -> None:
        if len(stored.imports) != len(written.imports):
            raise NotTheFunction("import")
        for one, other in zip(stored.imports, written.imports):
            alias = one.alias if one.hash is None else self.aliases[one.name]
            if one.hash is not None and alias == one.name:
                alias = one.alias
            if other.written != (one.module, one.name, alias):
                raise NotTheFunction(alias or one.name)
            self.pair((module, one.bound), (module, other.bound), other.bound)

    def name(
        self, text: str, written: str, key: str, written_key: str, scope: Scope | None
    ) -> None:
        if written != self.expected(text):
            raise NotTheFunction(written)
        if scope is None:
            self.pair(("attribute", key), ("attribute", written_key), written)
            return
        if text in self.references:
            key = key.partition(".")[0]
        binding = scope.find(key, 0), key
        there = scope.find(written_key, 1)
        if there is not binding[0]:
            raise NotTheFunction(written)
        self.pair(binding, (there, written_key), written)
        if is_reserved(text) and self.numbers.setdefault(text, binding) != binding:
            raise NotTheFunction(written)

    def expected(self, text: str) -> str:
        if text in self.references:
            return self.references[text]
        if text in self.hashes:
            raise NotTheFunction(text)
        return self.names.get(text, text)

    def pair(self, one: Any, other: Any, name: str) -> None:
        if self.there.setdefault(one, other) != other or self.back.setdefault(other, one) != one:
            raise NotTheFunction(name)

    def call(self, call: Call, functions: tuple[_Functions, _Functions]) -> None:
        """Keywords of calls to the pool follow the callee; of known functions, the parameter."""
        hash = None if call.callees is None else self.hashes.get(call.callees[0])
        words = None if hash is None else self.words(hash)
        for keyword, written in call.keywords:
            if keyword is None or written is None:
                if keyword is not written:
                    raise NotTheFunction(str(written))
            elif words is not None:
                is_taken = keyword not in words and keyword in words.values()
                if is_taken or written != words.get(keyword, keyword):
                    raise NotTheFunction(written)
            elif written != self.names.get(keyword, keyword):
                raise NotTheFunction(written)
            else:
                parameters = functions[0].find(call, keyword), functions[1].find(call, written)
                self.keyword(parameters, written)

    def keyword(self, parameters: tuple[Any, Any], written: str) -> None:
        if (parameters[0] is None) != (parameters[1] is None):
            raise NotTheFunction(written)
        if parameters[0] is not None:
            self.pair(*parameters, written)


class _Functions:
    """The functions that a name is known to be, in one of the trees: those that are its only binding."""

    def __init__(self, pairs: Pairs, side: int) -> None:
        self.side = side
        self.parameters = pairs.parameters
        self.known: dict[tuple[Scope, str], Scope | None] = {}
        for *keys, scope, function in pairs.definitions:
            binding = scope.find(keys[side], side), keys[side]
            self.known[binding] = None if binding in self.known else function

    def find(self, call: Call, keyword: str) -> tuple[Scope, str] | None:
        """Find the binding of the parameter that a keyword names, where that is known."""
        if call.callees is None:
            return None
        callee = call.callees[self.side]
        function = self.known.get((call.scope.find(callee, self.side), callee))
        if function is None or keyword not in self.parameters[function][self.side]:
            return None
        return function, keyword


def _docstring_of(first: ast.stmt) -> str:
    """Give the docstring that a function has whose first statement is this one, or ""."""
    if not isinstance(first, ast.Expr) or not isinstance(first.value, ast.Constant):
        return ""
    value = first.value.value
    return clean(value) if type(value) is str else ""
