"""What each segment is like, column by column, in raw units and against everyone."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data import Dataset
from segkit.data.findings import totals
from segkit.evidence.reading import made_of, read_columns
from segkit.profiles.groups import Groups, groups_of
from segkit.profiles.intervals import adjusted, share_effect
from segkit.profiles.traits import common_levels, is_flag

Floats = npt.NDArray[np.float64]

NUMBER, FLAG, LEVEL = "number", "flag", "level"
_DESCRIBED = ("segment_on", "describe_with", "outcome", "value", "sensitive", "existing")


@dataclass(frozen=True)
class _Part:
    """A column of numbers, or one level of a category as 0 and 1."""

    column: str
    level: str
    kind: str
    numbers: Floats


def described(dataset: Dataset) -> tuple[pd.DataFrame, frozenset[str]]:
    """All columns that say who customers are, in raw units, and which of them the segments knew: those that were
    fitted, and those made of the same columns or their sum. Both go into `column_profiles`.

    A date is a number of days, and called after that: `days_since_signed_up`.
    """
    wanted = [column for column in dataset.columns if column.use in _DESCRIBED]
    fitted = made_of(dataset, [column.name for column in dataset.feature_columns])
    typed = read_columns(dataset, [column.name for column in wanted])
    called = {column.name: f"days_since_{column.name}" for column in wanted if column.kind == "date"}
    knew = [column.name for column in wanted if made_of(dataset, [column.name]) & fitted]
    knew += [name for name, parts in totals(typed.select_dtypes("number")).items() if set(parts) <= fitted]
    return typed.rename(columns=called), frozenset(called.get(name, name) for name in knew)


def column_profiles(
    typed: pd.DataFrame, labels: np.ndarray, fitted_columns: Collection[str], weights: pd.Series | None = None
) -> pd.DataFrame:
    """One row per segment and column, of categories per level that enough have, in the order of the table.

    `kind` is number, flag (0 or 1) or level. `typical` is the median, of flags and levels the share of those known;
    `mean` beside it, `everyone` and `everyone_mean` the same of all customers, the unassigned among them. `effect` is
    how far the segment lies from everyone: standard deviations between means; of shares Cohen's h, which compares with
    that. `missing` is the share without a value. `p` (Welch, or chi-square with Yates' correction; against all others,
    raised for the number of tests by Benjamini and Hochberg) is there only for columns that are not in
    `fitted_columns`: in those segments differ because they were made to. Unassigned customers have no rows.
    """
    parts = [part for name in typed.columns for part in _parts(typed[name])]
    if not parts:
        return pd.DataFrame(columns=_COLUMNS)
    values = pd.DataFrame(np.column_stack([part.numbers for part in parts]))
    weights = None if weights is None else weights.reset_index(drop=True)
    found = groups_of(values, labels, weights)
    shares = np.array([part.kind != NUMBER for part in parts])
    p = np.where([part.column in fitted_columns for part in parts], np.nan, found.differ(shares))
    typical, everyone = _typical(values, labels, weights, found, shares)
    rows = {
        "typical": typical,
        "mean": found.inside.mean,
        "everyone": np.broadcast_to(everyone, typical.shape),
        "everyone_mean": np.broadcast_to(found.everyone.mean, typical.shape),
        "effect": _effect(found, shares),
        "missing": 1 - found.known,
        "p": adjusted(p.ravel()).reshape(p.shape),
    }
    return _long(found.segments, parts, rows)


_COLUMNS = (
    *("segment", "column", "level", "kind", "typical", "mean", "everyone", "everyone_mean", "effect"),
    *("missing", "p"),
)


def _parts(values: pd.Series) -> list[_Part]:
    name = str(values.name)
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        kind = FLAG if is_flag(values) else NUMBER
        return [_Part(name, "", kind, values.to_numpy(dtype=float, na_value=np.nan))]
    known = values.notna().to_numpy()
    levels = common_levels(values).items()
    return [_Part(name, level, LEVEL, np.where(known, has, np.nan)) for level, has in levels]


def _typical(
    values: pd.DataFrame, labels: np.ndarray, weights: pd.Series | None, found: Groups, shares: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Medians of the numbers and shares of the rest, of each segment and of everyone."""
    weight = np.ones(len(labels)) if weights is None else weights.to_numpy(dtype=float)
    masks = [*(labels == segment for segment in found.segments), np.ones(len(labels), dtype=bool)]
    typical = np.vstack([found.inside.mean, found.everyone.mean])
    numbers = values.to_numpy()
    for column in np.flatnonzero(~shares):
        typical[:, column] = [_median(numbers[mask, column], weight[mask]) for mask in masks]
    return typical[:-1], typical[-1]


def _median(values: Floats, weights: Floats) -> float:
    """The value of which half of the customers are below; missing where nobody has one."""
    known = ~np.isnan(values) & (weights > 0)
    values, weights = values[known], weights[known]
    if not values.size:
        return float("nan")
    order = np.argsort(values, kind="stable")
    values, reached = values[order], np.cumsum(weights[order])
    half = reached[-1] / 2
    low = np.searchsorted(reached, half, side="left")
    high = min(int(np.searchsorted(reached, half, side="right")), len(values) - 1)
    return float(values[low] + values[high]) / 2


def _effect(found: Groups, shares: npt.NDArray[np.bool_]) -> Floats:
    return np.where(shares, share_effect(found.inside.mean, found.everyone.mean), found.far)


def _long(segments: npt.NDArray[np.int64], parts: list[_Part], rows: dict[str, Floats]) -> pd.DataFrame:
    said = {name: [getattr(part, name) for part in parts] * len(segments) for name in ("column", "level", "kind")}
    return pd.DataFrame(
        {"segment": np.repeat(segments, len(parts)), **said, **{name: part.ravel() for name, part in rows.items()}}
    )[list(_COLUMNS)]
