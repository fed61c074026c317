"""A function's tree as two lists: its shape, without names, and its names, with their bindings.

Two functions are the same up to the names of bindings where their shapes are equal and the names
correspond one to one, binding by binding. Scopes are those of Python's reference ("Naming and
binding"): module, function, lambda, comprehension, class and type parameters.
"""

from __future__ import annotations

import _ast as ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterable

FUNCTION = "_ouverture_v_0"


def is_reserved(name: str) -> bool:
    """Is it a number of the normal form?"""
    return name.startswith("_ouverture_v_") and name[13:].isdigit() and name.isascii()


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


class Name:
    """A name where it stands: ``key`` is what the compiler looks up, ``scope`` where it begins to."""

    __slots__ = ("key", "scope", "text")

    def __init__(self, text: str, key: str, scope: Scope | None) -> None:
        self.text = text
        self.key = key
        self.scope = scope


class Call:
    """The keyword arguments of a call, and the name that is called where it is one."""

    __slots__ = ("callee", "keywords")

    def __init__(self, keywords: tuple[str | None, ...], callee: Name | None) -> None:
        self.keywords = keywords
        self.callee = callee


class Outline:
    """A function that was taken apart. ``imported`` are the names ``object_<hash>`` of its pool imports."""

    def __init__(self, definition: ast.stmt, module: Scope, imported: frozenset[str]) -> None:
        self.imported = imported
        #: The kind of each node, in the order of the fields in which they stand, and all that is no name.
        self.shape: list[Any] = []
        self.names: list[Name | Call] = []
        #: Each place where a name is bound, and the function that it is bound to there.
        self.definitions: list[tuple[str, Scope, Scope | None]] = []
        #: The parameters that a keyword reaches, by the scope of each function.
        self.parameters: dict[Scope, frozenset[str]] = {}
        self._pending: list[tuple[ast.AST, Scope, str | None]] = []
        self.take(definition, module, None)
        self._walk()

    def _walk(self) -> None:
        while self._pending:
            node, scope, owner = self._pending.pop()
            handler = _HANDLERS.get(type(node))
            if handler is None:
                self.fields(node, node._fields, scope, owner)
            else:
                handler(self, node, scope, owner)

    def take(self, value: Any, scope: Scope, owner: str | None) -> None:
        """Take over what stands in a field."""
        self._take_all((value,), scope, owner)

    def fields(self, node: ast.AST, names: tuple[str, ...], scope: Scope, owner: str | None) -> None:
        self._take_all([getattr(node, name, None) for name in names], scope, owner)

    def _take_all(self, values: Iterable[Any], scope: Scope, owner: str | None) -> None:
        shape = self.shape
        for value in values:
            kind = type(value)
            if kind is list:
                shape.append(len(value))
                if value:
                    self._take_all(value, scope, owner)
            elif kind in _LEAVES:
                shape.append(kind)
            elif isinstance(value, ast.AST):
                is_name = kind is ast.Attribute and self.is_reference(value)
                shape.append(ast.Name if is_name else kind)
                self._pending.append((value, scope, owner))
            else:
                shape.append(kind)
                shape.append(value)

    def is_reference(self, node: Any) -> bool:
        """Is it ``object_<hash>._ouverture_v_0``, which in another language is a name?"""
        return (
            type(node) is ast.Attribute
            and node.attr == FUNCTION
            and type(node.value) is ast.Name
            and node.value.id in self.imported
        )

    def name(self, text: str, scope: Scope, owner: str | None) -> Name:
        found = Name(text, text if owner is None else mangle(text, owner), scope)
        self.names.append(found)
        return found

    def bind(self, text: str, scope: Scope, owner: str | None, function: Any = None) -> None:
        key = self.name(text, scope, owner).key
        if scope.kind == "class" and "__" in text and text.startswith("_"):
            self.attribute(text, owner)
        self.enter(key, scope, function)

    def enter(self, key: str, scope: Scope, function: Scope | None = None) -> None:
        scope.bound.add(key)
        self.definitions.append((key, scope, function))

    def attribute(self, text: str, owner: str | None) -> None:
        """Private attributes are mangled with the name of the class, which is another in each language."""
        self.names.append(Name(text, mangle(text, owner), None))


def mangle(name: str, owner: str | None) -> str:
    """Give the name that the compiler makes of a private name in a class."""
    if owner is None or not name.startswith("__") or name.endswith("__"):
        return name
    stripped = owner.lstrip("_")
    return f"_{stripped}{name}" if stripped else name


def _name(walk: Outline, node: ast.Name, scope: Scope, owner: str | None) -> None:
    kind = type(node.ctx)
    walk.shape.append(kind)
    if kind is ast.Load:
        walk.name(node.id, scope, owner)
    else:
        walk.bind(node.id, scope, owner)


def _attribute(walk: Outline, node: Any, scope: Scope, owner: str | None) -> None:
    if walk.is_reference(node):
        walk.shape.append(type(node.ctx))
        walk.name(f"{node.value.id}.{FUNCTION}", scope, owner)
        return
    if "__" in node.attr and node.attr.startswith("_"):
        walk.attribute(node.attr, owner)
    else:
        walk.shape.append(node.attr)
    walk.fields(node, ("value", "ctx"), scope, owner)


