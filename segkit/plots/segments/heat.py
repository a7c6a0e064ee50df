"""Heat maps: what marks each segment, and which numbers go together."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.cells import signed_cells
from segkit.plots.segments.layout import fitted_lines, headed, notes
from segkit.plots.segments.traits import MARKS, side_by_side, strongest
from segkit.plots.segments.words import name_of, readable, shortened
from segkit.plots.style import INK, beside, caption, colour, panel, room_for

_LIMIT = 2.0
_LONGEST_ROW = 34
_ROW, _WIDE, _LEAST_WHOLE = 0.2, 1.12, 3.0  # inches
_HEAD_LINES = 4
_MOST_NUMBERED = 20  # columns; smaller cells are read by their colour
_MOST_ROWS = 2000
_STRONG = 0.3


def effect_map(deviations: pd.DataFrame, names: Mapping[int, str], most: int = 40) -> Figure | None:
    """Segments x columns: how far each segment's mean lies from everyone's, in standard deviations.

    `deviations` is what `segkit.profiles.effects` gives: a row per segment. The columns that differ most are shown,
    those alike side by side. None where no column tells.
    """
    if deviations.empty:
        return None
    shown = strongest(deviations.fillna(0.0), most)
    rows = [shortened(readable(name), _LONGEST_ROW) for name in shown.columns]
    segments = [int(segment) for segment in shown.index]
    wide = max(_WIDE, _LEAST_WHOLE / len(segments))
    heads = [fitted_lines(name_of(segment, names), wide, _HEAD_LINES) for segment in segments]
    above = 0.145 * max(map(len, heads)) + 0.15
    figure, axes = panel(wide * len(segments), _ROW * len(rows) + above, left=room_for(rows))
    signed_cells(axes, shown.T.to_numpy(), _LIMIT, MARKS)
    axes.set_ylim(len(rows) - 0.5, -0.5 - above / _ROW)
    for place, (segment, head) in enumerate(zip(segments, heads, strict=True)):
        headed(axes, (place - 0.47, place + 0.47), -0.5, 1 / _ROW, head, colour(segment))
    beside(axes, dict(enumerate(rows)))
    caption(axes, "What marks each segment")
    notes(axes, ["Standard deviations from everyone's mean:", "red above, blue below, numbers from 0.5 on."])
    return figure


def correlation_map(typed: pd.DataFrame, most: int = 40) -> Figure | None:
    """Every pair of numbers once, below the diagonal: how strongly they rise together, by their ranks.

    A column's cells lie left of its name and below it. None of fewer than two columns that vary; of more than `most`
    the first are shown, of many customers a sample is read.
    """
    table = typed.select_dtypes("number").replace([np.inf, -np.inf], np.nan)
    varied = table[[name for name in table if table[name].nunique() > 1]].iloc[:, :most]
    if varied.shape[1] < 2:
        return None
    sample = varied.sample(_MOST_ROWS, random_state=0) if len(varied) > _MOST_ROWS else varied
    together = sample.rank().corr(min_periods=3)
    order = side_by_side(together)
    return _triangle(together.loc[order, order].to_numpy(copy=True), [readable(name) for name in order])


def _triangle(values: np.ndarray, names: list[str]) -> Figure:
    count = len(names)
    values[np.triu_indices(count)] = np.nan
    words = [shortened(name, _LONGEST_ROW) for name in names]
    cell = 0.32 if count <= _MOST_NUMBERED else _ROW
    right = max(
        0.3,
        _LEAST_WHOLE - cell * count,
        max(room_for([word]) - cell * (count - place - 0.5) for place, word in enumerate(words)),
    )
    figure, axes = panel(cell * count, cell * count, left=0.3, right=right)
    signed_cells(axes, values, 1.0, _STRONG if count <= _MOST_NUMBERED else np.inf, "{:+.1f}")
    for place, word in enumerate(words):
        axes.text(place - 0.35, place, word, va="center", fontsize=8, color=INK)
    caption(axes, "Which numbers go together")
    notes(axes, ["Rank correlation: red rise together, blue", "one falls as the other rises, pale unrelated."])
    return figure
