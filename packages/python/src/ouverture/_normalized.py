"""Tracebacks that show the normal form beside the words of a language."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Iterator

from ._load import Reading, reading_of_file, text_of

_PLACE = re.compile(r'  File "(<ouverture [^"]+>)", line (\d+)')


def annotate(lines: list[str], trace: TracebackType | None) -> Iterator[str]:
    """Put the line of the normal form below each line of a function of the pool, and name its names."""
    shown: dict[str, Reading] = {}
    for entry in lines:
        yield entry
        place = _PLACE.match(entry)
        reading = None if place is None else reading_of_file(place[1])
        if place is None or reading is None:
            continue
        shown.setdefault(place[1], reading)
        line = line_in_normal_form(reading.function.code, text_of(place[1]), int(place[2]))
        if line is not None:
            yield f"    {line.strip()}  # {reading.function.hash[:12]}, normal form\n"
    for filename, reading in shown.items():
        if reading.mapping is not None:
            pairs = (f"{name} = {number}" for number, name in reading.mapping.names.items())
            yield f"{filename}: {', '.join(pairs)}\n"


def line_in_normal_form(code: str, text: str, line: int) -> str | None:
    """Give the line of the normal form for one of the text; None for imports and the docstring."""
    stored, written = code.split("\n"), text.rstrip("\n").split("\n")
    before, start = _imports(stored), _imports(written)
    header = next(at for at, one in enumerate(stored) if one.startswith(("def ", "async def ")))
    docstring = len(written) - start - (len(stored) - before)
    at = line - 1 - start
    if at < 0 or header - before < at <= header - before + docstring:
        return None
    return stored[before + at - (docstring if at > header - before else 0)]


def _imports(lines: list[str]) -> int:
    return next(at for at, one in enumerate(lines) if not one.startswith(("from ", "import ")))
