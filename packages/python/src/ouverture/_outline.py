"""A function's tree as two lists: its shape, without names, and its names, with their bindings.

Two functions are the same up to the names of bindings where their shapes are equal and the names
correspond one to one, binding by binding. Scopes are those of Python's reference ("Naming and
binding"): module, function, lambda, comprehension, class and type parameters.
"""

from __future__ import annotations

import ast
from typing import Any, Callable, NamedTuple

FUNCTION = "_ouverture_v_0"


class Scope:
    """Where names are bound: a module, function, comprehension, class, or list of type parameters."""

    __slots__ = ("bound", "declared_global", "declared_nonlocal", "kind", "parent")

    def __init__(self, kind: str, parent: Scope | None) -> None:
        self.kind = kind
        self.parent = parent
        self.bound: set[str] = set()
        self.declared_global: set[str] = set()
        self.declared_nonlocal: set[str] = set()

    def find(self, name: str) -> tuple[Scope, str]:
        """Find the binding that a name means here."""
        scope = self
        # Functions in a class do not see its names; its own type parameters do.
        sees_class = True
        while scope.parent is not None:
            if scope.kind != "class" or sees_class:
                if name in scope.declared_global:
                    break
                if name in scope.bound and name not in scope.declared_nonlocal:
                    return scope, name
            elif name == "__class__":
                # What ``super()`` uses: every function in a class has it.
                return scope, name
            sees_class = sees_class and scope.kind == "parameters"
            scope = scope.parent
        while scope.parent is not None:
            scope = scope.parent
        return scope, name


class Name(NamedTuple):
    """A name where it stands: ``key`` is what the compiler looks up, ``scope`` where it begins to."""

    text: str
    key: str
    scope: Scope | None


class Call(NamedTuple):
    """The keyword arguments of a call, and the name that is called where it is one."""

    keywords: tuple[str | None, ...]
    callee: Name | None


class Definition(NamedTuple):
    """A place where a name is bound, and the function that it is bound to there."""

    key: str
    scope: Scope
    function: Scope | None


class Outline(NamedTuple):
    shape: list[Any]
    names: list[Name | Call]
    definitions: list[Definition]
    #: The parameters that a keyword reaches, by the scope of each function.
    parameters: dict[Scope, frozenset[str]]


def outline(definition: ast.stmt, module: Scope, imported: frozenset[str]) -> Outline:
    """Take a function apart. ``imported`` are the names ``object_<hash>`` of its pool imports."""
    walk = _Walk(imported)
    walk.push(definition, module, None)
    while walk.pending:
        walk.visit(*walk.pending.pop())
    return Outline(walk.shape, walk.names, walk.definitions, walk.parameters)


def mangle(name: str, owner: str | None) -> str:
    """Give the name that the compiler makes of a private name in a class."""
    if owner is None or not name.startswith("__") or name.endswith("__"):
        return name
    stripped = owner.lstrip("_")
    return f"_{stripped}{name}" if stripped else name


class _Walk:
    def __init__(self, imported: frozenset[str]) -> None:
        self.imported = imported
        self.shape: list[Any] = []
        self.names: list[Name | Call] = []
        self.definitions: list[Definition] = []
        self.parameters: dict[Scope, frozenset[str]] = {}
        self.pending: list[tuple[ast.AST, Scope, str | None]] = []

    def visit(self, node: ast.AST, scope: Scope, owner: str | None) -> None:
        kind = type(node)
        self.shape.append(kind)
        handler = _HANDLERS.get(kind)
        if handler is None:
            for field in node._fields:
                self.take(getattr(node, field, None), scope, owner)
        else:
            handler(self, node, scope, owner)

    def push(self, node: ast.AST, scope: Scope, owner: str | None) -> None:
        self.pending.append((node, scope, owner))

    def take(self, value: Any, scope: Scope, owner: str | None) -> None:
        """Take over what stands in a field."""
        if isinstance(value, ast.AST):
            self.pending.append((value, scope, owner))
        elif isinstance(value, list):
            self.shape.append(len(value))
            for one in value:
                self.take(one, scope, owner)
        else:
            self.shape.append(type(value))
            self.shape.append(value)

    def fields(self, node: ast.AST, names: tuple[str, ...], scope: Scope, owner: str | None) -> None:
        for name in names:
            self.take(getattr(node, name, None), scope, owner)

    def name(self, text: str, scope: Scope, owner: str | None) -> Name:
        found = Name(text, mangle(text, owner), scope)
        self.names.append(found)
        return found

    def bind(self, text: str, scope: Scope, owner: str | None, function: Any = None) -> None:
        key = self.name(text, scope, owner).key
        if scope.kind == "class" and "__" in text and text.startswith("_"):
            self.attribute(text, owner)
        self.enter(key, scope, function)

    def enter(self, key: str, scope: Scope, function: Scope | None = None) -> None:
        scope.bound.add(key)
        self.definitions.append(Definition(key, scope, function))

    def attribute(self, text: str, owner: str | None) -> None:
        """Private attributes are mangled with the name of the class, which is another in each language."""
        self.names.append(Name(text, mangle(text, owner), None))


