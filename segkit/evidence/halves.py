"""The whole pipeline fitted again on halves of the customers: what comes out again can be relied on."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.base import clone

from segkit.model import SegmentationModel
from segkit.stages import part_of

ROUNDS = 3
# Larger halves than this say hardly more, and take long.
MOST_ROWS = 2000


@dataclass(frozen=True)
class Half:
    """What one half of the customers leads to: the rows it is, their fitted labels, and what it assigns to everyone."""

    rows: np.ndarray
    labels: np.ndarray
    everyone: np.ndarray


@dataclass(frozen=True)
class Split:
    """Two halves that share no customer."""

    first: Half
    second: Half


def splits(model: SegmentationModel, customers: pd.DataFrame, rounds: int = ROUNDS, seed: int = 0) -> list[Split]:
    """The model fitted anew on both halves of the customers, as often as `rounds` says; the model is left as it is."""
    halves = [
        [_fitted(model, customers, rows, f"half {seed}.{number}.{side}") for side, rows in enumerate(pair)]
        for number, pair in enumerate(_pairs(len(customers), rounds, seed))
    ]
    return [Split(*pair) for pair in halves]


def _pairs(customers: int, rounds: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    rng, size = np.random.default_rng(seed), min(customers // 2, MOST_ROWS)
    for _ in range(rounds):
        shuffled = rng.permutation(customers)
        yield np.sort(shuffled[:size]), np.sort(shuffled[size : 2 * size])


def _fitted(model: SegmentationModel, customers: pd.DataFrame, rows: np.ndarray, name: str) -> Half:
    again = clone(model).set_params(stages=part_of(model.stages, name))
    again.fit(customers.iloc[rows])
    return Half(rows, again.labels_, again.predict(customers))
