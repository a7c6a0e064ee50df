"""The pictures as the page shows them: each with how to read it."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from matplotlib.figure import Figure

from segkit.plots.settings import drawn_with

_PIXELS = 96  # of CSS, to the inch

# Picture -> its heading and how to read it, in the order of the page.
_READING = {
    "against_stability": (
        "Separate and stable",
        "Up is more separate, right comes back more surely: the choice, ringed, should stand far right, "
        "and high among the dots of its own shape.",
    ),
    "agreement": (
        "Do good runs agree?",
        "Dark cells are pairs of runs that put the same customers together: a choice that others find too "
        "does not hang on one method.",
    ),
    "splits": (
        "What more segments would do",
        "A band is as wide as the customers in it: a segment that stays whole as k grows is solid, "
        "one that is stirred up at every step is not.",
    ),
    "against_k": (
        "Against the number of segments",
        "Look for a bend above and a peak below. Compare lines within one column only: "
        "each column is a space of its own.",
    ),
    "rivals": (
        "Against simpler ways",
        "A bar that passes the dashed line tells more than the winner does: "
        "for that purpose the simpler way is the better one.",
    ),
}


@dataclass(frozen=True)
class Picture:
    """A picture on the page: its place, heading, how to read it, its address and its width in CSS pixels."""

    name: str
    title: str
    reading: str
    address: str
    width: int


def pictures(figures: Mapping[str, Figure]) -> list[Picture]:
    """Those that the page knows, in its order."""
    return [_picture(name, figures[name]) for name in _READING if name in figures]


def _picture(name: str, figure: Figure) -> Picture:
    width = round(_PIXELS * figure.get_size_inches()[0])
    return Picture(name, *_READING[name], f"data:image/svg+xml;base64,{b64encode(_svg(figure)).decode()}", width)


def _svg(figure: Figure) -> bytes:
    """Letters drawn as shapes: sharp at any size, the same on every machine and every time."""
    written = BytesIO()
    with drawn_with({"svg.fonttype": "path", "svg.hashsalt": "segkit"}):
        figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()
