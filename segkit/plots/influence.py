"""What the segments owe to each column."""

import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.style import INK, PALETTE, panel, room_for, tidy

_MOST_BARS = 25


def influence_bars(influence: pd.DataFrame) -> Figure:
    """Share of customers who land in another segment without each column or block, the most influential on top."""
    shown = influence.head(_MOST_BARS)
    names = [str(name).replace("_", " ") for name in shown["without"]]
    figure, axes = panel(4.5, 0.26 * max(len(shown), 1), left=room_for(names))
    bars = axes.barh(names, shown["moved_share"], color=PALETTE[0])
    axes.bar_label(bars, [f"{share:.0%}" for share in shown["moved_share"]], padding=4, fontsize=8, color=INK)
    axes.invert_yaxis()
    axes.margins(x=0.15)
    axes.set_xlim(left=0)
    tidy(axes, "Who moves to another segment without this column", "share of customers")
    return figure
