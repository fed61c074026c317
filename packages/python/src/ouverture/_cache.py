"""What was checked, proven and compiled, kept to be fast, as Python keeps its own in ``__pycache__``.

One file for each import that a program makes, with all that it imports. It is in the user's own
folder, never in a pool, and is believed only where nobody else can write: to unmarshal what others
wrote is to run it. What is in it is found by the bytes that it was made from (decisions/0041).
"""

from __future__ import annotations

import marshal
import os
import stat
import sys

from ._settings import cache_folder
from ._sha256 import sha256
from ._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MADE_BY = f"{__version__} {sys.version} {sys.implementation.cache_tag} {sys.flags.optimize}"
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FLAGS |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_NEW |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_DIGEST = 32


class Kept:
    """What is kept of one import: values by all that they were made from."""

    def __init__(self, asked: str) -> None:
        """``asked`` is what is imported, and from where: it leads to the file, and proves nothing."""
        self._name = f"{_MADE_BY} {asked}".encode()
        self._folder = os.path.join(cache_folder(), "python")
        self._path = os.path.join(self._folder, sha256(self._name).hexdigest())
        self._values: dict[str | bytes, Any] = self._read()
        self._used: dict[str | bytes, Any] = {}
        self._is_new = False

    def get(self, key: str | bytes) -> Any:
        """Give what was kept under a key, or None."""
        value = self._values.get(key)
        if value is not None:
            self._used[key] = value
        return value

    def put(self, key: str | bytes, value: Any) -> None:
        self._used[key] = value
        self._is_new = True

    def write(self) -> None:
        """Write what was used, if any of it is new. Where that cannot be, nothing is said: it is
        made again next time."""
        if sys.dont_write_bytecode or not self._is_new:
            return
        data = marshal.dumps(self._used)
        temporary = f"{self._path}.{os.getpid()}"
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            if not _is_own(os.lstat(self._folder), stat.S_IFDIR):
                return
            with open(os.open(temporary, _NEW, 0o600), "wb") as file:
                file.write(self._digest(data) + data)
            os.replace(temporary, self._path)
        except OSError:
            _remove(temporary)

    def _read(self) -> dict[str | bytes, Any]:
        """Read the file, or nothing where it is not ours, not whole, or another's."""
        try:
            if not _is_own(os.lstat(self._folder), stat.S_IFDIR):
                return {}
            with open(os.open(self._path, _FLAGS), "rb") as file:
                if not _is_own(os.fstat(file.fileno()), stat.S_IFREG):
                    return {}
                data = memoryview(file.read())
        except OSError:
            return {}
        if self._digest(data[_DIGEST:]) != data[:_DIGEST]:
            return {}
        try:
            values = marshal.loads(data[_DIGEST:])
        except (ValueError, EOFError, TypeError):
            return {}
        return values if type(values) is dict else {}

    def _digest(self, data: Any) -> bytes:
        """The digest of the data under this name: what was written for another import is not whole."""
        digest = sha256(self._name)
        digest.update(data)
        return digest.digest()


def _is_own(status: os.stat_result, kind: int) -> bool:
    """Is it of this kind and ours, and can nobody else write there?"""
    if stat.S_IFMT(status.st_mode) != kind:
        return False
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
