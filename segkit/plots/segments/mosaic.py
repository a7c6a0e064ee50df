"""Shares of answers by segment, every segment as high as it is large."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from segkit.plots.segments.answers import answer_counts
from segkit.plots.segments.layout import boxes, ink_on, notes, pale, strokes
from segkit.plots.segments.words import EVERYONE, name_of, readable, segments_of, share, shortened
from segkit.plots.spreading import spread, within
from segkit.plots.style import INK, aside, beside, caption, colour, panel, room_for

_MOST = 7
_WIDE, _TALL, _EVERYONE, _GAP = 5.2, 3.4, 0.4, 0.12  # inches
_LINE = 0.2
_READABLE = 0.06  # of the width: narrower pieces have no room for their share
_GREY = "#4A4F57"
_LONGEST_ANSWER, _LONGEST_NAME = 24, 40


def mosaic(values: pd.Series, labels: np.ndarray, names: Mapping[int, str]) -> Figure | None:
    """A strip per segment, as high as the segment is large, cut by its customers' answers; above it everyone's.

    An answer has the same shade in every strip; rare answers stand together, customers without one are left out. None
    without an answer.
    """
    counts = answer_counts(values, labels, _MOST)
    if counts.empty:
        return None
    segments = segments_of(counts.columns.to_numpy())
    counts = counts[segments]
    titles = [shortened(name_of(segment, names), _LONGEST_NAME) for segment in segments]
    answers = [shortened(str(answer), _LONGEST_ANSWER) for answer in counts.index]
    figure, axes = panel(
        _WIDE, _TALL + _EVERYONE + _GAP, left=0.2 + room_for([*titles, EVERYONE]), right=0.3 + room_for(answers)
    )
    axes.set(xlim=(0, 1), ylim=(_TALL, -_EVERYONE - _GAP))
    high = _TALL * (counts.sum() / counts.to_numpy().sum()).to_numpy()
    tops = np.cumsum(high) - high
    _strip(axes, counts.sum(axis=1).to_numpy(), -_EVERYONE - _GAP, _EVERYONE, _GREY)
    for segment, top, tall in zip(segments, tops, high, strict=True):
        _strip(axes, counts[segment].to_numpy(), top, tall, colour(segment))
    beside(axes, {-_GAP - _EVERYONE / 2: EVERYONE})
    _name(axes, tops + high / 2, titles, [colour(segment) for segment in segments])
    _key(axes, answers)
    caption(axes, f"{readable(values.name or 'answers')}: shares by segment")
    missing = float(values.isna().mean())
    notes(axes, ["Strips are as high as segments are large.", f"{share(missing)} gave no answer." if missing else ""])
    return figure


def _strengths(count: int) -> np.ndarray:
    return np.linspace(1.0, 0.15, max(count, 2))[:count]


def _strip(axes: Axes, counts: np.ndarray, top: float, high: float, ink: str) -> None:
    """Pieces from left to right, full colour for the first answer, paler from one to the next."""
    parts = counts / max(counts.sum(), 1)
    left, strengths = np.cumsum(parts) - parts, _strengths(len(parts))
    fills = [pale(ink, strength) for strength in strengths]
    boxes(axes, left, np.full(len(parts), top), parts, np.full(len(parts), high), fills, edge="white")
    for start, part, fill in zip(left, parts, fills, strict=True):
        if part >= _READABLE and high >= 0.8 * _LINE:
            place = (start + part / 2, top + high / 2)
            axes.text(*place, share(part), ha="center", va="center", fontsize=7.5, color=ink_on(fill))


def _name(axes: Axes, middles: np.ndarray, titles: Sequence[str], inks: Sequence[str]) -> None:
    """Names at the left, those of low strips moved apart, each with a line in its colour to its strip."""
    places = within(spread(middles, _LINE), _LINE, _TALL)
    ends = np.zeros(len(middles))
    leaders = strokes(axes, np.column_stack([ends - 0.03, places]), np.column_stack([ends - 0.004, middles]), inks, 2)
    leaders.set_clip_on(False)
    for place, title in zip(places, titles, strict=True):
        axes.text(-0.04, place, title, ha="right", va="center", fontsize=8, color=INK)


def _key(axes: Axes, answers: Sequence[str]) -> None:
    """Shades of grey with the answers, from the top down."""
    middle = (len(answers) - 1) / 2
    for place, (answer, strength) in enumerate(zip(answers, _strengths(len(answers)), strict=True)):
        aside(axes, "\u25a0", 1.0, _hex(pale(_GREY, strength)), middle - place)
        aside(axes, answer, 1.035, INK, middle - place)


def _hex(shade: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in shade)
