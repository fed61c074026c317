"""Files of a pool: read without following links, opening devices or reading more than 1 MiB.

What they hold is not believed (docs/pool.md): JSON in which a key stands twice, that nests deep,
or that is not text, is refused.
"""

from __future__ import annotations

import os
import stat
from json import JSONDecoder
from typing import Any, NoReturn

from ._errors import VerificationError

MOST_BYTES = 1 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FLAGS |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
# Folders that were seen to be folders: a closure of functions shares most of them.
_folders: set[str] = set()


def read_below(root: str, parts: tuple[str, ...]) -> tuple[bytes, str] | None:
    """Read a file below a pool's folder, and say its path; None where there is none."""
    if not _is_folder_below(root, parts[:-1]):
        return None
    path = "/".join((root, *parts))
    try:
        file = os.open(path, _FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if os.path.islink(path):
            raise VerificationError("This is a link, and a pool has none.", path) from None
        raise VerificationError(f"This cannot be read: {error.strerror}.", path) from None
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise VerificationError("This is no file.", path)
        if status.st_size > MOST_BYTES:
            raise VerificationError("This is larger than 1 MiB.", path)
        return _read_all(file, status.st_size, path), path
    finally:
        os.close(file)


def list_below(root: str, parts: tuple[str, ...]) -> list[str]:
    """Name what is in a folder below a pool's folder, sorted; nothing where there is none."""
    if not _is_folder_below(root, parts):
        return []
    try:
        return sorted(os.listdir("/".join((root, *parts))))
    except (FileNotFoundError, NotADirectoryError):
        return []


def read_json(data: bytes, path: str) -> dict[str, Any]:
    """Read a JSON object that nobody has checked."""
    try:
        value = _DECODER.decode(data.decode("utf-8"))
    except RecursionError:
        raise VerificationError("This JSON is too deep.", path) from None
    except ValueError as error:
        raise VerificationError(f"This is not JSON as pools have it: {error}.", path) from None
    if not isinstance(value, dict):
        raise VerificationError("This is no JSON object.", path)
    return value


def _read_all(file: int, size: int, path: str) -> bytes:
    data = os.read(file, size + 1)
    while len(data) < size:
        more = os.read(file, size + 1 - len(data))
        if not more:
            break
        data += more
    if len(data) > size:
        raise VerificationError("This is written just now.", path)
    return data


def _is_folder_below(root: str, parts: tuple[str, ...]) -> bool:
    """Is it a folder, and everything on the way to it?"""
    if "/".join((root, *parts)) in _folders:
        return True
    path = root
    for part in parts:
        path = f"{path}/{part}"
        if path not in _folders and not _is_folder(path):
            return False
    return True


def _is_folder(path: str) -> bool:
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not stat.S_ISDIR(mode):
        raise VerificationError("This is no folder, but a link or a file.", path)
    _folders.add(path)
    return True


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _short_int(digits: str) -> int:
    # Python 3.9 would take minutes for a million digits.
    return int(digits) if len(digits) < 20 else _refuse("a number of so many digits")


_DECODER = JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_refuse, parse_int=_short_int
)
