"""How many segments: the curve of each way of choosing k with what it says, and the tree with its cut."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from segkit.choosing.agreeing import agreed_k, sentence
from segkit.choosing.criteria import STABLE
from segkit.choosing.suggesting import readable
from segkit.choosing.tree import crown
from segkit.plots.style import INK, LINE, PALETTE, QUIET, below

_WIDE, _TALL, _APART, _BETWEEN = 1.95, 1.15, 0.35, 0.72  # inches
_LEFT, _ABOVE, _BELOW = 0.3, 0.3, 0.35
_LINE_INCHES, _LETTERS_AN_INCH = 0.19, 11.5
_IN_A_ROW = 4
_TREE_TALL, _MOST_TWIGS = 1.9, 30
_MOST_NUMBERS = 10
_CHOICE = PALETTE[5]
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
    rows, columns = -(-len(panels) // _IN_A_ROW), min(_IN_A_ROW, len(panels))
    wide = max(columns, 3) * (_WIDE + _APART) - _APART
    title = _title(pipeline, sentence(suggestions), wide)
    high = rows * (_TALL + _BETWEEN) - _BETWEEN + (_BETWEEN + _TREE_TALL if tree is not None else 0)
    head = _LINE_INCHES * len(title) + 0.55
    figure = Figure(figsize=(_LEFT + wide + _ABOVE, head + high + _BELOW), dpi=110)
    _write_title(figure, title)
    common = agreed_k(suggestions)
    for place, panel in enumerate(panels):
        row, column = divmod(place, _IN_A_ROW)
        corner = (_LEFT + column * (_WIDE + _APART), head + row * (_TALL + _BETWEEN))
        _draw(_axes(figure, corner, (_WIDE, _TALL)), panel, common)
    if tree is not None:
        axes = _axes(figure, (_LEFT, head + rows * (_TALL + _BETWEEN)), (wide, _TREE_TALL))
        _draw_tree(axes, tree, _said_by(suggestions).get("dendrogram"))
    return figure


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
    name = pipeline if len(pipeline) <= letters else f"{pipeline[: letters - 1]}\u2026"
    return [
        f"How many segments? {name}",
        *wrap(f"{said[:1].upper()}{said[1:]}." if said else "No way names a k.", letters),
    ]


def _write_title(figure: Figure, lines: list[str]) -> None:
    wide, high = figure.get_size_inches()
    for place, line in enumerate(lines):
        y, weight = 1 - (0.2 + place * _LINE_INCHES) / high, "normal" if place else "bold"
        figure.text(_LEFT / wide, y, line, fontsize=10 if place else 11, color=INK, weight=weight, va="center")


def _axes(figure: Figure, corner: tuple[float, float], size: tuple[float, float]) -> Axes:
    """A bare panel, so many inches from the upper left corner of the figure."""
    wide, high = figure.get_size_inches()
    place = (corner[0] / wide, 1 - (corner[1] + size[1]) / high, size[0] / wide, size[1] / high)
    axes = figure.add_axes(place)
    axes.set_axis_off()
    return axes


def _draw(axes: Axes, panel: _Panel, common: int | None) -> None:
    """The curve, the way's own k on it, and in every panel the k that most name."""
    ks, values = panel.curve.index.to_numpy(dtype=float), panel.curve.to_numpy(dtype=float)
    axes.plot(ks, values, color=PALETTE[0], linewidth=1.5, marker="o", markersize=3, zorder=2)
    if panel.error is not None:
        axes.vlines(ks, values - panel.error, values + panel.error, color=PALETTE[0], linewidth=1)
    if panel.way in _STRICT:
        axes.axhline(STABLE, color=QUIET, linestyle="--", linewidth=0.8, zorder=1)
    if common is not None:
        axes.axvspan(common - 0.3, common + 0.3, color=LINE, zorder=0, linewidth=0)
    _choice(axes, panel)
    axes.axhline(axes.get_ylim()[0], color=LINE, linewidth=1)
    below(axes, _numbers(panel.curve.index.tolist()))
    axes.text(0, 1.2, panel.way, transform=axes.transAxes, fontsize=8.5, weight="bold", color=INK)
    axes.text(0, 1.06, _BEST[panel.way], transform=axes.transAxes, fontsize=7, color=QUIET)


def _choice(axes: Axes, panel: _Panel) -> None:
    said = "none" if panel.k is None else f"k = {panel.k}"
    ink = QUIET if panel.k is None else _CHOICE
    axes.text(1, 1.2, said, transform=axes.transAxes, fontsize=8.5, ha="right", weight="bold", color=ink)
    if panel.k is not None and panel.k in panel.curve.index:
        axes.scatter([panel.k], [panel.curve[panel.k]], s=52, color=_CHOICE, zorder=3, linewidths=0)


def _numbers(ks: list[int]) -> dict[float, str]:
    """The k below a panel, as many as have room."""
    step = -(-len(ks) // _MOST_NUMBERS)
    return {float(k): str(k) for k in ks[::step]}


def _draw_tree(axes: Axes, tree: np.ndarray, k: int | None) -> None:
    """The last merges; branches below the cut have colours of their own."""
    from scipy.cluster.hierarchy import dendrogram  # late: no other picture of a sweep needs it

    top = crown(tree, max(_MOST_TWIGS, k or 0))
    inks = _branch_inks(top, k or 1)
    drawn: dict[str, Any] = dendrogram(top, no_plot=True, link_color_func=lambda node: inks[node])
    joints = np.stack([np.array(drawn["icoord"]), np.array(drawn["dcoord"])], axis=2)
    axes.add_collection(LineCollection(list(joints), colors=drawn["color_list"], linewidths=1.4), autolim=False)
    highest, twigs = max(float(top[:, 2].max()), 1e-9), len(top) + 1
    axes.set(xlim=(0, 10 * twigs), ylim=(0, 1.03 * highest))
    axes.text(0, 1.04, "the tree", transform=axes.transAxes, fontsize=8.5, weight="bold", color=INK)
    more = f"  its last {twigs - 1} merges; the higher two branches join, the less alike they are"
    axes.text(0.06, 1.04, more, transform=axes.transAxes, fontsize=7, color=QUIET)
    if k is not None and 2 <= k <= len(top):
        height = (top[-k, 2] + top[1 - k, 2]) / 2
        axes.axhline(height, color=_CHOICE, linestyle="--", linewidth=1)
        said: dict[str, Any] = {"fontsize": 8.5, "color": _CHOICE, "ha": "right", "weight": "bold"}
        axes.text(1, 1.04, f"cut: k = {k}", transform=axes.transAxes, **said)


def _branch_inks(top: np.ndarray, k: int) -> dict[int, str]:
    """Each merge's colour: grey above the cut, below it that of its branch."""
    leaves, merges = len(top) + 1, len(top)
    cut = leaves + merges - (k - 1)  # from this node on it lies above the cut
    inks, branches = dict.fromkeys(range(cut, leaves + merges), QUIET), 0
    for node in range(leaves + merges - 1, leaves - 1, -1):
        if node < cut and node not in inks:
            inks[node], branches = PALETTE[branches % len(PALETTE)], branches + 1
        if node < cut:
            inks |= dict.fromkeys(map(int, top[node - leaves, :2]), inks[node])
    return inks
