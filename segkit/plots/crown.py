"""The last merges of a tree, with the cut that is proposed."""

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection

from segkit.choosing.tree import crown
from segkit.plots.boxes import Box
from segkit.plots.style import INK, PALETTE, QUIET

# What marks the k that is suggested.
CHOICE = PALETTE[5]
_MOST_TWIGS = 30


def draw_crown(box: Box, tree: np.ndarray, k: int | None) -> None:
    """The last merges; branches below the cut have colours of their own."""
    from scipy.cluster.hierarchy import dendrogram  # late: no other picture of a sweep needs it

    top = crown(tree, max(_MOST_TWIGS, k or 0))
    inks = _branch_inks(top, k or 1)
    drawn: dict[str, Any] = dendrogram(top, no_plot=True, link_color_func=lambda node: inks[node])
    joints = np.stack([np.array(drawn["icoord"]), np.array(drawn["dcoord"])], axis=2)
    twigs = len(top) + 1
    place = box.onto((0, 10 * twigs), (0, 1.03 * max(float(top[:, 2].max()), 1e-9)))
    merges = LineCollection(list(joints), colors=drawn["color_list"], linewidths=1.4, transform=place)
    box.axes.add_collection(merges, autolim=False)
    box.write("the tree", above=0.08, weight="bold", color=INK)
    more = f"its last {len(top)} merges; the higher two branches join, the less alike they are"
    box._replace(left=box.left + 0.65).write(more, above=0.08, size=7, color=QUIET)
    if k is not None and 2 <= k <= len(top):
        height = (top[-k, 2] + top[1 - k, 2]) / 2
        box.axes.plot([0, 10 * twigs], [height] * 2, color=CHOICE, linestyle="--", linewidth=1, transform=place)
        box.write(f"cut: k = {k}", right=True, above=0.08, weight="bold", color=CHOICE)


def _branch_inks(top: np.ndarray, k: int) -> dict[int, str]:
    """Each merge's colour: grey above the cut, below it that of its branch."""
    leaves, merges = len(top) + 1, len(top)
    cut = leaves + merges - (k - 1)  # from this node on it lies above the cut
    inks, branches = dict.fromkeys(range(cut, leaves + merges), QUIET), 0
    for node in range(leaves + merges - 1, leaves - 1, -1):
        if node < cut and node not in inks:
            inks[node], branches = PALETTE[branches % len(PALETTE)], branches + 1
        if node < cut:
            inks |= dict.fromkeys(map(int, top[node - leaves, :2]), inks[node])
    return inks
