"""How many segments: the curve of each way of choosing k with what it says, and the tree with its cut."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from segkit.choosing.agreeing import agreed_k, sentence
from segkit.choosing.criteria import STABLE
from segkit.choosing.suggesting import readable
from segkit.plots.boxes import Box, inches
from segkit.plots.crown import CHOICE, draw_crown
from segkit.plots.style import INK, LINE, PALETTE, QUIET

_WIDE, _TALL, _APART, _BETWEEN = 1.95, 1.15, 0.35, 0.72  # inches
_LEFT, _RIGHT, _BELOW = 0.3, 0.3, 0.35
_LINE_INCHES, _LETTERS_AN_INCH = 0.19, 11.5
_IN_A_ROW = 4
_TREE_TALL = 1.9
_MOST_NUMBERS = 10
_STRICT = ("stability", "prediction strength")
_BEST = {
    "elbow": "inertia: look for the bend",
    "silhouette": "high is good",
    "Davies-Bouldin": "low is good",
    "Calinski-Harabasz": "high is good",
    "gap": "first k that the next does not beat",
    "BIC": "low is good",
    "stability": f"the last k above {STABLE:g}",
    "prediction strength": f"the last k above {STABLE:g}",
    "dendrogram": "merge height, as a multiple of the last",
}


class _Panel(NamedTuple):
    """A curve with the k that its way suggests, if any."""

    way: str
    curve: pd.Series
    error: pd.Series | None
    k: int | None


def choosing_k(
    pipeline: str, curves: pd.DataFrame, suggestions: pd.DataFrame, tree: np.ndarray | None = None
) -> Figure | None:
    """A small panel per way of choosing k, the k it suggests marked, under a sentence that says how far they agree.

    `curves` and `suggestions` are those of `segkit.choosing`; a grey band marks the k that most ways name. `tree` is a
    linkage, drawn with the cut that the dendrogram suggests. None where no way has something to read.
    """
    panels = _panels(curves, suggestions)
    if not panels:
        return None
    rows = -(-len(panels) // _IN_A_ROW)
    wide = min(max(len(panels), 3), _IN_A_ROW) * (_WIDE + _APART) - _APART
    title = _title(pipeline, sentence(suggestions), wide)
    top = _LINE_INCHES * len(title) + 0.55
    high = top + rows * (_TALL + _BETWEEN) - _BETWEEN + (_BETWEEN + _TREE_TALL if tree is not None else 0) + _BELOW
    axes = inches(_LEFT + wide + _RIGHT, high)
    _write_title(axes, title, high)
    common = agreed_k(suggestions)
    for place, panel in enumerate(panels):
        row, column = divmod(place, _IN_A_ROW)
        bottom = high - top - row * (_TALL + _BETWEEN) - _TALL
        _draw(Box(axes, _LEFT + column * (_WIDE + _APART), bottom, _WIDE, _TALL), panel, common)
    if tree is not None:
        draw_crown(Box(axes, _LEFT, _BELOW, wide, _TREE_TALL), tree, _said_by(suggestions).get("dendrogram"))
    return axes.get_figure(root=True)


def _panels(curves: pd.DataFrame, suggestions: pd.DataFrame) -> list[_Panel]:
    said = _said_by(suggestions)
    found = []
    for way, read in readable(curves):
        values, error = (read, None) if isinstance(read, pd.Series) else (read.iloc[:, 0], read.iloc[:, 1])
        found.append(_Panel(way.name, values, error, said.get(way.name)))
    return found


def _said_by(suggestions: pd.DataFrame) -> Mapping[str, int | None]:
    pairs = zip(suggestions["criterion"], suggestions["k"], strict=True)
    return {str(way): None if pd.isna(k) else int(k) for way, k in pairs}


def _title(pipeline: str, said: str, wide: float) -> list[str]:
    """The pipeline, then the sentence in as many lines as it needs."""
    letters = int(wide * _LETTERS_AN_INCH)
    most = letters // 2
    name = pipeline if len(pipeline) <= most else f"{pipeline[: most - 1]}\u2026"
    return [
        f"How many segments? {name}",
        *wrap(f"{said[:1].upper()}{said[1:]}." if said else "No way names a k.", letters),
    ]


def _write_title(axes: Axes, lines: list[str], high: float) -> None:
    for place, line in enumerate(lines):
        y, weight = high - 0.2 - place * _LINE_INCHES, "normal" if place else "bold"
        axes.text(_LEFT, y, line, fontsize=10 if place else 11, color=INK, weight=weight, va="center")


def _draw(box: Box, panel: _Panel, common: int | None) -> None:
    """A panel's curve and words, and in every panel the k that most name."""
    ks = panel.curve.index.to_numpy(dtype=float)
    upright = box.onto(_limits(ks), (0, 1))
    if common is not None:
        band = Rectangle((common - 0.3, 0), 0.6, 1, color=LINE, zorder=0, linewidth=0, transform=upright)
        box.axes.add_patch(band)
    box.axes.plot(_limits(ks), [0, 0], color=LINE, linewidth=1, transform=upright)
    for k in panel.curve.index[:: -(-len(ks) // _MOST_NUMBERS)]:
        box.axes.text(k, -0.03, str(k), fontsize=8, color=INK, ha="center", va="top", transform=upright)
    _draw_curve(box, panel, ks)
    _write(box, panel)


def _draw_curve(box: Box, panel: _Panel, ks: np.ndarray) -> None:
    """The curve, its error, the line that it should pass, and the way's own k."""
    axes, values = box.axes, panel.curve.to_numpy(dtype=float)
    place = box.onto(_limits(ks), _limits(values, [STABLE] if panel.way in _STRICT else []))
    axes.plot(ks, values, color=PALETTE[0], linewidth=1.5, marker="o", markersize=3, zorder=2, transform=place)
    if panel.error is not None:
        reach = np.column_stack([values - panel.error, values + panel.error])
        ends = [[(k, low), (k, high)] for k, (low, high) in zip(ks, reach, strict=True)]
        axes.add_collection(LineCollection(ends, colors=PALETTE[0], linewidths=1, transform=place), autolim=False)
    if panel.way in _STRICT:
        axes.plot(_limits(ks), [STABLE] * 2, color=QUIET, linestyle="--", linewidth=0.8, zorder=1, transform=place)
    if panel.k is not None and panel.k in panel.curve.index:
        axes.scatter(panel.k, panel.curve[panel.k], s=52, color=CHOICE, zorder=3, linewidths=0, transform=place)


def _write(box: Box, panel: _Panel) -> None:
    """Above the curve: the way, how to read it, and what it says."""
    said, ink = ("none", QUIET) if panel.k is None else (f"k = {panel.k}", CHOICE)
    box.write(panel.way, above=0.23, weight="bold", color=INK)
    box.write(said, right=True, above=0.23, weight="bold", color=ink)
    box.write(_BEST[panel.way], above=0.07, size=7, color=QUIET)


def _limits(values: np.ndarray, more: Sequence[float] = ()) -> tuple[float, float]:
    """The least and the greatest with a margin."""
    low, high = min([*values, *more]), max([*values, *more])
    margin = 0.05 * (high - low) or 1.0
    return float(low - margin), float(high + margin)
