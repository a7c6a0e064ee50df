"""What the best runs of a sweep are held against, from a configuration."""

import numpy as np
import pandas as pd
import pytest
from hydra import compose, initialize_config_dir

from segkit.config import commands, weighed
from segkit.config.arguments import hydra_arguments
from segkit.config.datasets import load_dataset
from segkit.config.weighed import dataset_before, evidence_on, rivals_of
from segkit.evidence.gathering import Evidence
from segkit.places import conf_folder

NEXT = ["bought_again AUC", "best_fifth AUC", "log_next_amount explained"]


@pytest.fixture
def composed():
    """Composes as `segkit run` does."""
    commands.register()

    def one(*overrides: str):
        with initialize_config_dir(str(conf_folder()), version_base="1.3"):
            return compose("run", hydra_arguments(overrides))

    return one


@pytest.fixture
def bank(tmp_path, composed):
    """A table like a bank's: the old leave, and money says nothing of it."""
    rng = np.random.default_rng(0)
    age = rng.integers(18, 80, 400)
    table = pd.DataFrame(
        {
            "CustomerId": np.arange(400) + 10_000,
            "Age": age,
            "Balance": rng.normal(50_000, 9_000, 400).round(2),
            "Tenure": rng.integers(0, 11, 400),
            "Exited": (age + rng.normal(0, 8, 400) > 55).astype(int),
        }
    )
    table.to_csv(tmp_path / "bank.csv", index=False)
    return composed("data=table", "data.path=bank.csv", "data.use.Exited=outcome", "data.use.CustomerId=id")


@pytest.fixture
def shop(tmp_path, composed):
    """A log of so many days, half of its customers coming all the time: `shop(360)`."""

    def log(days: int):
        rng = np.random.default_rng(0)
        orders = [(f"o{who}", day) for who in range(70) for day in rng.integers(0, days, 12)]
        orders += [(f"s{who}", day) for who in range(70) for day in rng.integers(0, max(1, days // 3), 2)]
        lines = pd.DataFrame(orders, columns=["who", "day"])
        lines["day"] = (pd.Timestamp("2023-01-01") + pd.to_timedelta(lines["day"], "D")).dt.strftime("%Y-%m-%d")
        lines.assign(paid=rng.uniform(5, 50, len(lines)).round(2)).to_csv(tmp_path / "shop.csv", index=False)
        given = ("data.log.customer=who", "data.log.date=day", "data.log.amount=paid")
        return composed("data=table", "data.path=shop.csv", *given)

    return log


def test_a_table_like_a_banks_has_rivals_and_says_how_far_they_separate_its_outcome(bank) -> None:
    found = rivals_of(load_dataset(bank), bank).set_index("name")
    assert "age bands" in found.index
    assert "Exited AUC" in found.columns
    assert found.loc["age bands", "Exited AUC"] > 0.85
    assert found.loc["age bands", "segments"] == 4
    assert "35" in found.loc["age bands", "about"] or "30" in found.loc["age bands", "about"]
    assert not set(NEXT) & set(found.columns)


def test_a_table_without_an_outcome_names_its_rivals_all_the_same(bank, composed) -> None:
    config = composed("data=table", "data.path=bank.csv", "data.use.CustomerId=id", "data.use.Exited=leave_out")
    found = rivals_of(load_dataset(config), config)
    assert "age bands" in set(found["name"])
    assert "Exited AUC" not in found.columns


def test_rivals_in_a_log_are_judged_by_the_next_period(shop) -> None:
    config = shop(360)
    found = rivals_of(load_dataset(config), config).set_index("name")
    assert set(NEXT) <= set(found.columns)
    assert found.loc["RFM cells", "bought_again AUC"] > 0.8


def test_a_log_has_customers_as_of_an_earlier_day(shop) -> None:
    config = shop(360)
    dataset = load_dataset(config)
    before = dataset_before(dataset, config)
    assert before is not None
    assert pd.Timestamp(before.as_of) < dataset.table["last_order"].max() - pd.Timedelta(days=150)
    assert before.table["last_order"].max() <= pd.Timestamp(before.as_of)
    assert config.data.as_of == ""


def test_a_short_log_and_a_table_have_no_next_period(shop, bank) -> None:
    config = shop(1)
    dataset = load_dataset(config)
    assert dataset_before(dataset, config) is None
    assert not set(NEXT) & set(rivals_of(dataset, config).columns)
    assert dataset_before(load_dataset(bank), bank) is None


def test_the_earlier_days_customers_are_segmented_by_the_same_pipeline_as_of_that_day(
    shop, bank, store, monkeypatch
) -> None:
    asked = []
    monkeypatch.setattr(weighed, "gather", lambda *given: asked.append(given) or Evidence({"stability": 1.0}))
    for config in (shop(360), bank):
        assert evidence_on(config, load_dataset(config), store).metrics == {"stability": 1.0}
    (dataset, model, (before, earlier)), (_, _) = asked
    assert pd.Timestamp(before.as_of) < pd.Timestamp(dataset.as_of)
    assert model.algorithm.get_params() == earlier.algorithm.get_params()
    assert model.stages.keys["preprocessing"] != earlier.stages.keys["preprocessing"]
