"""The segments' names beside a picture: as its rows, or as a key of coloured dots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from segkit.plots.segments.layout import LINE_INCHES, figure_of
from segkit.plots.segments.words import name_of, wrapped
from segkit.plots.style import INK, colour, room_for

_LONGEST_KEY = 30


def stacked_names(segments: Sequence[int], names: Mapping[int, str], width: int = 26) -> tuple[list[str], float]:
    """The segments' names on two lines where they are long, and the inches that they take beside a panel."""
    lines = [wrapped(name_of(segment, names), width) for segment in segments]
    return ["\n".join(one) for one in lines], room_for(line for one in lines for line in one)


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
    return LINE_INCHES * len(entry.lines) + 0.08
