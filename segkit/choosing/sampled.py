"""The ways of choosing k that fit again: the gap statistic and prediction strength, on a small sample of the space."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segkit.choosing.partitions import Partitions, means_of
from segkit.evidence.halves import Half
from segkit.evidence.stability import prediction_strength

MOST_ROWS = 400
# Reference samples of the gap, and pairs of halves of prediction strength.
DRAWS, ROUNDS = 10, 3


def sample_of(space: np.ndarray, seed: int, most: int = MOST_ROWS) -> np.ndarray:
    """So many rows at most, every row as likely as any other."""
    return space if len(space) <= most else space[np.random.default_rng(seed).choice(len(space), most, replace=False)]


def gap_curve(
    space: np.ndarray, ks: Sequence[int], partitions: Partitions, seed: int, draws: int = DRAWS
) -> pd.DataFrame:
    """The gap and its error by k: how much more compact the segments are than those of evenly spread points.

    These fill the box along the space's principal axes. k = 1 comes first, whether or not it is among `ks`.
    """
    ks = [k for k in sorted({1, *ks}) if k < len(np.unique(space, axis=0))]
    rng, turned = np.random.default_rng(seed), _along_axes(space)
    low, high = turned.min(axis=0), turned.max(axis=0)
    of_chance = [_compactness(rng.uniform(low, high, turned.shape), ks, partitions) for _ in range(draws)]
    own, chance = _compactness(turned, ks, partitions), np.array(of_chance)
    error = chance.std(axis=0) * np.sqrt(1 + 1 / draws)
    return pd.DataFrame({"gap": chance.mean(axis=0) - own, "gap_error": error}, pd.Index(ks, name="k"))


def strength_curve(
    space: np.ndarray, ks: Sequence[int], partitions: Partitions, seed: int, rounds: int = ROUNDS
) -> pd.Series:
    """Prediction strength by k: of the pairs that one half puts together the share that the other's centres do too."""
    rng, half = np.random.default_rng(seed), len(space) // 2
    ks = [k for k in ks if 2 <= k < half]
    found: dict[int, list[float]] = {k: [] for k in ks}
    for _ in range(rounds):
        order = rng.permutation(len(space))
        sides = [_half(space, rows, ks, partitions) for rows in (order[:half], order[half : 2 * half])]
        for k, first, second in zip(ks, *sides, strict=True):
            found[k] += [prediction_strength(first, second), prediction_strength(second, first)]
    return pd.Series(
        {k: float(np.mean(values)) for k, values in found.items()}, name="prediction_strength", dtype=float
    )


def _along_axes(space: np.ndarray) -> np.ndarray:
    """The same points seen along their principal axes; nothing that goes by distances notices."""
    centred = space - space.mean(axis=0)
    return np.asarray(centred @ np.linalg.svd(centred, full_matrices=False)[2].T)


def _compactness(space: np.ndarray, ks: Sequence[int], partitions: Partitions) -> list[float]:
    """The log of the squared distances to the segments' means, for each k."""
    tiny = np.finfo(float).tiny
    return [float(np.log(max(_inertia(space, labels), tiny))) for _, labels in partitions(space, ks)]


def _inertia(space: np.ndarray, labels: np.ndarray) -> float:
    _, places = np.unique(labels, return_inverse=True)
    return float(((space - means_of(space, labels)[places]) ** 2).sum())


def _half(space: np.ndarray, rows: np.ndarray, ks: Sequence[int], partitions: Partitions) -> list[Half]:
    """One half's segments at each k, and to which of their centres everyone is nearest."""
    halves = []
    for _, labels in partitions(space[rows], ks):
        centres = means_of(space[rows], labels)
        nearest = ((centres**2).sum(axis=1) - 2 * space @ centres.T).argmin(axis=1)
        halves.append(Half(rows, labels, nearest))
    return halves
