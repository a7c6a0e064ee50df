"""What pictures of segments are laid out with: a column per segment, bars as one piece, names in a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from segkit.plots.segments.words import name_of, wrapped
from segkit.plots.style import INK, LINE, beside, colour, panel, room_for

PALE_GROUND = "#F6F7F9"
SOFT = "#5B6470"
_LINE_INCHES = 0.145  # of headings
_LETTER_INCHES = 0.067
_LONGEST_KEY = 30
_LONGEST_ROW = 34
_LEAST_LEFT, _TWO_LINES = 0.5, 0.3  # inches


@dataclass(frozen=True)
class Columns:
    """A panel in inches from left to right: `starts` are the left edges of its columns, each `wide`; rows count from 0
    downwards.
    """

    figure: Figure
    axes: Axes
    starts: tuple[float, ...]
    wide: float


def columns_panel(
    rows: Sequence[str], heads: Sequence[tuple[str, str]], wide: float, high: float, apart: float, right: float = 0.25
) -> Columns:
    """Rows with their names beside them; above each column its head in words, and a line in the head's colour."""
    lines = [wrapped(head, max(6, int((wide + apart - 0.2) / _LETTER_INCHES)), 4) for head, _ in heads]
    above = _LINE_INCHES * max((len(one) for one in lines), default=1) + 0.12
    names = [wrapped(row, _LONGEST_ROW, 1 if high < _TWO_LINES else 2) for row in rows]
    whole = len(heads) * (wide + apart) - apart
    figure, axes = panel(whole, len(rows) * high + above, left=max(_LEAST_LEFT, room_for(line for name in names for line in name)), right=right)
    starts = tuple(place * (wide + apart) for place in range(len(heads)))
    top = -0.5 - above / high
    axes.set(xlim=(0, whole), ylim=(len(rows) - 0.5, top))
    beside(axes, {row: "\n".join(name) for row, name in enumerate(names)})
    for start, one, (_, ink) in zip(starts, lines, heads, strict=True):
        axes.text(start, -0.5 - 0.1 / high, "\n".join(one), va="bottom", fontsize=8, color=INK, linespacing=1.15)
        axes.plot([start, start + wide], [-0.5 - 0.03 / high] * 2, color=ink, linewidth=2.5, solid_capstyle="butt")
    return Columns(figure, axes, starts, wide)


def stacked_names(segments: Sequence[int], names: Mapping[int, str], width: int = 26) -> tuple[list[str], float]:
    """The segments' names on two lines where they are long, and the inches that they take beside a panel."""
    lines = [wrapped(name_of(segment, names), width) for segment in segments]
    return ["\n".join(one) for one in lines], room_for(line for one in lines for line in one)


def notes(axes: Axes, lines: Sequence[str]) -> None:
    """Small print below a panel, from the left edge of the picture on; two lines at most have room."""
    figure = figure_of(axes)
    inch = 1 / figure.get_size_inches()[1]
    figure.text(0.1 / figure.get_size_inches()[0], 0.42 * inch, "\n".join(lines), fontsize=7.5, color=SOFT, va="top")


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
    drawn = PolyCollection(corners, facecolors=colours, edgecolors=edge, linewidths=0.0 if edge == "none" else 0.6)
    drawn.set_zorder(order)
    axes.add_collection(drawn, autolim=False)
    return drawn


def strokes(
    axes: Axes, starts: np.ndarray, ends: np.ndarray, ink: str | Sequence[object] = INK, width: float = 1.2
) -> LineCollection:
    """Straight lines from points to points, as one piece."""
    drawn = LineCollection(np.stack([starts, ends], 1), colors=ink, linewidths=width, zorder=3)
    axes.add_collection(drawn, autolim=False)
    return drawn


def upright(axes: Axes, across: Sequence[float], low: float, high: float) -> None:
    """Light upright lines behind what is drawn."""
    for place in across:
        axes.plot([place, place], [low, high], color=LINE, linewidth=0.8, zorder=0)


def pale(ink: str, strength: float = 0.32) -> tuple[float, ...]:
    """The colour mixed with white, of which so little is left."""
    return tuple(1 - strength * (1 - part) for part in to_rgb(ink))


@dataclass(frozen=True)
class Entry:
    """What a key says of one segment: its lines and the colour of its dot."""

    lines: tuple[str, ...]
    ink: str


def key_of(segments: Sequence[int], names: Mapping[int, str], said: Mapping[int, str] | None = None) -> list[Entry]:
    """The segments with their names, and under these what is `said` of them."""
    named = {segment: wrapped(name_of(segment, names), _LONGEST_KEY, 3) for segment in segments}
    more = {segment: [words] for segment, words in (said or {}).items()}
    return [Entry((*named[segment], *more.get(segment, [])), colour(segment)) for segment in segments]


def key_room(entries: Sequence[Entry]) -> tuple[float, float]:
    """Inches that a key takes across and upright."""
    return 0.3 + room_for(line for entry in entries for line in entry.lines), sum(map(_entry_inches, entries))


def names_key(axes: Axes, entries: Sequence[Entry]) -> None:
    """A key beside the panel: dots in the segments' colours, names in ink, since pale letters are hard to read."""
    figure, box = figure_of(axes), axes.get_position()
    wide, high = figure.get_size_inches()
    left, top = box.x1 * wide + 0.2, (box.y0 + box.y1) / 2 * high + sum(map(_entry_inches, entries)) / 2
    for entry in entries:
        figure.text(left / wide, (top - 0.01) / high, "\u25cf", color=entry.ink, fontsize=10, va="top")
        words = "\n".join(entry.lines)
        figure.text((left + 0.17) / wide, top / high, words, color=INK, fontsize=8, va="top", linespacing=1.2)
        top -= _entry_inches(entry)


def _entry_inches(entry: Entry) -> float:
    return _LINE_INCHES * len(entry.lines) + 0.08


def ink_on(shade: tuple[float, ...]) -> str:
    """White letters on dark grounds, dark ones on light grounds."""
    red, green, blue = shade[:3]
    return "white" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5 else INK


def figure_of(axes: Axes) -> Figure:
    """The figure that a panel is in."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return figure


def spread(places: np.ndarray, apart: float) -> np.ndarray:
    """Rising places moved as little as it takes for names at them not to overlap.

    >>> spread(np.array([0.0, 0.1, 5.0]), 1.0).tolist()
    [-0.45, 0.55, 5.0]
    """
    moved = np.asarray(places, dtype=float)
    groups = [[place] for place in moved.tolist()]
    middles = moved.tolist()
    # Names that are too near stand together around their middle, and that may bring others too near.
    while (near := _first_overlap(groups, middles, apart)) is not None:
        groups[near : near + 2] = [groups[near] + groups[near + 1]]
        middles[near : near + 2] = [float(np.mean(groups[near]))]
    return np.concatenate(
        [middle + apart * (np.arange(len(group)) - (len(group) - 1) / 2) for group, middle in zip(groups, middles, strict=True)]
    )


def _first_overlap(groups: list[list[float]], middles: list[float], apart: float) -> int | None:
    for place in range(len(groups) - 1):
        room = apart * (len(groups[place]) + len(groups[place + 1])) / 2
        if middles[place + 1] - middles[place] < room - 1e-9:
            return place
    return None
