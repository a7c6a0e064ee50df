"""Who goes where when one segmentation follows another."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from segkit.plots.flows import Band, Bar, band_outline, lay_out
from segkit.plots.spreading import spread
from segkit.plots.style import INK, beside, caption, colour, panel, room_for, segment_label
from segkit.segments import NOISE

_BAR = 0.03
_WIDE = 3.6
_INCHES_A_SEGMENT = 0.42
_INCHES_A_LINE = 0.17


def migration_flow(moves: pd.DataFrame, title: str = "who goes where") -> Figure | None:
    """Bars of the old segments to the left and of the new ones to the right, and bands of the customers between them.

    `moves` has a row for each pair that shares customers: segment_from, name_from, segment_to, name_to, customers. A
    number has its colour on both sides. None of an empty table.
    """
    if moves.empty:
        return None
    bars, bands = lay_out(moves.assign(k_from=0, k_to=1), chosen=1)
    sides = [[bar for bar in bars if bar.k == side] for side in (0, 1)]
    words = [_words(moves, end, side) for end, side in zip(("from", "to"), sides, strict=True)]
    tall = max(2.2, _INCHES_A_SEGMENT * max(map(len, sides)))
    figure, axes = panel(_WIDE, tall, left=room_for(words[0]), right=room_for(words[1]))
    top, bottom = min(bar.top for bar in bars), max(bar.top + bar.share for bar in bars)
    axes.set(xlim=(0, 1), ylim=(bottom, top))
    _draw(axes, bars, bands)
    apart = (bottom - top) * _INCHES_A_LINE / tall
    beside(axes, dict(zip(_heights(sides[0], apart), words[0], strict=True)))
    for height, line in zip(_heights(sides[1], apart), words[1], strict=True):
        axes.text(1.015, height, line, va="center", fontsize=8, color=INK, transform=axes.get_yaxis_transform())
    caption(axes, title)
    return figure


def _words(moves: pd.DataFrame, end: str, bars: Sequence[Bar]) -> list[str]:
    """What is written beside the bars of one side."""
    names = dict(zip(moves[f"segment_{end}"], moves[f"name_{end}"], strict=True))
    sizes = moves.groupby(f"segment_{end}")["customers"].sum()
    numbers = ["" if bar.segment == NOISE else f"{bar.segment}  " for bar in bars]
    said = [f"{segment_label(bar.segment, names)}  {sizes[bar.segment]:,}" for bar in bars]
    return [f"{number}{words}" for number, words in zip(numbers, said, strict=True)]


def _heights(bars: Sequence[Bar], apart: float) -> list[float]:
    """Where the words stand beside the bars, as near to their middles as there is room."""
    middles: list[float] = spread(np.array([bar.top + bar.share / 2 for bar in bars]), apart).tolist()
    return middles


def _draw(axes: Axes, bars: Sequence[Bar], bands: Sequence[Band]) -> None:
    paths = [band_outline(band, _BAR, 1 - _BAR) for band in bands]
    shades = [colour(band.source.segment) for band in bands]
    axes.add_collection(PathCollection(paths, facecolors=shades, alpha=0.4, linewidths=0))
    across = [_BAR / 2 if bar.k == 0 else 1 - _BAR / 2 for bar in bars]
    heights, tops = [bar.share for bar in bars], [bar.top for bar in bars]
    axes.bar(across, heights, width=_BAR, bottom=tops, color=[colour(bar.segment) for bar in bars])
