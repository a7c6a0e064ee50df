"""The query for one segment finds in the raw table whom its rule catches."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from segkit.activation.alone import rules_alone
from segkit.activation.conditions import Condition, filled, fulfil, usual_values
from segkit.activation.rules import Rule
from segkit.activation.sql_alone import caught_by, rule_as_sql


def found_by(sql: str, table: pd.DataFrame) -> pd.DataFrame:
    with duckdb.connect() as connection:
        connection.register('my "shop"', table)
        return connection.execute(sql).df()


@pytest.mark.parametrize("segment", [0, 1, 2, 3])
def test_the_query_finds_whom_the_rule_catches(shop, typed, labels, segment):
    rule, usual = rules_alone(typed, labels)[segment], usual_values(typed)
    found = found_by(rule_as_sql(rule, usual, shop.columns, 'my "shop"', "client", shop.as_of), shop.table)
    who = fulfil(rule.conditions, filled(typed, usual))
    assert found["client"].tolist() == shop.table["client"][who].tolist()
    stated = caught_by(rule, typed, usual, labels)
    assert stated.customers == len(found) == rule.customers
    assert stated.precision == pytest.approx(np.mean(labels[who] == segment))
    assert stated.coverage == pytest.approx(np.mean(who[labels == segment]))


CONDITIONS = [
    (Condition('annual "income"', low=30000.0), Condition("land", levels=("O'Neil land", "(missing)"))),
    (Condition("school", low=1.0), Condition("joined", low=200.0, high=900.0)),
    (Condition("land", levels=("Peru",), excluded=True), Condition("spent_per_order", high=40.0)),
]


@pytest.mark.parametrize("conditions", CONDITIONS)
def test_every_kind_of_condition_means_the_same(shop, typed, conditions):
    rule, usual = Rule(0, conditions, 0, 0.0, 0.0), usual_values(typed)
    sql = rule_as_sql(rule, usual, shop.columns, 'my "shop"', "client", shop.as_of)
    who = fulfil(conditions, filled(typed, usual))
    assert 0 < who.sum() < len(who)
    assert found_by(sql, shop.table)["client"].tolist() == shop.table["client"][who].tolist()


def test_without_ids_the_rows_are_given_whole(shop, typed):
    rule = Rule(0, (Condition("orders", low=6.0),), 0, 0.0, 0.0)
    sql = rule_as_sql(rule, usual_values(typed), shop.columns, 'my "shop"')
    assert sql.startswith("-- orders at least 6\nSELECT *\n")
    assert len(found_by(sql, shop.table)) == (shop.table["orders"] >= 6).sum()


def test_what_catches_nobody_is_no_division_by_nothing(typed, labels):
    rule = Rule(9, (Condition("orders", low=600.0),), 0, 0.0, 0.0)
    found = caught_by(rule, typed, usual_values(typed), labels)
    assert (found.customers, found.precision, found.coverage) == (0, 0.0, 0.0)
