"""Two numbers against each other: spending against income, say."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from segkit.plots.flat import drawn_rows
from segkit.plots.segments.layout import SOFT, boxes
from segkit.plots.segments.scale import Scale, scale_of
from segkit.plots.segments.words import name_of, readable, segments_of, share, wrapped
from segkit.plots.style import INK, LINE, caption, colour, panel
from segkit.segments import NOISE

_MOST_DOTS, _MOST_BEHIND, _FEW = 2000, 500, 60
_LARGE, _SMALL, _APART, _HEAD = 3.7, 1.42, 0.22, 0.4  # inches
_ROWS = 2  # of small panels
_HEAD_LETTERS = 22
_BEHIND = "#D5D9DE"


def two_numbers(across: pd.Series, up: pd.Series, labels: np.ndarray, names: Mapping[int, str]) -> Figure | None:
    """All customers in one panel with each segment's middle ringed; beside it each segment alone, before everyone.

    Middles are medians. Axes end at the 1st and the 99th percentile where a few lie far out, or go in steps of ten
    times where most are small. None unless some customer has both numbers.
    """
    numbers = np.column_stack([across.to_numpy(dtype=float), up.to_numpy(dtype=float)])
    known = np.isfinite(numbers).all(axis=1)
    x, y = (scale_of(column) for column in numbers[known].T)
    if x is None or y is None:
        return None
    dots, shown = np.column_stack([x.places(numbers[known, 0]), y.places(numbers[known, 1])]), labels[known]
    segments = segments_of(shown)
    columns = -(-len(segments) // _ROWS)
    whole = _LARGE + 0.15 + columns * (_SMALL + _APART)
    figure, axes = panel(whole, _LARGE, left=0.8, right=0.1)
    axes.set(xlim=(0, whole), ylim=(0, _LARGE))
    _large(axes, dots, shown, x, y)
    for place, segment in enumerate(segments):
        left = _LARGE + 0.35 + place % columns * (_SMALL + _APART)
        low = _LARGE - _HEAD - _SMALL - place // columns * (_SMALL + _HEAD + 0.05)
        _small(axes, dots, shown == segment, (left, low), segment, names)
    _say(
        figure, axes, (readable(across.name or "first"), x), (readable(up.name or "second"), y), float(1 - known.mean())
    )
    return figure


def _frame(axes: Axes, left: float, low: float, size: float) -> None:
    one = np.ones(1)
    boxes(axes, left * one, low * one, size * one, size * one, "white", order=-1, edge=LINE)


def _dots(
    axes: Axes, places: np.ndarray, colours: str | Sequence[str], size: float, alpha: float, order: float
) -> None:
    x, y = places.T
    axes.scatter(x, y, c=colours, s=size, alpha=alpha, linewidths=0, rasterized=True, zorder=order)


def _large(axes: Axes, dots: np.ndarray, labels: np.ndarray, x: Scale, y: Scale) -> None:
    _frame(axes, 0, 0, _LARGE)
    rows = drawn_rows(labels, _MOST_DOTS)
    _dots(axes, dots[rows] * _LARGE, [colour(segment) for segment in labels[rows]], 7, 0.55, 1)
    for segment in segments_of(labels[labels != NOISE]):
        middle = np.median(dots[labels == segment], axis=0) * _LARGE
        axes.scatter(middle[0], middle[1], s=110, color=colour(segment), edgecolors="white", linewidths=1.8, zorder=4)
    for place, words in x.ticks().items():
        axes.plot([place * _LARGE] * 2, [0, _LARGE], color=LINE, linewidth=0.8, zorder=0)
        axes.text(place * _LARGE, -0.08, words, ha="center", va="top", fontsize=8, color=INK)
    for place, words in y.ticks().items():
        axes.plot([0, _LARGE], [place * _LARGE] * 2, color=LINE, linewidth=0.8, zorder=0)
        axes.text(-0.07, place * _LARGE, words, ha="right", va="center", fontsize=8, color=INK)


def _small(
    axes: Axes,
    dots: np.ndarray,
    own: np.ndarray,
    corner: tuple[float, float],
    segment: int,
    names: Mapping[int, str],
) -> None:
    """One segment in its colour before a sample of everyone."""
    _frame(axes, *corner, _SMALL)
    behind = dots[drawn_rows(np.zeros(len(dots)), _MOST_BEHIND)]
    front = dots[own][drawn_rows(np.zeros(own.sum()), _MOST_BEHIND)]
    _dots(axes, corner + behind * _SMALL, _BEHIND, 3, 1.0, 1)
    _dots(axes, corner + front * _SMALL, colour(segment), 4 if len(front) > _FEW else 14, 0.6, 2)
    axes.plot([corner[0], corner[0] + _SMALL], [corner[1] + _SMALL + 0.02] * 2, color=colour(segment), linewidth=2.5)
    head = "\n".join(wrapped(name_of(segment, names), _HEAD_LETTERS))
    axes.text(corner[0], corner[1] + _SMALL + 0.07, head, va="bottom", fontsize=7.5, color=INK, linespacing=1.1)


def _say(figure: Figure, axes: Axes, x: tuple[str, Scale], y: tuple[str, Scale], missing: float) -> None:
    """Title, what the axes show and what a reader must know of them."""
    caption(axes, f"{y[0]} against {x[0]}", y=y[0])
    wide, high = figure.get_size_inches()
    said = [f"{name}: {scale.note}." for name, scale in (x, y) if scale.note]
    said += [f"{share(missing)} of the customers have not both numbers."] if missing else []
    figure.text((0.8 + _LARGE / 2) / wide, 0.3 / high, x[0], ha="center", va="center", fontsize=9, color=INK)
    figure.text(0.1 / wide, 0.1 / high, " ".join(said), va="center", fontsize=7.5, color=SOFT)
