"""How far segments come out again when the customers are others."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import contingency_matrix

from segkit.evidence.halves import Half, Split
from segkit.segments import NOISE, SOLID, USABLE


def stability(labels: np.ndarray, splits: Sequence[Split]) -> dict[str, float]:
    """Agreement of a segmentation with what halves of its customers lead to.

    `stability` is the mean adjusted Rand index over everyone (0 by chance, 1 the same), `stability_min` the share in
    which the weakest segment comes out again, `prediction_strength` how far two halves agree about who belongs
    together, in the segment where they agree least.
    """
    halves = [half for split in splits for half in (split.first, split.second)]
    found = segment_stability(labels, halves)
    strengths = [prediction_strength(*pair) for split in splits for pair in _both_ways(split)]
    return {
        "stability": float(np.mean([adjusted_rand_score(labels, half.everyone) for half in halves])),
        "stability_min": min(found.values(), default=0.0),
        "prediction_strength": float(np.mean(strengths)),
    }


def segment_stability(labels: np.ndarray, halves: Sequence[Half]) -> dict[int, float]:
    """Per segment the mean Jaccard overlap with the segment of each half's model that is most like it."""
    overlaps = [_overlaps(labels, half.everyone) for half in halves]
    return {segment: float(np.mean([one[segment] for one in overlaps])) for segment in _segments(labels)}


def word(overlap: float) -> str:
    """How far a segment can be relied on.

    >>> word(0.8), word(0.7), word(0.3)
    ('solid', 'usable', 'dissolves')
    """
    if overlap >= SOLID:
        return "solid"
    return "usable" if overlap >= USABLE else "dissolves"


def stability_table(found: Mapping[int, float]) -> pd.DataFrame:
    """The segments with their overlap and the word for it."""
    rows: list[dict[str, Any]] = [
        {"segment": segment, "comes_out_again": overlap, "word": word(overlap)} for segment, overlap in found.items()
    ]
    return pd.DataFrame(rows, columns=["segment", "comes_out_again", "word"])


def prediction_strength(judge: Half, judged: Half) -> float:
    """Of the pairs that one half puts together, the share that the other's model puts together too.

    Of the segment where that is least so (Tibshirani and Walther); unassigned customers are left out.
    """
    theirs, ours = judge.everyone[judged.rows], judged.labels
    return min((_together(theirs[ours == segment]) for segment in _segments(ours)), default=0.0)


def _both_ways(split: Split) -> tuple[tuple[Half, Half], tuple[Half, Half]]:
    return (split.first, split.second), (split.second, split.first)


def _together(segments: np.ndarray) -> float:
    """The share of pairs of customers who are in the same segment."""
    sizes, customers = np.unique(segments[segments != NOISE], return_counts=True)[1], len(segments)
    return float((sizes * (sizes - 1)).sum() / (customers * (customers - 1))) if customers > 1 else 1.0


def _overlaps(labels: np.ndarray, others: np.ndarray) -> dict[int, float]:
    both = contingency_matrix(labels, others)
    jaccard = both / (both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both)
    jaccard[:, np.unique(others) == NOISE] = 0.0
    return dict(zip(np.unique(labels).tolist(), jaccard.max(axis=1).tolist(), strict=True))


def _segments(labels: np.ndarray) -> list[int]:
    return [int(segment) for segment in np.unique(labels) if segment != NOISE]
