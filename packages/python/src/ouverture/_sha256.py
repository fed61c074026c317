"""sha256 of the interpreter itself: to load OpenSSL, as ``hashlib`` does, takes longer than all else."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import sha256

try:
    if TYPE_CHECKING:
        pass
    elif sys.version_info >= (3, 12):
        from _sha2 import sha256
    else:
        from _sha256 import sha256
except ImportError:
    from hashlib import sha256

__all__ = ["sha256"]
