"""Columns that say the same, and groups that mostly say one thing."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Stated, make_dataset
from segkit.data.findings import find, groups
from segkit.data.findings.associations import associations
from segkit.data.read import read
from segkit.explore import explore_page


def table_of(rows: int = 500, seed: int = 0) -> pd.DataFrame:
    """Two themes of three columns each, and three columns of their own."""
    rng = np.random.default_rng(seed)
    rich, near = rng.normal(size=(2, rows))
    noise = rng.normal(size=(rows, 9))
    return pd.DataFrame(
        {
            "wine_spend": np.exp(rich + 0.5 * noise[:, 0]),
            "visits": noise[:, 6],
            "meat_spend": np.exp(rich + 0.5 * noise[:, 1]),
            "distance": near + 0.5 * noise[:, 3],
            "gold_spend": rich + 0.5 * noise[:, 2],
            "age": noise[:, 7],
            "minutes": near + 0.5 * noise[:, 4],
            "parcels": -near + 0.5 * noise[:, 5],
            "colour": rng.choice(["red", "green", "blue"], rows),
        }
    )


def test_groups_are_the_themes_biggest_first_in_table_order():
    expected = [("wine_spend", "meat_spend", "gold_spend"), ("distance", "minutes", "parcels")]
    assert groups(table_of()) == expected
    assert groups(table_of().assign(wealth=lambda t: t.wine_spend * t.meat_spend))[0] == (*expected[0], "wealth")


@pytest.mark.parametrize("rows", [10, 25, 60, 500])
def test_independent_columns_make_no_group(rows):
    for seed in range(6):
        rng = np.random.default_rng(seed)
        numbers = pd.DataFrame(rng.normal(size=(rows, 20))).add_prefix("n")
        levels = pd.DataFrame(rng.choice(list("abcd"), (rows, 10))).add_prefix("k")
        assert groups(numbers.join(levels)) == []


def test_two_columns_need_more_in_common_than_a_group():
    rng = np.random.default_rng(0)
    base = rng.normal(size=2000)
    half, most = (base + rng.normal(size=2000) * noise for noise in (1.3, 0.5))
    assert groups(pd.DataFrame({"a": base, "half": half})) == []
    assert groups(pd.DataFrame({"a": base, "most": most})) == [("a", "most")]


def test_a_chain_of_neighbours_is_no_group():
    rng = np.random.default_rng(0)
    steps = rng.normal(size=(1000, 13))
    chain = pd.DataFrame({f"c{i}": steps[:, i : i + 3].sum(axis=1) for i in range(11)})
    assert max(map(len, groups(chain)), default=0) <= 3


def test_categories_join_numbers_and_each_other():
    rng = np.random.default_rng(0)
    income = rng.lognormal(10, 1, 1000)
    band = pd.cut(income, [0, 1e4, 3e4, 1e9], labels=["low", "middle", "high"]).astype(str)
    card = np.where(
        rng.random(1000) < 0.95, pd.Series(band).map({"low": "blue", "middle": "gold", "high": "black"}), "x"
    )
    assert groups(pd.DataFrame({"income": income, "band": band, "card": card})) == [("income", "band", "card")]


def test_associations_agree_for_flags_however_they_are_written():
    rng = np.random.default_rng(0)
    first = rng.random(800) < 0.4
    second = np.where(rng.random(800) < 0.8, first, ~first)
    numbers = pd.DataFrame({"a": first, "b": second}).astype(float)
    texts = numbers.replace({1.0: "yes", 0.0: "no"}).add_suffix("_text")
    found = associations(numbers, texts)
    told = [found.loc["a", "b"], found.loc["a", "b_text"], found.loc["a_text", "b_text"]]
    assert told == pytest.approx([told[0]] * 3, abs=0.01)
    assert (found.to_numpy() == found.to_numpy().T).all()


def test_many_levels_alone_make_no_association():
    rng = np.random.default_rng(0)
    levels = pd.DataFrame(rng.integers(0, 30, (1000, 4))).add_prefix("k").astype(str)
    found = associations(pd.DataFrame({"n": rng.normal(size=1000)}), levels)
    assert (found.to_numpy() == np.eye(5)).all()


def test_gaps_are_left_out_pair_by_pair():
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"a": rng.normal(size=600)}).assign(b=lambda t: t.a + 0.3 * rng.normal(size=600))
    table.loc[::3, "a"] = np.nan
    table.loc[1::3, "b"] = np.nan
    assert groups(table) == [("a", "b")]


def test_a_block_is_named_after_its_columns_and_can_be_pasted(found):
    first, second = found(table_of())["group"]
    assert first.mend == "data.blocks.spend=[wine_spend,meat_spend,gold_spend]"
    assert first.text.startswith("3 columns mostly say one thing (wine_spend, meat_spend and gold_spend)")
    assert second.columns == ("distance", "minutes", "parcels")


def test_blocks_have_different_names(found):
    rng = np.random.default_rng(0)
    themes = rng.normal(size=(2, 400))
    table = pd.DataFrame({f"spend_{i}": themes[i % 2] + 0.3 * rng.normal(size=400) for i in range(6)})
    mends = [finding.mend.partition("=")[0] for finding in found(table)["group"]]
    assert mends == ["data.blocks.spend", "data.blocks.spend_6"]


def test_only_columns_that_are_segmented_on_and_not_yet_counted_once_are_grouped(found):
    table = table_of()
    left = found(table, gold_spend={"use": "describe_with"})["group"]
    assert ("wine_spend", "meat_spend") in [finding.columns for finding in left]
    once = {name: {"weight": 1 / 3} for name in ("wine_spend", "meat_spend", "gold_spend")}
    assert [finding.columns for finding in found(table, **once)["group"]] == [("distance", "minutes", "parcels")]


@pytest.mark.parametrize(
    "second",
    [
        lambda t: t.wine_spend * 100,
        lambda t: -t.wine_spend,
        lambda t: np.log(t.wine_spend),
        lambda t: t.wine_spend + 0.001 * t.age,
    ],
)
def test_a_rescaled_column_repeats(found, second):
    (finding,) = found(table_of().assign(other=second))["repeats"]
    assert finding.columns == ("wine_spend", "other")
    assert finding.mend == "data.use.other=leave_out"


def test_renamed_levels_repeat_and_merged_levels_do_not(found):
    table = table_of()
    codes = table.assign(code=table.colour.map({"red": 3, "green": 1, "blue": 2}), word=table.colour.str.upper())
    assert {finding.columns[1] for finding in found(codes)["repeats"]} == {"code", "word"}
    merged = table.assign(warm=table.colour.map({"red": "warm", "green": "cold", "blue": "cold"}))
    assert "repeats" not in found(merged)


def test_columns_that_share_their_most_frequent_value_do_not_repeat(found):
    rng = np.random.default_rng(0)
    never = rng.random(2000) < 0.9
    days, calls = rng.integers(1, 400, 2000), rng.integers(1, 30, 2000)
    table = pd.DataFrame({"pdays": np.where(never, -1, days), "calls": np.where(never, 0, calls), "age": days % 70})
    assert associations(table, table[[]]).loc["pdays", "calls"] > 0.99
    assert "repeats" not in found(table)


def test_a_repeat_is_not_grouped_again(found):
    topics = found(table_of().assign(other=lambda t: t.wine_spend * 2))
    assert ("wine_spend", "meat_spend", "gold_spend") in [finding.columns for finding in topics["group"]]


def test_the_eleven_columns_of_affluence(found_in, real_data):
    (finding,) = found_in("marketing_campaign.csv")["group"]
    spending = {"MntWines", "MntFruits", "MntMeatProducts", "MntFishProducts", "MntSweetProducts", "MntGoldProds"}
    assert {"Income", "Kidhome", "NumCatalogPurchases", "NumStorePurchases"} | spending <= set(finding.columns)
    assert finding.text.startswith("11 columns mostly say one thing")
    assert "outvote the rest" in finding.text
    assert groups(read(real_data("marketing_campaign.csv")).table)[0] == finding.columns


def test_groups_of_the_other_real_tables(real_data):
    def of(name):
        return groups(read(real_data(name)).table)

    assert of("Wholesale_customers.csv") == [("Channel", "Milk", "Grocery", "Detergents_Paper")]
    assert ("CASH_ADVANCE", "CASH_ADVANCE_FREQUENCY", "CASH_ADVANCE_TRX") in of("CC_GENERAL.csv")
    assert ("ONEOFF_PURCHASES", "ONEOFF_PURCHASES_FREQUENCY") in of("CC_GENERAL.csv")
    assert of("Churn_Modelling.csv") == []
    assert of("Mall_Customers.csv") == [("CustomerID", "Annual Income (k$)")]
    assert of("bank-full.csv") == [("pdays", "previous", "poutcome")]


def test_what_counts_as_one_already_is_not_offered_once_more():
    base = np.random.default_rng(0).normal(size=(300, 1))
    noise = np.random.default_rng(1).normal(size=(300, 5))
    table = pd.DataFrame(base + noise * [0.3, 0.3, 0.3, 9, 9], columns=["wine", "meat", "fish", "age", "visits"])
    plain, blocked = (
        make_dataset("shop", table, stated=Stated(blocks=blocks, weights=dict.fromkeys(blocks, 3.0)))
        for blocks in ({}, {"food": ["wine", "meat", "fish"]})
    )
    offered = [[f.topic for f in find(dataset.table, dataset.columns, dataset.blocks)] for dataset in (plain, blocked)]
    assert offered == [["group"], []]
    pages = [explore_page(dataset) for dataset in (plain, blocked)]
    assert ["mostly say one thing" in page for page in pages] == [True, False]
    assert ["Features that count as one" in page for page in pages] == [False, True]
