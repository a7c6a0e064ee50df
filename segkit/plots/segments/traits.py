"""Columns as rows of a picture: which to show, in what order, where a value stands on its column's own scale."""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import pandas as pd

from segkit.profiles import effects

# From so many standard deviations on a difference marks a segment.
MARKS = 0.5
_ENDS = (0.05, 0.95)


def side_by_side(table: pd.DataFrame) -> list[Hashable]:
    """The rows of a table in an order in which those alike are neighbours."""
    from scipy.cluster.hierarchy import leaves_list, linkage  # late: few pictures need it

    known = table.fillna(0.0).to_numpy(dtype=float)
    if len(known) < 3:
        return list(table.index)
    order = leaves_list(linkage(known, "average", optimal_ordering=True))
    return [table.index[place] for place in order]


def strongest(deviations: pd.DataFrame, most: int) -> pd.DataFrame:
    """Segments x columns, the columns in which some segment differs most, those alike side by side."""
    kept = deviations[deviations.abs().max().nlargest(most).index]
    return kept[side_by_side(kept.T)]


def marker_columns(deviations: pd.DataFrame) -> dict[int, list[str]]:
    """Per segment the columns in which it differs from everyone by more than half a standard deviation."""
    return {
        int(segment): [str(name) for name, value in row.items() if abs(value) >= MARKS]
        for segment, row in zip(deviations.index, deviations.to_dict(orient="records"), strict=True)
    }


def deviations_of(traits: pd.DataFrame, labels: np.ndarray) -> pd.DataFrame:
    """How far each segment's mean lies from everyone's, in standard deviations; all are 0 where nobody differs."""
    return effects(traits, labels).fillna(0.0)


def are_shares(traits: pd.DataFrame) -> pd.Series:
    """Whether a column holds nothing but 0 and 1, so that its mean is a share."""
    return (traits.isin([0.0, 1.0]) | traits.isna()).all()


def own_scales(traits: pd.DataFrame, means: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Where each column's scale starts and ends: at what 5 % lie below and above; shares 0 to 1.

    Where nearly all are the same, at the lowest and the highest mean.
    """
    low, high = (traits.quantile(end) for end in _ENDS)
    shares, same = are_shares(traits), high <= low
    low, high = low.where(~same, means.min()), high.where(~same, means.max())
    return low.where(~shares, 0.0), high.where(~shares, 1.0)


def is_marker(markers: Mapping[int, Sequence[str]], segment: int, names: Sequence[Hashable]) -> np.ndarray:
    """Which of the columns mark the segment."""
    marked = set(markers.get(segment, ()))
    return np.array([str(name) in marked for name in names], dtype=bool)
