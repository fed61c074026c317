"""The texts of functions for ``linecache``, which tracebacks, ``inspect`` and ``pdb`` ask for lines.

It gets them as soon as it is imported: to import it takes longer than to import a hundred functions,
and most programs never show a line.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

_waiting: dict[str, str] = {}


def show(filename: str, text: str) -> None:
    """Let the lines of a text be found under the name of its file."""
    _waiting[filename] = text
    _hand_over()


def find_linecache(ours: Any) -> ModuleSpec | None:
    """Find ``linecache`` as the finders of ``sys.meta_path`` but ours do; it will get what waits."""
    for finder in sys.meta_path:
        if finder is ours or not hasattr(finder, "find_spec"):
            continue
        spec = finder.find_spec("linecache", None, None)
        if spec is not None and spec.loader is not None:
            loader: Any = _Loader(spec.loader)
            spec.loader = loader
            return spec
    return None


class _Loader:
    """Loads it as its own loader does, and then is gone."""

    def __init__(self, loader: Any) -> None:
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> Any:
        return self.loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        module.__loader__ = module.__spec__.loader = self.loader
        self.loader.exec_module(module)
        _hand_over()


def _hand_over() -> None:
    cache = getattr(sys.modules.get("linecache"), "cache", None)
    # Another thread may be in the middle of importing it: then it is done after that.
    while cache is not None and _waiting:
        try:
            filename, text = _waiting.popitem()
        except KeyError:
            return
        cache[filename] = (len(text), None, text.splitlines(True), filename)
