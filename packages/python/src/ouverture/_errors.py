"""What can be wrong with a function of the pool, one class for each thing a program may do about it."""

from __future__ import annotations


class VerificationError(Exception):
    """Something in a pool is not what its hash says, or no function of a pool.

    It is no ``ImportError``: code that goes on without what it cannot import must not go on here.
    ``path`` is the file at fault.
    """

    def __init__(self, message: str, path: str | None = None) -> None:
        super().__init__(message if path is None else f"{path}: {message}")
        self.path = path


class FunctionNotFoundError(ImportError):
    """No pool that is asked has the function, or has it in the language that was asked for."""


class UnsupportedFunctionError(ImportError):
    """The function is sound, but needs another Python, or leave to be run."""
