"""All that is told of the segments of a table, as values: the page, the text and the spreadsheet only write it down."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from segkit.activation.asking import make_typing_tool
from segkit.activation.columns import question_columns, rule_columns
from segkit.activation.rules import RuleList, learn_rules
from segkit.activation.typing_tool import TypingTool
from segkit.data import Dataset
from segkit.errors import UserError
from segkit.evidence.reading import read_columns
from segkit.evidence.usefulness import targets_of
from segkit.profiles.columns import column_profiles, described
from segkit.profiles.markers import column_likeness, mark_nobody, markers
from segkit.profiles.money import money, sizes
from segkit.profiles.outcomes import outcomes
from segkit.scoring import Scorer

# Facts by which a segment is recognised, and those that pictures stress.
_MARKERS = 6


@dataclass(frozen=True, eq=False)
class Portrait:
    """The customers of a table, each in the segment that scoring gives him, and what that tells of the segments.

    `typed` are the described columns in raw units, `space` is what the segments are assigned in. `worth` has a row per
    segment (money too where the table knows any), `profiles`, `markers` and `outcomes` are those of `segkit.profiles`.
    `rules` and `typing` are None where there is nothing to make them of.
    """

    dataset: Dataset
    labels: np.ndarray
    scores: pd.DataFrame
    names: Mapping[int, str]
    typed: pd.DataFrame
    space: np.ndarray
    worth: pd.DataFrame
    profiles: pd.DataFrame
    markers: pd.DataFrame
    outcomes: pd.DataFrame
    targets: pd.DataFrame
    rules: RuleList | None = None
    typing: TypingTool | None = None
    knew: frozenset[str] = field(default_factory=frozenset)

    @property
    def has_money(self) -> bool:
        """Whether the table says what customers are worth."""
        return "revenue" in self.worth

    def marked_by(self, segment: int) -> pd.DataFrame:
        """The markers of one segment, the strongest first."""
        return self.markers[self.markers["segment"] == segment]


def portrait_of(dataset: Dataset, scorer: Scorer) -> Portrait:
    """Score the customers of a table and describe the segments that they fall into."""
    scores = scorer.score(dataset.table, dataset.as_of)
    labels = scores["segment"].to_numpy()
    typed, knew = described(dataset)
    weights = dataset.weights
    profiles = column_profiles(typed, labels, knew, weights)
    targets = targets_of(dataset)
    worth = money(dataset, labels)
    return Portrait(
        dataset=dataset,
        labels=labels,
        scores=scores,
        names=scorer.names,
        typed=typed,
        space=scorer.matrix(dataset.table, dataset.as_of),
        worth=sizes(labels) if worth is None else worth,
        profiles=profiles,
        markers=markers(profiles, _MARKERS, column_likeness(typed), mark_nobody(dataset)),
        outcomes=outcomes(targets, labels, weights),
        targets=targets,
        rules=_rules(dataset, labels),
        typing=_typing(dataset, labels),
        knew=knew,
    )


def _rules(dataset: Dataset, labels: np.ndarray) -> RuleList | None:
    try:
        return learn_rules(read_columns(dataset, rule_columns(dataset)), labels)
    except UserError:
        return None


def _typing(dataset: Dataset, labels: np.ndarray) -> TypingTool | None:
    typed = read_columns(dataset, question_columns(dataset))
    try:
        return make_typing_tool(typed, labels, dataset.columns, dataset.as_of)
    except UserError:
        return None
