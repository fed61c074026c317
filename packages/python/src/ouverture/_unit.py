"""The unit that a pool stores: imports, and one function (docs/normal-form.md, "The file")."""

from __future__ import annotations

import _ast as ast

from ._store import is_hash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class NoUnit(Exception):
    """The text is no function file; the message says why."""


class Import:
    """One name of an import statement; ``module`` is that of ``from``."""

    __slots__ = ("alias", "hash", "module", "name")

    def __init__(self, module: str | None, name: str, alias: str | None, hash: str | None) -> None:
        self.module = module
        self.name = name
        self.alias = alias
        self.hash = hash

    @property
    def written(self) -> tuple[str | None, str, str | None]:
        """All that it says: the hash is part of the name."""
        return self.module, self.name, self.alias

    @property
    def bound(self) -> str:
        if self.alias is not None:
            return self.alias
        return self.name.partition(".")[0] if self.module is None else self.name


class Unit:
    __slots__ = ("definition", "hashes", "imports", "lines")

    def __init__(self, imports: list[Import], definition: Any, lines: int) -> None:
        self.imports = imports
        #: The function definition, ``ast.FunctionDef`` or ``ast.AsyncFunctionDef``.
        self.definition = definition
        #: The hashes that it imports from the pool.
        self.hashes = tuple(one.hash for one in imports if one.hash is not None)
        #: How many lines the import block has.
        self.lines = lines


def parse(text: str, filename: str = "<unknown>") -> Any:
    """Do what ``ast.parse`` does; to import ``ast`` takes as long as to parse fifty functions."""
    return compile(text, filename, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)


def read_unit(tree: Any, text: str) -> Unit:
    """Take a function file apart, whose text is given as well. Raises ``NoUnit``."""
    body: list[Any] = tree.body
    *statements, definition = body or [None]
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
        waiting: list[Any] = [definition]
        while waiting:
            node = waiting.pop()
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                _refuse_pool(node)
            for field in node._fields:
                value = getattr(node, field, None)
                values = value if isinstance(value, list) else [value]
                waiting += (one for one in values if isinstance(one, ast.AST))
    return Unit(imports, definition, line)


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
    hash = name[7:] if name.startswith("object_") else ""
    if module != "ouverture.pool" or not is_hash(hash):
        raise NoUnit(f"line {line} imports from ouverture what is no function of the pool")
    return hash
