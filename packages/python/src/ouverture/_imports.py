"""What ``import`` finds in the pool: functions, languages, and the modules of loaded functions."""

from __future__ import annotations

import os
import sys

from ._lines import find_linecache
from ._load import FunctionModule, dependency, load, load_module, module_named
from ._settings import Context, context_of
from ._store import is_hash, is_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import FrameType, ModuleType
    from typing import Any
else:
    ModuleSpec, ModuleType = type(__spec__), type(sys)

_POOL = "ouverture.pool"
_IMPORTERS = frozenset(
    {"importlib", "importlib._bootstrap", "importlib._bootstrap_external", "ouverture", _POOL}
    # What imports is called so until a program imports importlib.
    | {"_frozen_importlib", "_frozen_importlib_external"}
    | {__name__, "pickle", "_pickle", "copyreg"}
)


def give(name: str, module: str, language: str | None = None) -> Any:
    """Give an attribute of a module of the pool: the function of a hash.

    Raises ``AttributeError`` for what is no hash, and what ``load`` raises.
    """
    hash = name[7:] if name.startswith("object_") else name
    if not is_hash(hash):
        message = f"module {module!r} has no attribute {name!r}"
        if name.startswith("object_"):
            message += ": a function is object_ and the 64 digits of its hash, in small letters"
        raise AttributeError(message)
    importer = _importer()
    within = module_named(importer.f_globals.get("__name__", ""))
    if within is not None and importer.f_globals is within.__dict__:
        return dependency(within, hash)
    return load(hash, _context(importer), () if language is None else (language,))


class PoolFinder:
    """Finds ``ouverture.pool.<language>``, and in it the modules of functions, for pickle.

    It also sees when ``linecache`` is imported, which then gets the lines of functions.
    """

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name == "linecache":
            return find_linecache(self)
        if not name.startswith(f"{_POOL}."):
            return None
        language, _, inner = name[len(_POOL) + 1 :].rpartition(".")
        hash = inner[7:] if inner.startswith("module_") else ""
        if is_hash(hash) and (language == "" or is_language(language)):
            function: Any = _FunctionLoader(hash, language or None)
            return ModuleSpec(name, function)
        if language == "" and is_language(inner) and not inner.startswith("object_"):
            functions: Any = _LanguageLoader(inner)
            return None if is_hash(inner) else ModuleSpec(name, functions, is_package=True)
        return None


class _LanguageLoader:
    def __init__(self, language: str) -> None:
        self.language = language

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = ModuleType(spec.name, f"The functions of the pool, in {self.language}.")
        language = self.language

        def __getattr__(name: str) -> Any:
            return give(name, module.__name__, language)

        module.__dict__["__getattr__"] = __getattr__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """It is complete as it is created."""


class _FunctionLoader:
    def __init__(self, hash: str, language: str | None) -> None:
        self.hash = hash
        self.language = language

    def create_module(self, spec: ModuleSpec) -> FunctionModule:
        languages = () if self.language is None else (self.language,)
        return load_module(self.hash, _context(_importer()), languages)

    def exec_module(self, module: ModuleType) -> None:
        """It has run as it was loaded."""


def _importer() -> FrameType:
    """Find the frame that imports."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__") in _IMPORTERS:
        frame = frame.f_back
    return frame


def _context(importer: FrameType) -> Context:
    file = importer.f_globals.get("__file__")
    if isinstance(file, str) and not file.startswith("<"):
        return context_of(os.path.dirname(os.path.abspath(file)))
    return context_of(os.getcwd())


if not any(isinstance(one, PoolFinder) for one in sys.meta_path):
    sys.meta_path.insert(0, PoolFinder())
