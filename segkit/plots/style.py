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
_DPI = 110
# Inches below a panel for ticks and a label, and above it for a title.
_BELOW, _ABOVE = 0.6, 0.45


def colour(segment: int) -> str:
    """The segment's colour; unassigned customers are grey."""
    return NOISE_COLOUR if segment == NOISE else PALETTE[segment % len(PALETTE)]


def segment_label(segment: int) -> str:
    """How a picture names a segment."""
    return "unassigned" if segment == NOISE else f"segment {segment}"


def panel(width: float = 5.0, height: float = 3.4, left: float = 0.65, right: float = 0.25) -> tuple[Figure, Axes]:
    """A figure with one panel of this size in inches, and room for labels on its `left` and a legend on its `right`.

    Made without pyplot, so that no global state and no window is involved, and without a layout engine, which would
    draw every text twice: pictures are a large part of what a run costs.
    """
    whole_width, whole_height = left + width + right, _BELOW + height + _ABOVE
    figure = Figure(figsize=(whole_width, whole_height), dpi=_DPI)
    place = (left / whole_width, _BELOW / whole_height, width / whole_width, height / whole_height)
    return figure, figure.add_axes(place)


def beside(figure: Figure, axes: Axes, gap: float = 0.2, width: float = 0.12) -> Axes:
    """A narrow panel to the right of another, for its colour scale; sizes in inches."""
    box, whole = axes.get_position(), figure.get_size_inches()[0]
    return figure.add_axes((box.x1 + gap / whole, box.y0 + 0.1 * box.height, width / whole, 0.8 * box.height))


def panel_3d(width: float = 6.4, height: float = 5.0) -> tuple[Figure, Axes3D]:
    """A figure with one panel of three dimensions."""
    figure = Figure(figsize=(width, height), dpi=_DPI)
    return figure, figure.add_axes((0.0, 0.05, 0.76, 0.88), projection="3d")


def room_for(names: Iterable[str]) -> float:
    """Inches that the longest of these tick labels takes."""
    return 0.2 + 0.067 * max((len(name) for name in names), default=0)


def tidy(axes: Axes, title: str, x: str = "", y: str = "") -> None:
    """Title, labels and no frame on the two sides that say nothing."""
    axes.set_title(title, loc="left", fontsize=11, color=INK)
    axes.set_xlabel(x, color=INK)
    axes.set_ylabel(y, color=INK)
    axes.tick_params(colors=INK, labelsize=8)
    for side in ("top", "right"):
        if side in axes.spines:
            axes.spines[side].set_visible(False)


def legend(axes: Axes, segments: Iterable[int], left: float = 1.0) -> None:
    """A legend beside the panel, `left` panel widths from its left edge: one dot per segment, as many as have room."""
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
        bbox_to_anchor=(left, 0.5),
    )
