# What type checkers read: of a package whose stub has this function they take any module to be there,
# as ouverture.pool.fra is.
from typing import Any

def __getattr__(name: str) -> Any: ...