def _name(walk: _Walk, node: ast.Name, scope: Scope, owner: str | None) -> None:
    walk.push(node.ctx, scope, owner)
    if isinstance(node.ctx, ast.Load):
        walk.name(node.id, scope, owner)
    else:
        walk.bind(node.id, scope, owner)


def _attribute(walk: _Walk, node: ast.Attribute, scope: Scope, owner: str | None) -> None:
    value = node.value
    if node.attr == FUNCTION and isinstance(value, ast.Name) and value.id in walk.imported:
        walk.shape[-1] = ast.Name
        walk.push(node.ctx, scope, owner)
        walk.name(f"{value.id}.{FUNCTION}", scope, owner)
        return
    if "__" in node.attr and node.attr.startswith("_"):
        walk.attribute(node.attr, owner)
    else:
        walk.shape.append(node.attr)
    walk.fields(node, ("value", "ctx"), scope, owner)


def _call(walk: _Walk, node: ast.Call, scope: Scope, owner: str | None) -> None:
    walk.fields(node, ("func", "args"), scope, owner)
    walk.shape.append(len(node.keywords))
    for keyword in node.keywords:
        walk.push(keyword.value, scope, owner)
    if not node.keywords:
        return
    callee = node.func
    if isinstance(callee, ast.Attribute) and callee.attr == FUNCTION:
        callee = callee.value
        if isinstance(callee, ast.Name) and callee.id not in walk.imported:
            callee = node.func
    name = None
    if isinstance(callee, ast.Name):
        name = Name(callee.id, mangle(callee.id, owner), scope)
    walk.names.append(Call(tuple(keyword.arg for keyword in node.keywords), name))


def _function(walk: _Walk, node: Any, scope: Scope, owner: str | None) -> None:
    arguments = node.args
    walk.fields(node, ("decorator_list",), scope, owner)
    walk.fields(arguments, ("defaults", "kw_defaults"), scope, owner)
    outer = _type_parameters(walk, node, scope, owner)
    inner = Scope("function", outer)
    walk.bind(node.name, scope, owner, inner)
    walk.take(node.returns, outer, owner)
    _parameters(walk, arguments, outer, inner, owner)
    walk.take(node.body, inner, owner)


def _lambda(walk: _Walk, node: ast.Lambda, scope: Scope, owner: str | None) -> None:
    walk.fields(node.args, ("defaults", "kw_defaults"), scope, owner)
    inner = Scope("function", scope)
    _parameters(walk, node.args, scope, inner, owner)
    walk.push(node.body, inner, owner)


def _parameters(
    walk: _Walk, arguments: ast.arguments, outer: Scope, inner: Scope, owner: str | None
) -> None:
    named = [*arguments.args, *arguments.kwonlyargs]
    walk.parameters[inner] = frozenset(mangle(one.arg, owner) for one in named)
    for group in (arguments.posonlyargs, arguments.args, arguments.kwonlyargs):
        walk.shape.append(len(group))
        for one in group:
            walk.take(one.annotation, outer, owner)
            walk.bind(one.arg, inner, owner)
    for one in (arguments.vararg, arguments.kwarg):
        walk.shape.append(one is None)
        if one is not None:
            walk.take(one.annotation, outer, owner)
            walk.bind(one.arg, inner, owner)


def _class(walk: _Walk, node: Any, scope: Scope, owner: str | None) -> None:
    walk.fields(node, ("decorator_list",), scope, owner)
    outer = _type_parameters(walk, node, scope, owner)
    walk.bind(node.name, scope, owner)
    walk.take(node.bases, outer, owner)
    walk.shape.append(len(node.keywords))
    for keyword in node.keywords:
        walk.shape.append(keyword.arg)
        walk.push(keyword.value, outer, owner)
    walk.take(node.body, Scope("class", outer), node.name)


