"""A repository with a pool, made for one test."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import unittest
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from ouverture import _load

MARKET = Path(__file__).resolve().parents[4] / "examples" / "market"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def numbered(*names: str) -> dict[str, str]:
    return {f"_ouverture_v_{number}": name for number, name in enumerate(names)}


def normal(text: str) -> str:
    """A normal form, with ``$1`` for ``_ouverture_v_1``."""
    return text.replace("$", "_ouverture_v_").strip("\n")


class PlaceTest(unittest.TestCase):
    """A test with a folder of its own, which is a repository with an empty pool, and an empty home."""

    def setUp(self) -> None:
        self.folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="ouverture-python-")))
        self.addCleanup(shutil.rmtree, self.folder)
        self.home = self.folder / "home"
        self.repository = self.folder / "repository"
        self.pool = self.repository / ".ouverture"
        self.pool.mkdir(parents=True)
        self.home.mkdir()
        kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "PYTHONPATH") if key in os.environ}
        home = {"HOME": str(self.home), "USERPROFILE": str(self.home)}
        environment = mock.patch.dict(os.environ, {**kept, **home}, clear=True)
        environment.start()
        self.addCleanup(environment.stop)

    def store(self, code: str, mappings: dict[str, Any] | None = None, **changes: Any) -> str:
        """Put a function into the pool, and give its hash. ``changes`` are fields of object.json."""
        code = normal(code)
        hash = changes.pop("hash", digest(code))
        folder = self.folder_of(hash, changes.pop("pool", self.pool))
        folder.mkdir(parents=True, exist_ok=True)
        metadata = {"created": "2026-01-01T00:00:00Z", "author": "", "tags": [], "dependencies": []}
        fields = {
            "schema_version": 1,
            "hash": hash,
            "hash_algorithm": "sha256",
            "normalized_code": code,
            "encoding": "none",
            "metadata": metadata,
            **changes,
        }
        (folder / "object.json").write_text(json.dumps(fields), encoding="utf-8")
        for language, mapping in (mappings or {}).items():
            self.store_mapping(folder, language, mapping)
        return hash

    def store_mapping(self, folder: Path, language: str, mapping: Any, hash: str = "") -> Path:
        """Put a mapping beside a function: names, or a whole one."""
        if isinstance(mapping, tuple):
            mapping = {"name_mapping": numbered(*mapping)}
        fields = {"docstring": "", "name_mapping": {}, "alias_mapping": {}, "comment": "", **mapping}
        hash = hash or digest(json.dumps(fields, sort_keys=True, ensure_ascii=False))
        place = folder / language / "sha256" / hash[:2] / hash[2:]
        place.mkdir(parents=True, exist_ok=True)
        file = place / "mapping.json"
        file.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
        return file

    def folder_of(self, hash: str, pool: Path | None = None) -> Path:
        return (pool or self.pool) / "objects" / "sha256" / hash[:2] / hash[2:]

    def object_of(self, hash: str) -> Path:
        return self.folder_of(hash) / "object.json"

    def run_file(self, text: str, path: str = "program.py") -> ModuleType:
        """Run this text as a file of the repository."""
        file = self.repository / path
        file.parent.mkdir(parents=True, exist_ok=True)
        module = ModuleType("program")
        module.__file__ = str(file)
        exec(compile(text, str(file), "exec"), module.__dict__)
        return module

    def load(self, hash: str, language: str | None = None) -> Any:
        """Import a function in a file of the repository, read anew."""
        _load._readings.clear()
        module = "ouverture.pool" if language is None else f"ouverture.pool.{language}"
        return self.run_file(f"from {module} import object_{hash} as f\n").f
