"""The pictures of a sweep."""

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from segkit.plots.style import INK, PALETTE, tidy

_DASHES: tuple[Literal["-", "--", ":"], ...] = ("-", "--", ":")
Style = tuple[str, Literal["-", "--", ":"]]
_METRICS = {"inertia": "inertia, share of the first k's", "silhouette_macro": "macro silhouette"}
# More spaces than this side by side are too small to read; those that hold the best runs are shown.
_MOST_SPACES = 6


def score_against_k(runs: pd.DataFrame) -> Figure | None:
    """Elbow (top) and silhouette (bottom) against k: a column per space, a line per algorithm.

    `runs` has the columns space, algorithm, k, inertia, silhouette_macro and guarded, best run first. None unless some
    pipeline was tried at two k.
    """
    known = runs.dropna(subset=["k", "inertia", "silhouette_macro"])
    lines = known.groupby(["space", "algorithm"], sort=False).filter(lambda line: line["k"].nunique() > 1)
    if lines.empty:
        return None
    spaces, algorithms = list(lines["space"].unique())[:_MOST_SPACES], sorted(lines["algorithm"].unique())
    styles = {name: _style(position) for position, name in enumerate(algorithms)}
    figure = Figure(figsize=(1.6 + 2.5 * len(spaces), 5.4), layout="constrained", dpi=120)
    panels = figure.subplots(len(_METRICS), len(spaces), sharex=True, sharey="row", squeeze=False)
    for row, metric in zip(panels, _METRICS, strict=True):
        for axes, space in zip(row, spaces, strict=True):
            _draw_lines(axes, lines[lines["space"] == space], metric, styles)
            tidy(axes, space if metric == "inertia" else "", "k" if metric == "silhouette_macro" else "")
        row[0].set_ylabel(_METRICS[metric], color=INK)
    _explain(figure, styles)
    return figure


def _style(position: int) -> Style:
    """Colour and dash: beyond the palette the colours come again, dashed."""
    return PALETTE[position % len(PALETTE)], _DASHES[position // len(PALETTE) % len(_DASHES)]


def _draw_lines(axes: Axes, lines: pd.DataFrame, metric: str, styles: dict[str, Style]) -> None:
    for algorithm, line in lines.sort_values("k").groupby("algorithm"):
        # Inertia is only comparable within one space and says nothing by its size, so a line starts at 1.
        first = line[metric].iloc[0] if metric == "inertia" else 1.0
        values, (colour, dash) = line[metric] / (first or 1.0), styles[str(algorithm)]
        axes.plot(line["k"], values, color=colour, linestyle=dash, linewidth=1.4, alpha=0.8)
        fills = ["white" if guarded else colour for guarded in line["guarded"]]
        axes.scatter(line["k"], values, facecolors=fills, edgecolors=colour, s=22, zorder=3)
    axes.set_xticks(sorted(int(k) for k in lines["k"].unique()))


def _explain(figure: Figure, styles: dict[str, Style]) -> None:
    handles = [Line2D([], [], color=c, linestyle=dash, marker="o", label=name) for name, (c, dash) in styles.items()]
    hollow = Line2D([], [], color=INK, marker="o", markerfacecolor="white", linestyle="", label="trips a guard")
    figure.legend(handles=[*handles, hollow], loc="outside lower center", ncols=5, frameon=False, fontsize=8)
