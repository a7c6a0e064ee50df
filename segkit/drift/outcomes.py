"""What has become of each segment's customers, against what became of those of the fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data.numbers import as_text, finite
from segkit.profiles.intervals import adjusted, means_differ, of_mean, shares_differ, wilson
from segkit.scoring.baseline import OutcomeThen

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class OutcomeNow:
    """A rate or mean among a segment's customers, with its 95 % interval and what it was; `p` as in `Share`.

    `effect` is the change in rates as it is, in means in units of the standard deviation at fitting.
    """

    outcome: str
    level: str
    is_rate: bool
    segment: int
    customers: int
    value: float
    low: float
    high: float
    before: float
    effect: float
    p: float


def outcomes_now(
    before: Sequence[OutcomeThen], table: pd.DataFrame, segments: npt.NDArray[np.int64]
) -> list[OutcomeNow]:
    """Each outcome of the fit that the table holds too, by segment; empty where it holds none."""
    there = [then for then in before if then.outcome in table]
    numbers = {key: _numbers(table[key[0]], key[1]) for key in {(then.outcome, then.level) for then in there}}
    found = [_now(then, numbers[then.outcome, then.level][segments == then.segment]) for then in there]
    known = [one for one in found if one.customers]
    raised = adjusted([one.p for one in known])
    return [replace(one, p=float(p)) for one, p in zip(known, raised, strict=True)]


def _numbers(values: pd.Series, level: str) -> Floats:
    """The column as numbers, or 1 and 0 for who answered so and who otherwise."""
    if not level:
        return finite(values).to_numpy(dtype=float)
    return np.where(values.notna(), as_text(values) == level, np.nan).astype(float)


def _now(then: OutcomeThen, values: Floats) -> OutcomeNow:
    known = values[~np.isnan(values)]
    count, mean = len(known), float(known.mean()) if len(known) else np.nan
    variance = float(known.var(ddof=1)) if count > 1 else np.nan
    low, high = wilson(mean, count) if then.is_rate else of_mean(mean, variance, count)
    pair = ((mean, then.value), (variance, then.variance), (count, then.customers))
    p = shares_differ(pair[0], pair[2]) if then.is_rate else means_differ(*pair)
    change = mean - then.value
    spread = np.sqrt(then.variance) if then.variance > 0 else np.nan
    effect = change if then.is_rate else float(change / spread)
    ends = (mean, float(low), float(high), then.value)
    return OutcomeNow(then.outcome, then.level, then.is_rate, then.segment, count, *ends, effect, float(p))
