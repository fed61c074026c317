"""Two trees side by side: they have to be alike but for their names, which come in pairs.

Two functions are the same up to the names of bindings where their trees are alike and the names
correspond one to one, binding by binding. Trees that are alike have the same scopes, those of Python's
reference ("Naming and binding"): module, function, lambda, comprehension, class and type parameters.
"""

from __future__ import annotations

import _ast as ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Optional

    # Of the class around, where there is one, in each tree.
    Owners = tuple[Optional[str], Optional[str]]

FUNCTION = "_ouverture_v_0"
_NO_OWNERS = (None, None)


class NotAlike(Exception):
    """The trees are not alike, whatever their names are."""


def is_reserved(name: str) -> bool:
    """Is it a number of the normal form?"""
    return name.startswith("_ouverture_v_") and name[13:].isdigit() and name.isascii()


class Scope:
    """Where names are bound: a module, function, comprehension, class, or list of type parameters.

    There is one for both trees: ``bound[0]`` are the names of the one, ``bound[1]`` those of the other.
    """

    __slots__ = ("bound", "declared_global", "declared_nonlocal", "kind", "parent")

    def __init__(self, kind: str, parent: Scope | None) -> None:
        self.kind = kind
        self.parent = parent
        self.bound: tuple[set[str], set[str]] = (set(), set())
        self.declared_global: tuple[set[str], set[str]] = (set(), set())
        self.declared_nonlocal: tuple[set[str], set[str]] = (set(), set())

    def find(self, name: str, side: int) -> Scope:
        """Find the scope in which a name that stands here is bound, in one of the trees."""
        scope = self
        # Functions in a class do not see its names; its own type parameters do.
        sees_class = True
        while scope.parent is not None:
            if scope.kind != "class" or sees_class:
                if name in scope.declared_global[side]:
                    break
                if name in scope.bound[side] and name not in scope.declared_nonlocal[side]:
                    return scope
            elif name == "__class__":
                # What ``super()`` uses: every function in a class has it.
                return scope
            sees_class = sees_class and scope.kind == "parameters"
            scope = scope.parent
        while scope.parent is not None:
            scope = scope.parent
        return scope


class Call:
    """The keyword arguments of a call, in each tree, and the name that is called where it is one."""

    __slots__ = ("callees", "keywords", "scope")

    def __init__(self, one: Any, other: Any, callees: tuple[str, str] | None, scope: Scope) -> None:
        self.keywords = [(a.arg, b.arg) for a, b in zip(one.keywords, other.keywords)]
        self.callees = callees
        self.scope = scope