def _call(walk: Outline, node: Any, scope: Scope, owner: str | None) -> None:
    walk.fields(node, ("func", "args"), scope, owner)
    walk.shape.append(len(node.keywords))
    for keyword in node.keywords:
        walk.take(keyword.value, scope, owner)
    if not node.keywords:
        return
    callee = node.func
    if walk.is_reference(callee):
        callee = callee.value
    name = None
    if isinstance(callee, ast.Name):
        name = Name(callee.id, mangle(callee.id, owner), scope)
    walk.names.append(Call(tuple(keyword.arg for keyword in node.keywords), name))


def _function(walk: Outline, node: Any, scope: Scope, owner: str | None) -> None:
    arguments = node.args
    walk.fields(node, ("decorator_list",), scope, owner)
    walk.fields(arguments, ("defaults", "kw_defaults"), scope, owner)
    outer = _type_parameters(walk, node, scope, owner)
    inner = Scope("function", outer)
    walk.bind(node.name, scope, owner, inner)
    walk.take(node.returns, outer, owner)
    _parameters(walk, arguments, outer, inner, owner)
    walk.take(node.body, inner, owner)


def _lambda(walk: Outline, node: ast.Lambda, scope: Scope, owner: str | None) -> None:
    walk.fields(node.args, ("defaults", "kw_defaults"), scope, owner)
    inner = Scope("function", scope)
    _parameters(walk, node.args, scope, inner, owner)
    walk.take(node.body, inner, owner)


def _parameters(
    walk: Outline, arguments: ast.arguments, outer: Scope, inner: Scope, owner: str | None
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


def _class(walk: Outline, node: Any, scope: Scope, owner: str | None) -> None:
    walk.fields(node, ("decorator_list",), scope, owner)
    outer = _type_parameters(walk, node, scope, owner)
    walk.bind(node.name, scope, owner)
    walk.take(node.bases, outer, owner)
    walk.shape.append(len(node.keywords))
    for keyword in node.keywords:
        walk.shape.append(keyword.arg)
        walk.take(keyword.value, outer, owner)
    walk.take(node.body, Scope("class", outer), node.name)


def _type_parameters(walk: Outline, node: Any, scope: Scope, owner: str | None) -> Scope:
    parameters = getattr(node, "type_params", [])
    walk.shape.append(len(parameters))
    if not parameters:
        return scope
    inner = Scope("parameters", scope)
    for one in parameters:
        walk.take(one, inner, owner)
    return inner


def _type_parameter(walk: Outline, node: Any, scope: Scope, owner: str | None) -> None:
    walk.bind(node.name, scope, owner)
    walk.fields(node, ("bound", "default_value"), scope, owner)


def _type_alias(walk: Outline, node: Any, scope: Scope, owner: str | None) -> None:
    walk.take(node.name, scope, owner)
    outer = _type_parameters(walk, node, scope, owner)
    walk.take(node.value, Scope("parameters", outer), owner)


def _comprehension(walk: Outline, node: Any, scope: Scope, owner: str | None) -> None:
    inner = Scope("comprehension", scope)
    walk.shape.append(len(node.generators))
    for index, generator in enumerate(node.generators):
        walk.shape.append(generator.is_async)
        walk.take(generator.iter, scope if index == 0 else inner, owner)
        walk.fields(generator, ("target", "ifs"), inner, owner)
    for field in ("elt", "key", "value"):
        if field in node._fields:
            walk.take(getattr(node, field), inner, owner)


def _walrus(walk: Outline, node: ast.NamedExpr, scope: Scope, owner: str | None) -> None:
    target = scope
    # In a comprehension it is a name of the function around.
    while target.kind == "comprehension" and target.parent is not None:
        target = target.parent
    walk.enter(walk.name(node.target.id, scope, owner).key, target)
    walk.take(node.value, scope, owner)


def _annotated(walk: Outline, node: ast.AnnAssign, scope: Scope, owner: str | None) -> None:
    target = node.target
    if isinstance(target, ast.Name) and not node.simple and node.value is None:
        # ``(x): int`` binds nothing.
        walk.name(target.id, scope, owner)
        walk.fields(node, ("annotation", "simple"), scope, owner)
    else:
        walk.fields(node, node._fields, scope, owner)


def _global(walk: Outline, node: ast.Global, scope: Scope, owner: str | None) -> None:
    walk.shape.append(len(node.names))
    for text in node.names:
        scope.declared_global.add(walk.name(text, scope, owner).key)


def _nonlocal(walk: Outline, node: ast.Nonlocal, scope: Scope, owner: str | None) -> None:
    walk.shape.append(len(node.names))
    for text in node.names:
        scope.declared_nonlocal.add(walk.name(text, scope, owner).key)


def _import(walk: Outline, node: Any, scope: Scope, owner: str | None) -> None:
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

    def visit(walk: Outline, node: Any, scope: Scope, owner: str | None) -> None:
        text = getattr(node, field)
        walk.shape.append(text is None)
        if text is not None:
            walk.bind(text, scope, owner)
        walk.fields(node, tuple(one for one in node._fields if one != field), scope, owner)

    return visit


def _interpolation(walk: Outline, node: Any, scope: Scope, owner: str | None) -> None:
    # ``str`` is the text of the expression, which follows its names.
    walk.fields(node, ("value", "conversion", "format_spec"), scope, owner)


# Nodes that hold nothing: what an operator is, and whether a name is read or bound.
_LEAVES = frozenset(
    kind
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST) and not kind._fields
)
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
