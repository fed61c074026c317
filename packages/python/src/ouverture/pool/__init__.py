"""The pool: its attributes are functions, ``object_<hash>``; ``ouverture.pool.fra`` has them in French."""

from __future__ import annotations

from .._imports import give

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def __getattr__(name: str) -> Any:
    return give(name, __name__)
