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


def splits(
    model: SegmentationModel, customers: pd.DataFrame, weights: pd.Series | None = None, rounds: int = ROUNDS
) -> list[Split]:
    """The model fitted anew on both halves of the customers, as often as `rounds` says; the model is left as it is."""
    halves = [
        [_fitted(half_model(model, number, side), customers, weights, rows) for side, rows in enumerate(pair)]
        for number, pair in enumerate(pairs_of_halves(len(customers), rounds))
    ]
    return [Split(*pair) for pair in halves]


def pairs_of_halves(customers: int, rounds: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Row numbers of two halves that share no customer, as often as asked; the first are the same for any `rounds`."""
    rng, size = np.random.default_rng(0), min(customers // 2, MOST_ROWS)
    for _ in range(rounds):
        shuffled = rng.permutation(customers)
        yield np.sort(shuffled[:size]), np.sort(shuffled[size : 2 * size])


def half_model(model: SegmentationModel, round_number: int, side: int) -> SegmentationModel:
    """The same pipeline, not fitted, whose stages are shared by all that fit this half."""
    return clone(model).set_params(stages=part_of(model.stages, f"half-{round_number}-{side}"))


def _fitted(again: SegmentationModel, customers: pd.DataFrame, weights: pd.Series | None, rows: np.ndarray) -> Half:
    again.fit(customers.iloc[rows], customer_weights=None if weights is None else weights.iloc[rows])
    return Half(rows, again.labels_, again.predict(customers))
