"""Writes functions in the words of mappings: a JSON row in, its text or why it is refused out."""

import json
import sys
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from ouverture import UnsupportedFunctionError, VerificationError
from ouverture._localize import localize
from ouverture._store import StoredFunction, StoredMapping


def digest(text):
    return sha256(text.encode()).hexdigest()


def answer(row):
    mapping = row["mapping"]
    fields = {
        "schema_version": 1, "hash": digest(row["code"]), "hash_algorithm": "sha256",
        "normalized_code": row["code"], "encoding": "none", "metadata": {},
    }
    words = row.get("words", {})
    try:
        function = StoredFunction(fields["hash"], "object.json", json.dumps(fields).encode())
        written = json.dumps(mapping, sort_keys=True, ensure_ascii=False)
        stored = StoredMapping("eng", digest(written), "mapping.json", written.encode())
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
