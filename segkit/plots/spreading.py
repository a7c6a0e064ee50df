"""Names that would overlap, moved apart."""

import numpy as np


def spread(places: np.ndarray, apart: float) -> np.ndarray:
    """Rising places moved as little as it takes for names at them not to overlap.

    >>> spread(np.array([0.0, 0.1, 5.0]), 1.0).tolist()
    [-0.45, 0.55, 5.0]
    """
    moved = np.asarray(places, dtype=float)
    groups = [[place] for place in moved.tolist()]
    middles = moved.tolist()
    # Names that are too near stand together around their middle, and that may bring others too near.
    while (near := _first_overlap(groups, middles, apart)) is not None:
        groups[near : near + 2] = [groups[near] + groups[near + 1]]
        middles[near : near + 2] = [float(np.mean(groups[near]))]
    return np.concatenate(
        [
            middle + apart * (np.arange(len(group)) - (len(group) - 1) / 2)
            for group, middle in zip(groups, middles, strict=True)
        ]
    )


def within(places: np.ndarray, apart: float, end: float) -> np.ndarray:
    """Places moved back so that the last is no further than the end, those before it still apart."""
    return np.minimum(places, end - apart * np.arange(len(places) - 1, -1, -1))


def _first_overlap(groups: list[list[float]], middles: list[float], apart: float) -> int | None:
    for place in range(len(groups) - 1):
        room = apart * (len(groups[place]) + len(groups[place + 1])) / 2
        if middles[place + 1] - middles[place] < room - 1e-9:
            return place
    return None
