"""One look for every picture: colours that colour-blind readers can tell apart, one per segment everywhere."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d.axes3d import Axes3D
from PIL import Image

from segkit.plots.settings import drawn_with
from segkit.segments import NOISE

# Okabe and Ito's palette, then lighter and darker mixes for sweeps with many segments.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7B5EA7", "#8C8C2E", "#5B3A29", "#1B9AAA")
NOISE_COLOUR = "#BBBBBB"
INK = "#333333"
LINE = "#E3E6EA"
QUIET = "#9AA3AD"
_MOST_IN_LEGEND = 16
_LONGEST_NAME = 44
_DPI = 110
# Inches below a panel for names and a caption, and above it for a title.
_BELOW, _ABOVE = 0.6, 0.45


def colour(segment: int) -> str:
    """The segment's colour; unassigned customers are grey."""
    return NOISE_COLOUR if segment == NOISE else PALETTE[segment % len(PALETTE)]


def segment_label(segment: int, names: Mapping[int, str] | None = None) -> str:
    """How a picture names a segment, in one line."""
    if segment == NOISE:
        return "unassigned"
    return shorten((names or {}).get(segment) or f"segment {segment}", _LONGEST_NAME, placeholder="\u2026")


def panel(width: float = 5.0, height: float = 3.4, left: float = 0.65, right: float = 0.25) -> tuple[Figure, Axes]:
    """A figure with one panel of this size in inches, and room for labels on its `left` and a legend on its `right`.

    Pictures are a large part of what a run costs, so it is made without pyplot (no global state, no window), without a
    layout engine (which would draw every text twice), and without axes: matplotlib's take longer than what they frame.
    What stands around the panel is written with `caption`, `beside`, `below` and `legend`.
    """
    whole_width, whole_height = left + width + right, _BELOW + height + _ABOVE
    figure = Figure(figsize=(whole_width, whole_height), dpi=_DPI)
    place = (left / whole_width, _BELOW / whole_height, width / whole_width, height / whole_height)
    axes = figure.add_axes(place)
    axes.set_axis_off()
    return figure, axes


def panel_3d(width: float = 4.85, height: float = 5.0, right: float = 1.55) -> tuple[Figure, Axes3D]:
    """A figure with one panel of three dimensions, which keeps its axes: they show how it is turned."""
    figure = Figure(figsize=(width + right, height), dpi=_DPI)
    return figure, figure.add_axes((0.0, 0.05, width / (width + right), 0.88), projection="3d")


def save_png(figure: Figure, path: Path) -> None:
    """Write the picture as a file; see `png_bytes`."""
    path.write_bytes(png_bytes(figure))


def png_bytes(figure: Figure) -> bytes:
    """The picture in 256 colours: a third of the bytes of all colours, in a third of the time.

    Fitting letters to the grid of pixels would take a quarter of the time.
    """
    canvas = FigureCanvasAgg(figure)
    with drawn_with({"text.hinting": "no_hinting"}):
        canvas.draw()
    drawn = Image.fromarray(np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[..., :3]))
    few = drawn.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.putpalette(_with_ground(few.getpalette() or [], few.getpixel((0, 0)), drawn.getpixel((0, 0))))
    written = BytesIO()
    few.save(written, "png", compress_level=1, dpi=(figure.dpi, figure.dpi))
    return written.getvalue()


def shrunk(png: bytes, width: int) -> bytes:
    """The same picture as PNG, at most so many pixels wide."""
    with Image.open(BytesIO(png)) as drawn:
        height = round(drawn.height * width / drawn.width)
        small = (
            drawn if drawn.width <= width else drawn.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
        )
        written = BytesIO()
        small.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(written, "png")
    return written.getvalue()


def legend_room(segments: Iterable[int], names: Mapping[int, str] | None = None) -> float:
    """Inches that a legend takes beside a panel."""
    return 0.3 + room_for(segment_label(segment, names) for segment in segments)


def _with_ground(palette: list[int], place: Any, ground: Any) -> list[int]:
    """The palette with the ground as it was drawn: few colours share what is nearly white with it."""
    palette[3 * place : 3 * place + 3] = ground
    return palette


def room_for(names: Iterable[str]) -> float:
    """Inches that the longest of these names takes beside a panel."""
    return 0.2 + max(map(inches_of, names), default=0.0)


def inches_of(name: str) -> float:
    """About how long a name is in small print; capitals are wider than other letters.

    >>> round(inches_of("spend wine"), 2), round(inches_of("SPEND WINE"), 2)
    (0.67, 0.8)
    """
    return 0.067 * len(name) + 0.014 * sum(letter.isupper() for letter in name)


