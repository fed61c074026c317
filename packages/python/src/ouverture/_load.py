"""From a hash to a function that runs: read and check it and all that it imports, then run it.

Each function is a module of its own, ``ouverture.pool.<language>.module_<hash>``: so nothing that
one imports or declares global reaches another, and pickle finds it again by its hash.
"""

from __future__ import annotations

import sys

from ._cache import Kept
from ._errors import FunctionNotFoundError, VerificationError
from ._lines import show
from ._settings import Context
from ._sha256 import sha256
from ._store import StoredFunction, StoredMapping, find_function, find_mapping, list_languages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from threading import RLock
    from types import CodeType, ModuleType
    from typing import Any, Iterable, Optional

    # A hash; the languages that are asked for before the user's; the hash of a mapping.
    Asked = tuple[str, tuple[str, ...], Optional[str]]
else:
    from _thread import RLock

    ModuleType = type(sys)

FUNCTION = "_ouverture_v_0"
_lock = RLock()


class Reading:
    """A function in a language, with all that it imports: what determines the text that is run."""

    __slots__ = ("dependencies", "function", "key", "mapping", "words")

    def __init__(
        self,
        function: StoredFunction,
        mapping: StoredMapping | None,
        dependencies: dict[str, Reading],
    ) -> None:
        words = "-" if mapping is None else f"{mapping.language} {mapping.hash}"
        parts = [function.hash, words, *(one.key for one in dependencies.values())]
        self.key: str = sha256(" ".join(parts).encode()).hexdigest()
        self.function = function
        self.mapping = mapping
        self.dependencies = dependencies
        #: The words of its parameters, once they were asked for.
        self.words: dict[str, str] | None = None

    @property
    def language(self) -> str | None:
        return None if self.mapping is None else self.mapping.language

    @property
    def name(self) -> str:
        """What the function is called in this language."""
        return FUNCTION if self.mapping is None else self.mapping.name


# What a process has: readings by pools and languages, then by what was asked for; modules by reading.
_readings: dict[tuple[Any, ...], dict[Asked, Reading]] = {}
_modules: dict[str, FunctionModule] = {}
_by_name: dict[str, FunctionModule] = {}
_by_file: dict[str, FunctionModule] = {}
_filenames: dict[str, str] = {}


class FunctionModule(ModuleType):
    """The namespace of one function."""

    __loader__: Any

    def __init__(self, name: str, reading: Reading, text: str, filename: str) -> None:
        super().__init__(name)
        self.__loader__ = _Source(text)
        self.__dict__["__ouverture__"] = reading
        self.__file__ = filename


