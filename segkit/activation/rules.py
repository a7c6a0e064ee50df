"""How a segment is recognised: ordered rules in raw units, of which the first that fits gives the segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segkit.activation.conditions import Condition, Value, filled, usual_values
from segkit.activation.lists import FEW_RULES, MOST_RULES, follow, learn_list, share_right
from segkit.activation.stand_ins import ENOUGH, Assign, with_stand_ins
from segkit.activation.trees import Labels, Step, places_of
from segkit.errors import UserError
from segkit.segments import NOISE

FOLDS = 5
# Longer lists are worth it only if they place a customer in a hundred more.
_WORTH_IT = 0.01
# Rules that give fewer customers their segment say too little.
_GOOD = 0.8
# On so many customers it shows how long a list has to be, and how often it is right.
_MEASURED_ON = 5000


@dataclass(frozen=True)
class Rule:
    """Who fulfils all `conditions`, and no rule before, belongs to `segment`; without conditions all who are left.

    Of the customers that it was learnt from: `customers` is how many it catches, `coverage` the share of the segment
    that is among them, `precision` the share of them that is in the segment.
    """

    segment: int
    conditions: tuple[Condition, ...]
    customers: int
    coverage: float
    precision: float


@dataclass(frozen=True)
class RuleList:
    """Rules in their order; each customer gets exactly one segment.

    `fidelity` is the share of customers that rules give the segment of the model, customers from whom the rules were
    not learnt (five fifths, each withheld once); `on_table` is that share among those they were learnt from, which is
    what the exported SQL reaches there. `usual` stands for gaps; `gaps` are the columns that had some. `lost` are
    segments without a rule. Customers whom the model leaves unassigned are not counted.
    """

    rules: tuple[Rule, ...]
    fidelity: float
    on_table: float
    usual: Mapping[str, Value]
    gaps: tuple[str, ...] = ()
    lost: tuple[int, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The columns that rules ask for."""
        return list(dict.fromkeys(one.column for rule in self.rules for one in rule.conditions))

    def segments_of(self, typed: pd.DataFrame) -> np.ndarray:
        """The segment of each row of typed columns."""
        usual = {name: self.usual[name] for name in self.columns}
        return follow(self._steps, filled(typed, usual))[0]

    def of(self, segment: int) -> list[Rule]:
        """The rules that lead to a segment, in their order."""
        return [rule for rule in self.rules if rule.segment == segment]

    @property
    def _steps(self) -> list[Step]:
        return [(rule.conditions, rule.segment) for rule in self.rules]


def learn_rules(typed: pd.DataFrame, labels: np.ndarray, assign: Assign | None = None) -> RuleList:
    """The shortest list of rules that is within a point of the best: at most three conditions each, and up to four
    rules for a segment, six where four say too little.

    `typed` holds the columns that rules may ask for (see `columns.rule_columns`), `labels` the assigned segments. Of an
    ordinal or whole number a border is a whole number. With `assign` (see `stand_ins.assigner_of`) rules for few
    customers are learnt from made-up neighbours as well, and counted and measured on the customers alone.
    """
    known = labels != NOISE
    if typed.empty or not known.any():
        raise UserError("there is nothing to make rules of", "segment on columns that a database can know")
    usual, segments = usual_values(typed), labels[known].astype(np.int64)
    frame = filled(typed, usual)[known]
    learners = [_Learner(None), *([_Learner(assign)] if assign is not None and len(frame) < ENOUGH else [])]
    learn, leaves, fidelity = _best_way(frame, segments, learners)
    steps = learn(frame, segments, leaves)
    on_table = share_right(steps, frame, segments)
    return RuleList(
        tuple(_described(steps, frame, segments)),
        min(fidelity, on_table),
        on_table,
        usual,
        tuple(str(name) for name in typed.columns[typed.isna().any()]),
        tuple(sorted(set(segments.tolist()) - {segment for _, segment in steps})),
    )


@dataclass(frozen=True)
class _Learner:
    """Learns a list from customers, and from stand-ins where there is a model to assign them."""

    assign: Assign | None

    def __call__(self, frame: pd.DataFrame, labels: Labels, leaves: int) -> list[Step]:
        if self.assign is not None:
            frame, labels = with_stand_ins(frame, labels, self.assign)
        return learn_list(places_of(frame), labels, leaves)


def withheld_parts(labels: np.ndarray, seed: int = 0) -> np.ndarray:
    """Which of five parts each customer is withheld with: as many of each segment in every part."""
    order = np.lexsort((np.random.default_rng(seed).random(len(labels)), labels))
    parts = np.empty(len(labels), dtype=np.int64)
    parts[order] = np.arange(len(labels)) % FOLDS
    return parts


def _best_way(frame: pd.DataFrame, labels: Labels, learners: Sequence[_Learner]) -> tuple[_Learner, int, float]:
    """How to learn, with how many leaves, and what share of withheld customers is then placed right."""
    if len(labels) > _MEASURED_ON:
        rows = np.sort(np.random.default_rng(0).permutation(len(labels))[:_MEASURED_ON])
        frame, labels = frame.iloc[rows], labels[rows]
    sizes = _sizes(len(np.unique(labels)))
    ways = [(learn, leaves) for leaves in sizes[:FEW_RULES] for learn in learners]
    shares = [_withheld_share(frame, labels, leaves, learn) for learn, leaves in ways]
    if max(shares) < _GOOD:
        longer = [(learn, leaves) for leaves in sizes[FEW_RULES:] for learn in learners]
        ways, shares = (
            ways + longer,
            shares + [_withheld_share(frame, labels, leaves, learn) for learn, leaves in longer],
        )
    place = next(place for place, share in enumerate(shares) if share >= max(shares) - _WORTH_IT)
    return *ways[place], shares[place]


def _sizes(segments: int) -> list[int]:
    return [max(2, times * segments) for times in range(1, MOST_RULES + 1)]


def _withheld_share(frame: pd.DataFrame, labels: Labels, leaves: int, learn: _Learner) -> float:
    parts, right = withheld_parts(labels), 0
    for part in np.unique(parts):
        others, tested = parts != part, parts == part
        steps = learn(frame[others], labels[others], leaves) if others.any() else [((), NOISE)]
        right += int((follow(steps, frame[tested])[0] == labels[tested]).sum())
    return right / len(labels)


def _described(steps: list[Step], frame: pd.DataFrame, labels: Labels) -> list[Rule]:
    _, caught_by = follow(steps, frame)
    rules = []
    for place, (conditions, segment) in enumerate(steps):
        caught, own = caught_by == place, labels == segment
        both = int((caught & own).sum())
        share = both / max(int(own.sum()), 1)
        rules.append(Rule(segment, conditions, int(caught.sum()), share, both / max(int(caught.sum()), 1)))
    return rules
