"""Results remembered as long as they are small together: a process that lives for days must not fill the machine."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    import pandas as pd

P = ParamSpec("P")
Result = TypeVar("Result")

GIGABYTE = 1_000_000_000
_MOST = 16


def bytes_of(*tables: "pd.DataFrame") -> int:
    """The memory that tables take, their texts included."""
    return sum(int(table.memory_usage(deep=True).sum()) for table in tables)


def remembers(
    size: Callable[[Any], int], most_bytes: int = GIGABYTE
) -> Callable[[Callable[P, Result]], Callable[P, Result]]:
    """A decorator that keeps what a function returned for the latest arguments, as `functools.lru_cache` does.

    Kept are at most 16 results whose `size` is together at most so many bytes; the latest one always is.
    """

    def around(make: Callable[P, Result]) -> Callable[P, Result]:
        kept: OrderedDict[Hashable, tuple[Result, int]] = OrderedDict()
        making: defaultdict[Hashable, Lock] = defaultdict(Lock)
        looking = Lock()

        @wraps(make)
        def remembered(*args: P.args, **kwargs: P.kwargs) -> Result:
            key = (args, tuple(kwargs.items()))
            with looking:
                if key in kept:
                    return _latest(kept, key)
                alone = making[key]
            with alone:  # who asks for the same at the same time waits for it, lest a large table be read twice at once
                with looking:
                    if key in kept:
                        return _latest(kept, key)
                try:
                    result = make(*args, **kwargs)
                    with looking:
                        _keep(kept, key, result, size(result), most_bytes)
                finally:
                    making.pop(key, None)
            return result

        return remembered

    return around


def _latest(kept: OrderedDict[Hashable, tuple[Result, int]], key: Hashable) -> Result:
    kept.move_to_end(key)
    return kept[key][0]


def _keep(kept: OrderedDict[Hashable, tuple[Any, int]], key: Hashable, result: Any, of: int, most_bytes: int) -> None:
    """Keep a result as the latest, and as many of those before as fit."""
    kept[key] = result, of
    kept.move_to_end(key)
    while len(kept) > 1 and (len(kept) > _MOST or sum(bytes_ for _, bytes_ in kept.values()) > most_bytes):
        kept.popitem(last=False)
