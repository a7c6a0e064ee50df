"""The rule that finds one segment by itself as a query, and how exactly that gives the segment back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segkit.activation.columns import by_name
from segkit.activation.conditions import Mask, Value, filled, fulfil
from segkit.activation.raw_expressions import quoted
from segkit.activation.rules import Rule
from segkit.activation.sql_conditions import condition_in_sql, filled_column
from segkit.activation.words import conditions_words
from segkit.data.columns import Column


@dataclass(frozen=True)
class Caught:
    """How many customers of a table a rule catches, the share of them who are in its segment, and the share of the
    segment that is among them.
    """

    customers: int
    precision: float
    coverage: float


def rule_as_sql(
    rule: Rule,
    usual: Mapping[str, Value],
    columns: Sequence[Column],
    table: str,
    id_column: str = "",
    as_of: str = "",
) -> str:
    """A query (DuckDB) on the raw table for the customers who fulfil a rule: their ids, or without ids whole rows.

    `usual` is what stands for gaps, `columns` are those of the data set, `as_of` is the day that dates are counted to.
    """
    known = by_name(columns)
    asked = [
        condition_in_sql(one, filled_column(one.column, usual, known, as_of), known[one.column], as_of)
        for one in rule.conditions
    ]
    about = " ".join(conditions_words(rule.conditions, known, as_of).split())
    head = [f"-- {about}", f"SELECT {quoted(id_column) if id_column else '*'}", f"FROM {quoted(table)}"]
    where = [f"{'AND' if place else 'WHERE'} {one}" for place, one in enumerate(asked)]
    return "\n".join([*head, *where, ""])


def caught_by(rule: Rule, typed: pd.DataFrame, usual: Mapping[str, Value], labels: np.ndarray) -> Caught:
    """What the rule, and its query, catches of a table in typed columns whose customers are in these segments."""
    asked = {one.column: usual[one.column] for one in rule.conditions}
    return caught(fulfil(rule.conditions, filled(typed, asked)), labels == rule.segment)


def caught(found: Mask, own: Mask) -> Caught:
    """How exactly the customers that are found are those of a segment."""
    both = float((found & own).sum())
    return Caught(int(found.sum()), both / max(int(found.sum()), 1), both / max(int(own.sum()), 1))
