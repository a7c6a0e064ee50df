"""How surely each segment comes back when others are asked."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from segkit.evidence.stability import word
from segkit.plots.segments.keys import stacked_names
from segkit.plots.segments.layout import boxes, notes
from segkit.plots.segments.words import segments_of
from segkit.plots.style import INK, below, beside, caption, colour, panel
from segkit.segments import NOISE, SOLID, USABLE

_WIDE, _ROW, _BAR = 4.6, 0.46, 0.6  # inches, and of a row
_ZONES = (("dissolves", 0.0, USABLE, "#E9EBEE"), ("usable", USABLE, SOLID, "#F3F4F6"), ("solid", SOLID, 1.0, "#FBFBFC"))
_AGAIN = {
    "solid": "comes back",
    "usable": "mostly comes back",
    "dissolves": "does not come back",
}


def stability_bars(stability: Mapping[int, float], names: Mapping[int, str]) -> Figure | None:
    """Per segment the overlap with what other halves of the customers lead to, over zones of how far to rely on it.

    `stability` is what `segkit.evidence.stability.segment_stability` gives. None where nothing was measured.
    """
    segments = [s for s in segments_of(np.array(list(stability.keys()), dtype=int)) if s != NOISE and stability[s] >= 0]
    if not segments:
        return None
    titles, room = stacked_names(segments, names)
    figure, axes = panel(_WIDE, _ROW * (len(segments) + 0.6), left=room, right=2.0)
    axes.set(xlim=(0, 1), ylim=(len(segments) - 0.5, -1.1))
    one = np.ones(1)
    for zone, low, high, ground in _ZONES:
        boxes(axes, low * one, -1.1 * one, (high - low) * one, (len(segments) + 0.6) * one, ground, order=-1)
        axes.text((low + high) / 2, -0.8, zone, ha="center", va="center", fontsize=8, color=INK)
    places, lengths = np.arange(float(len(segments))), np.array([stability[segment] for segment in segments])
    boxes(axes, 0 * lengths, places - _BAR / 2, lengths, _BAR, [colour(segment) for segment in segments])
    for border in (USABLE, SOLID):
        axes.axvline(border, color=INK, linewidth=0.8, linestyle=":", zorder=3)
    for place, length in zip(places.tolist(), lengths.tolist(), strict=True):
        axes.text(1.02, place, f"{length:.2f}, {_AGAIN[word(length)]}", va="center", fontsize=8, color=INK)
    beside(axes, dict(enumerate(titles)))
    below(axes, {0.0: "0", USABLE: f"{USABLE:g}", SOLID: f"{SOLID:g}", 1.0: "1"})
    caption(axes, "Does each segment come back with other customers?")
    notes(axes, ["Found anew among halves of the customers: 1 is the same people, 0 entirely others."])
    return figure
