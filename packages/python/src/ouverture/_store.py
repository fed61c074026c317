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
    """A function whose text is what its hash says: ``data`` is what stands in its file.

    Where just this was checked before, ``dependencies`` are given; it is checked again where more is asked.
    """

    __slots__ = ("_content", "_data", "dependencies", "hash", "path")

    def __init__(
        self, hash: str, path: str, data: bytes, dependencies: tuple[str, ...] | None = None
    ) -> None:
        self.hash = hash
        self.path = path
        self._data = data
        self._content: tuple[str, tuple[str, ...], bool] | None = None
        #: The hashes that it imports, a line each.
        self.dependencies = self._read()[1] if dependencies is None else dependencies

    @property
    def code(self) -> str:
        """The text that has this hash."""
        return self._read()[0]

    @property
    def is_older(self) -> bool:
        """It was stored with a docstring, which the hash leaves out: an object of the older form."""
        return self._read()[2]

    def _read(self) -> tuple[str, tuple[str, ...], bool]:
        if self._content is None:
            from ._check import check_function

            self._content = check_function(self.hash, self._data, self.path)
        return self._content


class StoredMapping:
    """The names of a function in a human language; what its file holds is what its hash says.

    Where just this was checked before, ``name`` is given; it is checked again where more is asked.
    """

    __slots__ = ("_content", "_data", "hash", "language", "name", "path")

    def __init__(
        self, language: str, hash: str, path: str, data: bytes, name: str | None = None
    ) -> None:
        self.language = language
        self.hash = hash
        self.path = path
        self._data = data
        self._content: tuple[str, dict[str, str], dict[str, str]] | None = None
        #: What the function is called.
        self.name = self.names.get("_ouverture_v_0", "") if name is None else name

    @property
    def docstring(self) -> str:
        return self._read()[0]

    @property
    def names(self) -> dict[str, str]:
        return self._read()[1]

    @property
    def aliases(self) -> dict[str, str]:
        return self._read()[2]

    def _read(self) -> tuple[str, dict[str, str], dict[str, str]]:
        if self._content is None:
            from ._check import check_mapping

            self._content = check_mapping(self.hash, self._data, self.path)
        return self._content


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
    key = _key("function", hash, data)
    dependencies = kept.get(key)
    function = StoredFunction(hash, path, data, dependencies)
    # What is run by leave is asked for again in the next process.
    if dependencies is None and not function.is_older:
        kept.put(key, function.dependencies)
    return function


def _mapping(language: str, hash: str, data: bytes, path: str, kept: Kept) -> StoredMapping:
    key = _key("mapping", hash, data)
    name = kept.get(key)
    mapping = StoredMapping(language, hash, path, data, name)
    if name is None:
        kept.put(key, mapping.name)
    return mapping


def _key(kind: str, hash: str, data: bytes) -> bytes:
    """What is known of a file is known of just these bytes, under this hash."""
    digest = sha256(f"{kind} {hash} ".encode())
    digest.update(data)
    return digest.digest()


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
