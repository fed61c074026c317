"""Writes functions in the words of mappings: a JSON row in, its text or why it is refused out."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from ouverture import UnsupportedFunctionError, VerificationError
from ouverture._localize import localize
from ouverture._store import StoredFunction, StoredMapping


def answer(row):
    mapping = row["mapping"]
    function = StoredFunction("0" * 64, "object.json", row["code"], tuple(row["hashes"]), False)
    stored = StoredMapping(
        "eng", "1" * 64, "mapping.json", mapping["docstring"], mapping["name_mapping"],
        mapping["alias_mapping"],
    )
    words = row.get("words", {})
    try:
        text, *_ = localize(
            function, stored, tuple(row["hashes"]), lambda hash: words.get(hash, {}), "<text>"
        )
        return {"text": text}
    except VerificationError as error:
        return {"refused": str(error)}
    except UnsupportedFunctionError as error:
        return {"unsupported": str(error)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
