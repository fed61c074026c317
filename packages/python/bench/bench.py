"""Import of a function with 100 dependencies, against the same functions in plain .py files.

    python3 bench/bench.py [runs]

Each import is a process of its own, in turn one of the pool and one of the files; what is counted is
processor time. ``import`` is from the first import statement to the end of the last, so that the
package itself is in it; ``process`` is all that the process takes, with the start and the end of
Python. Cold is without anything kept: neither ``__pycache__`` nor the user's cache folder; the package
and the standard library are compiled already, as they are where they are installed. Python starts as
it does for everybody, but for the settings of whoever measures (``-I``).
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).resolve().parent.parent / "src"
COUNT = 100
BODY = '''def {f}({a}, {b}=3):
{doc}    {c} = [{d} * {b} for {d} in {a} if {d} is not None]
    if not {c}:
        raise ValueError('nothing to do')
    {e} = {{'least': min({c}), 'most': max({c}), 'text': f'{{len({c})}} of {{len({a})}}'}}
    for {g}, {h} in sorted({e}.items(), key=lambda {i}: str({i}[1])):
        if {g} == 'text' and {b} > 1:
            {e}[{g}] = {h}.upper()
{call}    return ({e}, {number})'''
WORDS = ("summarize", "values", "factor", "scaled", "value", "summary", "key", "entry", "pair")


def write_function(pool: Path, plain: Path, number: int, imports: list[tuple[int, str]]) -> str:
    numbers = [f"_ouverture_v_{index}" for index in range(9)]
    # The numbers stand in the order in which they appear.
    order = dict(zip("fabcdeghi", (numbers[at] for at in (0, 1, 2, 3, 4, 5, 6, 7, 8))))
    # They are imported and not called: to call all would take much longer than to import them.
    calls = "".join(f"    if {{b}} < 0:\n        return CALL{at}([1, 2])\n" for at, _ in imports)
    stored = BODY.format(doc="", number=number, call=calls.format(**order), **order)
    lines = [f"from ouverture.pool import object_{hash}\n" for _, hash in sorted(imports, key=lambda one: one[1])]
    for at, hash in imports:
        stored = stored.replace(f"CALL{at}(", f"object_{hash}._ouverture_v_0(")
    code = "".join(lines) + ("\n" if lines else "") + stored
    hash = sha256(code.encode()).hexdigest()
    names = dict(zip("fabcdeghi", WORDS))
    names["f"] += f"_{number}"
    docstring = f"The summary of some values, number {number}.\n\nIt scales them first."
    mapping = {
        "docstring": docstring,
        "name_mapping": {order[one]: names[one] for one in "fabcdeghi"},
        "alias_mapping": {hash: f"summarize_{at}" for at, hash in imports},
        "comment": "",
    }
    folder = pool / "objects" / "sha256" / hash[:2] / hash[2:]
    folder.mkdir(parents=True)
    metadata = {
        "created": "2026-01-01T00:00:00Z", "author": "", "tags": [],
        "dependencies": sorted(hash for _, hash in imports),
    }
    fields = {
        "schema_version": 1, "hash": hash, "hash_algorithm": "sha256", "normalized_code": code,
        "encoding": "none", "metadata": metadata,
    }
    (folder / "object.json").write_text(json.dumps(fields, indent=2))
    own = sha256(json.dumps(mapping, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    place = folder / "eng" / "sha256" / own[:2] / own[2:]
    place.mkdir(parents=True)
    (place / "mapping.json").write_text(json.dumps(mapping, indent=2, ensure_ascii=False))
    doc = f'    """{docstring}"""\n'.replace("\n\n", "\n\n    ")
    text = BODY.format(doc=doc, number=number, call=calls.format(**names), **names)
    for at, _ in imports:
        text = text.replace(f"CALL{at}(", f"summarize_{at}(")
    head = "".join(f"from plain_{at} import summarize_{at}\n" for at, _ in imports)
    (plain / f"plain_{number}.py").write_text(head + ("\n" if head else "") + text + "\n")
    return hash


def measure(root: Path, home: Path, folder: Path, statement: str) -> tuple[float, float]:
    """Give the milliseconds of the import, and those of the whole process."""
    script = (
        "import sys, time\n"
        f"sys.path.insert(0, {str(folder)!r})\n"
        f"start = time.process_time()\n{statement}\n"
        "print(time.process_time() - start)\n"
        "assert f([1, 2, None])[1] == 100, f\n"
    )
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-I", "-c", script]
    before = _children()
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    whole = _children() - before
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return float(done.stdout) * 1000, whole * 1000


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def check(root: Path, home: Path, ours: str) -> None:
    """Both are the same functions: each text of the pool is that of a file, but for the import lines."""
    script = (
        f"import sys, re, linecache\nsys.path.insert(0, {str(SOURCES)!r})\n{ours}\n"
        "texts = {name: lines[2] for name, lines in linecache.cache.items() if name.startswith('<ouv')}\n"
        f"assert len(texts) == {COUNT + 1}, len(texts)\n"
        "for lines in texts.values():\n"
        "    own = [line for line in lines if not line.startswith('from ')]\n"
        "    number = re.search(r'summarize_(\\d+)\\(', ''.join(own))[1]\n"
        "    there = open(f'plain/plain_{number}.py').readlines()\n"
        "    assert own == [line for line in there if not line.startswith('from ')], own\n"
    )
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", script], cwd=root, env=environment, check=True)


def forget(root: Path, home: Path) -> None:
    shutil.rmtree(root / "plain" / "__pycache__", ignore_errors=True)
    shutil.rmtree(home / ".cache", ignore_errors=True)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as folder:
        root, home = Path(folder) / "repository", Path(folder) / "home"
        pool, plain = root / ".ouverture", root / "plain"
        plain.mkdir(parents=True)
        home.mkdir()
        hashes: list[str] = []
        for number in range(COUNT + 1):
            near = range(max(0, number - 2), number)
            hashes.append(write_function(pool, plain, number, [(at, hashes[at]) for at in near]))
        ours = SOURCES, f"from ouverture.pool.eng import object_{hashes[-1]} as f"
        theirs = plain, f"from plain_{COUNT} import summarize_{COUNT} as f"
        check(root, home, ours[1])
        # The package's own code is compiled once when it is installed.
        measure(root, home, *ours)
        for state in ("cold", "warm"):
            times: dict[Any, list[tuple[float, float]]] = {ours: [], theirs: []}
            # What is warm has run before.
            for statement in times:
                measure(root, home, *statement)
            for _ in range(runs):
                for statement in times:
                    if state == "cold":
                        forget(root, home)
                    times[statement].append(measure(root, home, *statement))
            for at, what in enumerate(("import", "process")):
                show(f"{state}, {what}", *([one[at] for one in taken] for taken in times.values()))


def show(what: str, pool: list[float], files: list[float]) -> None:
    a, b = statistics.median(pool), statistics.median(files)
    ratios = sorted(one / other for one, other in zip(pool, files))
    print(
        f"{what}: pool {a:.1f} ms, files {b:.1f} ms, ratio {a / b:.2f} "
        f"(in pairs {statistics.median(ratios):.2f}, {ratios[0]:.2f} to {ratios[-1]:.2f})"
    )


if __name__ == "__main__":
    main()
