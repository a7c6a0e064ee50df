"""What became of the customers of each segment: shares who answered or left, with what chance allows."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.segments.layout import Columns, Head, bands, columns_panel, notes, strokes
from segkit.plots.segments.words import name_of, readable, segments_of, share
from segkit.plots.style import INK, QUIET, caption, colour

_WIDE, _APART, _HIGH = 1.35, 0.6, 0.34  # inches
_MOST = 6
_Z = 1.96  # 19 of 20 such intervals hold the true share


def outcome_rates(outcomes: pd.DataFrame, labels: np.ndarray) -> pd.DataFrame:
    """Per outcome and segment the share of customers, with Wilson's interval, and everyone's share.

    An outcome is a column of 0 and 1, or an answer of a column of words ("result=failure"): of two answers the rarer.
    Columns outcome, segment, rate, low, high, everyone; customers whose outcome is unknown are left out, segments in
    which none is known have no rate. Other numbers have no share: they are left out.
    """
    rows = [
        (name, segment, *_interval(values[labels == segment]), float(np.nanmean(values)))
        for column in outcomes
        for name, values in _flags(outcomes[column]).items()
        for segment in segments_of(labels)
    ]
    return pd.DataFrame(rows, columns=["outcome", "segment", "rate", "low", "high", "everyone"])


def _flags(outcome: pd.Series) -> dict[str, np.ndarray]:
    """The outcome as columns of 0, 1 and unknown."""
    known = outcome.notna().to_numpy()
    if pd.api.types.is_numeric_dtype(outcome):
        values = outcome.to_numpy(dtype=float, na_value=np.nan)
        return {str(outcome.name): values} if known.any() and np.isin(values[known], (0, 1)).all() else {}
    levels = outcome.value_counts().index.tolist()
    told = levels[1:] if len(levels) == 2 else levels
    return {f"{outcome.name}={level}": np.where(known, outcome.eq(level), np.nan) for level in told}


def _interval(values: np.ndarray) -> tuple[float, float, float]:
    known = values[np.isfinite(values)]
    count = len(known)
    if not count:
        return np.nan, np.nan, np.nan
    rate, part = float(known.mean()), _Z**2 / count
    middle = (rate + part / 2) / (1 + part)
    half = _Z / (1 + part) * np.sqrt(rate * (1 - rate) / count + part / (4 * count))
    return rate, max(0.0, middle - half), min(1.0, middle + half)


def rate_dots(rates: pd.DataFrame, names: Mapping[int, str]) -> Figure | None:
    """A column per outcome, a row per segment: its share as a dot, what chance allows as a line, everyone's upright.

    `rates` is what `outcome_rates` gives; of more than six outcomes the first are shown. None of an empty table.
    """
    if rates.empty:
        return None
    outcomes = list(dict.fromkeys(rates["outcome"]))[:_MOST]
    segments = segments_of(rates["segment"].to_numpy())
    heads = [Head(readable(outcome), QUIET) for outcome in outcomes]
    columns = columns_panel([name_of(segment, names) for segment in segments], heads, _WIDE, _HIGH, _APART, right=0.6)
    bands(columns, len(segments))
    for start, outcome in zip(columns.starts, outcomes, strict=True):
        _draw(columns, start, rates[rates["outcome"] == outcome].set_index("segment").loc[segments])
    caption(columns.axes, "What became of them: share of each segment")
    notes(columns.axes, ["Line: what chance allows (19 times of 20).", "Dashed: everyone."])
    return columns.figure


def _draw(columns: Columns, start: float, rates: pd.DataFrame) -> None:
    """Each outcome from 0 to its own highest end: a rare answer would be lost on a scale to 100 %."""
    axes, step = columns.axes, columns.wide / max(float(rates["high"].max()), 0.01)
    rows = np.arange(len(rates))
    inks = [colour(int(segment)) for segment in rates.index]
    known = rates["rate"].notna().to_numpy()
    low, high = (np.column_stack([start + rates[end] * step, rows])[known] for end in ("low", "high"))
    strokes(axes, low, high, [ink for ink, there in zip(inks, known, strict=True) if there], 2.2)
    axes.scatter(start + rates["rate"] * step, rows, s=38, c=inks, zorder=4, linewidths=0, clip_on=False)
    usual = start + float(rates["everyone"].iloc[0]) * step
    axes.plot([usual, usual], [-0.5, len(rates) - 0.5], color=INK, linestyle="--", linewidth=0.9, zorder=1)
    axes.text(usual, len(rates) - 0.42, share(rates["everyone"].iloc[0]), ha="center", va="top", fontsize=7, color=INK)
    for row, rate in enumerate(rates["rate"]):
        words = share(rate) if known[row] else "?"
        axes.text(start + columns.wide + 0.1, row, words, va="center", fontsize=8, color=INK)
