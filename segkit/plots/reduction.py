"""Pictures of a reduced space: how much its components keep, what they stand for, and who lies near whom."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.cells import signed_cells
from segkit.plots.flat import drawn_rows
from segkit.plots.segments.words import readable, shortened
from segkit.plots.style import (
    INK,
    LINE,
    PALETTE,
    QUIET,
    aside,
    below,
    beside,
    caption,
    colour,
    legend,
    legend_room,
    panel,
    room_for,
)
from segkit.profiles.figures import percent

_MOST_COLUMNS = 30
_LONGEST_NAME = 34
_WORTH_A_NUMBER = 0.4
_CELL = (0.62, 0.2)  # inches


def scree(shares: Sequence[float] | np.ndarray, kept: int, common: float | None = None) -> Figure:
    """The share of the variance in each direction; the first `kept` are those that were clustered.

    Factors keep less than as many directions do: `common` is the share that columns have in common in them.
    """
    values = np.asarray(shares, dtype=float)
    places = np.arange(1, len(values) + 1)
    top = max(0.05, 1.15 * values.max(initial=0))
    figure, axes = panel(max(4.6, 0.3 * len(values)), 2.8)
    axes.set(xlim=(0.4, len(values) + 0.6), ylim=(0, top))
    ticks = _ticks(top)
    for tick in ticks:
        axes.axhline(tick, color=LINE, linewidth=0.8, zorder=0)
    beside(axes, {tick: f"{tick:.0%}" for tick in ticks})
    axes.bar(places, values, width=0.7, color=[PALETTE[0] if place <= kept else QUIET for place in places])
    for place, value in zip(places[:kept], values, strict=False):
        axes.text(place, value + 0.015 * top, f"{value:.0%}", ha="center", va="bottom", fontsize=7, color=INK)
    below(axes, {float(place): str(place) for place in places})
    said = (
        f"the {kept} in blue keep {percent(values[:kept].sum())}"
        if common is None
        else f"{kept} factors share {percent(common)}"
    )
    caption(axes, f"Share of the variance by direction: {said}", "direction")
    return figure


def loadings_picture(table: pd.DataFrame) -> Figure:
    """Which columns each component goes with; those that are strongest on any, the first component's first.

    `table` is what `segkit.reduction.loadings` gives: a row per component.
    """
    strongest = table.abs().max().nlargest(_MOST_COLUMNS).index
    shown = table[_in_blocks(table[strongest])]
    names = [shortened(readable(name), _LONGEST_NAME) for name in shown.columns]
    width, height = (size * count for size, count in zip(_CELL, (len(shown), len(names)), strict=True))
    figure, axes = panel(max(1.2, width), height, left=room_for(names), right=1.6)
    signed_cells(axes, shown.T.to_numpy(), 1.0, _WORTH_A_NUMBER)
    beside(axes, dict(enumerate(names)))
    below(axes, {float(place): str(component) for place, component in enumerate(shown.index)})
    caption(axes, "What each component stands for", "component")
    aside(axes, "correlation of column\nand component:\nred rise together,\nblue one falls as\nthe other rises")
    return figure


def neighbourhoods(points: np.ndarray, labels: np.ndarray) -> Figure:
    """A t-SNE map of customers, coloured by segment."""
    segments = np.unique(labels).tolist()
    figure, axes = panel(4.6, 4.0, right=max(1.25, legend_room(segments)))
    rows = drawn_rows(labels)
    inks = [colour(int(segment)) for segment in labels[rows]]
    axes.scatter(points[rows, 0], points[rows, 1], c=inks, s=8, alpha=0.75, linewidths=0, rasterized=True)
    said = "who is near is alike; distances between groups, and their sizes, mean little"
    caption(axes, f"Neighbourhoods of {len(points):,} customers (t-SNE of the preprocessed columns)", said)
    legend(axes, segments)
    return figure


def _in_blocks(table: pd.DataFrame) -> list[str]:
    """The columns by the component that each goes with most, strongest first."""
    component = table.abs().idxmax()
    order = pd.DataFrame({"component": component, "weak": -table.abs().max()})
    return [str(name) for name in order.sort_values(["component", "weak"], kind="stable").index]


def _ticks(top: float) -> list[float]:
    step = next(step for step in (0.02, 0.05, 0.1, 0.2, 0.5) if top / step <= 5)
    return [float(tick) for tick in np.arange(0, top, step)]
