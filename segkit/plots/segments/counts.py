"""How many customers of each segment gave each answer."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.segments.answers import answer_counts
from segkit.plots.segments.layout import Columns, Head, bands, boxes, columns_panel, notes, strokes
from segkit.plots.segments.words import name_of, readable, segments_of, share
from segkit.plots.style import INK, caption, colour

_MOST = 14
_WIDE, _APART, _HIGH = 0.95, 0.85, 0.27  # inches
_BAR = 0.62  # of a row


def level_bars(values: pd.Series, labels: np.ndarray, names: Mapping[int, str]) -> Figure | None:
    """A column of bars per segment, a row per answer: customers, and a tick where they would be were the segment like
    everyone.

    Rare answers stand together, customers without one are left out. None without an answer.
    """
    counts = answer_counts(values, labels, _MOST)
    if counts.empty:
        return None
    segments = segments_of(counts.columns.to_numpy())
    counts = counts[segments]
    heads = [Head(name_of(segment, names), colour(segment)) for segment in segments]
    columns = columns_panel([str(answer) for answer in counts.index], heads, _WIDE, _HIGH, _APART, right=0.9)
    bands(columns, len(counts))
    shares = counts.sum(axis=1) / counts.to_numpy().sum()
    expected = pd.DataFrame(np.outer(shares, counts.sum()), index=counts.index, columns=counts.columns)
    longest = float(max(counts.to_numpy().max(), expected.to_numpy().max()))
    for start, segment in zip(columns.starts, segments, strict=True):
        _draw(columns, start, counts[segment].to_numpy(), expected[segment].to_numpy(), longest, colour(segment))
    caption(columns.axes, f"{readable(values.name or 'answers')}: customers by segment")
    missing = float(values.isna().mean())
    said = [f"{share(missing)} gave no answer."] if missing else []
    notes(columns.axes, ["Black tick: were the segment like everyone. In brackets: share of the segment.", *said])
    return columns.figure


def _draw(columns: Columns, start: float, counts: np.ndarray, expected: np.ndarray, longest: float, ink: str) -> None:
    rows = np.arange(len(counts))
    step = columns.wide / longest
    boxes(columns.axes, np.full(len(rows), start), rows - _BAR / 2, counts * step, _BAR, ink)
    ticks = start + expected * step
    strokes(columns.axes, np.column_stack([ticks, rows - 0.42]), np.column_stack([ticks, rows + 0.42]))
    for row, (count, end) in enumerate(zip(counts, np.maximum(counts, expected), strict=True)):
        words = f"{count:,} ({share(count / max(counts.sum(), 1))})"
        columns.axes.text(start + end * step + 0.05, row, words, va="center", fontsize=7, color=INK)
