"""How customers were spread when a model was fitted: what later customers are held against, without a row of theirs.

Kept as text inside the model. Whatever is told is told of at least ten customers.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.profiles.groups import groups_of
from segkit.profiles.outcomes import parts_of

# Of fewer customers nothing is kept.
FEWEST = 10
_MOST_KNOTS = 101
# More customers than this say hardly more of how a column is spread, and take long to sort.
_MOST_ROWS = 50_000
_DIGITS = 6
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Numbers:
    """A column of numbers: how many customers have one, and which share of them lies at or below each of the knots."""

    customers: int
    missing: float
    knots: Sequence[float]
    upto: Sequence[float]


@dataclass(frozen=True)
class Levels:
    """A column of categories: the share of each level among the customers who have one; rare levels count together."""

    customers: int
    missing: float
    shares: Mapping[str, float]
    others: float


@dataclass(frozen=True)
class OutcomeThen:
    """What became of a segment's customers: `value` is a rate (of those who answered `level`), or a mean."""

    outcome: str
    level: str
    is_rate: bool
    segment: int
    customers: float
    value: float
    variance: float


@dataclass(frozen=True)
class Baseline:
    """Customers at fitting, in the segments' fitted numbers: columns as they were segmented on, shares, outcomes.

    `unsure` is the share who got their segment with little confidence; `stability` how far halves of the customers
    led to the same segments, missing where that was not measured.
    """

    customers: int
    numbers: Mapping[str, Numbers] = field(default_factory=dict)
    levels: Mapping[str, Levels] = field(default_factory=dict)
    segments: Mapping[int, float] = field(default_factory=dict)
    unsure: float = float("nan")
    stability: float = float("nan")
    outcomes: Sequence[OutcomeThen] = ()


def baseline_of(
    typed: pd.DataFrame,
    segments: npt.NDArray[np.int64],
    targets: pd.DataFrame,
    unsure: float = float("nan"),
    stability: float = float("nan"),
) -> Baseline:
    """The baseline of customers with these typed columns, segments and outcomes (see `segkit.evidence.targets_of`).

    >>> table = pd.DataFrame({"age": range(100), "land": ["AT"] * 95 + ["CH"] * 5})
    >>> found = baseline_of(table, np.repeat([0, 1], 50), pd.DataFrame(index=table.index))
    >>> found.segments, dict(found.levels["land"].shares), len(found.numbers["age"].knots)
    ({0: 0.5, 1: 0.5}, {'AT': 0.95}, 9)
    """
    told, counts = np.unique(segments, return_counts=True)
    shares = {int(one): _short(count / len(segments)) for one, count in zip(told, counts, strict=True)}
    rows = slice(None) if len(typed) <= _MOST_ROWS else _sample(len(typed))
    columns = {str(name): values.iloc[rows] for name, values in typed.items()}
    numeric = {name: values for name, values in columns.items() if pd.api.types.is_numeric_dtype(values)}
    return Baseline(
        len(segments),
        {name: _numbers(values.to_numpy(dtype=float, na_value=np.nan)) for name, values in numeric.items()},
        {name: _levels(values) for name, values in columns.items() if name not in numeric},
        shares,
        unsure,
        stability,
        _outcomes(targets, segments),
    )


def _sample(rows: int) -> npt.NDArray[np.int64]:
    return np.random.default_rng(0).choice(rows, _MOST_ROWS, replace=False)


def _numbers(values: Floats) -> Numbers:
    known = np.sort(values[~np.isnan(values)])
    count = len(known)
    knots = _knots(known)
    below = np.searchsorted(known, knots, side="right")
    kept = _apart(below, count)
    missing = _short(1 - count / max(len(values), 1))
    upto = [_short(share) for share in below[kept] / max(count, 1)]
    return Numbers(count, missing, knots[kept].tolist(), upto)


def _knots(known: Floats) -> Floats:
    """Quantiles, each as the mean of ten neighbours, so that none is one customer's value unless ten have it."""
    count, half = len(known), FEWEST // 2
    places = np.linspace(0, count, min(_MOST_KNOTS, max(count // FEWEST - 1, 0)) + 2)[1:-1].round().astype(int)
    if not len(places):
        return np.zeros(0)
    low, high = known[places - half], known[places + half - 1]
    sums = np.concatenate([[0.0], np.cumsum(known - known.mean())])
    means = (sums[places + half] - sums[places - half]) / FEWEST + known.mean()
    return np.unique([_short(mean) for mean in np.where(low == high, low, means)])


def _apart(below: npt.NDArray[np.int64], count: int) -> list[int]:
    """Which knots to keep so that ten customers lie between two, and beyond the first and the last."""
    kept, last = [], 0
    for place, so_far in enumerate(below.tolist()):
        if so_far - last >= FEWEST and (count - so_far >= FEWEST or so_far == count):
            kept.append(place)
            last = so_far
    return kept


def _levels(values: pd.Series) -> Levels:
    counts = values.value_counts()
    known, common = int(counts.sum()), counts[counts >= FEWEST]
    shares = {str(level): _short(count / known) for level, count in common.items()}
    others = _short(1 - common.sum() / known) if known else 0.0
    return Levels(known, _short(1 - known / max(len(values), 1)), shares, others)


def _outcomes(targets: pd.DataFrame, segments: npt.NDArray[np.int64]) -> list[OutcomeThen]:
    parts = [part for name in targets.columns for part in parts_of(targets[name])]
    if not parts:
        return []
    found = groups_of(pd.DataFrame(np.column_stack([part.numbers for part in parts])), segments)
    inside = found.inside
    return [
        OutcomeThen(part.outcome, part.level, part.is_rate, int(segment), *_moments(inside, row, column))
        for row, segment in enumerate(found.segments)
        for column, part in enumerate(parts)
        if inside.count[row, column] >= FEWEST
    ]


def _moments(inside: Any, row: int, column: int) -> tuple[float, float, float]:
    return tuple(_short(part[row, column]) for part in (inside.count, inside.mean, inside.variance))  # type: ignore[return-value]


def _short(value: float) -> float:
    """Six digits: all that is compared is rounded alike."""
    return float(f"{value:.{_DIGITS}g}")


def as_text(baseline: Baseline) -> str:
    """The baseline as the model's file holds it."""
    return json.dumps(asdict(baseline), separators=(",", ":"))


def from_text(text: str) -> Baseline:
    """The baseline that `as_text` wrote."""
    content = json.loads(text)
    return Baseline(
        content["customers"],
        {name: Numbers(**said) for name, said in content["numbers"].items()},
        {name: Levels(**said) for name, said in content["levels"].items()},
        {int(segment): share for segment, share in content["segments"].items()},
        content["unsure"],
        content["stability"],
        [OutcomeThen(**said) for said in content["outcomes"]],
    )
