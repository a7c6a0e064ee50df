"""How a segment is recognised: ordered rules in raw units, of which the first that fits gives the segment."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segkit.activation.conditions import Condition, Value, filled, usual_values
from segkit.activation.learning import Learner, best_way
from segkit.activation.lists import follow, share_right
from segkit.activation.stand_ins import ENOUGH, Assign
from segkit.activation.trees import Step
from segkit.errors import UserError
from segkit.segments import NOISE


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
    learners = [Learner(None), *([Learner(assign)] if assign is not None and len(frame) < ENOUGH else [])]
    learner, leaves, fidelity = best_way(frame, segments, learners)
    steps = learner.prepared(frame, segments).learn(leaves)
    on_table = share_right(steps, frame, segments)
    return RuleList(
        tuple(_described(steps, frame, segments)),
        min(fidelity, on_table),
        on_table,
        usual,
        tuple(str(name) for name in typed.columns[typed.isna().any()]),
        tuple(sorted(set(segments.tolist()) - {segment for _, segment in steps})),
    )


def _described(steps: list[Step], frame: pd.DataFrame, labels: np.ndarray) -> list[Rule]:
    _, caught_by = follow(steps, frame)
    rules = []
    for place, (conditions, segment) in enumerate(steps):
        caught, own = caught_by == place, labels == segment
        both = int((caught & own).sum())
        share = both / max(int(own.sum()), 1)
        rules.append(Rule(segment, conditions, int(caught.sum()), share, both / max(int(caught.sum()), 1)))
    return rules
