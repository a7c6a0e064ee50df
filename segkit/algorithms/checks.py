"""What the algorithms ask of their settings, in the words of who set them."""

from numbers import Integral, Real
from typing import Any

from segkit.errors import UserError


def check_segments(n_clusters: int, rows: int) -> None:
    """Raise UserError unless so many rows can make so many segments."""
    if not (isinstance(n_clusters, Integral) and 1 <= n_clusters <= rows):
        raise UserError(f"n_clusters={n_clusters} does not fit {rows} customers", f"choose 1 to {rows}")


def check_counts(**settings: Any) -> None:
    """Raise UserError unless each of these is a whole number from 1 on.

    >>> check_counts(n_init=3, max_iter=100)
    """
    for name, value in settings.items():
        if not isinstance(value, Integral) or isinstance(value, bool) or value < 1:
            raise UserError(f"algorithm.{name}={value} does not do", "give a whole number from 1 on")


def check_positive(**settings: Any) -> None:
    """Raise UserError unless each of these is a number above 0, or None where the algorithm finds it by itself."""
    for name, value in settings.items():
        if value is not None and not (isinstance(value, Real) and float(value) > 0):
            raise UserError(f"algorithm.{name}={value} does not do", "give a number above 0")
