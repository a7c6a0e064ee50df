"""How far the segments lie apart: their middles, where most of their customers are, and who stands on a border."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from segkit.plots.flat import drawn_rows, flattened
from segkit.plots.segments.keys import key_of, key_room, names_key
from segkit.plots.segments.layout import notes, pale
from segkit.plots.segments.neighbours import Link, links
from segkit.plots.segments.words import segments_of, share
from segkit.plots.style import INK, caption, colour, panel
from segkit.profiles.figures import percent
from segkit.segments import NOISE

_WIDE, _TALL = 5.4, 4.2  # inches
_MOST_DOTS = 1200
_INNER = 0.6  # of a segment's customers, those nearest to its middle
_AIR = 0.06
_INSIDE = (0.5, 99.5)  # percentiles
_USUAL, _BEND = 98.0, 0.5
_READING = "Hulls: the inner 60% of a segment. Lines: neighbours, thicker the more customers stand between."
_UNIT = "1.0 is as far as customers lie from their own middle."
_GROUND = {"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 1.0}


def separation(space: np.ndarray, labels: np.ndarray, names: Mapping[int, str]) -> Figure | None:
    """The clustered space in two dimensions: each segment's middle, a hull around the inner 60 % of its customers, and
    lines to its neighbours with the share of customers who stand between the two.

    Neighbours and shares are measured in the whole space. None without a segment.
    """
    segments = [segment for segment in segments_of(labels) if segment != NOISE]
    if not segments:
        return None
    flat, spread = flattened(space)
    flat, bent = _bent(flat, labels, segments)
    found = links(space, labels)
    key = key_of(segments_of(labels), names, _nearest(found, segments))
    room, high = key_room(key)
    figure, axes = panel(_WIDE, max(_TALL, high), left=0.45, right=room)
    middles = {segment: np.median(flat[labels == segment], axis=0) for segment in segments}
    _limits(axes, np.vstack([np.percentile(flat, _INSIDE, axis=0), *middles.values()]))
    rows = drawn_rows(labels, _MOST_DOTS)
    inks = [pale(colour(segment), 0.5) for segment in labels[rows]]
    axes.scatter(flat[rows, 0], flat[rows, 1], s=6, c=inks, alpha=0.6, linewidths=0, rasterized=True, zorder=1)
    _hulls(axes, flat, labels, segments)
    _links(axes, found, middles)
    _middles(axes, middles)
    names_key(axes, key)
    caption(axes, "How far the segments lie apart")
    notes(axes, [_READING, " ".join([_UNIT, *_of_the_picture(spread, bent)])])
    return figure


def _of_the_picture(spread: tuple[float, ...], bent: bool) -> list[str]:
    shown = [f"The picture shows {percent(sum(spread))} of the spread."] if spread else []
    return shown + (["Far out it is squeezed."] if bent else [])


def _bent(flat: np.ndarray, labels: np.ndarray, segments: list[int]) -> tuple[np.ndarray, bool]:
    """Places drawn nearer the further out they are, where some segment lies far outside of where nearly all are."""
    middle = np.median(flat, axis=0)
    usual = np.percentile(np.abs(flat - middle).max(axis=1), _USUAL)
    furthest = max(np.abs(np.median(flat[labels == segment], axis=0) - middle).max() for segment in segments)
    if furthest <= usual or not usual:
        return flat, False
    return np.arcsinh((flat - middle) / (usual * _BEND)), True


def _limits(axes: Axes, places: np.ndarray) -> None:
    """One scale both ways, so that near is near; a few customers far out may lie outside."""
    low, high = places.min(axis=0), places.max(axis=0)
    wide = np.maximum(high - low, 1e-9) * (1 + 2 * _AIR)
    shape = axes.get_position().transformed(axes.figure.transFigure)
    unit = max(wide[0] / shape.width, wide[1] / shape.height)
    middle, half = (low + high) / 2, unit * np.array([shape.width, shape.height]) / 2
    axes.set(xlim=(middle[0] - half[0], middle[0] + half[0]), ylim=(middle[1] - half[1], middle[1] + half[1]))


def _hulls(axes: Axes, flat: np.ndarray, labels: np.ndarray, segments: list[int]) -> None:
    found = {segment: hull for segment in segments if (hull := _hull(flat[labels == segment])) is not None}
    inks = [colour(segment) for segment in found]
    axes.add_collection(
        PolyCollection(list(found.values()), facecolors="none", edgecolors=inks, linewidths=1.6, zorder=2),
        autolim=False,
    )


def _hull(places: np.ndarray) -> np.ndarray | None:
    """Around the customers nearest to the middle; none where they stand on a line."""
    from scipy.spatial import ConvexHull, QhullError  # late: only this picture needs it

    far = np.linalg.norm(places - np.median(places, axis=0), axis=1)
    inner = places[far <= np.quantile(far, _INNER)]
    try:
        return inner[ConvexHull(inner).vertices]
    except (QhullError, ValueError):
        return None


def _links(axes: Axes, found: list[Link], middles: Mapping[int, np.ndarray]) -> None:
    """The more customers between two segments, the thicker the line."""
    for link in found:
        one, other = middles[link.first], middles[link.second]
        axes.plot(*np.array([one, other]).T, color=INK, linewidth=0.6 + 14 * link.between, alpha=0.55, zorder=3)
        x, y = (one + other) / 2
        axes.text(x, y, f"{link.apart:.1f}", fontsize=7.5, color=INK, ha="center", va="center", zorder=4, bbox=_GROUND)


def _nearest(found: list[Link], segments: list[int]) -> dict[int, str]:
    """Of each segment with a neighbour, how far the nearest is and how many customers stand between the two."""
    near = {}
    for segment in segments:
        own = [link for link in found if segment in (link.first, link.second)]
        if own:
            link = min(own, key=lambda one: one.apart)
            near[segment] = f"nearest {link.apart:.1f} away, {share(link.between)} between"
    return near


def _middles(axes: Axes, middles: Mapping[int, np.ndarray]) -> None:
    places = np.array(list(middles.values()))
    inks = [colour(segment) for segment in middles]
    axes.scatter(places[:, 0], places[:, 1], s=150, c=inks, edgecolors="white", linewidths=2, zorder=5)
