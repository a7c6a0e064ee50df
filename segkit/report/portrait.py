"""All that is told of the segments of a table, as values: the page, the text and the spreadsheet only write it down."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from segkit.activation.alone import rules_alone
from segkit.activation.asking import make_typing_tool
from segkit.activation.columns import question_columns, rule_columns
from segkit.activation.rules import Rule, RuleList, learn_rules
from segkit.activation.stand_ins import assigner_of
from segkit.activation.typing_tool import TypingTool
from segkit.data import Dataset
from segkit.errors import UserError
from segkit.evidence.reading import read_columns
from segkit.evidence.usefulness import targets_of
from segkit.profiles.columns import column_profiles, described
from segkit.profiles.descriptions import FEWEST
from segkit.profiles.markers import column_likeness, mark_nobody, markers
from segkit.profiles.money import money, sizes
from segkit.profiles.outcomes import outcomes
from segkit.scoring.scorer import Scorer
from segkit.segments import NOISE

# Facts by which a segment is recognised, and those that pictures stress.
_MARKERS = 6


@dataclass(frozen=True, eq=False)
class Portrait:
    """The customers of a table, each in the segment that scoring gives him, and what that tells of the segments.

    `scores` are those of every customer; in `labels` a segment of fewer than five is told of as unassigned.
    `typed` are the described columns in raw units, `space` is what the segments are assigned in. `worth` has a row per
    segment (money too where the table knows any), `profiles`, `markers` and `outcomes` are those of `segkit.profiles`.
    `rules` and `typing` are None where there is nothing to make them of, `alone` holds a rule for each segment that can
    be read by itself.
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
    alone: Mapping[int, Rule] = field(default_factory=dict)
    typing: TypingTool | None = None

    @property
    def has_money(self) -> bool:
        """Whether the table says what customers are worth."""
        return "revenue" in self.worth

    def marked_by(self, segment: int) -> pd.DataFrame:
        """The markers of one segment, the strongest first."""
        return self.markers[self.markers["segment"] == segment]


def portrait_of(dataset: Dataset, scorer: Scorer) -> Portrait:
    """Score the customers of a table and describe the segments that they fall into."""
    with threadpool_limits(1):  # many small fits: threads that wait for each other take ten times as long
        return _portrait(dataset, scorer, scorer.score(dataset.table, dataset.as_of))


def _portrait(dataset: Dataset, scorer: Scorer, scores: pd.DataFrame) -> Portrait:
    labels = _told(scores["segment"].to_numpy())
    typed, knew = described(dataset)
    profiles = column_profiles(typed, labels, knew, dataset.weights)
    targets = targets_of(dataset)
    return Portrait(
        dataset=dataset,
        labels=labels,
        scores=scores,
        names={segment: name for segment, name in scorer.names.items() if segment in set(labels.tolist())},
        typed=typed,
        space=scorer.matrix(dataset.table, dataset.as_of),
        worth=_worth(dataset, labels),
        profiles=profiles,
        markers=markers(profiles, _MARKERS, column_likeness(typed), mark_nobody(dataset)),
        outcomes=outcomes(targets, labels, dataset.weights),
        targets=targets,
        rules=_rules(dataset, labels, scorer),
        alone=_alone(dataset, labels),
        typing=_typing(dataset, labels),
    )


def _told(labels: np.ndarray) -> np.ndarray:
    """Who is in a segment of too few is told of as unassigned: its figures would be those of single customers."""
    segments, codes, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return np.where(counts[codes] < FEWEST, NOISE, segments[codes])


def _worth(dataset: Dataset, labels: np.ndarray) -> pd.DataFrame:
    """Sizes, and money where the table knows any; that of a few unassigned customers is nobody's business."""
    found, weights = money(dataset, labels), dataset.weights
    if found is None:
        return sizes(labels, None if weights is None else weights.to_numpy(dtype=float))
    if (labels == NOISE).sum() < FEWEST:
        figures = found.columns.difference(["segment", "customers", "share", "of"])
        found.loc[found["segment"] == NOISE, figures] = np.nan
    return found


def _rules(dataset: Dataset, labels: np.ndarray, scorer: Scorer) -> RuleList | None:
    typed = read_columns(dataset, rule_columns(dataset))
    try:
        return learn_rules(typed, labels, assigner_of(scorer, typed))
    except UserError:
        return None


def _alone(dataset: Dataset, labels: np.ndarray) -> dict[int, Rule]:
    """A rule that catches nobody rightly is none."""
    typed = read_columns(dataset, rule_columns(dataset))
    if typed.empty or not (labels != NOISE).any():
        return {}
    return {segment: rule for segment, rule in rules_alone(typed, labels).items() if rule.precision > 0}


def _typing(dataset: Dataset, labels: np.ndarray) -> TypingTool | None:
    typed = read_columns(dataset, question_columns(dataset))
    try:
        return make_typing_tool(typed, labels, dataset.columns, dataset.as_of)
    except UserError:
        return None
