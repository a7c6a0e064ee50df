"""What became of the customers of each segment: rates and means with intervals, and how sure it is that they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.profiles.groups import Groups, groups_of
from segkit.profiles.intervals import adjusted, how_sure, of_mean, share_effect, wilson
from segkit.profiles.traits import common_levels, is_flag
from segkit.profiles.words import word_map

Floats = npt.NDArray[np.float64]

_COLUMNS = (
    *("segment", "outcome", "level", "kind", "customers", "value", "low", "high"),
    *("everyone", "effect", "p", "sure"),
)


@dataclass(frozen=True)
class Part:
    """One outcome, or one level of it, as numbers: 1 and 0 where it is a rate; NaN is no answer."""

    outcome: str
    level: str
    is_rate: bool
    numbers: Floats


def outcomes(targets: pd.DataFrame, labels: np.ndarray, weights: pd.Series | None = None) -> pd.DataFrame:
    """One row per segment and outcome, of an answer of several levels per level that enough gave.

    `targets` is what `targets_of` gives: columns that no segment knew. `kind` is rate (of customers who answered so, by
    Wilson's 95 % interval from `low` to `high`) or mean (by Student's); `value` is either. `customers` have an answer.
    `everyone` is the value of all customers, `effect` how far the segment lies from it (standard deviations, or Cohen's
    h), `p` that of a test against all other customers, raised for the number of tests, and `sure` says both in words:
    "higher, quite sure". Of yes and no only yes has rows. Unassigned customers have none.

    >>> found = outcomes(pd.DataFrame({"churned": [0.0] * 40 + [1.0] * 40}), np.repeat([0, 1], 40))
    >>> found[["segment", "value", "sure"]].to_numpy().tolist()
    [[0, 0.0, 'lower, quite sure'], [1, 1.0, 'higher, quite sure']]
    """
    parts = [part for name in targets.columns for part in parts_of(targets[name])]
    if not parts:
        return pd.DataFrame(columns=_COLUMNS)
    values = pd.DataFrame(np.column_stack([part.numbers for part in parts]))
    rates = np.array([part.is_rate for part in parts])
    found = groups_of(values, labels, None if weights is None else weights.reset_index(drop=True))
    p = found.differ(rates)
    return _long(parts, found, rates, adjusted(p.ravel()).reshape(p.shape))


def _long(parts: Sequence[Part], found: Groups, rates: npt.NDArray[np.bool_], p: Floats) -> pd.DataFrame:
    inside, everyone = found.inside, found.everyone
    ends = zip(wilson(inside.mean, inside.count), of_mean(inside.mean, inside.variance, inside.count), strict=True)
    low, high = (np.where(rates, of_rates, of_means) for of_rates, of_means in ends)
    effect = np.where(rates, share_effect(inside.mean, everyone.mean), found.far)
    times = len(found.segments)
    columns: dict[str, Any] = {
        "segment": np.repeat(found.segments, len(parts)),
        "outcome": [part.outcome for part in parts] * times,
        "level": [part.level for part in parts] * times,
        "kind": ["rate" if part.is_rate else "mean" for part in parts] * times,
        "customers": inside.count.round().astype(np.int64).ravel(),
        "value": inside.mean.ravel(),
        "low": low.ravel(),
        "high": high.ravel(),
        "everyone": np.broadcast_to(everyone.mean, p.shape).ravel(),
        "effect": effect.ravel(),
        "p": p.ravel(),
    }
    sure = [how_sure(*pair) for pair in zip(columns["effect"], columns["p"], strict=True)]
    return pd.DataFrame(columns).assign(sure=sure)


def parts_of(values: pd.Series) -> list[Part]:
    """What is told of an outcome: the column itself, its yes, or each of its common levels."""
    name = str(values.name)
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return [Part(name, "", is_flag(values), values.to_numpy(dtype=float, na_value=np.nan))]
    known = values.notna().to_numpy()
    levels = {level: np.where(known, has, np.nan) for level, has in common_levels(values).items()}
    said = word_map()["levels"]
    yes = [level for level in levels if level.strip().lower() in said["yes"]]
    no = [level for level in levels if level.strip().lower() in said["no"]]
    told = yes if len(levels) == 2 and len(yes) == len(no) == 1 else list(levels)
    return [Part(name, level, True, levels[level]) for level in told]
