"""Missing values."""

import numpy as np
import pandas as pd
import pytest

RNG = np.random.default_rng(0)
ROWS = 500


def table_of(zeros: float = 0.1, stray: int = 0, name: str = "minimum") -> pd.DataFrame:
    """A column that is missing where `paid` is 0, and in some rows more."""
    paid = np.where(RNG.random(ROWS) < zeros, 0, RNG.lognormal(4, 1, ROWS))
    minimum = np.where(paid == 0, np.nan, RNG.lognormal(3, 1, ROWS))
    minimum[np.flatnonzero(paid > 0)[:stray]] = np.nan
    return pd.DataFrame({"paid": paid, name: minimum, "visits": RNG.integers(0, 9, ROWS)})


def test_gaps_where_another_column_is_zero(found):
    (finding,) = found(table_of(stray=5))["blank_zero"]
    assert finding.columns == ("minimum", "paid")
    assert finding.mend == "data.fill.minimum=0"
    assert "probably zero rather than unknown" in finding.text


def test_blank_text_counts_as_a_gap(found):
    table = table_of()
    table["minimum"] = table["minimum"].map("{:.2f}".format).replace("nan", " ").astype(object)
    (finding,) = found(table, minimum={"kind": "numeric", "use": "segment_on"})["blank_zero"]
    assert finding.mend == "data.fill.minimum=0"


@pytest.mark.parametrize("stray", [60, 300])
def test_gaps_that_are_elsewhere_too_are_no_zeros(found, stray):
    assert "blank_zero" not in found(table_of(stray=stray))


def test_zeros_that_mostly_have_a_value_explain_no_gap(found):
    table = table_of(zeros=0.0)
    table.loc[:400, "paid"] = 0
    table.loc[:30, "minimum"] = np.nan
    assert "blank_zero" not in found(table)


def test_a_time_since_something_is_not_filled_with_zero(found):
    (finding,) = found(table_of(name="days_since_payment"))["blank_zero"]
    assert finding.mend == ""
    assert "does not apply" in finding.text


def test_what_is_stated_already_is_not_said_again(found):
    assert "blank_zero" not in found(table_of(), minimum={"fill": 0})
    assert "blank_zero" not in found(table_of(), minimum={"missing": ("-1",)})


def test_columns_with_many_gaps_are_one_finding(found):
    table = pd.DataFrame(RNG.normal(size=(ROWS, 3)), columns=["few", "some", "many"])
    table["word"] = RNG.choice(["a", "b", "c", " "], ROWS, p=[0.3, 0.3, 0.3, 0.1])
    table.loc[:19, "few"] = np.nan
    table.loc[:24, "some"] = np.nan
    table.loc[:300, "many"] = np.nan
    (finding,) = found(table)["gaps"]
    assert finding.columns == ("many", "word", "some")
    assert "some (5.0 %)" in finding.text


def test_an_id_with_gaps_is_told_and_an_empty_column_is_not(found):
    table = pd.DataFrame({"customer_id": range(ROWS), "empty": np.nan, "x": RNG.normal(size=ROWS)})
    table["customer_id"] = table["customer_id"].where(table.index % 4 > 0)
    (finding,) = found(table, customer_id={"kind": "id", "use": "id"})["gaps"]
    assert finding.columns == ("customer_id",)


def test_gaps_of_the_real_tables(found_in):
    (finding,) = found_in("CC_GENERAL.csv")["blank_zero"]
    assert finding.text.startswith("MINIMUM_PAYMENTS is missing 313 times, 240 of them where PAYMENTS is 0")
    assert finding.mend == "data.fill.MINIMUM_PAYMENTS=0"
    for name in ("CC_GENERAL.csv", "marketing_campaign.csv", "Churn_Modelling.csv", "bank-full.csv"):
        assert "gaps" not in found_in(name)
    assert "blank_zero" not in found_in("marketing_campaign.csv")
