"""Whether the winner is of more use than what is there already, or than something simple."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from segkit.plots.style import NOISE_COLOUR, PALETTE, below, beside, caption, label, panel, room_for

DESCRIBING = ("name", "about", "segments")
# Targets side by side that still have room for their bars; more stand in the table.
_MOST_TARGETS = 4
_CHANCE = 0.5
_WIDE, _WIDE_ALONE, _APART = 2.4, 4.0, 0.3  # inches


def rival_bars(rivals: pd.DataFrame, winner: str = "") -> Figure | None:
    """Per outcome or value a panel: how much of it each way of splitting customers tells, the winner in colour.

    `rivals` has the columns name, about, segments and one per target; `winner` is the name of the winner's row, "" the
    first. Targets whose name says AUC start at 0.5, which is chance. None without a target or without a rival.
    """
    targets = [str(name) for name in rivals.columns if name not in DESCRIBING][:_MOST_TARGETS]
    if not targets or len(rivals) < 2:
        return None
    names = [_name(row["name"], row["segments"]) for _, row in rivals.iterrows()]
    won = (rivals["name"] == (winner or rivals["name"].iloc[0])).to_numpy()
    figure, panels = _panels(len(targets), len(rivals), room_for(names))
    beside(panels[0], dict(enumerate(names)))
    for axes, target in zip(panels, targets, strict=True):
        _bars(axes, rivals[target].to_numpy(dtype=float), won, target)
    return figure


def _name(name: str, segments: float) -> str:
    return f"{name} ({segments:.0f})" if np.isfinite(segments) else name


def _panels(count: int, rows: int, left: float) -> tuple[Figure, list[Axes]]:
    """Panels of one size side by side."""
    wide = _WIDE if count > 1 else _WIDE_ALONE
    figure, whole = panel(count * wide + (count - 1) * _APART, 0.3 * rows, left=left)
    box, inch = whole.get_position(), 1 / figure.get_size_inches()[0]
    whole.remove()
    places = [box.x0 + place * (wide + _APART) * inch for place in range(count)]
    panels = [figure.add_axes((place, box.y0, wide * inch, box.height)) for place in places]
    for axes in panels:
        axes.set_axis_off()
    return figure, panels


def _bars(axes: Axes, values: np.ndarray, won: np.ndarray, target: str) -> None:
    """Bars from what chance alone would tell; a dashed line shows who reaches further than the winner."""
    base = _CHANCE if "auc" in target.lower() else 0.0
    lengths = np.nan_to_num(values - base)
    axes.barh(range(len(values)), lengths, left=base, height=0.68, color=np.where(won, PALETTE[0], NOISE_COLOUR))
    for value in values[won & np.isfinite(values)]:
        axes.axvline(value, color=PALETTE[0], linestyle="--", linewidth=1, zorder=0)
    for place, value in enumerate(values):
        words = f"{value:.2f}" if np.isfinite(value) else "?"
        end = base + max(lengths[place], 0.0)
        label(axes, words, (end, place), (4, 0))
    least, most = min(float(lengths.min()), 0.0), max(float(lengths.max()), 0.01)
    axes.set(xlim=(base + least, base + 1.25 * most), ylim=(len(values) - 0.5, -0.5))
    below(axes, {base: "0.5, chance" if base else "0"})
    caption(axes, f"tells of {target.replace('_', ' ')}")
