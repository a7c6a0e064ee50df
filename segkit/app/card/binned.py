"""A column in a few bins, as its distribution is drawn and filtered."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.activation.words import number

_FEW, _BINS, _MOST_LEVELS = 12, 16, 12
# Of whole numbers in wider bins nobody counts the ends.
_NAMED = 100
OTHERS, UNKNOWN, NO_BIN = "others", "unknown", -1


@dataclass(frozen=True, eq=False)
class Binned:
    """The bin of every customer (-1: unknown), what the bins are called, and whether they have an order."""

    codes: npt.NDArray[np.int64]
    labels: tuple[str, ...]
    ordered: bool


def binned(values: pd.Series) -> Binned:
    """Numbers in about 16 bins with round borders, or one for each of few whole numbers; levels as they are, the rarest
    together, and who is unknown beside them. A column without a value has no bins.
    """
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        return _levels(values)
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    numbers = np.where(np.isfinite(numbers), numbers, np.nan)
    several = np.unique(numbers[~np.isnan(numbers)])
    if not len(several):
        return Binned(np.full(len(numbers), NO_BIN), (), True)
    if set(several.tolist()) <= {0.0, 1.0}:
        return _as_they_are(numbers, np.array([0.0, 1.0]), ("no", "yes"))
    if len(several) <= _FEW:
        return _as_they_are(numbers, several, tuple(map(number, several)))
    return _in_steps(numbers, whole=bool((several % 1 == 0).all()))


def _as_they_are(numbers: npt.NDArray[np.float64], several: npt.NDArray[np.float64], labels: tuple[str, ...]) -> Binned:
    codes = np.where(np.isnan(numbers), NO_BIN, np.searchsorted(several, numbers)).astype(np.int64)
    return Binned(codes, labels, ordered=labels != ("no", "yes"))


def _in_steps(numbers: npt.NDArray[np.float64], whole: bool) -> Binned:
    """What lies far out is in the first or last bin."""
    known = numbers[~np.isnan(numbers)]
    low, high = np.percentile(known, [1, 99])
    if not low < high:
        low, high = known.min(), known.max()
    step = _step((high - low) / _BINS, whole)
    first, count = math.floor(low / step), max(1, math.ceil(high / step) - math.floor(low / step))
    if high == (first + count) * step and known.max() == high:
        count += 1  # a border belongs to what is above it
    codes = np.where(np.isnan(numbers), NO_BIN, np.clip(np.floor(numbers / step + 1e-9) - first, 0, count - 1))
    borders = [float(f"{(first + place) * step:.12g}") for place in range(count + 1)]
    return Binned(codes.astype(np.int64), _called(borders, known.min(), known.max(), whole), ordered=True)


def _called(borders: list[float], least: float, most: float, whole: bool) -> tuple[str, ...]:
    """What the bins between these borders are called; of whole numbers the last in a bin is named, not the border."""
    short = whole and borders[1] - borders[0] <= _NAMED
    labels = [_between(low, high - 1 if short else high) for low, high in pairwise(borders)]
    if least < borders[0]:
        labels[0] = f"below {number(borders[1])}"
    if most >= borders[-1]:
        labels[-1] = f"{number(borders[-2])} or more"
    return tuple(labels)


def _between(low: float, high: float) -> str:
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def _step(least: float, whole: bool) -> float:
    """The next round number.

    >>> _step(0.013, False), _step(310.0, True), _step(0.4, True)
    (0.02, 500.0, 1.0)
    """
    power = math.floor(math.log10(least))
    step = next(float(f"{times}e{power}") for times in (1, 2, 5, 10) if times * 10.0**power >= least * (1 - 1e-9))
    return max(1.0, step) if whole else step


def _levels(values: pd.Series) -> Binned:
    """In their order where they have one, else the most frequent first."""
    if isinstance(values.dtype, pd.CategoricalDtype) and values.cat.ordered:
        known = [str(level) for level in values.cat.categories]
    else:
        known = values.dropna().astype(str).value_counts().index.tolist()
    ordered = isinstance(values.dtype, pd.CategoricalDtype) and bool(values.cat.ordered)
    shown = known if len(known) <= _MOST_LEVELS else known[: _MOST_LEVELS - 1]
    codes = pd.Index(shown).get_indexer(pd.Index(values.astype(str))) if shown else np.full(len(values), NO_BIN)
    missing = values.isna().to_numpy()
    labels = list(shown)
    if len(shown) < len(known):
        codes = np.where((codes == NO_BIN) & ~missing, len(labels), codes)
        labels.append(OTHERS)
    codes = np.where(missing, NO_BIN, codes)
    if missing.any() and labels:
        codes = np.where(missing, len(labels), codes)
        labels.append(UNKNOWN)
    return Binned(codes.astype(np.int64), tuple(labels), ordered and not missing.any() and len(shown) == len(known))
