"""Ids, protected attributes and columns without variety among those to segment on."""

import numpy as np
import pandas as pd
import pytest

from segkit.data.read import read

RNG = np.random.default_rng(0)
FIT = {"kind": "numeric", "use": "segment_on"}


def table_of(rows: int = 200) -> pd.DataFrame:
    return pd.DataFrame({"income": np.sort(RNG.integers(10, 130, rows)), "age": RNG.integers(18, 70, rows)})


@pytest.mark.parametrize(
    ("name", "values", "what"),
    [
        ("CustomerID", np.arange(200) * 7 % 1000, "an id"),
        ("InvoiceNo", RNG.integers(0, 90, 200) + 536365, "an id"),
        ("line", RNG.permutation(200) + 5, "a row number"),
    ],
)
def test_ids_among_the_features(found, name, values, what):
    topics = found(table_of().assign(**{name: values}), **{name: FIT})
    (finding,) = topics["id_feature"]
    assert finding.text.startswith(f"{name} looks like {what}")
    assert finding.mend == f"data.use.{name}=id"
    assert "sorted_by" not in topics


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("region_id", RNG.integers(1, 6, 200)),
        ("store_id", RNG.integers(1, 31, 200)),
        ("number_of_cds", RNG.integers(0, 150, 200)),
        ("score", RNG.permutation(400)[:200]),
        ("card_no", RNG.normal(size=200)),
    ],
)
def test_measurements_are_no_ids(found, name, values):
    assert "id_feature" not in found(table_of().assign(**{name: values}), **{name: FIT})


def test_an_id_that_is_used_as_one_is_no_finding(found):
    assert not {"id_feature", "sorted_by"} & set(found(table_of().assign(CustomerID=range(200))))


def test_a_row_number_of_a_sorted_table_is_a_hidden_copy(found):
    (finding,) = found(table_of().assign(CustomerID=range(200)), CustomerID=FIT)["sorted_by"]
    assert finding.columns == ("income", "CustomerID")


def test_the_mall_table_is_sorted_by_income(found, real_data):
    table = read(real_data("Mall_Customers.csv")).table
    assert not {"id_feature", "sorted_by"} & set(found(table))
    topics = found(table, CustomerID=FIT)
    assert topics["id_feature"][0].mend == "data.use.CustomerID=id"
    assert topics["sorted_by"][0].columns == ("Annual Income (k$)", "CustomerID")


def test_protected_attributes_are_one_finding(found):
    table = table_of().assign(Gender=["f", "m"] * 100, religion=["a", "b", "c", "d"] * 50)
    (finding,) = found(table)["sensitive"]
    assert finding.columns == ("Gender", "religion")
    assert finding.mend == "data.use.Gender=sensitive data.use.religion=sensitive"
    aside = {"use": "sensitive"}
    assert "sensitive" not in found(table, Gender=aside, religion=aside)


@pytest.mark.parametrize(("same", "told"), [(197, False), (198, True), (199, True)])
def test_columns_without_variety(found, same, told):
    table = table_of().assign(complained=[0] * same + [1] * (200 - same))
    topics = found(table, complained={"use": "segment_on"})
    assert ("near_constant" in topics) is told
    if told:
        assert f"complained (0 in {same / 2:g}" in topics["near_constant"][0].text
        assert topics["near_constant"][0].mend == "data.use.complained=describe_with"


def test_constants_are_left_out_anyway(found):
    assert "near_constant" not in found(table_of().assign(version=3))


def test_complaints_of_the_marketing_table(found, real_data):
    topics = found(read(real_data("marketing_campaign.csv")).table, Complain={"use": "segment_on"})
    assert topics["near_constant"][0].columns == ("Complain",)
    assert "0 in 99.1 %" in topics["near_constant"][0].text
