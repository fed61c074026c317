"""The pool: its attributes are functions, ``object_<hash>``; ``ouverture.pool.fra`` has them in French."""

from __future__ import annotations

from typing import Any

from .._imports import give, install_finder

install_finder()


def __getattr__(name: str) -> Any:
    return give(name, __name__)