class Pairs:
    """Two functions taken apart. ``imported`` are the names ``object_<hash>`` of the pool in the one.

    Raises ``NotAlike``.
    """

    def __init__(self, one: Any, other: Any, module: Scope, imported: frozenset[str]) -> None:
        self.imported = imported
        #: The names as they are written and as the compiler looks them up, in each tree, with the scope
        #: where it begins to; None for an attribute. Each pair once, in the order in which they were met.
        self.names: dict[tuple[str, str, str, str, Scope | None], None] = {}
        self.calls: list[Call] = []
        #: Each place where names are bound, and the function that they are bound to there.
        self.definitions: list[tuple[str, str, Scope, Scope | None]] = []
        #: The parameters of each function that a keyword reaches, in each tree.
        self.parameters: dict[Scope, tuple[frozenset[str], frozenset[str]]] = {}
        self._pending: list[tuple[Any, Any, Scope, Owners]] = []
        self.take(one, other, module, _NO_OWNERS)
        self._walk()

    def _walk(self) -> None:
        pending, handlers = self._pending, _HANDLERS
        while pending:
            one, other, scope, owners = pending.pop()
            handler = handlers.get(type(one))
            if handler is None:
                self.fields(one, other, one._fields, scope, owners)
            else:
                handler(self, one, other, scope, owners)

    def fields(
        self, one: Any, other: Any, names: tuple[str, ...], scope: Scope, owners: Owners
    ) -> None:
        for name in names:
            a, b = getattr(one, name, None), getattr(other, name, None)
            # Most fields hold no more than this; so they are not taken one call each.
            if type(a) is not type(b) or type(a) not in _LEAVES:
                self.take(a, b, scope, owners)

    def take(self, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
        """Compare what stands in a field of two nodes; what stands in nodes follows later."""
        kind = type(one)
        if kind is not type(other):
            if not (self.is_reference(one) and type(other) is ast.Name):
                raise NotAlike
            self._pending.append((one, other, scope, owners))
        elif kind is ast.Name:
            _name(self, one, other, scope, owners)
        elif kind is list:
            if len(one) != len(other):
                raise NotAlike
            for a, b in zip(one, other):
                self.take(a, b, scope, owners)
        elif kind in _NODES:
            if kind is ast.Attribute and self.is_reference(one):
                raise NotAlike
            self._pending.append((one, other, scope, owners))
        elif kind not in _LEAVES and one != other:
            raise NotAlike

    def is_reference(self, node: Any) -> bool:
        """Is it ``object_<hash>._ouverture_v_0``, which in another language is a name?"""
        return (
            type(node) is ast.Attribute
            and node.attr == FUNCTION
            and type(node.value) is ast.Name
            and node.value.id in self.imported
        )

    def name(self, one: str, other: str, scope: Scope, owners: Owners) -> tuple[str, str]:
        """Take over two names where they stand, and give what the compiler looks up."""
        if owners is _NO_OWNERS:
            key, other_key = one, other
        else:
            key, other_key = mangle(one, owners[0]), mangle(other, owners[1])
        self.names[one, other, key, other_key, scope] = None
        return key, other_key

    def bind(
        self, one: str, other: str, scope: Scope, owners: Owners, function: Scope | None = None
    ) -> None:
        keys = self.name(one, other, scope, owners)
        if scope.kind == "class":
            require(is_private(one), is_private(other))
            if is_private(one):
                self.attribute(one, other, owners)
        self.enter(keys, scope, function)

    def enter(self, keys: tuple[str, str], scope: Scope, function: Scope | None = None) -> None:
        scope.bound[0].add(keys[0])
        scope.bound[1].add(keys[1])
        self.definitions.append((*keys, scope, function))

    def attribute(self, one: str, other: str, owners: Owners) -> None:
        """Private attributes are mangled with the name of the class, which is another in each language."""
        self.names[one, other, mangle(one, owners[0]), mangle(other, owners[1]), None] = None


def require(one: object, other: object) -> None:
    """Both have to be the same."""
    if one != other:
        raise NotAlike


def is_private(name: str) -> bool:
    return "__" in name and name.startswith("_")


def mangle(name: str, owner: str | None) -> str:
    """Give the name that the compiler makes of a private name in a class."""
    if owner is None or not name.startswith("__") or name.endswith("__"):
        return name
    stripped = owner.lstrip("_")
    return f"_{stripped}{name}" if stripped else name


def _name(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    kind = type(one.ctx)
    if kind is not type(other.ctx):
        raise NotAlike
    if kind is ast.Load:
        walk.name(one.id, other.id, scope, owners)
    else:
        walk.bind(one.id, other.id, scope, owners)


def _attribute(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    if walk.is_reference(one):
        require(type(one.ctx), type(other.ctx))
        walk.name(f"{one.value.id}.{FUNCTION}", other.id, scope, owners)
        return
    if is_private(one.attr) and is_private(other.attr):
        walk.attribute(one.attr, other.attr, owners)
    else:
        require(one.attr, other.attr)
    walk.fields(one, other, ("value", "ctx"), scope, owners)


def _call(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    walk.fields(one, other, ("func", "args"), scope, owners)
    require(len(one.keywords), len(other.keywords))
    if not one.keywords:
        return
    for a, b in zip(one.keywords, other.keywords):
        walk.take(a.value, b.value, scope, owners)
    callee = one.func.value if walk.is_reference(one.func) else one.func
    callees = None
    if type(callee) is ast.Name:
        callees = mangle(callee.id, owners[0]), mangle(other.func.id, owners[1])
    walk.calls.append(Call(one, other, callees, scope))


def _function(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    walk.fields(one, other, ("decorator_list",), scope, owners)
    walk.fields(one.args, other.args, ("defaults", "kw_defaults"), scope, owners)
    outer = _type_parameters(walk, one, other, scope, owners)
    inner = Scope("function", outer)
    walk.bind(one.name, other.name, scope, owners, inner)
    walk.take(one.returns, other.returns, outer, owners)
    _parameters(walk, one.args, other.args, outer, inner, owners)
    walk.take(one.body, other.body, inner, owners)


def _lambda(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    walk.fields(one.args, other.args, ("defaults", "kw_defaults"), scope, owners)
    inner = Scope("function", scope)
    _parameters(walk, one.args, other.args, scope, inner, owners)
    walk.take(one.body, other.body, inner, owners)


def _parameters(
    walk: Pairs, one: Any, other: Any, outer: Scope, inner: Scope, owners: Owners
) -> None:
    walk.parameters[inner] = _reached(one, owners[0]), _reached(other, owners[1])
    for group in ("posonlyargs", "args", "kwonlyargs"):
        ones, others = getattr(one, group), getattr(other, group)
        require(len(ones), len(others))
        for a, b in zip(ones, others):
            walk.take(a.annotation, b.annotation, outer, owners)
            walk.bind(a.arg, b.arg, inner, owners)
    for a, b in ((one.vararg, other.vararg), (one.kwarg, other.kwarg)):
        require(a is None, b is None)
        if a is not None:
            walk.take(a.annotation, b.annotation, outer, owners)
            walk.bind(a.arg, b.arg, inner, owners)


def _reached(arguments: Any, owner: str | None) -> frozenset[str]:
    return frozenset(mangle(one.arg, owner) for one in (*arguments.args, *arguments.kwonlyargs))


def _class(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    walk.fields(one, other, ("decorator_list",), scope, owners)
    outer = _type_parameters(walk, one, other, scope, owners)
    walk.bind(one.name, other.name, scope, owners)
    walk.take(one.bases, other.bases, outer, owners)
    require(len(one.keywords), len(other.keywords))
    for a, b in zip(one.keywords, other.keywords):
        require(a.arg, b.arg)
        walk.take(a.value, b.value, outer, owners)
    walk.take(one.body, other.body, Scope("class", outer), (one.name, other.name))


def _type_parameters(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> Scope:
    parameters, others = getattr(one, "type_params", []), getattr(other, "type_params", [])
    require(len(parameters), len(others))
    if not parameters:
        return scope
    inner = Scope("parameters", scope)
    walk.take(parameters, others, inner, owners)
    return inner


def _type_parameter(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    walk.bind(one.name, other.name, scope, owners)
    walk.fields(one, other, ("bound", "default_value"), scope, owners)


def _type_alias(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    walk.take(one.name, other.name, scope, owners)
    outer = _type_parameters(walk, one, other, scope, owners)
    walk.take(one.value, other.value, Scope("parameters", outer), owners)


def _comprehension(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    inner = Scope("comprehension", scope)
    require(len(one.generators), len(other.generators))
    for index, (a, b) in enumerate(zip(one.generators, other.generators)):
        require(a.is_async, b.is_async)
        walk.take(a.iter, b.iter, scope if index == 0 else inner, owners)
        walk.fields(a, b, ("target", "ifs"), inner, owners)
    for field in ("elt", "key", "value"):
        if field in one._fields:
            walk.take(getattr(one, field), getattr(other, field), inner, owners)


def _walrus(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    target = scope
    # In a comprehension it is a name of the function around.
    while target.kind == "comprehension" and target.parent is not None:
        target = target.parent
    walk.enter(walk.name(one.target.id, other.target.id, scope, owners), target)
    walk.take(one.value, other.value, scope, owners)


def _annotated(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    if type(one.target) is ast.Name and not one.simple and one.value is None:
        # ``(x): int`` binds nothing.
        require(type(one.target), type(other.target))
        walk.name(one.target.id, other.target.id, scope, owners)
    else:
        walk.take(one.target, other.target, scope, owners)
    walk.fields(one, other, ("annotation", "value", "simple"), scope, owners)


def _global(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    _declare(walk, one, other, scope, owners, scope.declared_global)


def _nonlocal(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    _declare(walk, one, other, scope, owners, scope.declared_nonlocal)


def _declare(
    walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners, declared: Any
) -> None:
    require(len(one.names), len(other.names))
    for a, b in zip(one.names, other.names):
        for side, key in enumerate(walk.name(a, b, scope, owners)):
            declared[side].add(key)


def _import(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    """An import in the function: what it binds is kept."""
    for field in ("module", "level"):
        require(getattr(one, field, None), getattr(other, field, None))
    require(len(one.names), len(other.names))
    for a, b in zip(one.names, other.names):
        require((a.name, a.asname), (b.name, b.asname))
        bound = a.asname or a.name.partition(".")[0]
        walk.bind(bound, bound, scope, owners)


def _named(field: str) -> Callable[..., None]:
    """What binds the name in a field, or nothing where that is empty."""

    def visit(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
        a, b = getattr(one, field), getattr(other, field)
        require(a is None, b is None)
        if a is not None:
            walk.bind(a, b, scope, owners)
        rest = tuple(name for name in one._fields if name != field)
        walk.fields(one, other, rest, scope, owners)

    return visit


def _interpolation(walk: Pairs, one: Any, other: Any, scope: Scope, owners: Owners) -> None:
    # ``str`` is the text of the expression, which follows its names.
    walk.fields(one, other, ("value", "conversion", "format_spec"), scope, owners)


_KINDS = [
    kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)
]
_NODES = frozenset(kind for kind in _KINDS if kind._fields)
# Nodes that hold nothing: which operator it is, or whether a name is read or bound.
_LEAVES = frozenset((type(None), *(kind for kind in _KINDS if not kind._fields)))
_HANDLERS: dict[type, Callable[..., None]] = {
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
# Those that not every Python has.
_LATER: dict[str, Callable[..., None]] = {
    "MatchStar": _named("name"),
    "MatchAs": _named("name"),
    "MatchMapping": _named("rest"),
    "TypeVar": _type_parameter,
    "ParamSpec": _type_parameter,
    "TypeVarTuple": _type_parameter,
    "TypeAlias": _type_alias,
    "Interpolation": _interpolation,
}
for _kind, _handler in _LATER.items():
    if hasattr(ast, _kind):
        _HANDLERS[getattr(ast, _kind)] = _handler
