"""Where numbers stand on an axis that a few huge ones cannot stretch."""

from dataclasses import dataclass

import numpy as np
from matplotlib.ticker import MaxNLocator

from segkit.plots.segments.words import amount, share

_CUT = (1, 99)  # percentiles
# An axis over all values is kept as long as it is not longer than so many times the usual part.
_STRETCHED = 1.5
# Above so many times the middle value the usual ones would crowd at the low end.
_SKEWED = 8.0
_STEPS_BEYOND = 100.0
_MOST_TICKS = 7
_NEAR_ZERO = 0.1


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high`; `unit` is 0, or where its steps become steps of ten times; `beyond` is the share
    of the values that lie outside.
    """

    low: float
    high: float
    unit: float = 0.0
    beyond: float = 0.0

    def places(self, values: np.ndarray) -> np.ndarray:
        """0 at the low end to 1 at the high one, where all that lies beyond stands too."""
        start, end = self._bent(np.array([self.low, self.high]))
        return np.clip((self._bent(np.asarray(values, dtype=float)) - start) / (end - start or 1.0), 0, 1)

    def ticks(self, most: int = _MOST_TICKS) -> dict[float, str]:
        """Places with what stands there, round numbers."""
        values = self._powers(most) if self.unit else self._round(most)
        inside = values[(values >= self.low) & (values <= self.high)]
        return {float(place): amount(value) for place, value in zip(self.places(inside), inside, strict=True)}

    @property
    def note(self) -> str:
        """What a reader must know of the axis."""
        said = ["each step is ten times the last"] if self.unit else []
        said += [f"{share(self.beyond)} beyond the ends stand at them"] if self.beyond else []
        return ", ".join(said)

    def _bent(self, values: np.ndarray) -> np.ndarray:
        return np.log1p(np.maximum(values, 0) / self.unit) if self.unit else values

    def _round(self, most: int) -> np.ndarray:
        return np.asarray(MaxNLocator(most - 1, steps=[1, 2, 5, 10]).tick_values(self.low, self.high))

    def _powers(self, most: int) -> np.ndarray:
        exponents = np.arange(round(np.log10(self.unit)), np.log10(self.high) + 1e-9)
        return np.array([0.0, *10.0 ** exponents[:: -(-len(exponents) // most) or 1]])


def scale_of(values: np.ndarray) -> Scale | None:
    """The axis for these values: from the 1st to the 99th percentile where a few lie far out; None without a value."""
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    if not len(known):
        return None
    low, high = _ends(known)
    unit = _unit(known, low, high)
    # Steps of ten times have room for those far out too, unless they are mistakes.
    high = max(high, float(known.max())) if unit and known.max() <= _STEPS_BEYOND * high else high
    beyond = float(np.mean((known < low) | (known > high)))
    return Scale(low, high, unit, beyond)


def _ends(known: np.ndarray) -> tuple[float, float]:
    least, most = float(known.min()), float(known.max())
    # Values that are there: between the last two lies much of the way to a mistake.
    low, high = np.percentile(known, _CUT[0], method="higher"), np.percentile(known, _CUT[1], method="lower")
    if least == most:
        return least - 0.5, least + 0.5
    if low == high or most - least <= _STRETCHED * (high - low):
        low, high = least, most
    # An axis that begins near zero begins at it.
    return 0.0 if 0 < low < _NEAR_ZERO * high else float(low), float(high)


def _unit(known: np.ndarray, low: float, high: float) -> float:
    """For amounts that are never negative and mostly small: the power of ten at which they begin."""
    some = known[known > 0]
    if low < 0 or not len(some) or high < _SKEWED * np.median(some) or high < _SKEWED * np.median(known):
        return 0.0
    return float(10 ** np.floor(np.log10(max(np.percentile(some, 10), high / 1e4))))
