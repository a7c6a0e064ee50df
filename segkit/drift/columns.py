"""Column by column, how far customers lie from those of the fit: PSI and KS, each against what chance alone does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import nan

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import chdtrc, kolmogorov

from segkit.profiles.intervals import adjusted
from segkit.scoring.baseline import FEWEST, Baseline, Levels, Numbers

Floats = npt.NDArray[np.float64]

_MOST_BINS = 10
# A bin that fewer customers fall in says more of chance than of the column.
_IN_A_BIN = 10
_HALF = 0.5


@dataclass(frozen=True)
class Shift:
    """How far one column lies from what it was.

    `psi` is the population stability index, `noise` what chance alone would make of it on average, and `p` how often
    chance makes as much, raised for the number of columns. `ks` is the largest distance between the two distributions
    of numbers, NaN of categories. `new_levels` are levels that hardly anybody had, with their shares. `aged` says that
    the column is one of dates, and has moved by no more than the days that have passed.
    """

    name: str
    psi: float
    noise: float
    p: float
    ks: float = nan
    ks_p: float = nan
    missing: float = 0.0
    missing_before: float = 0.0
    new_levels: Mapping[str, float] = field(default_factory=dict)
    aged: bool = False


def column_shifts(baseline: Baseline, typed: pd.DataFrame, dates: Sequence[str] = (), days: int = 0) -> list[Shift]:
    """The shift of each column of the baseline, the largest first.

    `typed` holds the customers under the baseline's names; `dates` are the columns that count days before today, and
    `days` how many have passed since the fit.
    """
    numbers = [
        _number_shift(name, then, typed[name], days if name in dates else 0) for name, then in baseline.numbers.items()
    ]
    levels = [_level_shift(name, then, typed[name]) for name, then in baseline.levels.items()]
    found = [*numbers, *levels]
    raised = adjusted([one.p for one in found])
    known = [replace(one, p=float(p)) for one, p in zip(found, raised, strict=True)]
    return sorted(known, key=lambda shift: -shift.psi)


def _number_shift(name: str, then: Numbers, values: pd.Series, days: int) -> Shift:
    raw = values.to_numpy(dtype=float, na_value=np.nan)
    shift = _of_numbers(name, then, raw)
    if not days:
        return shift
    as_then = _of_numbers(name, then, raw - days)
    return replace(shift, aged=as_then.psi < shift.psi and as_then.p > shift.p)


def _of_numbers(name: str, then: Numbers, raw: Floats) -> Shift:
    known = np.sort(raw[~np.isnan(raw)])
    knots, upto = np.asarray(then.knots), np.asarray(then.upto)
    now = np.searchsorted(known, knots, side="right") / max(len(known), 1)
    cuts = _cuts(upto, min(then.customers, len(known)))
    bins = [np.diff([0.0, *part[cuts], 1.0]) * count for part, count in ((upto, then.customers), (now, len(known)))]
    missing = 1 - len(known) / max(len(raw), 1)
    index = _index(bins[0], bins[1], then, missing, len(raw))
    both = then.customers * len(known) / max(then.customers + len(known), 1)
    ks = float(np.abs(now - upto).max()) if len(knots) and len(known) else nan
    ks_p = float(kolmogorov(ks * np.sqrt(both)))
    return Shift(name, *index, ks, ks_p, missing, then.missing)


def _cuts(upto: Floats, customers: int) -> npt.NDArray[np.int64]:
    """The knots that lie nearest to tenths of the customers, or to larger parts of few."""
    bins = max(2, min(_MOST_BINS, customers // (2 * _IN_A_BIN)))
    if not len(upto):
        return np.zeros(0, dtype=np.int64)
    wanted = np.arange(1, bins) / bins
    return np.unique(np.abs(upto[:, None] - wanted).argmin(axis=0))


def _level_shift(name: str, then: Levels, values: pd.Series) -> Shift:
    known = values.dropna().astype(str)
    counts = known.value_counts()
    common = [level for level, share in then.shares.items() if share * min(then.customers, len(known)) >= _IN_A_BIN / 2]
    before = np.array([then.shares[level] for level in common] + [1 - sum(then.shares[level] for level in common)])
    now = np.array([counts.get(level, 0) for level in common] + [counts.drop(common, errors="ignore").sum()])
    missing = 1 - len(known) / max(len(values), 1)
    index = _index(before * then.customers, now, then, missing, len(values))
    risen = {str(level): count / len(known) for level, count in counts.items() if count >= FEWEST}
    new = {level: share for level, share in risen.items() if level not in then.shares and share > 2 * then.others}
    return Shift(name, *index, missing=missing, missing_before=then.missing, new_levels=new)


def _index(
    before: Floats, now: Floats, then: Numbers | Levels, missing: float, rows: int
) -> tuple[float, float, float]:
    """PSI over bins, with who has no value as one more; what chance makes of it; how often it makes as much.

    Without drift PSI is about as many times 1/n + 1/m as there are bins, less one. How often is answered by the
    chi-square test of the same bins, which keeps better to what it says where they are small.
    """
    everyone = then.customers / max(1 - then.missing, 1e-9)
    if missing or then.missing:
        before, now = np.append(before, then.missing * everyone), np.append(now, missing * rows)
    kept = (before > 0) | (now > 0)
    freedom, was, is_now = int(kept.sum()) - 1, before[kept], now[kept]
    if freedom < 1 or not (was.sum() and is_now.sum()):
        return 0.0, 0.0, nan
    noise = freedom * (1 / was.sum() + 1 / is_now.sum())
    ratio = np.sqrt(is_now.sum() / was.sum())
    square = ((was * ratio - is_now / ratio) ** 2 / (was + is_now)).sum()
    return population_stability(was, is_now), float(noise), float(chdtrc(freedom, square))


def population_stability(before: Floats, now: Floats) -> float:
    """PSI of two counts over the same bins; half a customer more in each, lest an empty one make it endless.

    >>> round(population_stability(np.array([100.0, 100.0]), np.array([50.0, 150.0])), 2)
    0.27
    """
    was, is_now = (counts + _HALF for counts in (before, now))
    was, is_now = was / was.sum(), is_now / is_now.sum()
    return float(((is_now - was) * np.log(is_now / was)).sum())
