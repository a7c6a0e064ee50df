"""Which segments are neighbours, and how many customers stand between them."""

from dataclasses import dataclass

import numpy as np

from segkit.segments import NOISE

# A customer stands between two segments who is nearly as near to the middle of the second as to that of the own.
_NEARLY = 0.8
_LEAST = 0.05
_MOST_MEASURED = 20_000


@dataclass(frozen=True)
class Link:
    """Two segments, how many of their typical radii their middles lie apart, and the share of the customers of both who
    stand between them.
    """

    first: int
    second: int
    apart: float
    between: float


def links(space: np.ndarray, labels: np.ndarray) -> list[Link]:
    """Each segment's nearest neighbour, and all pairs between whom one customer of twenty stands."""
    segments = np.unique(labels[labels != NOISE])
    if len(segments) < 2:
        return []
    space, labels = _measured(space, labels)
    middles = np.array([space[labels == segment].mean(axis=0) for segment in segments])
    between, radii = _between(space, labels, segments, middles)
    distances = np.linalg.norm(middles[:, None] - middles[None], axis=2)
    apart = distances / np.maximum((radii[:, None] + radii[None]) / 2, 1e-12)
    np.fill_diagonal(apart, np.inf)
    nearest = set(enumerate(apart.argmin(axis=1).tolist()))
    pairs = [(one, other) for one in range(len(segments)) for other in range(one + 1, len(segments))]
    return [
        Link(int(segments[one]), int(segments[other]), float(apart[one, other]), float(between[one, other]))
        for one, other in pairs
        if {(one, other), (other, one)} & nearest or between[one, other] >= _LEAST
    ]


def _measured(space: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Assigned customers, of very many a sample with some of each segment."""
    rows = np.flatnonzero(labels != NOISE)
    if len(rows) > _MOST_MEASURED:
        kept = np.random.default_rng(0).permutation(rows)
        firsts = np.unique(labels[kept], return_index=True)[1]
        rows = np.union1d(kept[:_MOST_MEASURED], kept[firsts])
    return space[rows], labels[rows]


def _between(
    space: np.ndarray, labels: np.ndarray, segments: np.ndarray, middles: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each pair the share of its customers who stand between the two; for each segment its typical radius."""
    distances = np.sqrt(np.maximum(_squared(space, middles), 0))
    codes, rows = np.searchsorted(segments, labels), np.arange(len(labels))
    own = distances[rows, codes]
    others = distances.copy()
    others[rows, codes] = np.inf
    second = others.argmin(axis=1)
    close = own > _NEARLY * others[rows, second]
    counts = np.zeros((len(segments), len(segments)))
    np.add.at(counts, (codes[close], second[close]), 1)
    sizes = np.bincount(codes, minlength=len(segments))
    radii = np.sqrt(np.bincount(codes, own**2, minlength=len(segments)) / sizes)
    return (counts + counts.T) / (sizes[:, None] + sizes[None]), radii


def _squared(space: np.ndarray, middles: np.ndarray) -> np.ndarray:
    return (space**2).sum(axis=1)[:, None] - 2 * space @ middles.T + (middles**2).sum(axis=1)[None]