def tidy(axes: Axes, title: str, x: str = "", y: str = "") -> None:
    """Title, labels and no frame on the two sides that say nothing."""
    axes.set_title(title, loc="left", fontsize=11, color=INK)
    axes.set_xlabel(x, color=INK)
    axes.set_ylabel(y, color=INK)
    axes.tick_params(colors=INK, labelsize=8)
    for side in ("top", "right"):
        if side in axes.spines:
            axes.spines[side].set_visible(False)


def caption(axes: Axes, title: str, x: str = "", y: str = "") -> None:
    """A panel's title above its left edge; what lies from left to right (below it) and from bottom to top."""
    figure, box = _figure_of(axes), axes.get_position()
    inch = 1 / figure.get_size_inches()[1]
    figure.text(box.x0, box.y1 + 0.1 * inch, title, color=INK, fontsize=11)
    if x:
        figure.text((box.x0 + box.x1) / 2, 0.1 * inch, x, color=INK, ha="center", fontsize=9)
    if y:
        figure.text(box.x0 / 2, (box.y0 + box.y1) / 2, y, color=INK, ha="center", va="center", rotation=90, fontsize=9)


def beside(axes: Axes, names: Mapping[float, str]) -> None:
    """Names at the left edge of a panel, by their heights in it."""
    place = axes.get_yaxis_transform()
    for height, name in names.items():
        axes.text(-0.015, height, name, ha="right", va="center", fontsize=8, color=INK, transform=place)


def below(axes: Axes, names: Mapping[float, str]) -> None:
    """Names at the lower edge of a panel, by their places in it."""
    place = axes.get_xaxis_transform()
    for across, name in names.items():
        axes.text(across, -0.02, name, ha="center", va="top", fontsize=8, color=INK, transform=place)


def grid(axes: Axes, across: Iterable[float] = (), up: Iterable[float] = ()) -> None:
    """Light lines with their numbers, behind what is drawn, at these places of a panel."""
    across, up = list(across), list(up)
    for place in across:
        axes.axvline(place, color=LINE, linewidth=0.8, zorder=0)
    for place in up:
        axes.axhline(place, color=LINE, linewidth=0.8, zorder=0)
    below(axes, {place: f"{place:g}" for place in across})
    beside(axes, {place: f"{place:g}" for place in up})


def label(
    axes: Axes, text: str, at: tuple[float, float], offset: tuple[int, int], across: str = "left", bold: bool = False
) -> None:
    """Text near a point of the panel, so many typographic points right and up of it, over a pale ground."""
    axes.annotate(
        text,
        at,
        xytext=offset,
        textcoords="offset points",
        ha=across,
        va="bottom" if offset[1] > 0 else "top" if offset[1] < 0 else "center",
        fontsize=8,
        weight="bold" if bold else "normal",
        color=INK,
        bbox={"facecolor": "white", "alpha": 0.55, "linewidth": 0, "pad": 0.8},
        zorder=4,
    )


def legend(axes: Axes, segments: Iterable[int], left: float = 1.0, names: Mapping[int, str] | None = None) -> None:
    """Beside the panel, `left` panel widths from its left edge, a coloured line per segment, as many as have room.

    Plain texts: a legend of matplotlib's own costs as much as the rest of the picture.
    """
    shown = list(segments)
    lines = [(f"\u25cf {segment_label(segment, names)}", colour(segment)) for segment in shown[:_MOST_IN_LEGEND]]
    lines += [(f"and {len(shown) - _MOST_IN_LEGEND} more", INK)] if len(shown) > _MOST_IN_LEGEND else []
    key(axes, lines, left)


def key(axes: Axes, lines: Sequence[tuple[str, str]], left: float = 1.0) -> None:
    """Beside the panel, lines of text in their colours, one under the other around its middle."""
    middle = (len(lines) - 1) / 2
    for place, (line, ink) in enumerate(lines):
        aside(axes, line, left, ink, lines_up=middle - place)


def aside(axes: Axes, text: str, left: float = 1.0, ink: str = INK, lines_up: float = 0.0) -> None:
    """Text to the right of a panel, so many lines above its middle."""
    figure = _figure_of(axes)
    box, line = axes.get_position(), 0.19 / figure.get_size_inches()[1]
    x, y = box.x0 + (left + 0.03) * box.width, (box.y0 + box.y1) / 2
    figure.text(x, y + lines_up * line, text, color=ink, fontsize=8, va="center")


def _figure_of(axes: Axes) -> Figure:
    figure = axes.get_figure(root=True)
    assert figure is not None
    return figure
