"""object.json and mapping.json, which nobody has checked (docs/pool.md): JSON in which a key stands
twice, that nests deep, or that is not text, is refused; and what is not what its hash says.
"""

from __future__ import annotations

from ._errors import VerificationError
from ._files import MOST_BYTES
from ._sha256 import sha256
from ._store import is_hash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, NoReturn

    encode_basestring: Callable[[str], str]
    make_scanner: Any = ...
else:
    try:
        # What ``json`` does its work with; ``json`` itself imports ``re``, as long as ten functions.
        from _json import encode_basestring, make_scanner
    except ImportError:
        from json.encoder import encode_basestring

        make_scanner = None

_POOL_IMPORT = "from ouverture.pool import object_"
_SPACE = " \t\n\r"


def check_function(hash: str, data: bytes, path: str) -> tuple[str, tuple[str, ...], bool]:
    """Give the text that has this hash, the hashes that it imports, and whether it was stored with a
    docstring, which the hash leaves out: then it is an object of the older form."""
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
        return code, _list_imports(code), False
    from ._older import with_body, without_docstring

    stripped = without_docstring(code)
    if stripped is not None and _digest(stripped, path) == hash:
        return with_body(stripped), _list_imports(stripped), True
    raise VerificationError(f"The text in this file is not that of the hash {hash}.", path)


def check_mapping(
    hash: str, data: bytes, path: str
) -> tuple[str, dict[str, str], dict[str, str]]:
    """Give the docstring, names and aliases of a mapping that is what its hash says."""
    fields = read_json(data, path)
    _require_keys(fields, ("docstring", "name_mapping", "alias_mapping", "comment"), path)
    names, aliases = fields["name_mapping"], fields["alias_mapping"]
    for part in (names, aliases):
        if not isinstance(part, dict) or not all(type(name) is str for name in part.values()):
            raise VerificationError("The names in this mapping are no texts.", path)
    docstring, comment = fields["docstring"], fields["comment"]
    if type(docstring) is not str or type(comment) is not str:
        raise VerificationError("The docstring or the comment of this mapping is no text.", path)
    if _digest(_write_mapping(docstring, names, aliases, comment), path) != hash:
        raise VerificationError(f"This mapping is not that of the hash {hash}.", path)
    return docstring, names, aliases


def read_json(data: bytes, path: str) -> dict[str, Any]:
    """Read a JSON object that nobody has checked."""
    try:
        value = _read_value(data.decode("utf-8"))
    except RecursionError:
        raise VerificationError("This JSON is too deep.", path) from None
    except ValueError as error:
        raise VerificationError(f"This is not JSON as pools have it: {error}.", path) from None
    if not isinstance(value, dict):
        raise VerificationError("This is no JSON object.", path)
    return value


def _read_value(text: str) -> Any:
    if _scan is not None:
        stripped = text.strip(_SPACE)
        try:
            value, end = _scan(stripped, 0)
            if end == len(stripped):
                return value
        except (StopIteration, SystemError, ValueError):
            # What is wrong is told below; before 3.12 it fails at that where ``json`` is not there.
            pass
    from json import JSONDecoder

    return JSONDecoder(**_RULES).decode(text)


def _write_mapping(
    docstring: str, names: dict[str, str], aliases: dict[str, str], comment: str
) -> str:
    """Write it as docs/normal-form.md has it, "Mapping"; the keys are sorted, these four as well."""
    return (
        f'{{"alias_mapping": {_write_names(aliases)}, "comment": {encode_basestring(comment)}, '
        f'"docstring": {encode_basestring(docstring)}, "name_mapping": {_write_names(names)}}}'
    )


def _write_names(names: dict[str, str]) -> str:
    pairs = sorted(names.items())
    return "{%s}" % ", ".join(
        [f"{encode_basestring(key)}: {encode_basestring(name)}" for key, name in pairs]
    )


def _list_imports(code: str) -> tuple[str, ...]:
    starts = (line for line in code.split("\n") if line.startswith(_POOL_IMPORT))
    hashes = (line[len(_POOL_IMPORT) :] for line in starts)
    return tuple(dict.fromkeys(hash for hash in hashes if is_hash(hash)))


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


_RULES: dict[str, Any] = {
    "object_pairs_hook": _unique, "parse_constant": _refuse, "parse_int": _short_int
}


class _Context:
    """What ``make_scanner`` asks a ``json.JSONDecoder`` for."""

    def __init__(self) -> None:
        self.strict = True
        self.object_hook = None
        self.parse_float = float
        self.__dict__.update(_RULES)


_scan = None if make_scanner is None else make_scanner(_Context())
