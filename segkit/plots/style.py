"""One look for every picture: colours that colour-blind readers can tell apart, one per segment everywhere."""

from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d.axes3d import Axes3D

from segkit.assigning import NOISE

# Okabe and Ito's palette, then lighter and darker mixes for sweeps with many segments.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7B5EA7", "#8C8C2E", "#5B3A29", "#1B9AAA")
NOISE_COLOUR = "#BBBBBB"
INK = "#333333"
_MOST_IN_LEGEND = 16


def colour(segment: int) -> str:
    """The segment's colour; unassigned customers are grey."""
    return NOISE_COLOUR if segment == NOISE else PALETTE[segment % len(PALETTE)]


def segment_label(segment: int) -> str:
    """How a picture names a segment."""
    return "unassigned" if segment == NOISE else f"segment {segment}"


def panel(width: float = 6.0, height: float = 4.2) -> tuple[Figure, Axes]:
    """A figure with one panel, made without pyplot so that no global state and no window is involved."""
    figure = Figure(figsize=(width, height), layout="constrained", dpi=120)
    return figure, figure.add_subplot()


def panel_3d(width: float = 6.4, height: float = 5.2) -> tuple[Figure, Axes3D]:
    """A figure with one panel of three dimensions."""
    figure = Figure(figsize=(width, height), layout="constrained", dpi=120)
    return figure, figure.add_subplot(projection="3d")


def tidy(axes: Axes, title: str, x: str = "", y: str = "") -> None:
    """Title, labels and no frame on the two sides that say nothing."""
    axes.set_title(title, loc="left", fontsize=11, color=INK)
    axes.set_xlabel(x, color=INK)
    axes.set_ylabel(y, color=INK)
    axes.tick_params(colors=INK, labelsize=8)
    for side in ("top", "right"):
        if side in axes.spines:
            axes.spines[side].set_visible(False)


def legend(axes: Axes, segments: Iterable[int]) -> None:
    """A legend beside the panel: one dot per segment, of the first ones where they are too many for it."""
    shown = list(segments)
    names = [segment_label(segment) for segment in shown[:_MOST_IN_LEGEND]]
    dots = [axes.plot([], [], "o", color=colour(segment), markersize=6)[0] for segment in shown[:_MOST_IN_LEGEND]]
    if len(shown) > _MOST_IN_LEGEND:
        dots += axes.plot([], [], " ")
        names.append(f"and {len(shown) - _MOST_IN_LEGEND} more")
    axes.legend(
        dots,
        names,
        frameon=False,
        fontsize=8,
        loc="center left",
        bbox_to_anchor=(1.0, 0.5),
    )
