"""Whether good runs tell the same story."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from segkit.plots.style import INK, aside, below, beside, caption, panel, room_for

_MOST_RUNS = 12
_CELL = 0.36  # inches
_GAP = 0.4  # between the runs and their means, in cells
_DARK = 0.6


def agreement_map(agreement: pd.DataFrame) -> Figure | None:
    """Heat map of how alike the segments of the finalists are: adjusted mutual information, 1 the same, 0 chance.

    Rows and columns stand in the order given, best run first, as many as can be read. None of fewer than two.
    """
    shown = agreement.iloc[:_MOST_RUNS, :_MOST_RUNS]
    count = len(shown)
    if count < 2:
        return None
    numbered = [f"{name}  {place}" for place, name in enumerate(shown.index, 1)]
    figure, axes = panel((count + 1 + _GAP) * _CELL, count * _CELL, left=room_for(numbered), right=1.5)
    values = shown.to_numpy(dtype=float, copy=True)
    np.fill_diagonal(values, np.nan)
    _draw(axes, values, -0.5)
    _draw(axes, np.nanmean(values, axis=1, keepdims=True), count - 0.5 + _GAP)
    axes.set(xlim=(-0.5, count + 0.5 + _GAP), ylim=(count - 0.5, -0.5))
    beside(axes, dict(enumerate(numbered)))
    below(axes, {place: str(place + 1) for place in range(count)} | {count + _GAP: "mean"})
    caption(axes, "Do the best runs find the same segments?")
    aside(axes, "1: the same customers\ntogether; 0: no more\nthan by chance")
    return figure


def _draw(axes: Axes, values: np.ndarray, left: float) -> None:
    """Cells from this place on, one unit each, with their numbers."""
    rows, columns = values.shape
    place = (left, left + columns, rows - 0.5, -0.5)
    axes.imshow(values, cmap="Blues", vmin=0, vmax=1, aspect="auto", extent=place)
    for (row, column), value in np.ndenumerate(values):
        if np.isfinite(value):
            ink = "white" if value > _DARK else INK
            axes.text(left + column + 0.5, row, _short(value), ha="center", va="center", fontsize=7, color=ink)


def _short(value: float) -> str:
    """Two digits without the zero that all share.

    >>> _short(0.614), _short(0.999), _short(-0.01)
    ('.61', '1.0', '-.01')
    """
    return "1.0" if value >= 0.995 else f"{value:.2f}".replace("0.", ".", 1)
