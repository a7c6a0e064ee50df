"""The pictures of one run."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.cells import signed_cells
from segkit.plots.flat import axis_names, drawn_rows, flattened
from segkit.plots.spreading import spread
from segkit.plots.style import (
    INK,
    aside,
    below,
    beside,
    caption,
    colour,
    legend,
    legend_room,
    panel,
    panel_3d,
    room_for,
    segment_label,
)
from segkit.segments import NOISE

_LIMIT = 2.0
# In the heat map a number stands where a segment differs; the pale cells are read by their colour.
_WORTH_A_NUMBER = 0.8
# Of the height of the silhouettes' panel, what a name beside it takes.
_LINE = 0.05


def projection(space: np.ndarray, labels: np.ndarray, names: Mapping[int, str] | None = None) -> Figure:
    """The clustered space in two dimensions: as it is if it has two, else its two main directions.

    The legend has the segments' names, or their numbers without any.
    """
    flat, shares = flattened(space)
    segments = np.unique(labels).tolist()
    figure, axes = panel(right=max(1.25, legend_room(segments, names)))
    rows = drawn_rows(labels)
    axes.scatter(flat[rows, 0], flat[rows, 1], c=_colours(labels[rows]), s=8, alpha=0.75, linewidths=0, rasterized=True)
    caption(axes, "Customers in the clustered space", *axis_names(shares))
    legend(axes, segments, names=names)
    return figure


def projection_3d(space: np.ndarray, labels: np.ndarray, names: Mapping[int, str] | None = None) -> Figure:
    """A space of three dimensions as it is; the legend as that of `projection`."""
    segments = np.unique(labels).tolist()
    figure, axes = panel_3d(right=max(1.55, 0.5 + legend_room(segments, names)))
    rows = drawn_rows(labels)
    x, y, z = space[rows, :3].T
    axes.scatter(x, y, z, c=_colours(labels[rows]), s=8, alpha=0.75, linewidths=0, rasterized=True)
    axes.set_title("Customers in the clustered space", loc="left", fontsize=11, color=INK)
    axes.set(xlabel="dimension 1", ylabel="dimension 2", zlabel="dimension 3", xticks=[], yticks=[], zticks=[])
    legend(axes, segments, left=1.1, names=names)
    return figure


def silhouette_profile(
    silhouettes: np.ndarray, labels: np.ndarray, mean: float, names: Mapping[int, str] | None = None
) -> Figure:
    """Measured customers' silhouettes, sorted by segment: a blade that reaches below zero overlaps a neighbour.

    Beside the blades, which are as high as segments are large, stand the segments' names (or their numbers, without
    any) and their shares of all customers.
    """
    sizes = zip(*np.unique(labels, return_counts=True), strict=True)
    shares = {int(segment): f"{count / len(labels):.0%}" for segment, count in sizes if segment != NOISE}
    titles = {one: f"{segment_label(one, names) if names else one}  {share}" for one, share in shares.items()}
    figure, axes = panel(left=max(0.45, room_for(titles.values())))
    measured = np.isfinite(silhouettes)
    values, segments, start = silhouettes[measured], labels[labels != NOISE][measured], 0
    gap, middles = max(1, len(values) // 60), []
    for segment in np.unique(segments):
        blade = np.sort(values[segments == segment])[::-1]
        axes.fill_betweenx(np.arange(start, start + len(blade)), 0, blade, color=colour(segment), linewidth=0)
        middles.append(start + len(blade) / 2)
        start += len(blade) + gap
    axes.axvline(mean, color=INK, linestyle="--", linewidth=1)
    axes.set(xlim=(-0.6, 1), ylim=(start, -gap))
    shown = [titles[int(segment)] for segment in np.unique(segments)]
    beside(axes, dict(zip(spread(np.array(middles), _LINE * (start + gap)).tolist(), shown, strict=True)))
    below(axes, {-0.5: "-0.5", 0: "0", 0.5: "0.5", 1: "1"})
    without = ", unassigned customers left out" if np.any(labels == NOISE) else ""
    sample = "" if measured.all() else f", {len(values):,} measured"
    caption(
        axes,
        f"Silhouette by segment (mean {mean:.2f}, dashed{without}{sample})",
        "1 well inside, 0 on a border, below 0 nearer to another segment",
    )
    return figure


def segment_profile(deviations: pd.DataFrame, most: int = 16) -> Figure:
    """Heat map of the traits that mark the segments most, in standard deviations from everyone's mean."""
    shown = deviations[deviations.abs().max().nlargest(most).index].T
    traits = [str(trait).replace("_", " ").replace("=", ": ") for trait in shown.index]
    figure, axes = panel(0.6 * shown.shape[1], 0.25 * len(shown), left=room_for(traits), right=2.4)
    # The same limits in every picture, so that one red means one thing; the numbers say what lies beyond.
    signed_cells(axes, shown.to_numpy(), _LIMIT, _WORTH_A_NUMBER)
    below(axes, {place: str(segment) for place, segment in enumerate(shown.columns)})
    beside(axes, dict(enumerate(traits)))
    caption(axes, "What marks each segment", "segment")
    aside(axes, "standard deviations from\neveryone's mean:\nred above, blue below")
    return figure


def _colours(segments: np.ndarray) -> list[str]:
    return [colour(int(segment)) for segment in segments]
