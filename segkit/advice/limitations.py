"""What segments cannot be relied on for, in a marketer's words, each point with its figure and what would mend it."""

from collections.abc import Sequence

from segkit.activation.words import out_of_100
from segkit.advice.points import POINTS
from segkit.advice.solidity import re_forms
from segkit.advice.weighed import Limitation, RunEvidence
from segkit.segments import USABLE


def limitations(known: RunEvidence) -> list[Limitation]:
    """The points that hold, the gravest first; what holds of every segmentation stands last."""
    found = [point(known) for point in POINTS]
    return [one for one in found if one is not None]


def reliance(overlap: float) -> str:
    """How far one segment can be relied on, in a sentence that goes with its name.

    >>> reliance(0.86)
    'on another sample this segment mostly re-forms (86 of 100 of it)'
    """
    otherwise = ": other customers would draw other borders" if overlap < USABLE else ""
    return f"on another sample this segment {re_forms(overlap)} ({out_of_100(overlap)} of it){otherwise}"


def limitations_markdown(points: Sequence[Limitation]) -> str:
    """The section as a list."""
    return "\n".join(f"- {point}" for point in points) + "\n"
