"""All findings of a table together: their order, their number, and that no table is too ugly."""

import shlex
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from segkit.data.columns import KINDS, Column
from segkit.data.findings import find, groups, totals
from segkit.data.read import read

RNG = np.random.default_rng(0)
ROWS = 60
UGLY = pd.DataFrame(
    {
        "lists": pd.Series([[number % 3] for number in range(ROWS)]),
        "dicts": pd.Series([{"a": number % 2} for number in range(ROWS)]),
        "sets": [{1}] * ROWS,
        "mixed": pd.Series([1, "a", None, 2.5, True, pd.Timestamp("2020-01-01")] * 10, dtype=object),
        "nothing": [None] * ROWS,
        "nan": [np.nan] * ROWS,
        "nat": [pd.NaT] * ROWS,
        "blank": [" "] * ROWS,
        "日本 (k€)": RNG.random(ROWS),
        "infinite": [np.inf, -np.inf, 1.0] * 20,
        "all_infinite": [np.inf] * ROWS,
        "flags": RNG.random(ROWS) < 0.5,
        "flags_with_gaps": pd.array([True, None, False] * 20, dtype="boolean"),
        "integers_with_gaps": pd.array([1, None, 3] * 20, dtype="Int64"),
        "days": pd.date_range("2020", periods=ROWS),
        "zoned": pd.date_range("2020", periods=ROWS, tz="Europe/Paris"),
        "far": ["2024-01-01"] * 58 + ["9999-12-31"] * 2,
        "cat": pd.Categorical(list("abc") * 20),
        "ordered": pd.Categorical([1, 2, 3] * 20, ordered=True),
        "decimals": [Decimal(number) / 3 for number in range(ROWS)],
        "spans": pd.to_timedelta(RNG.integers(0, 9, ROWS), unit="D"),
        "months": pd.period_range("2020-01", periods=ROWS, freq="M"),
        "intervals": pd.cut(RNG.random(ROWS), 4),
        "complex": RNG.random(ROWS) + 1j,
        "bytes": [b"a", b"b", b""] * 20,
        "tuples": [(1, 2)] * ROWS,
        "arrays": [np.arange(3)] * ROWS,
        "huge": [10**30] * ROWS,
        "unsigned": np.full(ROWS, 2**64 - 1, dtype="uint64"),
        "": range(ROWS),
    }
)


def as_kind(name: str, kind: str, use: str = "segment_on") -> Column:
    column = Column(name, kind, use, "made up", levels=("1", "2") if kind == "ordinal" else ())
    return replace(column, date_format="%d-%m-%Y") if kind == "date" else column


@pytest.mark.parametrize("rows", [ROWS, 1])
@pytest.mark.parametrize("name", UGLY.columns)
def test_no_column_is_too_ugly(name, rows):
    table = UGLY[[name]].head(rows)
    assert groups(table) == []
    assert totals(table) == {}
    for kind in KINDS:
        find(table, (as_kind(name, kind),))


@pytest.mark.parametrize("use", ["segment_on", "id"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_table_is_too_ugly(kind, use):
    columns = tuple(as_kind(name, kind, use) for name in UGLY)
    for rows in (ROWS, 2, 1, 0):
        find(UGLY.head(rows), columns)
    groups(UGLY)
    totals(UGLY)


def test_tables_without_columns_and_with_strange_names():
    assert find(pd.DataFrame(), ()) == ()
    assert find(pd.DataFrame({"a": [1, 2]}), ()) == ()
    assert (groups(pd.DataFrame()), totals(pd.DataFrame())) == ([], {})
    twice = pd.DataFrame(RNG.random((30, 3)), columns=["a", "a", 3], index=[5] * 30)
    assert find(twice, (as_kind("a", "numeric"), as_kind("3", "numeric"), as_kind("gone", "numeric"))) == ()
    assert (groups(twice), totals(twice)) == ([], {})


def test_the_table_stays_as_it_was(customers):
    before = customers.table.copy(deep=True)
    find(customers.table, customers.columns)
    pd.testing.assert_frame_equal(customers.table, before)


def test_the_same_table_gives_the_same_findings(customers):
    big = pd.concat([customers.table] * 40, ignore_index=True)
    assert find(big, customers.columns) == find(big.copy(), customers.columns)


def test_what_spoils_a_segmentation_stands_first(found):
    table = pd.DataFrame({"customer_id": np.arange(300) * 3, "gender": ["f", "m"] * 150, "a": RNG.lognormal(2, 2, 300)})
    table = table.assign(b=table.a * 2, c=RNG.lognormal(2, 2, 300), status=["x"] * 298 + ["y", "z"])
    table.loc[:30, "c"] = np.nan
    topics = list(found(table, customer_id={"kind": "numeric", "use": "segment_on"}))
    assert topics == ["id_feature", "sensitive", "repeats", "near_constant", "skew", "gaps", "rare_levels"]


def test_many_findings_of_a_topic_are_cut_and_the_rest_is_named(found):
    table = pd.DataFrame({f"c{number}": RNG.normal(size=200) for number in range(7)})
    repeats = found(table.join(table.add_suffix("_again")))["repeats"]
    assert len(repeats) == 4
    assert repeats[-1].text.endswith("(the same holds for c4 and c4_again, c5 and c5_again and c6 and c6_again)")


@pytest.mark.parametrize(
    ("name", "topics"),
    [
        ("marketing_campaign.csv", {"same_customers", "group", "sentinel", "skew", "rare_levels"}),
        ("CC_GENERAL.csv", {"group", "blank_zero", "skew"}),
        ("Wholesale_customers.csv", {"group", "skew"}),
        ("bank-full.csv", {"group", "sentinel", "skew", "rare_levels"}),
        ("Churn_Modelling.csv", {"personal"}),
        ("Mall_Customers.csv", set()),
        ("variants/variant_wholesale_latin1_extra_cols.csv", {"group", "skew"}),
    ],
)
def test_a_real_table_has_few_findings_and_no_silly_ones(found_in, name, topics):
    findings = found_in(name)
    # What inference may or may not take out of the fit beforehand.
    assert set(findings) - {"sensitive", "total", "near_constant"} == topics
    assert sum(map(len, findings.values())) <= 10


def test_every_finding_names_its_columns_and_its_mend_is_fit_for_a_shell(found_in, real_data):
    for name in ("marketing_campaign.csv", "CC_GENERAL.csv", "bank-full.csv"):
        columns = set(read(real_data(name)).table)
        for findings in found_in(name).values():
            for finding in findings:
                assert set(finding.columns) <= columns
                assert all(column in finding.text for column in finding.columns[:2])
                assert all("=" in argument for argument in shlex.split(finding.mend))
