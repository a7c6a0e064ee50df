"""Pictures of what has changed since a model was fitted."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from segkit.drift.columns import Shift
from segkit.drift.shares import Share
from segkit.plots.segments.words import name_of, readable, shortened
from segkit.plots.style import INK, PALETTE, QUIET, below, beside, caption, colour, grid, panel, room_for

_MOST_COLUMNS = 25
_LONGEST = 44
_ROW = 0.36  # inches


def shares_then_and_now(shares: Mapping[int, Share], names: Mapping[int, str]) -> Figure:
    """Per segment its share now as a dot with its interval, and the share at fitting as a ring."""
    rows = [shortened(f"{segment}  {name_of(segment, names)}", _LONGEST) for segment in shares]
    figure, axes = panel(4.6, _ROW * max(len(rows), 2), left=room_for(rows), right=1.1)
    known = [one.before for one in shares.values() if one.before >= 0]
    ends = max([0.05, *known, *(one.high for one in shares.values())])
    axes.set(xlim=(0, 1.04 * ends), ylim=(len(rows) - 0.4, -0.6))
    grid(axes)
    for row, (segment, one) in enumerate(shares.items()):
        ink = colour(segment)
        axes.plot([one.low, one.high], [row, row], color=ink, linewidth=2.2, solid_capstyle="butt")
        axes.scatter([one.share], [row], s=38, color=ink, zorder=4)
        axes.scatter([one.before], [row], s=52, facecolors="none", edgecolors=INK, linewidths=1.1, zorder=5)
        words = f"{one.before:.0%} → {one.share:.0%}" if one.before >= 0 else f"{one.share:.0%}"
        axes.text(1.02, row, words, transform=axes.get_yaxis_transform(), va="center", fontsize=8, color=INK)
    beside(axes, dict(enumerate(rows)))
    places = [place for place in np.linspace(0, 1, 21) if place <= 1.04 * ends]
    step = max(1, len(places) // 6)
    below(axes, {float(place): f"{place:.0%}" for place in places[::step]})
    caption(axes, "Share of customers: ring at fitting, dot now with what chance allows")
    return figure


def psi_bars(columns: Sequence[Shift], limits: Sequence[float]) -> Figure:
    """Per column its PSI, in grey the part of it that chance alone makes on average; the limits as upright lines."""
    shown = list(columns)[:_MOST_COLUMNS]
    names = [shortened(readable(one.name), _LONGEST) for one in shown]
    figure, axes = panel(4.6, 0.26 * max(len(shown), 3), left=room_for(names), right=0.6)
    most = 1.1 * max([*limits, *(one.psi for one in shown)])
    axes.barh(range(len(shown)), [one.psi for one in shown], color=PALETTE[0], height=0.7)
    axes.barh(range(len(shown)), [min(one.noise, one.psi) for one in shown], color=QUIET, height=0.7)
    for place, one in enumerate(shown):
        axes.text(one.psi + 0.01 * most, place, f"{one.psi:.2f}", va="center", fontsize=8, color=INK)
    for limit in limits:
        axes.axvline(limit, color=INK, linewidth=0.9, linestyle=":")
    axes.set(xlim=(0, most), ylim=(max(len(shown), 1) - 0.5, -0.5))
    beside(axes, dict(enumerate(names)))
    below(axes, {0.0: "0", **{float(limit): f"{limit:g}" for limit in limits}})
    caption(axes, "How far columns have moved: PSI (grey: by chance)")
    return figure
