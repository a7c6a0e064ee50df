"""What pictures of segments are laid out with: a column per segment, bars as one piece, names in a key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from segkit.plots.segments.words import wrapped
from segkit.plots.style import INK, LINE, beside, inches_of, panel, room_for

PALE_GROUND = "#F6F7F9"
SOFT = "#5B6470"
LINE_INCHES = 0.145  # of small print
_HEAD_LINES = 4
_LONGEST_ROW = 34
_LEAST_LEFT, _LEAST_WHOLE, _TWO_LINES = 0.5, 4.6, 0.3  # inches


@dataclass(frozen=True)
class Columns:
    """A panel in inches from left to right: `starts` are the left edges of its columns, each `wide`; rows count from 0
    downwards.
    """

    figure: Figure
    axes: Axes
    starts: tuple[float, ...]
    wide: float


class Head(NamedTuple):
    """What stands above a column: a name, wrapped, in a colour, and lines under it."""

    words: str
    ink: str
    more: tuple[str, ...] = ()


def fitted_lines(words: str, inches: float, most: int = _HEAD_LINES) -> list[str]:
    """As many letters to a line as have room."""
    return wrapped(words, max(6, int(inches * len(words) / inches_of(words or "-"))), most)


def columns_panel(
    rows: Sequence[str], heads: Sequence[Head], wide: float, high: float, apart: float, right: float = 0.25
) -> Columns:
    """Rows with their names beside them; above each column its head in words, and a line in the head's colour.

    Columns are wider than asked where there are few: a title and notes need room.
    """
    wide = max(wide, (_LEAST_WHOLE + apart) / max(len(heads), 1) - apart)
    lines = [[*fitted_lines(head.words, wide + apart - 0.15), *head.more] for head in heads]
    above = LINE_INCHES * max((len(one) for one in lines), default=1) + 0.12
    names = [wrapped(row, _LONGEST_ROW, 1 if high < _TWO_LINES else 2) for row in rows]
    whole = len(heads) * (wide + apart) - apart
    figure, axes = panel(
        whole,
        len(rows) * high + above,
        left=max(_LEAST_LEFT, room_for(line for name in names for line in name)),
        right=right,
    )
    axes.set(xlim=(0, whole), ylim=(len(rows) - 0.5, -0.5 - above / high))
    beside(axes, {row: "\n".join(name) for row, name in enumerate(names)})
    starts = tuple(place * (wide + apart) for place in range(len(heads)))
    for start, one, head in zip(starts, lines, heads, strict=True):
        headed(axes, (start, start + wide), -0.5, 1 / high, one, head.ink)
    return Columns(figure, axes, starts, wide)


def headed(axes: Axes, ends: tuple[float, float], top: float, inch: float, lines: Sequence[str], ink: str) -> None:
    """Above a column that begins at `top`, a line in a colour and words on it; `inch` is so many rows."""
    axes.plot(ends, [top - 0.03 * inch] * 2, color=ink, linewidth=2.5, solid_capstyle="butt")
    axes.text(ends[0], top - 0.1 * inch, "\n".join(lines), va="bottom", fontsize=8, color=INK, linespacing=1.15)


def notes(axes: Axes, lines: Sequence[str]) -> None:
    """Small print at the lower edge of a picture; two lines have room, one where names stand below the panel."""
    figure = figure_of(axes)
    wide, high = figure.get_size_inches()
    words = "\n".join(filter(None, lines))
    figure.text(0.1 / wide, 0.08 / high, words, fontsize=7.5, color=SOFT, va="bottom")


def bands(columns: Columns, rows: int) -> None:
    """A pale ground under every second row, which leads the eye across."""
    end = columns.starts[-1] + columns.wide if columns.starts else 0.0
    places = np.arange(0, rows, 2)
    boxes(columns.axes, np.zeros(len(places)), places - 0.5, np.full(len(places), end), 1.0, PALE_GROUND, -1)


def boxes(
    axes: Axes,
    left: np.ndarray,
    low: np.ndarray,
    wide: np.ndarray,
    high: np.ndarray | float,
    colours: str | Sequence[object],
    order: float = 2,
    edge: str = "none",
) -> PolyCollection:
    """Rectangles as one piece, which takes a tenth of the time of one patch each."""
    right, top = left + wide, low + high
    corners = np.stack([np.stack([left, right, right, left], 1), np.stack([low, low, top, top], 1)], 2)
    drawn = PolyCollection(
        list(corners), facecolors=colours, edgecolors=edge, linewidths=0.0 if edge == "none" else 0.6
    )
    drawn.set_zorder(order)
    axes.add_collection(drawn, autolim=False)
    return drawn


def strokes(
    axes: Axes, starts: np.ndarray, ends: np.ndarray, ink: str | Sequence[object] = INK, width: float = 1.2
) -> LineCollection:
    """Straight lines from points to points, as one piece."""
    drawn = LineCollection(list(np.stack([starts, ends], 1)), colors=ink, linewidths=width, zorder=3)
    axes.add_collection(drawn, autolim=False)
    return drawn


def upright(axes: Axes, across: Sequence[float], low: float, high: float) -> None:
    """Light upright lines behind what is drawn."""
    for place in across:
        axes.plot([place, place], [low, high], color=LINE, linewidth=0.8, zorder=0)


def pale(ink: str, strength: float = 0.32) -> tuple[float, ...]:
    """The colour mixed with white, of which so little is left."""
    return tuple(1 - strength * (1 - part) for part in to_rgb(ink))


def ink_on(shade: tuple[float, ...]) -> str:
    """White letters on dark grounds, dark ones on light grounds."""
    red, green, blue = shade[:3]
    return "white" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5 else INK


def figure_of(axes: Axes) -> Figure:
    """The figure that a panel is in."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return figure
