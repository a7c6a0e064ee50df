"""What has been seen to is not said again."""

import numpy as np
import pandas as pd

from segkit.data import LogColumns, make_dataset
from segkit.data.worth_knowing import worth_knowing

RNG = np.random.default_rng(0)


def test_long_tails_that_the_preprocessing_evens_are_not_told() -> None:
    dataset = make_dataset("shop", pd.DataFrame(RNG.lognormal(0, 2, (300, 3)), columns=["wine", "meat", "fish"]))
    assert [finding.mend for finding in worth_knowing(dataset)] == ["preprocessing=log_skewed"]
    assert worth_knowing(dataset, evens_tails=True) == ()


def test_two_who_bought_the_same_once_are_two_customers() -> None:
    days = pd.Timestamp("2025-01-01") + pd.to_timedelta(RNG.integers(0, 300, 400), unit="D")
    log = pd.DataFrame({"customer_id": range(400), "day": days, "paid": RNG.lognormal(3, 1, 400).round(2)})
    log = pd.concat([log, log.head(20).assign(customer_id=range(1000, 1020))], ignore_index=True)
    made = make_dataset("shop", log, log=LogColumns("customer_id", "day", amount="paid"))
    assert "same_customers" in {finding.topic for finding in worth_knowing(make_dataset("shop", made.table))}
    assert "same_customers" not in {finding.topic for finding in worth_knowing(made)}
