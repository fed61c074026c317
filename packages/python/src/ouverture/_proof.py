"""That a text is the stored function in other words: law 5 of docs/normal-form.md, from two trees.

Nothing of a mapping is believed, and nothing of how the text was made. Both trees are taken apart
(_outline.py), and have to be one up to the names that the mapping gives.
"""

from __future__ import annotations

import _ast as ast

from ._docstring import clean
from ._outline import FUNCTION, Call, Name, Outline, Scope, is_reserved

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
        modules = Scope("module", None), Scope("module", None)
        self.imports(stored, written, modules)
        imported = frozenset(self.hashes)
        before = Outline(stored.definition, modules[0], imported)
        after = Outline(written.definition, modules[1], frozenset())
        if before.shape != after.shape or len(before.names) != len(after.names):
            raise NotTheFunction(self.names.get(FUNCTION, FUNCTION))
        functions = _known_functions(before), _known_functions(after)
        for one, other in zip(before.names, after.names):
            if isinstance(one, Name) and isinstance(other, Name):
                self.name(one, other)
            elif isinstance(one, Call) and isinstance(other, Call):
                self.call(one, other, functions)
            else:
                raise NotTheFunction(FUNCTION)
        for number in self.names.keys() ^ self.numbers.keys():
            raise NotTheFunction(number)

    def imports(self, stored: Unit, written: Unit, modules: tuple[Scope, Scope]) -> None:
        if len(stored.imports) != len(written.imports):
            raise NotTheFunction("import")
        for one, other in zip(stored.imports, written.imports):
            alias = one.alias if one.hash is None else self.aliases[one.name]
            if one.hash is not None and alias == one.name:
                alias = one.alias
            if other.written != (one.module, one.name, alias):
                raise NotTheFunction(alias or one.name)
            self.pair((modules[0], one.bound), (modules[1], other.bound), other.bound)

    def name(self, one: Name, other: Name) -> None:
        if other.text != self.expected(one.text):
            raise NotTheFunction(other.text)
        if one.scope is None or other.scope is None:
            self.pair(("attribute", one.key), ("attribute", other.key), other.text)
            return
        key = one.key.partition(".")[0] if one.text in self.references else one.key
        binding = one.scope.find(key)
        self.pair(binding, other.scope.find(other.key), other.text)
        if is_reserved(one.text) and self.numbers.setdefault(one.text, binding) != binding:
            raise NotTheFunction(other.text)

    def expected(self, text: str) -> str:
        if text in self.references:
            return self.references[text]
        if text in self.hashes:
            raise NotTheFunction(text)
        return self.names.get(text, text)

    def pair(self, one: Any, other: Any, name: str) -> None:
        if self.there.setdefault(one, other) != other or self.back.setdefault(other, one) != one:
            raise NotTheFunction(name)

    def call(self, one: Call, other: Call, functions: tuple[_Functions, _Functions]) -> None:
        """Keywords of calls to the pool follow the callee; of known functions, the parameter."""
        hash = None
        if one.callee is not None and one.callee.text in self.hashes:
            hash = self.hashes[one.callee.text]
        words = None if hash is None else self.words(hash)
        for keyword, written in zip(one.keywords, other.keywords):
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
                parameters = functions[0].find(one.callee, keyword), functions[1].find(
                    other.callee, written
                )
                self.keyword(parameters, written)

    def keyword(self, parameters: tuple[Any, Any], written: str) -> None:
        if (parameters[0] is None) != (parameters[1] is None):
            raise NotTheFunction(written)
        if parameters[0] is not None:
            self.pair(*parameters, written)


class _Functions:
    """The functions that a name is known to be: those that are its only binding."""

    def __init__(self, known: dict[Any, Scope], parameters: dict[Scope, frozenset[str]]) -> None:
        self.known = known
        self.parameters = parameters

    def find(self, callee: Name | None, keyword: str) -> Any:
        """Find the binding of the parameter that a keyword names, where that is known."""
        if callee is None or callee.scope is None:
            return None
        scope = self.known.get(callee.scope.find(callee.key))
        if scope is None or keyword not in self.parameters[scope]:
            return None
        return scope, keyword


def _known_functions(outlined: Outline) -> _Functions:
    counts: dict[Any, int] = {}
    known: dict[Any, Scope] = {}
    for key, scope, function in outlined.definitions:
        binding = scope.find(key)
        counts[binding] = counts.get(binding, 0) + 1
        if function is not None:
            known[binding] = function
    single = {binding: scope for binding, scope in known.items() if counts[binding] == 1}
    return _Functions(single, outlined.parameters)


def _docstring_of(first: ast.stmt) -> str:
    """Give the docstring that a function has whose first statement is this one, or ""."""
    if not isinstance(first, ast.Expr) or not isinstance(first.value, ast.Constant):
        return ""
    value = first.value.value
    return clean(value) if type(value) is str else ""
