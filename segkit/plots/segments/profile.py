"""The segment profile plot: every segment's mean in every column against everyone's, what marks it stressed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.segments.layout import Columns, Head, bands, boxes, columns_panel, notes, pale, strokes
from segkit.plots.segments.traits import are_shares, deviations_of, is_marker, marker_columns, own_scales, strongest
from segkit.plots.segments.words import amount, name_of, readable, segments_of, share, shortened
from segkit.plots.style import INK, caption, colour
from segkit.profiles import trait_table
from segkit.segments import NOISE

_WIDE, _APART, _HIGH = 1.05, 0.5, 0.19  # inches
_BAR = 0.62  # of a row
_LONGEST_ROW = 28
_NOTE = (
    "Bar: the segment's mean. Black tick, and in brackets: everyone's. Full colour: what marks the segment.",
    "Rows run from where 5% of customers lie below to where 5% lie above, and bars end there; shares from 0 to 100%.",
)


def profile_plot(
    typed: pd.DataFrame,
    labels: np.ndarray,
    names: Mapping[int, str],
    markers: Mapping[int, Sequence[str]] | None = None,
    most: int = 40,
) -> Figure | None:
    """A column of bars per segment, a row per number and per level of a category ("education=PhD").

    `markers` name the rows that mark each segment; without it those that differ from everyone by half a standard
    deviation. Of more than `most` rows the ones that differ most are shown. None where nothing is known.
    """
    traits = trait_table(typed).replace([np.inf, -np.inf], np.nan)
    deviations = deviations_of(traits, labels)
    if deviations.empty:
        return None
    table = _placed(traits[list(strongest(deviations, most))], labels)
    segments = [segment for segment in segments_of(labels) if segment != NOISE]
    columns = columns_panel(table.rows, _heads(labels, segments, names), _WIDE, _HIGH, _APART, right=0.65)
    bands(columns, len(table.rows))
    marked = marker_columns(deviations) if markers is None else markers
    for start, segment in zip(columns.starts, segments, strict=True):
        _draw(columns, start, segment, table, is_marker(marked, segment, list(table.means.columns)))
    caption(columns.axes, "What each segment is like, and what marks it")
    notes(columns.axes, _NOTE)
    return columns.figure


@dataclass(frozen=True)
class _Table:
    """Means and where they stand on their column's scale, of each segment and of everyone."""

    rows: list[str]
    means: pd.DataFrame
    places: pd.DataFrame
    everyone: np.ndarray
    is_share: np.ndarray


def _placed(traits: pd.DataFrame, labels: np.ndarray) -> _Table:
    means, everyone, is_share = traits.groupby(labels).mean(), traits.mean(), are_shares(traits)
    low, high = own_scales(traits, means)
    wide = (high - low).replace(0, 1.0)
    values = zip(traits.columns, everyone, is_share, strict=True)
    rows = [f"{shortened(readable(name), _LONGEST_ROW)} ({_value(mean, part)})" for name, mean, part in values]
    places = ((everyone - low) / wide).clip(0, 1).to_numpy()
    return _Table(rows, means, ((means - low) / wide).clip(0, 1), places, is_share.to_numpy())


def _value(mean: float, is_share: bool) -> str:
    if np.isnan(mean):
        return "?"
    return share(mean) if is_share else amount(mean)


def _heads(labels: np.ndarray, segments: Sequence[int], names: Mapping[int, str]) -> list[Head]:
    return [
        Head(name_of(segment, names), colour(segment), (f"{share(float(np.mean(labels == segment)))} of customers",))
        for segment in segments
    ]


def _draw(columns: Columns, start: float, segment: int, table: _Table, marks: np.ndarray) -> None:
    rows, ink = np.arange(len(table.rows)), colour(segment)
    lengths = np.nan_to_num(table.places.loc[segment].to_numpy()) * columns.wide
    fills = [ink if mark else pale(ink) for mark in marks]
    boxes(columns.axes, np.full(len(rows), start), rows - _BAR / 2, lengths, _BAR, fills)
    ticks = start + table.everyone * columns.wide
    strokes(columns.axes, np.column_stack([ticks, rows - 0.42]), np.column_stack([ticks, rows + 0.42]))
    means = table.means.loc[segment].to_numpy(dtype=float)
    for row in np.flatnonzero(marks).tolist():
        words = _value(means[row], bool(table.is_share[row]))
        columns.axes.text(start + columns.wide + 0.05, row, words, va="center", fontsize=7, color=INK)
