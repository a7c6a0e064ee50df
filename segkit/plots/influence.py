"""What the segments owe to each column."""

import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.style import INK, PALETTE, beside, caption, panel, room_for

_MOST_BARS = 25


def influence_bars(influence: pd.DataFrame) -> Figure:
    """Share of customers who land in another segment without each column or block, the most influential on top."""
    shown = influence.head(_MOST_BARS)
    names = [str(name).replace("_", " ") for name in shown["without"]]
    figure, axes = panel(4.5, 0.26 * max(len(shown), 1), left=room_for(names))
    shares = shown["moved_share"].fillna(0).to_numpy()  # without some columns there is no model at all
    axes.barh(range(len(shares)), shares, color=PALETTE[0])
    for place, share in enumerate(shown["moved_share"]):
        axes.text(shares[place], place, f"  {share:.0%}" if share >= 0 else "  ?", va="center", fontsize=8, color=INK)
    axes.set(xlim=(0, 1.15 * max(shares, default=1) or 1), ylim=(max(len(shares), 1) - 0.5, -0.5))
    beside(axes, dict(enumerate(names)))
    caption(axes, "Who moves to another segment without this column: share of customers")
    return figure
