"""Portraits that are not drawn twice: another name for a segment, or a run that is registered, tells of the same
people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from segkit.data import Dataset
from segkit.identity.origins import rule_hash
from segkit.remembered import bytes_of, remembers
from segkit.report.portrait import Portrait, portrait_of
from segkit.scoring.scorer import Scorer


@dataclass(frozen=True)
class _Sitting:
    """Two are the same where the same customers are given their segments by the same rule."""

    table: str
    rule: str
    dataset: Dataset = field(compare=False)
    scorer: Scorer = field(compare=False)


def remembered(dataset: Dataset, scorer: Scorer) -> Portrait:
    """The portrait that `segkit.report.portrait.portrait_of` would draw."""
    found = _portrait(_Sitting(dataset.key, rule_hash(scorer), dataset, scorer))
    named = _under(found, scorer.names)
    return named if dataset.name == found.dataset.name else replace(named, dataset=dataset)


def bytes_of_portrait(portrait: Portrait) -> int:
    """The memory that a portrait holds."""
    return bytes_of(portrait.dataset.table, portrait.typed, portrait.scores) + portrait.space.nbytes


@remembers(bytes_of_portrait)
def _portrait(sitting: _Sitting) -> Portrait:
    return portrait_of(sitting.dataset, sitting.scorer)


def _under(portrait: Portrait, names: Mapping[int, str]) -> Portrait:
    """The same under other names."""
    if all(portrait.names[segment] == names[segment] for segment in portrait.names):
        return portrait
    scores = portrait.scores
    called = scores["segment"].map(dict(names)).fillna(scores["segment_name"])
    own = {segment: names[segment] for segment in portrait.names}
    return replace(portrait, names=own, scores=scores.assign(segment_name=called))
