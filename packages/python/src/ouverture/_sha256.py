"""sha256 of the interpreter itself: to load OpenSSL, as ``hashlib`` does, takes longer than all else."""

from __future__ import annotations

try:
    from _sha2 import sha256
except ImportError:
    try:
        from _sha256 import sha256
    except ImportError:
        from hashlib import sha256

__all__ = ["sha256"]
