"""The unit that a pool stores: imports, and one function (docs/normal-form.md, "The file")."""

from __future__ import annotations

import ast
import re
from typing import Any, NamedTuple

_POOL_NAME = re.compile(r"object_([0-9a-f]{64})", re.ASCII)


class NoUnit(Exception):
    """The text is no function file; the message says why."""


class Import(NamedTuple):
    """One name of an import statement; ``module`` is that of ``from``."""

    module: str | None
    name: str
    alias: str | None
    hash: str | None

    @property
    def bound(self) -> str:
        if self.alias is not None:
            return self.alias
        return self.name.partition(".")[0] if self.module is None else self.name


class Unit(NamedTuple):
    imports: tuple[Import, ...]
    #: The function definition, ``ast.FunctionDef`` or ``ast.AsyncFunctionDef``.
    definition: Any
    #: The hashes that it imports from the pool.
    hashes: tuple[str, ...]
    #: How many lines the import block has.
    lines: int


def read_unit(tree: ast.Module, text: str) -> Unit:
    """Take a function file apart, whose text is given as well. Raises ``NoUnit``."""
    *statements, definition = tree.body or [None]
    if not isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef)):
        raise NoUnit("there is no function at its end")
    imports: list[Import] = []
    line = 0
    for statement in statements:
        if not isinstance(statement, (ast.Import, ast.ImportFrom)):
            raise NoUnit(f"line {statement.lineno} is neither an import nor its function")
        imports += _names(statement)
        line = statement.lineno
    # To walk the whole tree takes long, and few functions import anything inside.
    if text.count("import") > len(statements):
        for node in ast.walk(definition):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                _refuse_pool(node)
    hashes = tuple(one.hash for one in imports if one.hash is not None)
    return Unit(tuple(imports), definition, hashes, line)


def _refuse_pool(statement: ast.Import | ast.ImportFrom) -> None:
    """Refuse imports from the pool, and from what is around it, inside the function."""
    if isinstance(statement, ast.ImportFrom):
        if statement.level > 0:
            raise NoUnit(f"line {statement.lineno} is a relative import")
        modules = [statement.module or ""]
    else:
        modules = [alias.name for alias in statement.names]
    if any(map(_is_of_pool, modules)):
        raise NoUnit(f"line {statement.lineno} imports from the pool inside the function")


def _names(statement: ast.Import | ast.ImportFrom) -> list[Import]:
    if isinstance(statement, ast.ImportFrom):
        if statement.level > 0:
            raise NoUnit(f"line {statement.lineno} is a relative import")
        module = statement.module
    else:
        module = None
    names = []
    for alias in statement.names:
        if alias.name == "*":
            raise NoUnit(f"line {statement.lineno} imports everything")
        hash = _pool_hash(module, alias.name, statement.lineno)
        asname = None if alias.asname == alias.name and module is not None else alias.asname
        names.append(Import(module, alias.name, asname, hash))
    return names


def _is_of_pool(module: str) -> bool:
    return module.partition(".")[0] == "ouverture"


def _pool_hash(module: str | None, name: str, line: int) -> str | None:
    if not _is_of_pool(module or name):
        return None
    match = _POOL_NAME.fullmatch(name) if module == "ouverture.pool" else None
    if match is None:
        raise NoUnit(f"line {line} imports from ouverture what is no function of the pool")
    return match[1]
