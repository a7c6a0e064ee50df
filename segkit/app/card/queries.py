"""The queries on a card, and how exactly each gives the segment back."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from segkit.activation.columns import by_name, rule_columns
from segkit.activation.conditions import Value, usual_values
from segkit.activation.rules import Rule
from segkit.activation.sql_alone import Caught, caught, caught_by, rule_as_sql
from segkit.activation.words import out_of_100, stand_in_words
from segkit.evidence.reading import read_columns
from segkit.report.content import Content


@dataclass(frozen=True)
class Query:
    """A query, and how exactly it gives the segment back."""

    sql: str
    says: str


def query_alone(content: Content, segment: int) -> Query | None:
    """The query that finds this segment only; None where no rule does."""
    rule = _rule(content, segment)
    if rule is None:
        return None
    dataset, (typed, usual) = content.portrait.dataset, _read(content)
    sql = rule_as_sql(rule, usual, dataset.columns, content.sql_table, content.sql_key, dataset.as_of)
    says = _on_this_table(caught_by(rule, typed, usual, content.portrait.labels))
    withheld = f"Of customers whom it was not learnt from: {_rightly(rule.precision, rule.coverage)}."
    return Query(f"{content.sql_warning}{sql}", f"{says} {withheld}")


def query_together(content: Content, segment: int) -> Query | None:
    """The query for all segments, with what it gives this one; None without rules."""
    rules = content.portrait.rules
    if rules is None:
        return None
    typed, _ = _read(content)
    found = caught(rules.segments_of(typed) == segment, content.portrait.labels == segment)
    return Query(content.sql, f"{_on_this_table(found)} It gives every customer one segment.")


def stand_ins(content: Content, segment: int) -> list[str]:
    """What stands for gaps in the columns that the segment's rule asks for."""
    rule = _rule(content, segment)
    if rule is None:
        return []
    dataset, (typed, usual) = content.portrait.dataset, _read(content)
    gaps, known = [one.column for one in rule.conditions if typed[one.column].isna().any()], by_name(dataset.columns)
    return [stand_in_words(name, usual[name], known.get(name), dataset.as_of) for name in gaps]


def _rule(content: Content, segment: int) -> Rule | None:
    rule = content.portrait.alone.get(segment)
    return rule if rule is not None and rule.conditions else None


def _read(content: Content) -> tuple[pd.DataFrame, Mapping[str, Value]]:
    """The columns that rules may ask for, and what stands for gaps in them."""
    dataset = content.portrait.dataset
    typed = read_columns(dataset, rule_columns(dataset))
    return typed, usual_values(typed)


def _on_this_table(found: Caught) -> str:
    return f"On this table it finds {found.customers:,} customers: {_rightly(found.precision, found.coverage)}."


def _rightly(precision: float, coverage: float) -> str:
    right, part = out_of_100(precision), out_of_100(coverage)
    return f"{right} of them belong to the segment, and {part} of the segment are among them"
