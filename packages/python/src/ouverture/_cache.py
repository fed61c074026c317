"""What was proven and compiled, kept to be fast, as Python keeps its own in ``__pycache__``.

It is in the user's own folder, never in a pool, and is read only where nobody else can write: to
unmarshal what others wrote is to run it. An entry is found by all that it was made from: the hashes
of function and mapping, which were checked just before, the version of this package, the Python.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from types import CodeType

from ._settings import cache_folder
from ._sha256 import sha256
from ._version import __version__

_MADE_BY = f"{__version__} {sys.version} {sys.implementation.cache_tag} {sys.flags.optimize}"
# By folder: may what is in it be believed?
_own: dict[str, bool] = {}


def read_code(key: str) -> tuple[str, CodeType] | None:
    """Get the text and code that were kept under a key; None where there are none that are sound."""
    folder, path = _place(key)
    if not _is_own(folder):
        return None
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    if sha256(data[32:]).digest() != data[:32]:
        return None
    try:
        text, code = marshal.loads(data[32:])
    except (ValueError, EOFError, TypeError):
        return None
    return text, code


def keep_code(key: str, text: str, code: CodeType) -> None:
    """Keep what was proven. Where that cannot be, nothing is said: it is made again next time."""
    if sys.dont_write_bytecode:
        return
    folder, path = _place(key)
    data = marshal.dumps((text, code))
    temporary = f"{path}.{os.getpid()}"
    try:
        if folder not in _own:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _is_own(folder):
            return
        with open(temporary, "xb") as file:
            file.write(sha256(data).digest() + data)
        os.replace(temporary, path)
    except OSError:
        return


def _place(key: str) -> tuple[str, str]:
    name = sha256(f"{_MADE_BY} {key}".encode()).hexdigest()
    folder = os.path.join(cache_folder(), "python")
    return folder, os.path.join(folder, name)


def _is_own(folder: str) -> bool:
    """Is it a folder of ours in which nobody else can write?"""
    if folder not in _own:
        try:
            status = os.lstat(folder)
        except OSError:
            return False
        mine = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
        shared = os.name != "nt" and status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        _own[folder] = stat.S_ISDIR(status.st_mode) and mine and not shared
    return _own[folder]
