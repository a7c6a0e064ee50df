"""What becomes of segments as k grows: which split, which merge, which stay."""

from collections.abc import Mapping, Sequence
from textwrap import wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from segkit.plots.flows import Band, Bar, band_outline, lay_out
from segkit.plots.style import INK, below, caption, colour, key, panel, room_for, segment_label
from segkit.segments import NOISE

_HALF = 0.11  # half a bar's width, where the columns are 1 apart
_SHARES = 0.3  # inches for the shares beside the last column
_TALL_ENOUGH = 0.035
_LONGEST_LINE = 30


def split_diagram(
    splits: pd.DataFrame, names: Mapping[int, str] | None = None, chosen: int | None = None
) -> Figure | None:
    """Bars of segments for each k, and bands of the customers who go from one to the next.

    `splits` has the columns pipeline, k_from, k_to, segment_from, segment_to and customers, of one pipeline. Segments
    of the `chosen` k (the largest unless given) have the colours of the other pictures, and `names` are theirs. None
    of an empty table.
    """
    if splits.empty:
        return None
    ks = sorted({*splits["k_from"].astype(int), *splits["k_to"].astype(int)})
    bars, bands = lay_out(splits, ks[-1] if chosen is None else chosen)
    lines = _key_lines(names or {})
    wide = max(3.4, 1.05 * (len(ks) - 1) + 0.5)
    right = _SHARES + room_for(line for line, _ in lines) if lines else _SHARES
    figure, axes = panel(wide, 3.6, left=0.3, right=right)
    places = {k: float(place) for place, k in enumerate(ks)}
    _draw_bands(axes, bands, places)
    _draw_bars(axes, bars, places)
    axes.set(xlim=(-0.2, len(ks) - 0.8), ylim=(max(bar.top + bar.share for bar in bars), min(bar.top for bar in bars)))
    below(axes, {places[k]: f"k = {k}" + ("\nthe choice" if k == chosen else "") for k in ks})
    key(axes, lines, left=1 + _SHARES / wide)
    caption(axes, f"{_short(str(splits['pipeline'].iloc[0]))}: where segments go as k grows")
    return figure


def _short(pipeline: str) -> str:
    return pipeline if len(pipeline) <= _LONGEST_LINE else f"{pipeline[: _LONGEST_LINE - 1]}\u2026"


def _draw_bands(axes: Axes, bands: Sequence[Band], places: Mapping[int, float]) -> None:
    paths = [band_outline(band, places[band.source.k] + _HALF, places[band.target.k] - _HALF) for band in bands]
    axes.add_collection(
        PathCollection(paths, facecolors=[band.source.colour for band in bands], alpha=0.4, linewidths=0)
    )


def _draw_bars(axes: Axes, bars: Sequence[Bar], places: Mapping[int, float]) -> None:
    across = [places[bar.k] for bar in bars]
    colours = [bar.colour for bar in bars]
    axes.bar(across, [bar.share for bar in bars], width=2 * _HALF, bottom=[bar.top for bar in bars], color=colours)
    for bar, place in zip(bars, across, strict=True):
        if bar.share < _TALL_ENOUGH:
            continue
        middle = bar.top + bar.share / 2
        number = "-" if bar.segment == NOISE else str(bar.segment)
        axes.text(place, middle, number, ha="center", va="center", fontsize=8, color="white", weight="bold")
        axes.text(place + 1.3 * _HALF, middle, f"{bar.share:.0%}", va="center", fontsize=7, color=INK)


def _key_lines(names: Mapping[int, str]) -> list[tuple[str, str]]:
    """The names of the chosen k's segments in their colours, long ones on several lines."""
    lines = []
    for segment, name in sorted(names.items()):
        first, *rest = wrap(f"{segment}  {name}", _LONGEST_LINE) or [segment_label(segment)]
        lines += [(f"\u25cf {first}", colour(segment)), *((f"    {line}", colour(segment)) for line in rest)]
    return lines
