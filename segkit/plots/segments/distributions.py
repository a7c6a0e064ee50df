"""How a number is spread in each segment, against everyone."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from segkit.plots.segments.keys import stacked_names
from segkit.plots.segments.layout import notes, upright
from segkit.plots.segments.scale import Scale, scale_of
from segkit.plots.segments.words import EVERYONE, amount, listed, readable, segments_of, share
from segkit.plots.style import INK, QUIET, below, beside, caption, colour, panel

_BARS = 32
_ROW = 0.62  # inches
_HEIGHT = 0.82  # of a row
_WIDE = 4.6


def histograms(values: pd.Series, labels: np.ndarray, names: Mapping[int, str]) -> Figure | None:
    """A histogram per segment under one of everyone, whose outline comes again behind each; the middle value beside.

    Each row is as high as its highest bar, where the outline is cut: shapes compare, not numbers of customers.
    None without a number.
    """
    numbers = values.to_numpy(dtype=float)
    scale = _bar_scale(numbers)
    if scale is None:
        return None
    segments = segments_of(labels)
    titles, room = stacked_names(segments, names)
    figure, axes = panel(_WIDE, _ROW * (len(segments) + 1), left=room, right=1.1)
    edges = _edges(scale, _few(numbers, scale_of(numbers) or scale))
    everyone = _heights(numbers, scale, edges)
    axes.set(xlim=(0, 1), ylim=(len(segments) + 0.08, -0.95))
    upright(axes, list(scale.ticks()), len(segments), -_HEIGHT)
    _row(axes, 0, edges, everyone, everyone, QUIET, numbers)
    for row, segment in enumerate(segments, 1):
        own = numbers[labels == segment]
        _row(axes, row, edges, _heights(own, scale, edges), everyone, colour(segment), own)
    beside(axes, {row - _HEIGHT / 2: title for row, title in enumerate([EVERYONE, *titles])})
    below(axes, scale.ticks())
    caption(axes, f"{readable(values.name or 'values')}, by segment")
    notes(axes, [_note(scale, numbers)])
    return figure


def _bar_scale(numbers: np.ndarray) -> Scale | None:
    """Half a step wider at both ends where few whole numbers get a bar each."""
    scale = scale_of(numbers)
    return replace(scale, low=scale.low - 0.5, high=scale.high + 0.5) if scale and _few(numbers, scale) else scale


def _few(numbers: np.ndarray, scale: Scale) -> bool:
    whole = bool((numbers[np.isfinite(numbers)] % 1 == 0).all())
    return not scale.unit and whole and scale.low % 1 == 0 and scale.high - scale.low < _BARS - 1


def _edges(scale: Scale, few: bool) -> np.ndarray:
    return scale.places(np.arange(scale.low, scale.high + 0.5)) if few else np.linspace(0, 1, _BARS + 1)


def _heights(numbers: np.ndarray, scale: Scale, edges: np.ndarray) -> np.ndarray:
    known = scale.places(numbers[np.isfinite(numbers)])
    return np.histogram(known, edges)[0] / max(len(known), 1)


def _row(
    axes: Axes, row: int, edges: np.ndarray, own: np.ndarray, everyone: np.ndarray, ink: str, numbers: np.ndarray
) -> None:
    """Bars in the segment's colour up from the row's foot, and everyone's outline."""
    full = (own.max() or everyone.max()) / _HEIGHT
    axes.stairs(row - own / full, edges, baseline=row, fill=True, color=ink, linewidth=0, zorder=2)
    axes.stairs(
        row - np.minimum(everyone / full, _HEIGHT), edges, baseline=row, color=INK, linewidth=0.7, alpha=0.75, zorder=3
    )
    known = numbers[np.isfinite(numbers)]
    words = f"middle {amount(float(np.median(known)))}" if len(known) else "nothing known"
    axes.text(1.02, row - _HEIGHT / 2, words, va="center", fontsize=8, color=INK)


def _note(scale: Scale, numbers: np.ndarray) -> str:
    missing = float(np.mean(~np.isfinite(numbers)))
    return listed(
        [
            "Line: everyone, cut at the highest bar",
            scale.note.capitalize(),
            f"{share(missing)} have no value" if missing else "",
        ]
    )
