"""Small panels side by side on one axes of matplotlib's: axes of their own would take longer than what they frame."""

from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Transform


def inches(wide: float, high: float) -> Axes:
    """The one axes of a figure of this size; its units are inches."""
    axes = Figure(figsize=(wide, high), dpi=110).add_axes((0, 0, 1, 1), xlim=(0, wide), ylim=(0, high))
    axes.set_axis_off()
    axes.set_autoscale_on(False)
    return axes


class Box(NamedTuple):
    """A panel: so many inches from the left and the lower edge of the figure, so wide and high."""

    axes: Axes
    left: float
    bottom: float
    wide: float
    high: float

    def onto(self, across: tuple[float, float], up: tuple[float, float]) -> Transform:
        """What puts values between these limits into the panel."""
        wide, high = self.wide / (across[1] - across[0]), self.high / (up[1] - up[0])
        moved = Affine2D().translate(-across[0], -up[0]).scale(wide, high).translate(self.left, self.bottom)
        return moved + self.axes.transData

    def write(self, text: str, right: bool = False, above: float = 0.0, size: float = 8.5, **how: Any) -> None:
        """Text at the left or right end of the panel, so many inches above it."""
        x, side = (self.left + self.wide, "right") if right else (self.left, "left")
        self.axes.text(x, self.bottom + self.high + above, text, ha=side, fontsize=size, **how)
