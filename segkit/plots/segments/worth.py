"""How many customers a segment has against what it brings in."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from segkit.plots.segments.keys import stacked_names
from segkit.plots.segments.layout import boxes, notes, pale
from segkit.plots.segments.words import amount, segments_of, share
from segkit.plots.style import INK, LINE, beside, caption, colour, panel

_BAR = 0.36  # of a row
_ROW = 0.58  # inches


def customers_and_revenue(
    customers: Mapping[int, float], revenue: Mapping[int, float], names: Mapping[int, str], what: str = "revenue"
) -> Figure | None:
    """Per segment a pair of bars: its share of the customers (pale) and of the revenue (full).

    `revenue` is what each segment brings in altogether, in any unit; a segment that is not in it brought in nothing
    known. None where there is no customer or the whole brings in nothing.
    """
    segments = segments_of(np.array(list(customers.keys()), dtype=int))
    people = np.array([customers[segment] for segment in segments], dtype=float)
    money = np.nan_to_num([revenue.get(segment, 0.0) for segment in segments])
    if people.sum() <= 0 or money.sum() <= 0:
        return None
    titles, room = stacked_names(segments, names)
    figure, axes = panel(4.2, _ROW * len(segments), left=room, right=1.9)
    _draw(axes, segments, people / people.sum(), money / money.sum())
    for place, (count, part) in enumerate(zip(people, people / people.sum(), strict=True)):
        _say(axes, place - _BAR / 2, part, f"{share(part)} of customers ({count:,.0f})")
    for place, (sum_, part) in enumerate(zip(money, money / money.sum(), strict=True)):
        _say(axes, place + _BAR / 2, part, f"{_signed_share(part)} of {what} ({amount(sum_)})")
    beside(axes, dict(enumerate(titles)))
    caption(axes, f"Where the customers are, and where the {what} comes from")
    notes(axes, [f"Pale: share of the customers. Full colour: share of the {what}."])
    return figure


def _draw(axes: Axes, segments: list[int], people: np.ndarray, money: np.ndarray) -> None:
    places, start = np.arange(len(segments), dtype=float), np.zeros(len(segments))
    boxes(axes, start, places - _BAR, people, _BAR, [pale(colour(segment)) for segment in segments])
    boxes(axes, start, places, money, _BAR, [colour(segment) for segment in segments])
    axes.axvline(0, color=LINE, linewidth=1)
    most = max(people.max(), money.max())
    axes.set(xlim=(min(0.0, float(money.min())), 1.02 * most), ylim=(len(segments) - 0.45, -0.55))


def _say(axes: Axes, height: float, part: float, words: str) -> None:
    axes.text(max(part, 0.0), height, f" {words}", va="center", fontsize=8, color=INK)


def _signed_share(part: float) -> str:
    return share(part) if part >= 0 else f"-{share(-part)}"
