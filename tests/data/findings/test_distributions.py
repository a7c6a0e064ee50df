"""Skew and rare levels."""

import numpy as np
import pandas as pd

RNG = np.random.default_rng(0)
ROWS = 1000


def test_skewed_and_mostly_empty_amounts_are_one_finding(found):
    table = pd.DataFrame(
        {
            "normal": RNG.normal(size=ROWS),
            "spent": RNG.lognormal(3, 1.2, ROWS),
            "gold": np.where(RNG.random(ROWS) < 0.6, 0, RNG.integers(20, 60, ROWS)),
            "kids": RNG.choice([0, 1, 2], ROWS, p=[0.7, 0.2, 0.1]),
            "left": -RNG.lognormal(3, 1.2, ROWS),
        }
    )
    (finding,) = found(table)["skew"]
    assert finding.columns == ("spent", "gold")
    assert finding.mend == "preprocessing=log_skewed"
    assert "skew" not in found(table.drop(columns="gold"))
    assert "skew" not in found(table, gold={"use": "value"})


def test_rare_levels_are_named(found):
    levels = np.array(["Married"] * 600 + ["Single"] * 388 + ["YOLO"] * 3 + ["Absurd"] * 9)
    table = pd.DataFrame({"status": levels, "x": RNG.normal(size=ROWS)})
    (finding,) = found(table)["rare_levels"]
    assert "status (Absurd and YOLO: 12 rows)" in finding.text
    table.loc[:1, "status"] = ["Absurd", "Absurd"]
    assert "status (YOLO: 3 rows)" in found(table)["rare_levels"][0].text
    assert "rare_levels" not in found(table, status={"use": "describe_with"})


def test_a_level_of_one_customer_is_not_named(found):
    levels = ["a"] * 993 + ["YOLO"] * 3 + ["Ann Smith", "Bob Jones"] + ["b"] * 2
    table = pd.DataFrame({"status": levels, "x": RNG.normal(size=ROWS)})
    assert "status (YOLO and b, 2 levels of one row: 7 rows)" in found(table)["rare_levels"][0].text


def test_a_rare_unknown_is_left_to_its_own_finding(found):
    levels = ["a"] * 500 + ["b"] * 495 + ["unknown"] * 5
    assert "rare_levels" not in found(pd.DataFrame({"status": levels, "x": RNG.normal(size=ROWS)}))


def test_shapes_of_the_real_tables(found_in):
    rare = found_in("marketing_campaign.csv")["rare_levels"][0].text
    assert "Marital_Status (Alone, Absurd and YOLO: 7 rows)" in rare
    skewed = found_in("Wholesale_customers.csv")["skew"][0].columns
    assert skewed == ("Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen")
    assert "skew" not in found_in("Churn_Modelling.csv")
    assert "rare_levels" not in found_in("Churn_Modelling.csv")
