"""Logs of transactions that were not said to be one."""

import shlex

import numpy as np
import pandas as pd
import pytest

from segkit.data import LogColumns, make_dataset

RNG = np.random.default_rng(0)
ROWS = 600


def log(**columns: object) -> pd.DataFrame:
    days = pd.Timestamp("2025-01-01") + pd.to_timedelta(RNG.integers(0, 180, ROWS), unit="D")
    table = {"CustomerID": RNG.integers(10_000, 10_120, ROWS), "InvoiceDate": days.strftime("%d/%m/%Y %H:%M")}
    return pd.DataFrame(table | columns)


def mended(mend: str) -> dict[str, str]:
    return dict(word.removeprefix("data.log.").split("=", 1) for word in shlex.split(mend))


def shop() -> pd.DataFrame:
    invoices = pd.Series(np.arange(536_365, 536_365 + ROWS)).astype(str).to_numpy(dtype=object)
    quantity = RNG.integers(1, 12, ROWS)
    invoices[:9] = "C" + invoices[:9]
    quantity[:9] *= -1
    bought = {"StockCode": RNG.choice(list("ABCDEFG"), ROWS), "Quantity": quantity, "UnitPrice": RNG.random(ROWS) + 1}
    return log(InvoiceNo=invoices, **bought)


def test_a_log_is_offered_with_all_that_has_to_be_said(found):
    (finding,) = found(shop())["log"]
    assert "600 rows of " in finding.text
    assert mended(finding.mend) == {
        "customer": "CustomerID",
        "date": "InvoiceDate",
        "order": "InvoiceNo",
        "quantity": "Quantity",
        "price": "UnitPrice",
        "product": "StockCode",
        "cancelled": "C",
    }


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"amount paid (EUR)": RNG.random(ROWS)}, {"amount": "amount paid (EUR)"}),
        ({"price": RNG.random(ROWS)}, {"amount": "price"}),
        ({"qty": RNG.integers(1, 9, ROWS), "sales": RNG.random(ROWS)}, {"quantity": "qty", "amount": "sales"}),
        ({"remark": RNG.choice(["a", "b", "c"], ROWS)}, {}),
    ],
)
def test_what_is_offered_makes_customers(found, columns, said):
    table = log(**columns)
    fields = mended(found(table)["log"][0].mend)
    assert fields == {"customer": "CustomerID", "date": "InvoiceDate"} | said
    dataset = make_dataset("shop", table, log=LogColumns(**fields))
    assert len(dataset.table) == table["CustomerID"].nunique()


def test_a_log_has_no_customers_under_other_ids(found):
    table = pd.concat([shop(), shop().head(40)], ignore_index=True)
    assert "same_customers" not in found(table)


def test_days_may_be_written_as_numbers(found):
    table = log(date=RNG.choice([19970101, 19970215, 19971103, 19980630], ROWS)).drop(columns="InvoiceDate")
    assert mended(found(table)["log"][0].mend)["date"] == "date"


@pytest.mark.parametrize(
    "changed",
    [
        {"CustomerID": np.arange(ROWS) + 5000},  # a customer a row
        {"InvoiceDate": "2025-01-01"},  # no date that differs
        {"client_id": np.arange(ROWS) * 7},  # others are named row by row
    ],
)
def test_customers_are_no_log(found, changed):
    assert "log" not in found(shop().assign(**changed))


def test_whether_one_is_a_member_names_nobody(found):
    assert "log" not in found(log(member=RNG.random(ROWS) < 0.5).drop(columns="CustomerID"))


def test_a_date_that_belongs_to_the_customer_makes_no_log(found):
    table = shop()
    joined = pd.Timestamp("2020-01-01") + pd.to_timedelta(table["CustomerID"] % 900, unit="D")
    assert "log" not in found(table.assign(InvoiceDate=joined))


def test_the_real_tables(found_in):
    assert "log" not in found_in("marketing_campaign.csv")
    assert "log" not in found_in("Churn_Modelling.csv")
    assert mended(found_in("CDNOW_master.txt")["log"][0].mend)["customer"] == "customer_id"