def _type_parameters(walk: _Walk, node: Any, scope: Scope, owner: str | None) -> Scope:
    parameters = getattr(node, "type_params", [])
    walk.shape.append(len(parameters))
    if not parameters:
        return scope
    inner = Scope("parameters", scope)
    for one in parameters:
        walk.push(one, inner, owner)
    return inner


def _type_parameter(walk: _Walk, node: Any, scope: Scope, owner: str | None) -> None:
    walk.bind(node.name, scope, owner)
    walk.fields(node, ("bound", "default_value"), scope, owner)


def _type_alias(walk: _Walk, node: Any, scope: Scope, owner: str | None) -> None:
    walk.push(node.name, scope, owner)
    outer = _type_parameters(walk, node, scope, owner)
    walk.push(node.value, Scope("parameters", outer), owner)


def _comprehension(walk: _Walk, node: Any, scope: Scope, owner: str | None) -> None:
    inner = Scope("comprehension", scope)
    walk.shape.append(len(node.generators))
    for index, generator in enumerate(node.generators):
        walk.shape.append(generator.is_async)
        walk.push(generator.iter, scope if index == 0 else inner, owner)
        walk.fields(generator, ("target", "ifs"), inner, owner)
    for field in ("elt", "key", "value"):
        if field in node._fields:
            walk.push(getattr(node, field), inner, owner)


def _walrus(walk: _Walk, node: ast.NamedExpr, scope: Scope, owner: str | None) -> None:
    target = scope
    # In a comprehension it is a name of the function around.
    while target.kind == "comprehension" and target.parent is not None:
        target = target.parent
    walk.enter(walk.name(node.target.id, scope, owner).key, target)
    walk.push(node.value, scope, owner)


def _annotated(walk: _Walk, node: ast.AnnAssign, scope: Scope, owner: str | None) -> None:
    target = node.target
    if isinstance(target, ast.Name) and not node.simple and node.value is None:
        # ``(x): int`` binds nothing.
        walk.name(target.id, scope, owner)
        walk.fields(node, ("annotation", "simple"), scope, owner)
    else:
        walk.fields(node, node._fields, scope, owner)


def _global(walk: _Walk, node: ast.Global, scope: Scope, owner: str | None) -> None:
    walk.shape.append(len(node.names))
    for text in node.names:
        scope.declared_global.add(walk.name(text, scope, owner).key)


def _nonlocal(walk: _Walk, node: ast.Nonlocal, scope: Scope, owner: str | None) -> None:
    walk.shape.append(len(node.names))
    for text in node.names:
        scope.declared_nonlocal.add(walk.name(text, scope, owner).key)


def _import(walk: _Walk, node: Any, scope: Scope, owner: str | None) -> None:
    """An import in the function: what it binds is kept."""
    walk.shape.append(getattr(node, "module", None))
    walk.shape.append(getattr(node, "level", None))
    walk.shape.append(len(node.names))
    for alias in node.names:
        walk.shape.append(alias.name)
        walk.shape.append(alias.asname)
        walk.bind(alias.asname or alias.name.partition(".")[0], scope, owner)


def _named(field: str) -> Callable[..., None]:
    """What binds the name in a field, or nothing where that is empty."""

    def visit(walk: _Walk, node: Any, scope: Scope, owner: str | None) -> None:
        text = getattr(node, field)
        walk.shape.append(text is None)
        if text is not None:
            walk.bind(text, scope, owner)
        walk.fields(node, tuple(one for one in node._fields if one != field), scope, owner)

    return visit


def _interpolation(walk: _Walk, node: Any, scope: Scope, owner: str | None) -> None:
    # ``str`` is the text of the expression, which follows its names.
    walk.fields(node, ("value", "conversion", "format_spec"), scope, owner)


_HANDLERS: dict[type, Callable[..., None]] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.NamedExpr: _walrus,
    ast.AnnAssign: _annotated,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.ExceptHandler: _named("name"),
}
for _kind, _handler in {
    "MatchStar": _named("name"),
    "MatchAs": _named("name"),
    "MatchMapping": _named("rest"),
    "TypeVar": _type_parameter,
    "ParamSpec": _type_parameter,
    "TypeVarTuple": _type_parameter,
    "TypeAlias": _type_alias,
    "Interpolation": _interpolation,
}.items():
    if hasattr(ast, _kind):
        _HANDLERS[getattr(ast, _kind)] = _handler
