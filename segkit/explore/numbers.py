"""How the values of a column of numbers or days are spread: its bars, its middle, its ends, and what lies far out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.explore.values import Values
from segkit.explore.words import figure, short_share

Floats = npt.NDArray[np.float64]

_BARS = 24
_HUGE = 1e300
# Tukey's fences: what lies further from the middle half than 1.5 times its width is far out, and 3 times is very far.
_FENCE, _FAR_FENCE = 1.5, 3.0
_MOST_NAMED = 3
# In a count of up to three children no value is far out.
_FEWEST_VALUES = 10


@dataclass(frozen=True)
class Bars:
    """A small histogram: heights from 0 to 1, which of the bars hold all that lies beyond, and what it says."""

    heights: tuple[float, ...]
    beyond: frozenset[int]
    alt: str


@dataclass(frozen=True)
class NumberSummary:
    """One column of numbers in words; `far_out` is what lies beyond the fences, "" if nothing does."""

    name: str
    bars: Bars
    least: str
    median: str
    most: str
    zeros: str
    skew: str
    far_out: str


@dataclass(frozen=True)
class DaySummary:
    """One column of dates in words."""

    name: str
    bars: Bars
    first: str
    median: str
    last: str


def number_summaries(values: Values) -> list[NumberSummary]:
    """One summary per column of numbers that has any; of a private column no single value is named."""
    known = {str(name): column.dropna() for name, column in values.numbers.items()}
    return [_summary(name, column, name not in values.private) for name, column in known.items() if len(column)]


def day_summaries(values: Values) -> list[DaySummary]:
    """One summary per column of dates that has any."""
    known = {str(name): column.dropna() for name, column in values.dates.items()}
    return [_days(name, column) for name, column in known.items() if len(column)]


def _summary(name: str, known: pd.Series, named: bool) -> NumberSummary:
    array = known.to_numpy(dtype=float)
    least, low, median, high, most = np.quantile(array, [0, 0.25, 0.5, 0.75, 1])
    told = f"{name}: half of the values lie between {figure(low)} and {figure(high)}"
    return NumberSummary(
        name=name,
        bars=bars(array, told),
        least=figure(least) if named else "",
        median=figure(median),
        most=figure(most) if named else "",
        zeros=short_share(float((array == 0).mean())) if (array == 0).any() else "",
        skew=_skew(array),
        far_out="; ".join(_far_out(known, low, high, named)),
    )


def _skew(array: Floats) -> str:
    found = float(np.mean(((array - array.mean()) / array.std()) ** 3))
    return f"{found:+z.1f}".replace("+0.0", "0.0") if np.isfinite(found) else ""


def _days(name: str, known: pd.Series) -> DaySummary:
    days = np.sort(known.to_numpy().astype("datetime64[D]"))
    first, median, last = (str(days[place]) for place in (0, len(days) // 2, -1))
    told = f"{name}: from {first} to {last}, half of them before {median}"
    return DaySummary(name, bars(days.astype(float), told), first, median, last)


def _far_out(known: pd.Series, low: float, high: float, named: bool) -> Iterator[str]:
    """How many values lie beyond each fence, and the most extreme of them."""
    width = high - low
    if not width or known.nunique() < _FEWEST_VALUES:
        return
    sides = (
        ("below", low - _FENCE * width, known[known < low - _FENCE * width], True),
        ("above", high + _FENCE * width, known[known > high + _FENCE * width], False),
    )
    for word, fence, beyond, rising in sides:
        if len(beyond):
            text = f"{len(beyond):,} ({short_share(len(beyond), len(known))}) {word} {figure(fence)}"
            yield f"{text}: {_extremes(beyond, rising)}" if named else text


def _extremes(beyond: pd.Series, rising: bool) -> str:
    """The most extreme values, each once as it reads, and whether there are more."""
    times = Counter(map(figure, beyond.sort_values(ascending=rising)))
    told = [f"{value} ({times[value]:,}x)" if times[value] > 1 else value for value in list(times)[:_MOST_NAMED]]
    return " · ".join([*told, "…"] if len(times) > _MOST_NAMED else told)


def bars(array: Floats, alt: str) -> Bars:
    """A histogram of known values; few whole numbers have a bar each. A few far values would leave the rest one bar, so
    they are gathered in the outer ones.
    """
    if not len(array):
        return Bars((), frozenset(), alt)
    # The distance between two numbers has to be a number, too.
    array = array * min(1.0, _HUGE / max(abs(array.min()), abs(array.max()), 1.0))
    start, end = _shown_range(array)
    edges = _edges(array, start, end)
    heights = np.histogram(np.clip(array, edges[0], edges[-1]), edges)[0].astype(float)
    beyond = {0} if array.min() < start else set()
    beyond |= {len(heights) - 1} if array.max() > end else set()
    return Bars(tuple(heights / max(heights.max(), 1)), frozenset(beyond), alt)


def _shown_range(array: Floats) -> tuple[float, float]:
    least, low, high, most = np.quantile(array, [0, 0.25, 0.75, 1])
    width = high - low or np.quantile(array, 0.98) - np.quantile(array, 0.02)
    if not width:
        return float(least), float(most)
    return float(max(least, low - _FAR_FENCE * width)), float(min(most, high + _FAR_FENCE * width))


def _edges(array: Floats, start: float, end: float) -> Floats:
    if end - start < _BARS and (array == np.round(array)).all():
        return np.arange(np.floor(start), np.ceil(end) + 2) - 0.5
    # Between two numbers that are next to each other there is no room for bars.
    if end - start <= _BARS * 4 * np.spacing(max(abs(start), abs(end), 1e-300)):
        return np.array([start - 0.5, start + 0.5]) if start == end else np.array([start, end])
    return np.linspace(start, end, _BARS + 1)
