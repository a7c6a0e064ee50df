"""What a tree of merges says of k."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def jumps(tree: np.ndarray, ks: Sequence[int]) -> pd.Series:
    """For each k the height of the merge that leaves one segment less, as a multiple of the merge that left k.

    `tree` is a linkage as scipy writes it; k that it cannot be cut at, and heights of nothing, are left out.
    """
    heights = tree[:, 2]
    found = {k: (heights[-(k - 1)], heights[-k]) for k in ks if 2 <= k <= len(heights)}
    return pd.Series({k: above / below for k, (above, below) in found.items() if below > 0}, name="jump", dtype=float)


def crown(tree: np.ndarray, twigs: int) -> np.ndarray:
    """The last merges of a tree as a small tree of its own, with so many leaves: what was merged before is one leaf."""
    rows, kept = len(tree) + 1, min(twigs, len(tree) + 1) - 1
    top = tree[len(tree) - kept :].copy()
    first = rows + len(tree) - kept  # the number of the first merge that is kept
    leaves = [int(node) for node in top[:, :2].ravel() if node < first]
    number = {node: place for place, node in enumerate(leaves)}
    number |= {first + place: len(leaves) + place for place in range(kept)}
    sizes = [1] * len(leaves)
    for merge in top:
        merge[:2] = sorted(number[int(node)] for node in merge[:2])
        sizes.append(sizes[int(merge[0])] + sizes[int(merge[1])])
        merge[3] = sizes[-1]
    return top
