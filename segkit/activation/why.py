"""Why a customer is in a segment: the few facts without which the next segment would have been as likely."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.activation.columns import by_name
from segkit.activation.conditions import Value
from segkit.activation.words import column_words, listed, value_words
from segkit.data.columns import Column
from segkit.data.findings.names import is_sensitive_name
from segkit.profiles import UNASSIGNED
from segkit.scoring.edits import Assigned
from segkit.scoring.outliers import usual_values
from segkit.scoring.typed import assigned_typed, reads_alike, typed_customers

if TYPE_CHECKING:
    from segkit.scoring.scorer import Scorer

MOST_FACTS = 3
# A fact counts if its share of what speaks for the segment is at least this.
_TELLING = 0.1
_TINY = 1e-12
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fact:
    """A column's value, the value that is usual, and how much it speaks for the segment rather than for the next one.

    `push` is what the log odds of the two lose if the customer had the usual value.
    """

    column: str
    value: Any
    usual: Any
    push: float


@dataclass(frozen=True)
class Why:
    """A customer's segment, the one that is next, and at most three facts, the strongest first.

    Without `asked` no facts could be looked for.
    """

    segment: int
    second: int
    facts: tuple[Fact, ...]
    asked: bool = True


def usual_customer(scorer: Scorer, table: pd.DataFrame, as_of: str = "") -> dict[str, Value]:
    """What is usual among the customers of a raw table, per column: the median of numbers, else what most have."""
    return usual_values(typed_customers(scorer, table, as_of))


def why(
    scorer: Scorer,
    customers: pd.DataFrame,
    usual: Mapping[str, Value],
    silent: Collection[str] = (),
    as_of: str = "",
) -> list[Why]:
    """For each row of a raw table why it gets its segment; `usual` is what `usual_customer` found.

    Each column in turn is set to its usual value and the customer scored again, edits of the model included. Nothing is
    said of `silent` columns, nor of protected attributes, nor where an edit rests on a model that reads a column in
    another way: the usual value would not mean the same to both.
    """
    if customers.empty:
        return []
    if not reads_alike(scorer, as_of):
        found = scorer.assigned(customers, as_of)
        pairs = zip(found.segments, found.second, strict=True)
        return [Why(int(first), int(second), (), asked=False) for first, second in pairs]
    typed = typed_customers(scorer, customers, as_of)
    found = assigned_typed(scorer, typed)
    told = [name for name in usual if name in typed and name not in silent and not is_sensitive_name(name)]
    pushes = _pushes(scorer, typed, {name: usual[name] for name in told}, found)
    values = typed[told].to_numpy(object)
    facts = (_facts(row, own, told, usual) for row, own in zip(values, pushes, strict=True))
    return list(map(Why, found.segments.tolist(), found.second.tolist(), facts))


def why_words(found: Why, names: Mapping[int, str], columns: Sequence[Column] = (), as_of: str = "") -> str:
    """One customer's reason as a sentence, in raw values."""
    known = by_name(columns)
    own, other = (names.get(segment, UNASSIGNED) for segment in (found.segment, found.second))
    if not found.asked:
        return f"{own}: which facts decide cannot be told of a segmentation that two models decide together."
    if not found.facts or found.segment == found.second:
        return f"{own}: no single fact decides, all of them together do."
    facts = [
        f"{column_words(fact.column)} {value_words(fact.value, known.get(fact.column), as_of)} "
        f"(usually {value_words(fact.usual, known.get(fact.column), as_of)})"
        for fact in found.facts
    ]
    return f"{own} rather than {other}, because of {listed(facts, 'and')}."


def _pushes(scorer: Scorer, typed: pd.DataFrame, usual: Mapping[str, Value], found: Assigned) -> Floats:
    """What the log odds of each customer's segment against the second lose with each column at its usual value."""
    odds = _log_odds(found, found)
    pushes = np.zeros((len(typed), len(usual)))
    for place, (name, value) in enumerate(usual.items()):
        pushes[:, place] = odds - _log_odds(assigned_typed(scorer, typed.assign(**{name: value})), found)
    return pushes


def _log_odds(chances: Assigned, found: Assigned) -> Floats:
    """The log odds that some chances give the segments that were found against the second ones."""
    first, second = chances.chance_of(found.segments), chances.chance_of(found.second)
    return np.log(np.maximum(first, _TINY)) - np.log(np.maximum(second, _TINY))


def _facts(row: npt.NDArray[Any], pushes: Floats, names: Sequence[str], usual: Mapping[str, Value]) -> tuple[Fact, ...]:
    strongest = np.argsort(-pushes, kind="stable")[:MOST_FACTS]
    least = max(_TELLING * float(pushes[pushes > 0].sum()), _TINY)
    return tuple(
        Fact(names[at], row[at], usual[names[at]], float(pushes[at])) for at in strongest if pushes[at] >= least
    )
