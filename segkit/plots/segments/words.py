"""How pictures of segments call segments, columns and amounts."""

import re
from collections.abc import Hashable, Mapping, Sequence
from textwrap import shorten, wrap

import numpy as np

from segkit.plots.style import segment_label
from segkit.profiles import UNASSIGNED
from segkit.segments import NOISE

EVERYONE = "everyone"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def segments_of(labels: np.ndarray) -> list[int]:
    """The segments that are there, by number; the unassigned last."""
    return sorted(map(int, np.unique(labels)), key=lambda segment: (segment == NOISE, segment))


def name_of(segment: int, names: Mapping[int, str]) -> str:
    """The segment's name as a picture writes it."""
    return UNASSIGNED if segment == NOISE else str(names.get(segment) or segment_label(segment))


def readable(column: Hashable) -> str:
    """A column, or a level of one, in words.

    >>> readable("spend_wine"), readable("education=PhD")
    ('spend wine', 'education: PhD')
    """
    return str(column).replace("_", " ").replace("=", ": ").strip()


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut between words where that leaves half of them.

    >>> shortened("number of catalogue purchases", 20), shortened("Donaudampfschifffahrt", 10)
    ('number of catalogue…', 'Donaudamp…')
    """
    cut = shorten(text, most, placeholder="\u2026")
    return cut if len(cut) > most / 2 or len(text) <= most else f"{text[: most - 1].rstrip()}\u2026"


def wrapped(text: str, width: int, most: int = 2) -> list[str]:
    """Lines of at most so many characters; the last one tells by its dots that there was more.

    Words that are longer break where a capital follows a small letter, if they have such a place.

    >>> wrapped("high spend wine, low kids at home", 15)
    ['high spend', 'wine, low kids…']
    >>> wrapped("high NumWebPurchases", 12)
    ['high Num Web', 'Purchases']
    """
    parted = " ".join(_HUMP.sub(" ", word) if len(word) > width else word for word in text.split())
    lines = wrap(parted, width, break_on_hyphens=False) or [""]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width)]


def amount(value: float) -> str:
    """A number of any size in few characters.

    >>> [amount(value) for value in (1893, 0.3764, 12500, -1.26e6, 0.0, 275.24)]
    ['1893', '0.38', '12.5k', '-1.26M', '0', '275']
    """
    size = abs(value)
    for unit, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if size >= 0.99995 * unit and size >= 9999.5:
            return f"{value / unit:.3g}{letter}"
    return f"{value:.0f}" if size >= 100 else f"{value + 0.0:.2g}" if size < 10 else f"{value:.3g}"


def share(part: float) -> str:
    """A share for a narrow place.

    >>> share(0.123), share(0.004), share(0.0)
    ('12%', '<1%', '0%')
    """
    return "<1%" if 0 < part < 0.005 else f"{part:.0%}"


def listed(words: Sequence[str]) -> str:
    """What is not empty, one sentence after the other."""
    return ". ".join(word for word in words if word)
