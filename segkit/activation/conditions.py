"""What a rule asks of one column, in the units that the reader knows."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.preprocessing.words import MISSING

Mask = npt.NDArray[np.bool_]
Value = float | str
_STEPS = (5.0, 2.0, 1.0)


@dataclass(frozen=True)
class Condition:
    """A number from `low` up to and without `high`, or a text that is one of `levels` (none of them if `excluded`).

    It speaks of typed columns without gaps: dates are days before the data's day, an ordinal is the rank of its level.
    """

    column: str
    low: float | None = None
    high: float | None = None
    levels: tuple[str, ...] = ()
    excluded: bool = False

    def holds(self, filled: pd.DataFrame) -> Mask:
        """Which of these rows fulfil it."""
        values = filled[self.column]
        if self.levels:
            return np.asarray(values.isin(self.levels), dtype=bool) != self.excluded
        numbers, fits = values.to_numpy(dtype=float), np.ones(len(values), dtype=bool)
        if self.low is not None:
            fits &= numbers >= self.low
        if self.high is not None:
            fits &= numbers < self.high
        return fits

    def and_also(self, other: "Condition") -> "Condition":
        """Both conditions on one column as one."""
        if not self.levels:
            lows = [one.low for one in (self, other) if one.low is not None]
            highs = [one.high for one in (self, other) if one.high is not None]
            return replace(self, low=max(lows, default=None), high=min(highs, default=None))
        if self.excluded and other.excluded:
            return replace(self, levels=tuple(dict.fromkeys(self.levels + other.levels)))
        named, rest = (other, self) if self.excluded else (self, other)
        kept = tuple(level for level in named.levels if (level in rest.levels) != rest.excluded)
        return replace(named, levels=kept or named.levels)


def merged(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """One condition for each column, in the order in which the columns come first."""
    found: dict[str, Condition] = {}
    for condition in conditions:
        known = found.get(condition.column)
        found[condition.column] = known.and_also(condition) if known else condition
    return tuple(found.values())


def fulfil(conditions: Iterable[Condition], filled: pd.DataFrame) -> Mask:
    """Which rows fulfil all of the conditions."""
    fits = np.ones(len(filled), dtype=bool)
    for condition in conditions:
        fits &= condition.holds(filled)
    return fits


def usual_values(typed: pd.DataFrame) -> dict[str, Value]:
    """What stands for a gap in each column: the median, and of text that it is missing."""
    return {str(name): _usual(typed[name]) for name in typed.columns}


def filled(typed: pd.DataFrame, values: Mapping[str, Value]) -> pd.DataFrame:
    """These columns without gaps."""
    return typed[list(values)].fillna(dict(values))


def readable(low: float, high: float, near: float) -> float:
    """The roundest number above `low` and not above `high`: few digits, then multiples of 5 and 2; nearest to `near`.

    >>> readable(34918.0, 35122.0, 35010.5), readable(2.0, 3.0, 2.5), readable(0.081, 0.0846, 0.083)
    (35000.0, 3.0, 0.084)
    """
    exponent = math.ceil(math.log10(max(abs(low), abs(high), high - low)))
    for power in range(exponent, exponent - 12, -1):
        for step in _STEPS:
            number = _multiple(step, power, low, high, near)
            if number is not None:
                return number
    return high


def threshold_near(values: Sequence[float] | npt.NDArray[np.float64], border: float, leeway: int) -> float:
    """A readable number that parts sorted values like `border` (above it or not), but for `leeway` of them a side."""
    ordered = np.asarray(values, dtype=float)
    place = int(np.searchsorted(ordered, border, side="right"))
    low, high = ordered[max(place - 1 - leeway, 0)], ordered[min(place + leeway, len(ordered) - 1)]
    if not low < high:
        low, high = ordered[place - 1], ordered[place]
    return readable(float(low), float(high), border)


def _usual(values: pd.Series) -> Value:
    if not pd.api.types.is_numeric_dtype(values):
        return MISSING
    middle = float(values.median()) if values.notna().any() else 0.0
    return float(f"{middle:.6g}")


def _multiple(step: float, power: int, low: float, high: float, near: float) -> float | None:
    """A multiple of step * 10^power in the interval, the nearest; reckoned so that 0.3 is written 0.3."""
    size = step * 10.0**power
    times = round(near / size)
    for count in (times, times + 1, times - 1):
        number = float(f"{count * step:.12g}e{power}")
        if low < number <= high:
            return number
    return None
