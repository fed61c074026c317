"""Functions and mappings in pool folders (docs/pool.md), checked as they are read."""

from __future__ import annotations

import os

from ._files import list_below, read_below
from ._sha256 import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._cache import Kept

_DIGITS = "0123456789abcdef"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class StoredFunction:
    """A function whose text is what its hash says."""

    __slots__ = ("code", "dependencies", "hash", "is_older", "path")

    def __init__(
        self, hash: str, path: str, code: str, dependencies: tuple[str, ...], is_older: bool
    ) -> None:
        self.hash = hash
        self.path = path
        #: The text that has this hash.
        self.code = code
        #: The hashes that it imports, a line each.
        self.dependencies = dependencies
        #: It was stored with a docstring, which the hash leaves out: an object of the older form.
        self.is_older = is_older


class StoredMapping:
    """The names of a function in a human language; what it holds is what its hash says."""

    __slots__ = ("aliases", "docstring", "hash", "language", "names", "path")

    def __init__(
        self,
        language: str,
        hash: str,
        path: str,
        docstring: str,
        names: dict[str, str],
        aliases: dict[str, str],
    ) -> None:
        self.language = language
        self.hash = hash
        self.path = path
        self.docstring = docstring
        self.names = names
        self.aliases = aliases


def is_hash(text: str) -> bool:
    return len(text) == 64 and not text.strip(_DIGITS)


def is_language(text: str) -> bool:
    return (
        3 <= len(text) <= 256
        and not text.strip(_LETTERS + "_-")
        and text[0] in _LETTERS
        and text != "sha256"
    )


def find_function(pools: tuple[str, ...], hash: str, kept: Kept) -> StoredFunction | None:
    """Read the function under a full hash from the first pool that has it."""
    for pool in pools:
        found = read_below(pool, (*_folder(hash), "object.json"))
        if found is not None:
            return _function(hash, *found, kept)
    return None


def find_mapping(
    pools: tuple[str, ...], hash: str, language: str, wanted: str | None, kept: Kept
) -> StoredMapping | None:
    """Read the mapping in a language: that which was there first, or the one with a hash."""
    for pool in pools:
        folder = (*_folder(hash), language, "sha256")
        known = _list_mappings(pool, folder)
        for one in known if wanted is None else (wanted,):
            found = read_below(pool, (*folder, *_split(one), "mapping.json"))
            if found is not None:
                return _mapping(language, one, *found, kept)
    return None


def list_languages(pools: tuple[str, ...], hash: str) -> list[str]:
    """Name the languages that a function has mappings in, sorted."""
    for pool in pools:
        folder = _folder(hash)
        names = [name for name in list_below(pool, folder) if is_language(name)]
        there = [name for name in names if _list_mappings(pool, (*folder, name, "sha256"))]
        if there:
            return there
    return []


def _function(hash: str, data: bytes, path: str, kept: Kept) -> StoredFunction:
    key = f"function {hash} {sha256(data).hexdigest()}"
    checked = kept.get(key)
    if checked is None:
        from ._check import check_function

        checked = check_function(hash, data, path)
        # What is run by leave is asked for again in the next process.
        if not checked[2]:
            kept.put(key, checked)
    return StoredFunction(hash, path, *checked)


def _mapping(language: str, hash: str, data: bytes, path: str, kept: Kept) -> StoredMapping:
    key = f"mapping {hash} {sha256(data).hexdigest()}"
    checked = kept.get(key)
    if checked is None:
        from ._check import check_mapping

        checked = check_mapping(hash, data, path)
        kept.put(key, checked)
    return StoredMapping(language, hash, path, *checked)


def _folder(hash: str) -> tuple[str, ...]:
    return ("objects", "sha256", *_split(hash))


def _split(hash: str) -> tuple[str, str]:
    return hash[:2], hash[2:]


def _list_mappings(pool: str, folder: tuple[str, ...]) -> list[str]:
    hashes = [
        start + rest
        for start in list_below(pool, folder)
        if len(start) == 2
        for rest in list_below(pool, (*folder, start))
        if is_hash(start + rest)
    ]
    if len(hashes) < 2:
        return hashes
    return sorted(hashes, key=lambda one: _age("/".join((pool, *folder, *_split(one)))))


def _age(folder: str) -> float:
    try:
        status = os.lstat(f"{folder}/mapping.json")
    except OSError:
        return float("inf")
    return status.st_mtime_ns
