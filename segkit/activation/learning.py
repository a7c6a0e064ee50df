"""How rules are learnt of customers, and how long they have to be to place those right who were withheld."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segkit.activation.lists import FEW_RULES, MOST_RULES, follow, learn_list
from segkit.activation.stand_ins import Assign, with_stand_ins
from segkit.activation.trees import Labels, Places, Step, places_of
from segkit.segments import NOISE

FOLDS = 5
# Longer lists are worth it only if they place a customer in a hundred more.
_WORTH_IT = 0.01
# Rules that give fewer customers their segment say too little.
_GOOD = 0.8
# On so many customers it shows how long a list has to be, and how often it is right.
_MEASURED_ON = 5000


@dataclass(frozen=True)
class Learner:
    """Learns from customers, and from stand-ins where there is a model to assign them."""

    assign: Assign | None

    def prepared(self, frame: pd.DataFrame, labels: Labels) -> "Prepared":
        """What lists of any length are learnt from."""
        if self.assign is not None:
            frame, labels = with_stand_ins(frame, labels, self.assign)
        return Prepared(places_of(frame), labels)


@dataclass(frozen=True)
class Prepared:
    """Customers as trees take them, made-up ones among them, and their segments."""

    places: Places
    labels: Labels

    def learn(self, leaves: int) -> list[Step]:
        """A list that is grown with at most so many leaves."""
        return learn_list(self.places, self.labels, leaves)


def withheld_parts(labels: np.ndarray, seed: int = 0) -> np.ndarray:
    """Which of five parts each customer is withheld with: as many of each segment in every part."""
    order = np.lexsort((np.random.default_rng(seed).random(len(labels)), labels))
    parts = np.empty(len(labels), dtype=np.int64)
    parts[order] = np.arange(len(labels)) % FOLDS
    return parts


def best_way(frame: pd.DataFrame, labels: Labels, learners: Sequence[Learner]) -> tuple[Learner, int, float]:
    """How to learn, with how many leaves, and what share of withheld customers is then placed right."""
    if len(labels) > _MEASURED_ON:
        rows = np.sort(np.random.default_rng(0).permutation(len(labels))[:_MEASURED_ON])
        frame, labels = frame.iloc[rows], labels[rows]
    sizes = _sizes(len(np.unique(labels)))
    trials = [(learner, _folds(frame, labels, learner)) for learner in learners]

    def tried(lengths: Sequence[int]) -> list[tuple[Learner, int, float]]:
        return [
            (learner, leaves, sum(fold.right(leaves) for fold in folds) / len(labels))
            for leaves in lengths
            for learner, folds in trials
        ]

    found = tried(sizes[:FEW_RULES])
    if max(share for *_, share in found) < _GOOD:
        found += tried(sizes[FEW_RULES:])
    best = max(share for *_, share in found)
    return next(way for way in found if way[-1] >= best - _WORTH_IT)


def _sizes(segments: int) -> list[int]:
    return [max(2, times * segments) for times in range(1, MOST_RULES + 1)]


@dataclass(frozen=True)
class _Fold:
    """Customers who are withheld, and the others, of whom rules for them are learnt; None where there are none."""

    others: Prepared | None
    withheld: pd.DataFrame
    labels: Labels

    def right(self, leaves: int) -> int:
        """How many of the withheld a list that is grown with so many leaves places right."""
        steps = self.others.learn(leaves) if self.others is not None else [((), NOISE)]
        return int((follow(steps, self.withheld)[0] == self.labels).sum())


def _folds(frame: pd.DataFrame, labels: Labels, learner: Learner) -> list[_Fold]:
    folds, parts = [], withheld_parts(labels)
    for part in np.unique(parts):
        others, tested = parts != part, parts == part
        prepared = learner.prepared(frame[others], labels[others]) if others.any() else None
        folds.append(_Fold(prepared, frame[tested], labels[tested]))
    return folds
