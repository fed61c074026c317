"""Functions that are imported by their hash, checked before they run, in the reader's language.

    from ouverture.pool import object_<hash> as name
"""

from __future__ import annotations

from ._errors import FunctionNotFoundError, UnsupportedFunctionError, VerificationError
from ._version import __version__

# What is needed to read the package, and not to run it, takes longer to import than it does itself.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "FunctionNotFoundError",
    "UnsupportedFunctionError",
    "VerificationError",
    "__version__",
]


def __getattr__(name: str) -> Any:
    from ._imports import give

    return give(name, __name__)
