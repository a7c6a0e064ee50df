"""The exported query gives every customer of the raw table one segment, and the one that the rules give."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from segkit.activation.columns import rule_columns
from segkit.activation.conditions import Condition
from segkit.activation.rules import Rule, RuleList, learn_rules
from segkit.activation.sql import as_sql, as_text
from segkit.data import make_dataset
from segkit.evidence.reading import read_columns

from .conftest import STATED, make_table


def run(sql: str, table: pd.DataFrame, name: str = "raw") -> pd.DataFrame:
    with duckdb.connect() as connection:
        connection.register(name, table)
        return connection.execute(sql).df()


def one_rule(*conditions: Condition, usual: dict[str, float | str]) -> RuleList:
    return RuleList((Rule(0, conditions, 1, 1.0, 1.0), Rule(2, (), 1, 1.0, 1.0)), 0.9, 0.9, usual)


@pytest.fixture(scope="module")
def rules(typed, labels):
    return learn_rules(typed, labels)


def test_the_query_reaches_the_stated_fidelity(shop, typed, labels, names, rules):
    found = run(as_sql(rules, names, shop.columns, "raw", "client", shop.as_of), shop.table)
    assert found["client"].tolist() == shop.table["client"].tolist()
    assert found["segment"].tolist() == rules.segments_of(typed).tolist()
    assert np.mean(found["segment"] == labels) == pytest.approx(rules.on_table)
    assert rules.on_table >= rules.fidelity - 0.01
    assert found["segment_name"].tolist() == [names[segment] for segment in found["segment"]]


def test_next_months_table_is_read_alike(shop, names, rules):
    table = make_table(200, seed=9)
    table.loc[:5, ["spent", "orders", "school", "member"]] = None
    later = make_dataset("later", table, stated=STATED, as_of="2025-06-30")
    found = run(as_sql(rules, names, shop.columns, "raw", "client", shop.as_of), table)
    assert found["segment"].tolist() == rules.segments_of(read_columns(later, rule_columns(later))).tolist()


def test_a_database_may_hold_everything_as_text(shop, typed, names, rules):
    text = shop.table.astype("object").map(str).where(shop.table.notna(), None)
    found = run(as_sql(rules, names, shop.columns, "raw", "client", shop.as_of), text)
    assert found["segment"].tolist() == rules.segments_of(typed).tolist()


CONDITIONS = [
    (Condition("joined", low=700.0), 800.0),
    (Condition("joined", high=700.0), 300.5),
    (Condition("joined", low=200.0, high=1500.0), 3000.0),
    (Condition("school", low=1.0), 1.5),
    (Condition("school", low=1.0, high=2.0), 0.0),
    (Condition("land", levels=("O'Neil land", "(missing)")), "(missing)"),
    (Condition("land", levels=("O'Neil land",), excluded=True), "(missing)"),
    (Condition('annual "income"', low=40_000.0), 50_000.0),
    (Condition('annual "income"', low=40_000.0), 30_000.0),
    (Condition("tenure_years", high=2.5), 2.0),
    (Condition("spent_per_order", low=30.0), 20.0),
    (Condition("abroad", levels=("home",)), "(missing)"),
    (Condition("member", low=1.0), 0.0),
]


@pytest.mark.parametrize(("condition", "usual"), CONDITIONS, ids=lambda one: str(getattr(one, "column", one)))
def test_each_kind_of_condition_parts_the_same_customers(shop, typed, names, condition, usual):
    """Some on each side, gaps among them."""
    rules = one_rule(condition, usual={condition.column: usual})
    expected = rules.segments_of(typed)
    found = run(as_sql(rules, names, shop.columns, "raw", "client", shop.as_of), shop.table)["segment"]
    assert found.tolist() == expected.tolist()
    assert 0 < (expected == 0).sum() < len(expected)


def test_dates_are_compared_with_a_date_that_does_not_move(shop, names):
    sql = as_sql(
        one_rule(Condition("joined", low=10.0), usual={"joined": 1.0}), names, shop.columns, "raw", "", shop.as_of
    )
    assert """"joined" <= DATE '2025-06-20'""" in sql
    assert "current" not in sql.lower()


def test_rows_are_numbered_where_there_is_no_id(shop, names, rules):
    found = run(as_sql(rules, names, shop.columns, "raw", "", shop.as_of), shop.table)
    assert found["row"].tolist() == list(range(len(shop.table)))


@pytest.mark.parametrize("name", ['my "table"', "as_read", "PLACED", "files; drop table x"])
def test_any_name_of_a_table_will_do(shop, names, rules, name):
    found = run(as_sql(rules, names, shop.columns, name, "client", shop.as_of), shop.table, name)
    assert len(found) == len(shop.table)


def test_one_segment_is_everybodys(shop, names):
    rules = RuleList((Rule(0, (), 300, 1.0, 1.0),), 1.0, 1.0, {})
    found = run(as_sql(rules, names, shop.columns, "raw", "client"), shop.table)
    assert set(found["segment"]) == {0}


def test_the_text_says_what_is_asked_caught_and_filled(shop, names, rules):
    text = as_text(rules, names, shop.columns, shop.as_of)
    assert "annual income below 5" in text
    assert "of 100" in text
    assert "rich, it's early" in text
    assert "Where tenure years is unknown, 2.9" in text
    assert "everyone else" in text
    assert "accuracy" not in text.lower()


def test_the_text_names_segments_without_a_rule(shop, names):
    rules = RuleList((Rule(0, (), 300, 1.0, 1.0),), 1.0, 1.0, {}, lost=(1,))
    assert 'No short rule finds of "land"' in as_text(rules, names, shop.columns)
