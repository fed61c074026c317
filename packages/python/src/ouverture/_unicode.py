"""Characters that are printable since Unicode 14, 15 or 16, which Python 3.9 does not know yet.

The normal form is printed after Unicode 16.0, so that docstrings are shown alike on all Pythons.
test/unicode.test.ts compares the whole table.
"""

from __future__ import annotations

_RANGES = """
61d 870-88e 897-89f 8b5 8c8-8d2 c3c c5d cdd cf3 ece 170d 1715 171f 180f 1ac1-1ace 1b4c
1b4e-1b4f 1b7d-1b7f 1c89-1c8a 1dfa 20c0 2427-2429 2c2f 2c5f 2e53-2e5d 2ffc-2fff 31e4-31e5
31ef 9ffd-9fff a7c0-a7c1 a7cb-a7cd a7d0-a7d1 a7d3 a7d5-a7dc a7f2-a7f4 fbc2 fd40-fd4f fdcf
fdfe-fdff 10570-1057a 1057c-1058a 1058c-10592 10594-10595 10597-105a1 105a3-105b1
105b3-105b9 105bb-105bc 105c0-105f3 10780-10785 10787-107b0 107b2-107ba 10d40-10d65
10d69-10d85 10d8e-10d8f 10ec2-10ec4 10efc-10eff 10f70-10f89 11070-11075 110c2 1123f-11241
11380-11389 1138b 1138e 11390-113b5 113b7-113c0 113c2 113c5 113c7-113ca 113cc-113d5
113d7-113d8 113e1-113e2 116b9 116d0-116e3 11740-11746 11ab0-11abf 11b00-11b09 11bc0-11be1
11bf0-11bf9 11f00-11f10 11f12-11f3a 11f3e-11f5a 12f90-12ff2 1342f 13440-13455 13460-143fa
16100-16139 16a70-16abe 16ac0-16ac9 16d40-16d79 18cff 1aff0-1aff3 1aff5-1affb 1affd-1affe
1b11f-1b122 1b132 1b155 1cc00-1ccf9 1cd00-1ceb3 1cf00-1cf2d 1cf30-1cf46 1cf50-1cfc3
1d1e9-1d1ea 1d2c0-1d2d3 1df00-1df1e 1df25-1df2a 1e030-1e06d 1e08f 1e290-1e2ae 1e4d0-1e4f9
1e5d0-1e5fa 1e5ff 1e7e0-1e7e6 1e7e8-1e7eb 1e7ed-1e7ee 1e7f0-1e7fe 1f6dc-1f6df 1f774-1f776
1f77b-1f77f 1f7d9 1f7f0 1f8b2-1f8bb 1f8c0-1f8c1 1f979 1f9cc 1fa75-1fa77 1fa7b-1fa7c
1fa87-1fa89 1fa8f 1faa9-1faaf 1fab7-1fabf 1fac3-1fac6 1face-1facf 1fad7-1fadc 1fadf-1fae9
1faf0-1faf8 1fbcb-1fbef 2a6de-2a6df 2b735-2b739 2ebf0-2ee5d 31350-323af
"""


def _read(text: str) -> tuple[tuple[int, int], ...]:
    pairs = (part.partition("-") for part in text.split())
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in pairs)


NEWLY_PRINTABLE = _read(_RANGES)