class _Source:
    """Gives ``linecache`` and ``inspect`` the text of a function."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_source(self, _name: str) -> str:
        return self.text


def load(
    hash: str, context: Context, languages: Iterable[str] = (), mapping: str | None = None
) -> Any:
    """Give the function under a hash, in the first of the languages, or else of the user's, that it has.

    Raises ``FunctionNotFoundError`` where a pool lacks it or what it imports, ``VerificationError``
    where one is not what its hash says, ``UnsupportedFunctionError`` where one cannot run here;
    all that before anything of them runs. What they do when they are defined may raise as well.
    """
    module = load_module(hash, context, languages, mapping)
    return module.__dict__[module.__dict__["__ouverture__"].name]


def load_module(
    hash: str, context: Context, languages: Iterable[str] = (), mapping: str | None = None
) -> FunctionModule:
    asked: Asked = (hash, tuple(languages), mapping)
    place = (context.pools, context.languages)
    with _lock:
        readings = _readings.setdefault(place, {})
        reading = readings.get(asked)
        if reading is None or reading.key not in _modules:
            kept = Kept(f"{asked} {place}")
            reading = _read(asked, context, readings, kept)
            ready = [_prepare(one, kept) for one in _unloaded(reading)]
            kept.write()
            for one in ready:
                _run(*one)
        return _modules[reading.key]


def module_named(name: str) -> FunctionModule | None:
    """Give the module of a function that is loaded, by the name that it has."""
    return _by_name.get(name)


def dependency(module: FunctionModule, hash: str) -> Any:
    """Give what a function imports, as it was checked together with it."""
    reading: Reading = module.__dict__["__ouverture__"]
    if hash not in reading.dependencies:
        message = f"The function imports {hash} other than at its top."
        raise VerificationError(message, reading.function.path)
    imported = reading.dependencies[hash]
    return _modules[imported.key].__dict__[imported.name]


def reading_of_file(filename: str) -> Reading | None:
    """Give what is shown under a name in tracebacks."""
    module = _by_file.get(filename)
    return None if module is None else module.__dict__["__ouverture__"]


def text_of(filename: str) -> str:
    text: str = _by_file[filename].__loader__.text
    return text


def _read(
    asked: Asked,
    context: Context,
    readings: dict[Asked, Reading],
    kept: Kept,
) -> Reading:
    """Read a function and, one after the other, all that it imports."""
    waiting = [asked]
    found: dict[Asked, tuple[StoredFunction, StoredMapping | None]] = {}
    while waiting:
        one = waiting[-1]
        if one in readings:
            waiting.pop()
            continue
        first_time = one not in found
        if first_time:
            found[one] = _find(*one, context, kept)
        function, named = found[one]
        chosen = () if named is None else (named.language,)
        needed: dict[str, Asked] = {hash: (hash, chosen, None) for hash in function.dependencies}
        missing = [need for need in needed.values() if need not in readings]
        if not missing:
            imported = {hash: readings[need] for hash, need in needed.items()}
            readings[one] = Reading(function, named, imported)
        elif first_time:
            waiting += missing
        else:
            raise VerificationError("The function imports itself.", function.path)
    return readings[asked]


def _find(
    hash: str, languages: tuple[str, ...], wanted: str | None, context: Context, kept: Kept
) -> tuple[StoredFunction, StoredMapping | None]:
    function = find_function(context.pools, hash, kept)
    if function is None:
        from ._fetch import fetch

        fetch(hash, context)
        function = find_function(context.pools, hash, kept)
    if function is None:
        pools = " or ".join(context.pools)
        raise FunctionNotFoundError(
            f"There is no function {hash} in {pools}. 'ouverture pull {hash[:12]}' fetches it, "
            "and so does the import itself with OUVERTURE_FETCH=1."
        )
    for language in dict.fromkeys((*languages, *context.languages)):
        mapping = find_mapping(context.pools, hash, language, wanted, kept)
        if mapping is not None:
            return function, mapping
    if wanted is not None:
        raise FunctionNotFoundError(f"The function {hash} has no mapping {wanted}.")
    for language in list_languages(context.pools, hash):
        mapping = find_mapping(context.pools, hash, language, None, kept)
        if mapping is not None:
            return function, mapping
    return function, None


def _unloaded(reading: Reading) -> list[Reading]:
    """List what is not loaded yet of a function and all that it imports, what is imported first."""
    ordered: dict[str, Reading] = {}
    waiting = [(reading, False)]
    while waiting:
        one, is_ready = waiting.pop()
        if one.key in ordered or one.key in _modules:
            continue
        if is_ready:
            ordered[one.key] = one
        else:
            waiting.append((one, True))
            waiting += ((imported, False) for imported in one.dependencies.values())
    return list(ordered.values())


def _prepare(reading: Reading, kept: Kept) -> tuple[Reading, str, CodeType, str]:
    """Give the proven text and the code of a function. Nothing of it runs."""
    filename = _filename(reading)
    key = f"code {reading.key} {filename}"
    proven: tuple[str, CodeType] | None = kept.get(key)
    if proven is None:
        from ._localize import localize, parameter_words

        def words(hash: str) -> dict[str, str]:
            callee = reading.dependencies[hash]
            if callee.words is None:
                callee.words = parameter_words(callee.function, callee.mapping)
            return callee.words

        text, code, is_older = localize(
            reading.function, reading.mapping, tuple(reading.dependencies), words, filename
        )
        proven = text, code
        # What is run by leave is asked for again in the next process.
        if not is_older:
            kept.put(key, proven)
    return reading, proven[0], proven[1], filename


def _filename(reading: Reading) -> str:
    """Name the text in tracebacks, as short as it is one function's."""
    hash, language = reading.function.hash, reading.language
    at = "" if language is None else f"@{language}"
    for digits in (hash[:12], hash, f"{hash}@{reading.key}"):
        filename = f"<ouverture {digits}{at}>"
        if _filenames.setdefault(filename, reading.key) == reading.key:
            break
    return filename


def _run(reading: Reading, text: str, code: CodeType, filename: str) -> None:
    """Define a function, in a module of its own."""
    part = "" if reading.language is None else f".{reading.language}"
    name = f"ouverture.pool{part}.module_{reading.function.hash}"
    if name in _by_name:
        name = f"{name}_{reading.key}"
    module = FunctionModule(name, reading, text, filename)
    show(filename, text)
    sys.modules[name] = _by_name[name] = _by_file[filename] = module
    try:
        exec(code, module.__dict__)
    except BaseException:
        del sys.modules[name], _by_name[name], _by_file[filename]
        raise
    _modules[reading.key] = module
