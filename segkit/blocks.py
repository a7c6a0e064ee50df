"""Long tables a block after the other: what is made on the way then takes the memory of one block."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

# Tables of no more rows, or cells, are worked on whole.
MOST_ROWS = 100_000
_MOST_CELLS = 4_000_000


def blocks(rows: int, most: int = MOST_ROWS) -> Iterator[slice]:
    """Slices of at most so many rows that cover all rows in their order.

    >>> [(part.start, part.stop) for part in blocks(5, most=2)]
    [(0, 2), (2, 4), (4, 6)]
    """
    return (slice(start, start + most) for start in range(0, rows, most))


def by_blocks(work: Callable[[Any], np.ndarray], X: Any) -> np.ndarray:
    """What `work` gives of an array or table, block by block; for it a row's outcome must not depend on other rows."""
    if len(X) <= MOST_ROWS:
        return work(X)
    rows = X.iloc if hasattr(X, "iloc") else X
    made: np.ndarray | None = None
    for part in blocks(len(X), MOST_ROWS):
        found = work(rows[part])
        if made is None:
            made = np.empty((len(X), *found.shape[1:]), dtype=found.dtype)
        made[part] = found
    assert made is not None
    return made


def by_columns(work: Callable[[Any], np.ndarray], X: Any) -> np.ndarray:
    """What `work` gives of an array or table, some columns at a time: its last axis are the columns."""
    width = max(_MOST_CELLS // max(len(X), 1), 1)
    if X.shape[1] <= width:
        return work(X)
    columns = X.iloc if hasattr(X, "iloc") else X
    return np.concatenate([work(columns[:, part]) for part in blocks(X.shape[1], width)], axis=-1)
