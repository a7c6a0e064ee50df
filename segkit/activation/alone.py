"""One rule for each segment that can be read by itself, whatever other rules there are."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.activation.conditions import Condition, filled, fulfil, usual_values
from segkit.activation.learning import withheld_parts
from segkit.activation.lists import MOST_CONDITIONS
from segkit.activation.rules import Rule
from segkit.activation.trees import Places, grow_shallow, places_of, ways, with_round_borders
from segkit.segments import NOISE

_LEEWAY = 0.01
Conditions = tuple[Condition, ...]
Mask = npt.NDArray[np.bool_]


def rules_alone(typed: pd.DataFrame, labels: np.ndarray) -> dict[int, Rule]:
    """Per segment the rule of at most three conditions that catches most of it, and of others the fewest.

    Unlike those of a `RuleList` such rules may overlap, and some customers fulfil none. `coverage` and `precision` are
    those on withheld customers (five fifths, each withheld once), `customers` is how many of the table it catches.
    """
    known = labels != NOISE
    frame = filled(typed, usual_values(typed))[known]
    places, segments = places_of(frame), labels[known].astype(np.int64)
    return {int(segment): _alone(places, segments == segment, int(segment)) for segment in np.unique(segments)}


def _alone(places: Places, own: Mask, segment: int) -> Rule:
    conditions = _best(places, own)
    caught = _caught_when_withheld(places, own)
    right = float((caught & own).sum())
    customers = int(fulfil(conditions, places.frame).sum())
    return Rule(segment, conditions, customers, right / own.sum(), right / max(int(caught.sum()), 1))


def _caught_when_withheld(places: Places, own: Mask) -> Mask:
    parts, caught = withheld_parts(own.astype(np.int64)), np.zeros(len(own), dtype=bool)
    for part in np.unique(parts):
        others, tested = np.flatnonzero(parts != part), np.flatnonzero(parts == part)
        if len(others):
            caught[tested] = fulfil(_best(places.at(others), own[others]), places.frame.iloc[tested])
    return caught


def _best(places: Places, own: Mask) -> Conditions:
    """The way through a shallow tree that tells the segment best (F-measure)."""
    tree = grow_shallow(places, own.astype(np.int64), MOST_CONDITIONS)
    tree = with_round_borders(tree, places.frame, int(_LEEWAY * len(own)))
    return max(ways(tree), key=lambda way: _told(fulfil(way, places.frame), own))


def _told(caught: Mask, own: Mask) -> float:
    return 2 * float((caught & own).sum()) / float(caught.sum() + own.sum())
