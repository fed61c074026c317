"""Says of each code point up to a last one whether it is printed as it is: 1, or 0."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from ouverture._docstring import _is_printable

for line in sys.stdin:
    print(json.dumps("".join("01"[_is_printable(chr(point))] for point in range(int(line) + 1))))
