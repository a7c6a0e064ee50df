"""Customers unlike all whom a segmentation was fitted on: far from the usual range of every segment.

How far is the mean square, over the columns of the preprocessed matrix, of the distance from a segment's middle in
units of its usual spread. The limit is what 99 of 100 fitted customers keep to. Nothing here tells of a single
customer: a range is of at least ten.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.segments import NOISE

Floats = npt.NDArray[np.float64]

FEWEST_CUSTOMERS = 10
_WITHIN = 0.99
# More rows or segments than these say hardly more of what is usual, and every run would wait for them.
_MOST_ROWS, _MOST_CELLS, _MOST_SEGMENTS = 3_000, 150_000, 50
# The inner eight tenths of a normal distribution are so many standard deviations wide.
_INNER, _INNER_WIDTH = (0.1, 0.5, 0.9), 2.563
# A column that hardly differs within a segment, a rare level say, must not make an outlier of whoever differs: a spread
# is at least this share of the column's among all customers, and that one of what is typical for a column.
_LEAST_OF_ALL, _LEAST_OF_TYPICAL = 0.5, 0.5
_TINY = 1e-9
_BLOCK_CELLS = 1_000_000


@dataclass(frozen=True)
class UsualRange:
    """The middle and the spread of each segment (rows) in each column of the matrix, and how far is too far.

    `share` is the share of outliers among the fitted customers.
    """

    middles: Floats
    spreads: Floats
    limit: float
    share: float

    def outside(self, matrix: Floats) -> npt.NDArray[np.bool_]:
        """Which preprocessed rows are far from all segments; a row's answer does not depend on the others."""
        return _distances(matrix, self.middles, self.spreads) > self.limit * (1 + _TINY) + _TINY


def usual_range(matrix: Floats, segments: npt.NDArray[np.int64]) -> UsualRange | None:
    """The usual range of fitted customers, from their rows and segments; None of fewer than ten, who would show in it.

    Segments of fewer than ten count as one together, or are left out if they are fewer even so; noise is left out.
    """
    if len(matrix) < FEWEST_CUSTOMERS or not matrix.shape[1]:
        return None
    chosen = _sample(matrix.shape)
    rows, groups = matrix[chosen], _groups(segments[chosen])
    middles, spreads = _ranges(rows, groups)
    distances = _distances(rows, middles, spreads)
    limit = float(np.quantile(distances, _WITHIN))
    found = UsualRange(middles, spreads, limit, 0.0)
    return UsualRange(middles, spreads, limit, float(found.outside(rows).mean()))


def _sample(shape: tuple[int, ...]) -> npt.NDArray[np.int64]:
    most = min(_MOST_ROWS, max(_MOST_CELLS // shape[1], _MOST_ROWS // 5))
    if shape[0] <= most:
        return np.arange(shape[0])
    return np.sort(np.random.default_rng(0).choice(shape[0], most, replace=False))


def _groups(segments: npt.NDArray[np.int64]) -> list[npt.NDArray[np.bool_]]:
    """Masks of customers whose range is taken together: each has at least ten."""
    numbers, counts = np.unique(segments[segments != NOISE], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    own = [numbers[at] for at in order[:_MOST_SEGMENTS] if counts[at] >= FEWEST_CUSTOMERS]
    small = ~np.isin(segments, [*own, NOISE])
    groups = [segments == number for number in own] + [small]
    enough = [group for group in groups if group.sum() >= FEWEST_CUSTOMERS]
    return enough or [np.ones(len(segments), dtype=bool)]


def _ranges(rows: Floats, groups: list[npt.NDArray[np.bool_]]) -> tuple[Floats, Floats]:
    all_spreads = rows.std(axis=0)
    typical = max(float(np.sqrt(np.mean(all_spreads**2))), _TINY)
    least = _LEAST_OF_ALL * np.maximum(all_spreads, _LEAST_OF_TYPICAL * typical)
    lows, middles, highs = np.stack([np.quantile(rows[group], _INNER, axis=0) for group in groups], axis=1)
    return middles, np.maximum((highs - lows) / _INNER_WIDTH, least)


def _distances(matrix: Floats, middles: Floats, spreads: Floats) -> Floats:
    """How far each row is from the nearest segment, in blocks: a wide matrix is not copied whole."""
    step = max(_BLOCK_CELLS // matrix.shape[1], 1)
    blocks = [_nearest(matrix[start : start + step], middles, spreads) for start in range(0, len(matrix), step)]
    return np.concatenate(blocks) if blocks else np.empty(0)


def _nearest(rows: Floats, middles: Floats, spreads: Floats) -> Floats:
    ranges = zip(middles, spreads, strict=True)
    return np.min([(((rows - middle) / spread) ** 2).mean(axis=1) for middle, spread in ranges], axis=0)


def usual_values(typed: pd.DataFrame) -> dict[str, float | str]:
    """What is usual in each typed column: the median of numbers, else the level that most have.

    Left out is what fewer than ten customers would have told.
    """
    found = {str(name): _usual(typed[name].dropna()) for name in typed.columns}
    return {name: value for name, value in found.items() if value is not None}


def _usual(known: pd.Series) -> float | str | None:
    if pd.api.types.is_numeric_dtype(known):
        return float(known.median()) if len(known) >= FEWEST_CUSTOMERS else None
    counts = known.value_counts()
    return str(counts.index[0]) if len(counts) and counts.iloc[0] >= FEWEST_CUSTOMERS else None
