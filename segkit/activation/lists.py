"""Ordered lists of rules: who gets what by them, and the shortest that says as much."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from segkit.activation.conditions import Condition, Mask, fulfil
from segkit.activation.trees import Labels, Places, Step, as_list, grow, grow_for_few, ways, with_round_borders

MOST_CONDITIONS = 3
MOST_RULES = 6
# So many rules for a segment are read gladly; more are made only where these say too little.
FEW_RULES = 4
# With more leaves a list mostly needs rules of four conditions.
_MOST_LEAVES = 24
# The share of customers who may change sides at a border for the sake of a rounder number, and what may be lost by it.
_LEEWAYS = (0.02, 0.01, 0.005, 0.002)
_MOST_LOST = 0.004
# A rule of a list that tells fewer customers apart is not worth reading.
_RULE_WORTH = 0.002


def learn_list(places: Places, labels: Labels, leaves: int) -> list[Step]:
    """Rules that give these customers their segments: the first that fits decides, and the last fits everybody.

    Grown with at most so many leaves, and fewer where a rule would need more than three conditions or a segment more
    than four rules.
    """
    for size in range(min(leaves, _MOST_LEAVES), 1, -1):
        steps = _found_in(places, labels, size)
        if _is_short(steps):
            return steps
    return [((), int(np.bincount(labels).argmax()))]


def follow(steps: Sequence[Step], filled: pd.DataFrame) -> tuple[Labels, Labels]:
    """The segment of each row by the list, and the number of the rule that gave it."""
    segments, rules = np.full(len(filled), -1), np.full(len(filled), -1)
    for number, (conditions, segment) in enumerate(steps):
        caught = (rules < 0) & fulfil(conditions, filled)
        segments[caught], rules[caught] = segment, number
    return segments, rules


def share_right(steps: Sequence[Step], filled: pd.DataFrame, labels: Labels) -> float:
    """The share of these customers to whom the list gives their segment."""
    return _Judged(filled, labels).share_right(steps)


class _Judged:
    """Customers by whom many lists are judged that ask the same: what a condition says of them is found out once."""

    def __init__(self, frame: pd.DataFrame, labels: Labels) -> None:
        self.frame = frame
        self.labels = labels
        self._fulfil: dict[Condition, Mask] = {}
        self._own: dict[int, Mask] = {}

    def share_right(self, steps: Sequence[Step]) -> float:
        """The share of the customers to whom the list gives their segment."""
        left, right = np.ones(len(self.labels), dtype=bool), 0
        for conditions, segment in steps:
            caught = left.copy()
            for condition in conditions:
                caught &= self._holds(condition)
            right += int(np.count_nonzero(caught & self._in(segment)))
            left &= ~caught
        return right / len(self.labels)

    def _holds(self, condition: Condition) -> Mask:
        if condition not in self._fulfil:
            self._fulfil[condition] = condition.holds(self.frame)
        return self._fulfil[condition]

    def _in(self, segment: int) -> Mask:
        if segment not in self._own:
            self._own[segment] = self.labels == segment
        return self._own[segment]


def _found_in(places: Places, labels: Labels, leaves: int) -> list[Step]:
    tree, frame, judged = grow(places, labels, leaves), places.frame, _Judged(places.frame, labels)
    enough = judged.share_right(as_list(tree)) - _MOST_LOST
    rounded = (as_list(with_round_borders(tree, frame, int(leeway * len(frame)))) for leeway in _LEEWAYS)
    last = as_list(with_round_borders(tree, frame, 0))
    steps = next((one for one in rounded if judged.share_right(one) >= enough), last)
    return _shortened(_with_lost(steps, places, judged), judged)


def _with_lost(steps: list[Step], places: Places, judged: _Judged) -> list[Step]:
    """The list with a rule at its head for each segment that the tree is too small to find, where there is one."""
    lost = set(judged.labels.tolist()) - {segment for _, segment in steps}
    for segment in sorted(lost):
        own = (judged.labels == segment).astype(np.int64)
        tree = with_round_borders(grow_for_few(places, own, MOST_CONDITIONS), places.frame, 0)
        longer = [[(conditions, segment), *steps] for conditions in ways(tree) if conditions]
        steps = max([steps, *longer], key=judged.share_right)
    return steps


def _shortened(steps: list[Step], judged: _Judged) -> list[Step]:
    """Without rules that hardly anything is lost without, and conditions that nothing is, the last ones first."""
    best = judged.share_right(steps)
    least = best - _MOST_LOST
    for place in reversed(range(len(steps) - 1)):
        for shorter in _shorter(steps, place):
            share, worth = judged.share_right(shorter), _RULE_WORTH if len(shorter) < len(steps) else 0.0
            keeps_all = {segment for _, segment in shorter} == {segment for _, segment in steps}
            if keeps_all and share >= max(best - worth, least):
                steps, best = shorter, share
                break
    return steps


def _shorter(steps: list[Step], place: int) -> list[list[Step]]:
    """The list without this rule, and with fewer of its conditions, the shortest first."""
    conditions, segment = steps[place]
    fewer = [list(kept) for size in range(1, len(conditions)) for kept in combinations(conditions, size)]
    without = [*steps[:place], *steps[place + 1 :]]
    return [without, *([*steps[:place], (tuple(kept), segment), *steps[place + 1 :]] for kept in fewer)]


def _is_short(steps: list[Step]) -> bool:
    rules = Counter(segment for conditions, segment in steps if conditions)
    longest = max(len(conditions) for conditions, _ in steps)
    return longest <= MOST_CONDITIONS and max(rules.values(), default=1) <= MOST_RULES
