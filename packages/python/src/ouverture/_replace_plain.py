"""The numbers in a stored text replaced by names wherever they stand, without a look at the tokens.

That is right for most functions, and quick. Where it is not, as in a string that spells a number, the
proof fails (_proof.py), and the text is written token by token (_replace_names.py).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterable

_NUMBER = "_ouverture_v_"
_POOL = "object_"
_DIGITS = 64
# Of ``object_<hash>.``, which stands before the number that is its function.
_REFERENCE = len(_POOL) + _DIGITS + 1


def replace_plain(
    code: str, start: int, names: dict[str, str], aliases: dict[str, str], hashes: tuple[str, ...]
) -> tuple[str, list[str]] | None:
    """Give the text from an offset on in other words, and the numbers in the order in which they come.

    None where it takes a look at the tokens: a number without a name, an attribute, what may be a keyword
    of a call to the pool. Where the text that comes out is proven, it is what ``Writer`` writes.
    """
    before, *pieces = code[start:].split(_NUMBER)
    parts: list[str] = []
    order: dict[str, None] = {}
    has_call = False
    for piece in pieces:
        rest = piece.lstrip("0123456789")
        digits = piece[: len(piece) - len(rest)]
        if _is_of_name(rest[:1]) or _is_of_name(before[-1:]):
            return None
        if before.endswith("."):
            hash = before[-_DIGITS - 1 : -1]
            head = before[:-_REFERENCE]
            is_reference = hash in hashes and before.startswith(_POOL, len(head))
            if digits != "0" or not is_reference or _is_of_name(head[-1:]):
                return None
            has_call = has_call or rest.startswith("(")
            parts += (head, aliases.get(hash, f"{_POOL}{hash}"))
        else:
            number = _NUMBER + digits
            name = names.get(number)
            if name is None or (has_call and rest.startswith("=")):
                return None
            order[number] = None
            parts += (before, name)
        before = rest
    parts.append(before)
    return "".join(parts), list(order)


def _is_of_name(character: str) -> bool:
    return character.isalnum() or character == "_" or character > "\x7f"
