"""Cells in red and blue: how far something lies above or below what is usual."""

import numpy as np
from matplotlib.axes import Axes

from segkit.plots.style import INK

_DARK = 0.6


def signed_cells(axes: Axes, values: np.ndarray, limit: float, worth: float, form: str = "{:+.1f}") -> None:
    """Red above zero, blue below, full at `limit`; a number stands where it is `worth` one, colours tell the rest."""
    axes.imshow(values, cmap="RdBu_r", vmin=-limit, vmax=limit, aspect="auto")
    for row, column in zip(*np.nonzero(np.abs(np.nan_to_num(values)) >= worth), strict=True):
        value = values[row, column]
        ink = "white" if abs(value) > _DARK * limit else INK
        axes.text(column, row, form.format(value), ha="center", va="center", fontsize=7, color=ink)
