"""The machine code of compiled libraries, kept on disk: compiling UMAP takes longer than embedding a small table."""

import sys
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any


@cache
def keep_compiled(*packages: str) -> int:
    """Have numba write what it compiles of these imported packages beside them, for every later process.

    Returns how many functions it will keep from now on. Where nothing can be written they are compiled as ever.
    """
    functions = [function for package in packages for function in _compiled_by_numba(package)]
    try:
        for function in functions:
            function.enable_caching()
    except RuntimeError:  # neither the package's folder nor the user's own can be written
        return 0
    # Some refer to what cannot be stored: numba compiles these every time and would say so every time.
    warnings.filterwarnings("ignore", "(?s).*Cannot cache compiled function")
    return len(functions)


def _compiled_by_numba(package: str) -> Iterator[Any]:
    from numba.core.registry import CPUDispatcher  # late: only who fits UMAP has numba loaded

    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == package]
    for module in modules:
        yield from (value for value in vars(module).values() if isinstance(value, CPUDispatcher))
