"""Customers that stand in the table twice."""

import numpy as np
import pandas as pd
import pytest


def customers(rows: int = 300, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "customer_id": rng.permutation(rows * 10)[:rows],
            "income": rng.integers(10_000, 90_000, rows),
            "age": rng.integers(18, 90, rows),
            "city": rng.choice(["Rome", "Oslo", "Bonn"], rows),
            "spent": rng.lognormal(4, 1, rows).round(2),
        }
    )


def with_twins(table: pd.DataFrame, number: int) -> pd.DataFrame:
    twins = table.head(number).assign(customer_id=lambda t: t.customer_id + 10_000)
    return pd.concat([table, twins], ignore_index=True)


@pytest.mark.parametrize("number", [1, 7])
def test_customers_under_other_ids_are_counted(found, number):
    (finding,) = found(with_twins(customers(), number))["same_customers"]
    assert (finding.columns, finding.mend) == (("customer_id",), "data.duplicates=drop")
    assert finding.text.startswith(f"{number} row{'s repeat' if number > 1 else ' repeats'} another in all 4 columns")


def test_a_twin_with_one_other_value_is_none(found):
    table = with_twins(customers(), 1)
    table.loc[300, "spent"] += 0.01
    assert "same_customers" not in found(table)
    assert "same_customers" not in found(customers())


def test_a_handful_of_coarse_columns_repeats_by_nature(found):
    table = customers(2000)[["customer_id", "age", "city"]]
    assert table[["age", "city"]].duplicated().sum() > 1000
    assert "same_customers" not in found(table)


def test_customers_who_never_bought_are_alike_by_nature(found):
    table = customers(1000).assign(income=40_000)
    for name in [f"orders_{month}" for month in range(12)]:
        table[name] = np.where(np.arange(1000) < 400, 0, np.arange(1000))
    table.loc[:399, ["spent", "age", "city"]] = [0.0, 30, "Rome"]
    assert "same_customers" not in found(table)


def test_gaps_and_lists_compare(found):
    table = customers().assign(tags=[[number] for number in range(300)])
    table.loc[2, "spent"] = np.nan
    (finding,) = found(with_twins(table, 5))["same_customers"]
    assert finding.text.startswith("5 rows repeat")


def test_the_same_id_again_is_told_even_if_the_rest_differs(found):
    table = pd.concat([customers(), customers().head(3)], ignore_index=True)
    table.loc[302, "income"] = 1
    (finding,) = found(table)["same_customers"]
    assert finding.text.startswith("3 rows have the customer_id of another row (2 of them alike in every column)")


def test_a_log_is_no_table_of_customers(found):
    table = customers().assign(customer_id=lambda t: t.customer_id % 40)
    (finding,) = found(table, customer_id={"use": "id"})["same_customers"]
    assert finding.text.endswith("one row is not one customer here")


def test_row_numbers_and_households_do_not_name_customers(found):
    table = customers()
    table.insert(0, "row", np.arange(300))
    table["household_id"] = table.customer_id // 2
    assert "same_customers" not in found(table, household_id={"kind": "id", "use": "id"})
    moved = table.head(2).assign(row=[300, 301], household_id=-1)
    again = pd.concat([table, moved], ignore_index=True)
    (finding,) = found(again, household_id={"kind": "id", "use": "id"})["same_customers"]
    assert finding.text.startswith("2 rows have the customer_id of another row (2 of them alike")


def test_whole_rows_without_an_id(found):
    table = customers().drop(columns="customer_id")
    (finding,) = found(pd.concat([table, table.head(4)], ignore_index=True))["same_customers"]
    assert finding.text == "4 rows repeat another row in every column"


def test_missing_ids_are_not_the_same_id(found):
    table = customers().assign(customer_id=lambda t: t.customer_id.where(t.index > 20))
    assert "same_customers" not in found(table, customer_id={"kind": "id", "use": "id"})


def test_duplicates_of_the_real_tables(found_in):
    (finding,) = found_in("marketing_campaign.csv")["same_customers"]
    assert finding.text.startswith("182 rows repeat another in all 28 columns but ID")
    (finding,) = found_in("variants/variant_Churn_10002_dirty.csv")["same_customers"]
    assert finding.text.startswith("2 rows have the RowNumber of another row (1 of them alike in every column)")
    for name in ("Churn_Modelling.csv", "Mall_Customers.csv", "Wholesale_customers.csv", "CC_GENERAL.csv"):
        assert "same_customers" not in found_in(name)
    assert "same_customers" not in found_in("bank-full.csv")
