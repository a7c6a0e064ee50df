"""Whether a segmentation merely repeats an input column, or a pair of columns, that was there before."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.int64]

# A pair is named only if it tells the segments so much better than one column does.
_CLEARLY = 0.1
# Cuts of a column that fall inside its bands agree by .85 where there are ten of these by .95 where there are thirty;
# segments that are no such cuts agree no more with thirty.
_MOST_BANDS = 30
_MOST_BANDS_OF_TWO = 10
_MOST_LEVELS = 20
# Of a cell with fewer customers the most common segment says more of chance than of the cell.
_IN_A_CELL = 20
# With fewer columns a pair, or one number, is most of what there is, and no wonder that it tells the segments.
_COLUMNS_FOR_PAIRS = 4
_PAIRED = 5
_ROWS = 4000


@dataclass(frozen=True)
class Repeat:
    """The column or pair from which segments can best be told, and how well: 1 entirely, 0 as by chance."""

    columns: tuple[str, ...]
    agreement: float


def repeated(typed: pd.DataFrame, labels: np.ndarray) -> Repeat:
    """The column or pair of columns that the segments repeat most.

    `typed` holds what was segmented on, as typed columns. Each level of a category, and each band of a number (as many
    customers in each), says the segment that most in it have; the agreement is the adjusted Rand index between that and
    the segments, unassigned customers being one more. What makes up all columns or most of them is no repetition: of
    less than four columns no pair is named, and of numbers none, since a segment is bound to be a part of the few that
    there are; where nothing is left to name, or there is but one segment, `columns` is empty. Above 4,000 customers a
    sample answers.

    >>> land = ["AT", "AT", "DE", "DE"] * 50
    >>> repeated(pd.DataFrame({"land": land, "age": range(200)}), np.array([0, 0, 1, 1] * 50))
    Repeat(columns=('land',), agreement=1.0)
    """
    typed, segments = _sampled(typed, pd.factorize(labels)[0].astype(np.int64))
    if typed.shape[1] < 2 or not segments.any():
        return Repeat((), 0.0)
    bands = min(_MOST_BANDS, len(typed) // _IN_A_CELL)
    few = typed.shape[1] < _COLUMNS_FOR_PAIRS
    named = typed.select_dtypes(exclude="number").columns if few else typed.columns
    if named.empty:
        return Repeat((), 0.0)
    cells = {str(name): _cells(typed[name], bands) for name in named}
    singles: dict[tuple[str, ...], float] = {(name,): _agreement(codes, segments) for name, codes in cells.items()}
    best = _best(singles)
    if few:
        return best
    pair = _best_pair(typed, segments, sorted(singles, key=lambda columns: -singles[columns])[:_PAIRED])
    return pair if pair.agreement > best.agreement + _CLEARLY else best


def _sampled(typed: pd.DataFrame, segments: Codes) -> tuple[pd.DataFrame, Codes]:
    if len(segments) <= _ROWS:
        return typed, segments
    rows = np.random.default_rng(0).choice(len(segments), _ROWS, replace=False)
    return typed.iloc[rows], pd.factorize(segments[rows])[0].astype(np.int64)


def _best(agreements: dict[tuple[str, ...], float]) -> Repeat:
    columns = max(agreements, key=lambda columns: agreements[columns])
    return Repeat(columns, agreements[columns])


def _best_pair(typed: pd.DataFrame, segments: Codes, singles: Sequence[tuple[str, ...]]) -> Repeat:
    bands = min(_MOST_BANDS_OF_TWO, int(np.sqrt(len(typed) / _IN_A_CELL)))
    cells = {name: _cells(typed[name], bands) for name in chain.from_iterable(singles)}
    pairs = combinations(cells, 2)
    return _best({(one, other): _agreement(_crossed(cells[one], cells[other]), segments) for one, other in pairs})


def _crossed(one: Codes, other: Codes) -> Codes:
    return one * (other.max() + 1) + other


def _cells(values: pd.Series, bands: int) -> Codes:
    """A code for each row's level or band; a missing value has one of its own, and so have rare levels together."""
    if not pd.api.types.is_numeric_dtype(values) or values.nunique() <= bands:
        return _levels(values)
    numbers = values.to_numpy(dtype=float)
    limits = np.unique(np.nanquantile(numbers, np.arange(1, bands) / bands))
    # NaN sorts behind every limit, and would share the last band.
    return np.where(np.isnan(numbers), len(limits) + 1, np.searchsorted(limits, numbers)).astype(np.int64)


def _levels(values: pd.Series) -> Codes:
    codes = pd.factorize(values, use_na_sentinel=False)[0]
    counts = np.bincount(codes)
    kept = (counts.argsort(kind="stable")[::-1].argsort() < _MOST_LEVELS) & (counts >= _IN_A_CELL)
    return np.where(kept, np.cumsum(kept), 0)[codes].astype(np.int64)


def _agreement(cells: Codes, segments: Codes) -> float:
    """Adjusted Rand index between the segments and what each cell says they are."""
    counts = np.bincount(_crossed(cells, segments), minlength=(cells.max() + 1) * (segments.max() + 1))
    counts = counts.reshape(-1, segments.max() + 1)
    said = np.zeros((counts.shape[1], counts.shape[1]))
    np.add.at(said, counts.argmax(axis=1), counts)
    return _adjusted_rand(said)


def _adjusted_rand(together: npt.NDArray[np.float64]) -> float:
    """Of a contingency table; scikit-learn's takes a millisecond on labels, and there are dozens of cells to try."""
    same, rows, columns = (_pairs(part) for part in (together, together.sum(axis=1), together.sum(axis=0)))
    by_chance = rows * columns / _pairs(together.sum())
    most = (rows + columns) / 2
    return float((same - by_chance) / (most - by_chance)) if most > by_chance else 0.0


def _pairs(counts: npt.NDArray[np.float64]) -> float:
    return float((counts * (counts - 1) / 2).sum())
