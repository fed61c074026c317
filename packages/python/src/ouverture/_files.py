"""Files of a pool: read without following links, opening devices or reading more than 1 MiB."""

from __future__ import annotations

import os
import stat

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
    folder = "/".join((root, *parts))
    names = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                names.append(entry.name)
                # It is known without another look, and what is listed is mostly read.
                if entry.is_dir(follow_symlinks=False):
                    _folders.add(f"{folder}/{entry.name}")
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(names)


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
