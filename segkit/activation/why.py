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
from segkit.edits import Assigned, Renumbered
from segkit.errors import UserError
from segkit.outliers import usual_values
from segkit.profiles import UNASSIGNED

if TYPE_CHECKING:
    from segkit.scoring import Scorer

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
    """A customer's segment, the one that is next, and at most three facts, the strongest first."""

    segment: int
    second: int
    facts: tuple[Fact, ...]


def usual_customer(scorer: Scorer, table: pd.DataFrame, as_of: str = "") -> dict[str, Value]:
    """What is usual among the customers of a raw table, per column: the median of numbers, else what most have."""
    return usual_values(_typed(scorer, table, as_of))


def why(
    scorer: Scorer,
    customers: pd.DataFrame,
    usual: Mapping[str, Value],
    silent: Collection[str] = (),
    as_of: str = "",
) -> list[Why]:
    """For each row of a raw table why it gets its segment; `usual` is what `usual_customer` found.

    Each column in turn is set to its usual value and the customer scored again. Nothing is said of `silent` columns,
    nor of protected attributes. Raises UserError of segments that were divided or locked by hand.
    """
    if customers.empty:
        return []
    typed = _typed(scorer, customers, as_of)
    found = _assigned(scorer, typed)
    told = [name for name in usual if name in typed and name not in silent and not is_sensitive_name(name)]
    pushes = _pushes(scorer, typed, {name: usual[name] for name in told}, found)
    values = typed[told].to_numpy(object)
    facts = (_facts(row, own, told, usual) for row, own in zip(values, pushes, strict=True))
    return list(map(Why, found.segments.tolist(), found.second.tolist(), facts))


def why_words(found: Why, names: Mapping[int, str], columns: Sequence[Column] = (), as_of: str = "") -> str:
    """One customer's reason as a sentence, in raw values."""
    known = by_name(columns)
    own, other = (names.get(segment, UNASSIGNED) for segment in (found.segment, found.second))
    if not found.facts or found.segment == found.second:
        return f"{own}: no single fact decides, all of them together do."
    facts = [
        f"{column_words(fact.column)} {value_words(fact.value, known.get(fact.column), as_of)} "
        f"(usually {value_words(fact.usual, known.get(fact.column), as_of)})"
        for fact in found.facts
    ]
    return f"{own} rather than {other}, because of {listed(facts, 'and')}."


def _typed(scorer: Scorer, table: pd.DataFrame, as_of: str) -> pd.DataFrame:
    columns, given = scorer.preprocessing["columns"], table[scorer.columns]
    return columns.transform_as_of(given, as_of) if as_of else columns.transform(given)


def _assigned(scorer: Scorer, typed: pd.DataFrame) -> Assigned:
    """What the scorer says of typed customers; of edits it knows those that need no raw ones."""
    matrix = np.asarray(scorer.preprocessing[1:].transform(typed), dtype=float)
    numbers, chances = np.asarray(scorer.assigner.segments_), scorer.assigner.predict_proba(matrix)
    found = Assigned(numbers, numbers[chances.argmax(axis=1)], chances)
    for edit in scorer.edits:
        if not isinstance(edit, Renumbered):
            raise UserError("no reasons can be given of segments that were divided or locked by hand", "leave out why")
        found = edit.after(found, typed, "")
    return found


def _pushes(scorer: Scorer, typed: pd.DataFrame, usual: Mapping[str, Value], found: Assigned) -> Floats:
    """What the log odds of the first segment against the second lose with each column at its usual value."""
    odds, lost = _log_odds(found, found), np.zeros((len(typed), len(usual)))
    for place, (name, value) in enumerate(usual.items()):
        lost[:, place] = odds - _log_odds(_assigned(scorer, typed.assign(**{name: value})), found)
    return lost


def _log_odds(of: Assigned, pair: Assigned) -> Floats:
    """How much more probable the segment of `pair` is than its second."""
    rows, logs = np.arange(len(of.chances)), np.log(np.maximum(of.chances, _TINY))
    first, second = (np.searchsorted(of.numbers, numbers) for numbers in (pair.segments, pair.second))
    odds: Floats = logs[rows, first] - logs[rows, second]
    return odds


def _facts(row: npt.NDArray[Any], pushes: Floats, names: Sequence[str], usual: Mapping[str, Value]) -> tuple[Fact, ...]:
    strongest = np.argsort(-pushes, kind="stable")[:MOST_FACTS]
    least = max(_TELLING * float(pushes[pushes > 0].sum()), _TINY)
    return tuple(
        Fact(names[at], row[at], usual[names[at]], float(pushes[at])) for at in strongest if pushes[at] >= least
    )
