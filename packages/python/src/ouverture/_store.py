"""Functions and mappings in pool folders (docs/pool.md), checked as they are read."""

from __future__ import annotations

import os
import re
from json import JSONEncoder
from typing import Any, NamedTuple

from ._errors import VerificationError
from ._files import MOST_BYTES, list_below, read_below, read_json
from ._sha256 import sha256

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
# As docs/normal-form.md has it, "Mapping".
_ENCODER = JSONEncoder(sort_keys=True, ensure_ascii=False)
_LANGUAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{2,255}", re.ASCII)


class StoredFunction(NamedTuple):
    """A function whose text is what its hash says."""

    hash: str
    #: The text that has this hash.
    code: str
    path: str
    #: It was stored with a docstring, which the hash leaves out: an object of the older form.
    is_older: bool


class StoredMapping(NamedTuple):
    """The names of a function in a human language; what it holds is what its hash says."""

    language: str
    hash: str
    path: str
    docstring: str
    names: dict[str, str]
    aliases: dict[str, str]


def is_hash(text: str) -> bool:
    return _HASH.fullmatch(text) is not None


def is_language(text: str) -> bool:
    return _LANGUAGE.fullmatch(text) is not None and text != "sha256"


def find_function(pools: tuple[str, ...], hash: str) -> StoredFunction | None:
    """Read the function under a full hash from the first pool that has it."""
    for pool in pools:
        found = read_below(pool, (*_folder(hash), "object.json"))
        if found is not None:
            return _check_function(hash, *found)
    return None


def find_mapping(
    pools: tuple[str, ...], hash: str, language: str, wanted: str | None = None
) -> StoredMapping | None:
    """Read the mapping in a language: that which was there first, or the one with a hash."""
    for pool in pools:
        folder = (*_folder(hash), language, "sha256")
        known = _list_mappings(pool, folder)
        for one in known if wanted is None else (wanted,):
            found = read_below(pool, (*folder, *_split(one), "mapping.json"))
            if found is not None:
                return _check_mapping(language, one, *found)
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


def _check_function(hash: str, data: bytes, path: str) -> StoredFunction:
    fields = read_json(data, path)
    _require_keys(
        fields,
        ("schema_version", "hash", "hash_algorithm", "normalized_code", "encoding", "metadata"),
        path,
    )
    version = fields["schema_version"]
    if type(version) is not int or version != 1 or fields["hash_algorithm"] != "sha256":
        raise VerificationError("This is no object of schema 1.", path)
    if fields["hash"] != hash:
        raise VerificationError(f"This is not the function {hash}, but says so of another.", path)
    code = _decode(fields["normalized_code"], fields["encoding"], path)
    if _digest(code, path) == hash:
        return StoredFunction(hash, code, path, False)
    from ._older import with_body, without_docstring

    stripped = without_docstring(code)
    if stripped is not None and _digest(stripped, path) == hash:
        return StoredFunction(hash, with_body(stripped), path, True)
    raise VerificationError(f"The text in this file is not that of the hash {hash}.", path)


def _check_mapping(language: str, hash: str, data: bytes, path: str) -> StoredMapping:
    fields = read_json(data, path)
    _require_keys(fields, ("docstring", "name_mapping", "alias_mapping", "comment"), path)
    names, aliases = fields["name_mapping"], fields["alias_mapping"]
    for part in (names, aliases):
        if not isinstance(part, dict) or not all(type(name) is str for name in part.values()):
            raise VerificationError("The names in this mapping are no texts.", path)
    if type(fields["docstring"]) is not str or type(fields["comment"]) is not str:
        raise VerificationError("The docstring or the comment of this mapping is no text.", path)
    if _digest(_ENCODER.encode(fields), path) != hash:
        raise VerificationError(f"This mapping is not that of the hash {hash}.", path)
    return StoredMapping(language, hash, path, fields["docstring"], names, aliases)


def _require_keys(fields: dict[str, Any], keys: tuple[str, ...], path: str) -> None:
    for key in keys:
        if key not in fields:
            raise VerificationError(f"'{key}' is missing here.", path)
    if len(fields) != len(keys):
        unknown = next(key for key in fields if key not in keys)
        raise VerificationError(f"{unknown!r} does not belong here.", path)


def _decode(code: object, encoding: object, path: str) -> str:
    if type(code) is not str:
        raise VerificationError("'normalized_code' is no text.", path)
    if encoding == "none":
        return code
    if encoding != "gzip":
        raise VerificationError("'encoding' is neither 'none' nor 'gzip'.", path)
    import zlib
    from base64 import b64decode

    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(b64decode(code, validate=True), MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise VerificationError("Unpacked, this is larger than 1 MiB.", path)
        if not unpacker.eof or unpacker.unused_data:
            raise ValueError("it does not end where it should")
        return data.decode("utf-8")
    except (ValueError, zlib.error) as error:
        raise VerificationError(f"The packed text is damaged: {error}.", path) from None


def _digest(text: str, path: str) -> str:
    try:
        return sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError:
        raise VerificationError("There is half of a character in this text.", path) from None
