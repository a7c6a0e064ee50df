"""Who goes where when one segmentation follows another."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from segkit.plots.flows import Band, Bar, band_outline, lay_out
from segkit.plots.style import INK, beside, caption, colour, panel, room_for, segment_label

_BAR = 0.035
_WIDE = 3.6
_INCHES_A_SEGMENT = 0.42
_TALL_ENOUGH = 0.03


def migration_flow(moves: pd.DataFrame, title: str = "who goes where") -> Figure | None:
    """Bars of the old segments to the left and of the new ones to the right, and bands of the customers between them.

    `moves` has a row for each pair that shares customers: segment_from, name_from, segment_to, name_to, customers. A
    number has its colour on both sides. None of an empty table.
    """
    if moves.empty:
        return None
    bars, bands = lay_out(moves.assign(k_from=0, k_to=1), chosen=1)
    left, right = (_lines(moves, bars, side) for side in (0, 1))
    tall = max(2.2, _INCHES_A_SEGMENT * max(len(left), len(right)))
    figure, axes = panel(_WIDE, tall, left=room_for(left.values()), right=room_for(right.values()))
    _draw(axes, bars, bands)
    axes.set(xlim=(0, 1), ylim=(max(bar.top + bar.share for bar in bars), min(bar.top for bar in bars)))
    beside(axes, left)
    for height, line in right.items():
        axes.text(1.015, height, line, va="center", fontsize=8, color=INK, transform=axes.get_yaxis_transform())
    caption(axes, title)
    return figure


def _lines(moves: pd.DataFrame, bars: Sequence[Bar], side: int) -> dict[float, str]:
    """What is written beside the bars of one side, by their heights."""
    end = ("from", "to")[side]
    names = dict(zip(moves[f"segment_{end}"], moves[f"name_{end}"], strict=True))
    sizes = moves.groupby(f"segment_{end}")["customers"].sum()
    shown = [bar for bar in bars if bar.k == side]
    return {
        bar.top + bar.share / 2: f"{segment_label(bar.segment, names)}  {sizes[bar.segment]:,}"
        for bar in shown
    }


def _draw(axes: Axes, bars: Sequence[Bar], bands: Sequence[Band]) -> None:
    paths = [band_outline(band, _BAR, 1 - _BAR) for band in bands]
    shades = [colour(band.source.segment) for band in bands]
    axes.add_collection(PathCollection(paths, facecolors=shades, alpha=0.4, linewidths=0))
    across = [_BAR / 2 if bar.k == 0 else 1 - _BAR / 2 for bar in bars]
    heights, tops = [bar.share for bar in bars], [bar.top for bar in bars]
    axes.bar(across, heights, width=_BAR, bottom=tops, color=[colour(bar.segment) for bar in bars])
    for bar, place in zip(bars, across, strict=True):
        if bar.share >= _TALL_ENOUGH and bar.segment >= 0:
            middle = bar.top + bar.share / 2
            axes.text(place, middle, str(bar.segment), ha="center", va="center", fontsize=7, color="white")
