"""The tree that a hierarchical clustering grows, with the cut that makes the segments."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from segkit.plots.segments.keys import key_of, key_room, names_key
from segkit.plots.segments.layout import notes
from segkit.plots.segments.words import segments_of, share
from segkit.plots.style import INK, QUIET, caption, colour, label, panel
from segkit.segments import NOISE

_MOST_TWIGS = 40
_WIDE, _TALL = 6.0, 3.4  # inches
_LARGEST_DOT, _SMALLEST_DOT = 160.0, 6.0
_SAME = 0.995


def dendrogram(tree: np.ndarray, labels: np.ndarray, names: Mapping[int, str]) -> Figure | None:
    """The last merges of a tree, as `Hierarchical.grow` gives it, of the customers whose segments are `labels`.

    A dashed line cuts it into as many branches as there are segments; a branch has the colour of the segment that most
    of its customers are in, which also serves for segments that another algorithm found. None unless the tree is of
    these customers.
    """
    if not len(tree) or len(labels) != len(tree) + 1:
        return None
    from scipy.cluster.hierarchy import dendrogram as laid_out  # late: no other picture needs it

    segments = segments_of(labels)
    branches = max(1, sum(segment != NOISE for segment in segments))
    members = _members(tree, labels, segments)
    inks = [colour(segments[most]) for most in members.argmax(axis=1)]
    uncut = 2 * len(labels) - branches  # from this node on it lies above the cut
    twigs = max(_MOST_TWIGS, branches)
    drawn = laid_out(
        tree, twigs, "lastp", no_plot=True, link_color_func=lambda node: inks[node] if node < uncut else QUIET
    )
    key = key_of(segments, names)
    room, high = key_room(key)
    figure, axes = panel(_WIDE, max(_TALL, high), left=0.3, right=room)
    _draw(axes, drawn, members.sum(axis=1), inks)
    _cut(axes, tree[:, 2], branches)
    names_key(axes, key)
    caption(axes, f"How customers merge into {branches} segment{'s' if branches > 1 else ''}")
    notes(axes, [_reading(len(labels), len(drawn["leaves"])), _agreement(members, uncut, tree)])
    return figure


def _members(tree: np.ndarray, labels: np.ndarray, segments: list[int]) -> np.ndarray:
    """Nodes x segments: how many of the customers under each node are in each segment."""
    rows = len(labels)
    members = np.zeros((2 * rows - 1, len(segments)), dtype=np.int64)
    members[:rows] = labels[:, None] == segments
    for place, (one, other) in enumerate(tree[:, :2].astype(int).tolist()):
        members[rows + place] = members[one] + members[other]
    return members


def _draw(axes: Axes, drawn: dict[str, list], sizes: np.ndarray, inks: list[str]) -> None:
    """The merges as one piece; at the foot of each twig a dot, as large as the twig has customers."""
    joints = np.stack([np.array(drawn["icoord"]), np.array(drawn["dcoord"])], axis=2)
    axes.add_collection(LineCollection(list(joints), colors=drawn["color_list"], linewidths=1.4), autolim=False)
    leaves, top = drawn["leaves"], max(float(joints[:, :, 1].max()), 1e-9)
    areas = _SMALLEST_DOT + _LARGEST_DOT * sizes[leaves] / sizes[leaves].max()
    feet = np.full(len(leaves), -0.035 * top)
    axes.scatter(5 + 10 * np.arange(len(leaves)), feet, s=areas, c=[inks[leaf] for leaf in leaves], linewidths=0)
    axes.set(xlim=(0, 10 * len(leaves)), ylim=(-0.08 * top, 1.02 * top))


def _cut(axes: Axes, heights: np.ndarray, branches: int) -> None:
    """Halfway between the merges that it lies between; some linkages merge lower than before: then there is no line."""
    above = len(heights) - branches + 1
    if not 0 < above < len(heights) or heights[:above].max() > heights[above:].min():
        return
    height = (heights[:above].max() + heights[above]) / 2
    axes.axhline(height, color=INK, linestyle="--", linewidth=1)
    label(axes, "the cut", (0.0, height), (0, 5))


def _reading(customers: int, twigs: int) -> str:
    return f"The higher two branches join, the less alike they are. {customers:,} customers in {twigs} twigs (dots)."


def _agreement(members: np.ndarray, uncut: int, tree: np.ndarray) -> str:
    """How far the branches are the segments, where another algorithm found these."""
    rows = len(tree) + 1
    under = [int(node) for node in tree[uncut - rows :, :2].ravel() if node < uncut] or [2 * rows - 2]
    same = members[under].max(axis=1).sum() / rows
    return "" if same >= _SAME else f"{share(same)} of the customers are in a branch of their segment's colour."
