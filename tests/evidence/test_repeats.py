"""Which column, or pair, segments repeat: planted repetitions are named, ordinary segments are not."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from segkit import SegmentationModel
from segkit.data import Dataset
from segkit.evidence.repeats import Repeat, repeated
from segkit.preprocessing.features import reading_steps

# Cuts of one column reach .86 and more. On six tables, scaled or logged, half of the runs with three segments are below
# .56, with four below .46, and those that reach .85 are two yes-or-no columns crossed.
CUTS_REACH = 0.85


@pytest.fixture
def people() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "land": rng.choice(["AT", "DE", "FR"], 1500, p=[0.5, 0.3, 0.2]),
            "sex": rng.choice(["f", "m"], 1500),
            "income": rng.lognormal(10, 1, 1500),
            "visits": rng.poisson(2, 1500).astype(float),
            "noise": rng.normal(size=1500),
        }
    )


def numbered(values: pd.Series) -> np.ndarray:
    return pd.factorize(values)[0]


def test_segments_that_are_a_category_are_told_by_it(people):
    assert repeated(people, numbered(people["land"])) == Repeat(("land",), 1.0)


def test_levels_that_are_put_together_are_told_too(people):
    assert repeated(people, np.where(people["land"] == "AT", 0, 1)) == Repeat(("land",), 1.0)


def test_a_pair_is_named_where_no_column_alone_tells(people):
    labels = numbered(people["land"] + people["sex"])
    assert repeated(people, labels) == Repeat(("land", "sex"), 1.0)
    assert repeated(people.drop(columns="sex"), labels).agreement < 0.6


def test_a_pair_that_says_hardly_more_gives_way_to_the_column(people):
    labels = numbered(people["land"])
    labels[:10] = 3 + numbered(people["sex"])[:10]
    found = repeated(people, labels)
    assert found.columns == ("land",)
    assert CUTS_REACH < found.agreement < 1


def test_a_missing_value_is_a_level_of_its_own(people):
    gaps = people.assign(
        land=people["land"].where(people["land"] != "FR"), income=people["income"].mask(people.index < 300)
    )
    assert repeated(gaps, numbered(people["land"])) == Repeat(("land",), 1.0)
    assert repeated(gaps, (people.index < 300).astype(int)) == Repeat(("income",), 1.0)


def test_unassigned_customers_are_one_more_segment(people):
    labels = numbered(people["land"]) - 1
    assert set(labels) == {-1, 0, 1}
    assert repeated(people, labels) == Repeat(("land",), 1.0)


@pytest.mark.parametrize("seed", range(5))
def test_cuts_of_a_number_are_told_wherever_they_fall(people, seed):
    cuts = np.random.default_rng(seed).uniform(0.1, 0.9, 3)
    found = repeated(people, np.searchsorted(np.sort(people["income"].quantile(cuts)), people["income"]))
    assert found.columns == ("income",)
    assert found.agreement >= CUTS_REACH


def test_a_number_that_is_mostly_zero_is_cut_at_zero(people):
    spent = pd.Series(np.where(people.index % 20 == 0, people["income"], 0.0))
    assert repeated(people.assign(spent=spent), (spent > 0).to_numpy().astype(int)) == Repeat(("spent",), 1.0)


def test_the_agreement_is_the_adjusted_rand_index():
    labels = np.array([0] * 40 + [1] * 30 + [2] * 30)
    said = np.array([0] * 50 + [1] * 50)  # most of "b" are in one of two segments of as many, or almost
    found = repeated(pd.DataFrame({"letter": np.where(said == 0, "a", "b"), "one": "1"}), labels)
    assert found.columns == ("letter",)
    assert found.agreement == pytest.approx(adjusted_rand_score(labels, said))


def test_levels_of_hardly_anybody_do_not_tell_by_chance(people):
    names = pd.Series([f"name {row // 2}" for row in range(len(people))])
    labels = np.random.default_rng(1).integers(0, 4, len(people))
    assert repeated(people.assign(name=names), labels).agreement < 0.05


def test_levels_that_few_have_count_as_one():
    names = pd.DataFrame({"name": [f"name {row // 4}" for row in range(60)], "one": "1"})
    assert repeated(names, np.random.default_rng(1).integers(0, 4, 60)).agreement == 0


def test_a_pair_out_of_three_columns_is_no_repetition(people):
    labels = numbered(people["land"] + people["sex"])
    assert len(repeated(people[["land", "sex", "noise"]], labels).columns) == 1
    assert len(repeated(people[["land", "sex", "noise", "visits"]], labels).columns) == 2


@pytest.mark.parametrize(("columns", "segments"), [(["land"], 3), (["land", "sex"], 1)])
def test_all_columns_there_are_and_one_segment_repeat_nothing(people, columns, segments):
    assert repeated(people[columns], numbered(people["land"]) % segments) == Repeat((), 0.0)


def test_a_number_among_few_columns_is_no_repetition(people):
    halves = (people["visits"] > people["visits"].median()).astype(int).to_numpy()
    numbers = people[["visits", "noise"]]
    assert repeated(numbers, halves) == Repeat((), 0.0)
    assert repeated(numbers.assign(land=people["land"], sex=people["sex"]), halves).columns == ("visits",)


def test_of_many_customers_a_sample_answers_and_always_the_same(people):
    many = pd.concat([people] * 20, ignore_index=True)
    labels = np.searchsorted([15_000, 40_000], many["income"])
    found = repeated(many, labels)
    assert found == repeated(many, labels)
    assert found.columns == ("income",)
    assert repeated(many, numbered(many["land"] + many["sex"])) == Repeat(("land", "sex"), 1.0)


def typed_features(dataset: Dataset) -> pd.DataFrame:
    typed, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    return features.fit_transform(typed.fit_transform(dataset.features))


def test_ordinary_segments_of_many_columns_repeat_none(customers):
    labels = SegmentationModel().fit(customers.features).labels_
    assert 0.2 < repeated(typed_features(customers), labels).agreement < 0.65


def test_segments_by_country_and_sex_are_found_in_the_bank_table(real_data):
    table = pd.read_csv(real_data("Churn_Modelling.csv")).drop(columns=["RowNumber", "CustomerId", "Surname", "Exited"])
    labels = numbered(table["Geography"] + table["Gender"])
    assert repeated(table, labels) == Repeat(("Geography", "Gender"), 1.0)
    assert repeated(table, numbered(table["Geography"])) == Repeat(("Geography",), 1.0)
    assert repeated(table.drop(columns="Gender"), labels).agreement == pytest.approx(0.56, abs=0.01)
