"""Whether a sweep's winner can be trusted: how separate its segments are against how surely they come back."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from segkit.plots.style import INK, PALETTE, QUIET, caption, grid, key, label, panel, room_for
from segkit.selection import Ranked, Ranking

# Marker -> the letter that shows it in the legend.
_SHAPES = {"o": "\u25cf", "s": "\u25a0", "^": "\u25b2", "D": "\u25c6", "v": "\u25bc", "P": "\u271a"}
_LIGHT = 0.35
_NOTE = ("heights compare only", "within one shape: each", "reducer makes a space", "of its own")


def score_against_stability(ranking: Ranking) -> Figure | None:
    """One dot per run: its stability (the quick one, drawn lighter, where it was no finalist) and macro silhouette.

    A colour per algorithm, a shape per reducer; runs that trip a guard are hollow and grey, the best two that trip none
    are named and the best is ringed. None unless two runs have both numbers.
    """
    dots = _dots(ranking)
    if len(dots) < 2:
        return None
    colours = _looks(dots["algorithm"], PALETTE)
    shapes = _looks(dots["reducer"], tuple(_SHAPES))
    lines = _key_lines(dots, colours, shapes)
    figure, axes = panel(5.2, max(3.9, 0.19 * len(lines)), left=0.7, right=0.1 + room_for(line for line, _ in lines))
    _frame(axes, dots)
    for reducer, alike in dots.groupby("reducer"):
        _draw(axes, alike, shapes[str(reducer)], colours)
    _name_the_best(axes, dots)
    key(axes, lines)
    title = "Do separate segments also come back?"
    caption(axes, title, "stability: how alike segments are when found again on other customers", "macro silhouette")
    return figure


def _dots(ranking: Ranking) -> pd.DataFrame:
    rows = [_dot(ranked) for ranked in ranking.runs]
    columns = ["name", "reducer", "algorithm", "x", "y", "quick", "guarded"]
    return pd.DataFrame(rows, columns=columns).dropna(subset=["x", "y"]).reset_index(drop=True)


def _dot(ranked: Ranked) -> tuple[object, ...]:
    run, metrics = ranked.run, ranked.run.metrics
    steps = (run.params.get("reducer", "?"), run.params.get("algorithm", "?"))
    quick = "stability" not in metrics
    stability = metrics.get("stability_quick" if quick else "stability", np.nan)
    return (run.name, *steps, stability, metrics.get("silhouette_macro", np.nan), quick, bool(ranked.guards))


def _looks(names: Iterable[object], looks: tuple[str, ...]) -> dict[str, str]:
    """A colour or a shape for each name; where these run out they come again."""
    return {name: looks[place % len(looks)] for place, name in enumerate(sorted(set(map(str, names))))}


def _frame(axes: Axes, dots: pd.DataFrame) -> None:
    """Limits with some air around the dots, and a light grid."""
    low, high = dots[["x", "y"]].min(), dots[["x", "y"]].max()
    air = (0.12 * (high - low)).clip(lower=0.02)
    axes.set(xlim=(low["x"] - air["x"], high["x"] + air["x"]), ylim=(low["y"] - air["y"], high["y"] + air["y"]))
    grid(axes, [tick for tick in _ticks(*axes.get_xlim()) if tick <= 1], _ticks(*axes.get_ylim()))


def _ticks(low: float, high: float) -> list[float]:
    return [float(tick) for tick in MaxNLocator(5).tick_values(low, high) if low <= tick <= high]


def _draw(axes: Axes, dots: pd.DataFrame, shape: str, colours: Mapping[str, str]) -> None:
    edges = [
        QUIET if guarded else colours[name] for name, guarded in zip(dots["algorithm"], dots["guarded"], strict=True)
    ]
    strengths = np.select([dots["guarded"], dots["quick"]], [0.0, _LIGHT], 1.0)
    fills = [to_rgba(edge, strength) for edge, strength in zip(edges, strengths, strict=True)]
    axes.scatter(dots["x"], dots["y"], marker=shape, s=42, facecolors=fills, edgecolors=edges, linewidths=1.1, zorder=2)


def _name_the_best(axes: Axes, dots: pd.DataFrame) -> None:
    """The choice with a ring and its name above, the runner-up with its name below, both towards the middle."""
    best = dots[~dots["guarded"]].head(2)
    middle = sum(axes.get_xlim()) / 2
    for (_, dot), up in zip(best.iterrows(), (11, -11), strict=False):
        side, along = ("left", -6) if dot["x"] < middle else ("right", 6)
        label(axes, dot["name"], (dot["x"], dot["y"]), (along, up), side, bold=up > 0)
    for x, y in best[["x", "y"]].to_numpy()[:1]:
        axes.scatter(x, y, s=190, facecolors="none", edgecolors=INK, linewidths=1.6, zorder=3)


def _key_lines(dots: pd.DataFrame, colours: Mapping[str, str], shapes: Mapping[str, str]) -> list[tuple[str, str]]:
    """What colours, shapes and fills mean; only those that are there."""
    lines = [("algorithm", INK), *((f"\u25cf {name}", colour) for name, colour in colours.items()), ("", INK)]
    lines += [("reducer", INK), *((f"{_SHAPES[shape]} {name}", INK) for name, shape in shapes.items()), ("", INK)]
    lines += [("\u25cb trips a guard", QUIET)] if dots["guarded"].any() else []
    lines += [("pale: a quick look only", INK)] if (dots["quick"] & ~dots["guarded"]).any() else []
    return lines + ([("", INK), *((line, INK) for line in _NOTE)] if len(shapes) > 1 else [])
