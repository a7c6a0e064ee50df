"""What segments are called."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from segkit.data import make_customers
from segkit.model import SegmentationModel
from segkit.profiles import describe_segments, name_segments


def table(rows: list[dict[str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=range(len(rows)))


@pytest.mark.parametrize(
    ("traits", "name"),
    [
        ({"spend_wine": 2.0, "kids_at_home": -1.0, "age": 0.5}, "High spending on wine, few kids at home"),
        ({"age": 0.5, "spend_wine": -2.0}, "Older, low spending on wine"),
        ({"plan=gold": 2.0, "plan=free": -1.0}, "Gold plan, seldom free plan"),
        ({"age": 0.5, "income": 0.1}, "Older"),
        ({"age": 0.1, "income": -0.2}, "Close to average"),
        ({"Gender": 3.0, "religion=none": 2.0, "age": 0.5}, "Older"),
        ({"contact=unknown": 3.0, "age": -0.5}, "Younger"),
        ({}, "Close to average"),
    ],
)
def test_a_name_is_made_of_the_two_strongest_traits(traits: dict[str, float], name: str) -> None:
    assert name_segments(table([traits, dict.fromkeys(traits, 0.0)]).iloc[:2])[0] == name


def test_two_traits_that_say_the_same_make_no_name() -> None:
    deviations = table([{"income": 2.0, "salary": 1.9, "age": 0.6}, {"income": -2.0, "salary": -1.9, "age": -0.6}])
    alike = pd.DataFrame(np.eye(3), index=deviations.columns, columns=deviations.columns)
    alike.loc["income", "salary"] = alike.loc["salary", "income"] = 0.95
    assert name_segments(deviations)[0] == "High income, high salary"
    assert name_segments(deviations, alike=alike) == {0: "High income, older", 1: "Low income, younger"}


def test_shares_say_how_many_do() -> None:
    deviations = table([{"accepted_1": 0.9, "plan=gold": 0.5}, {"accepted_1": -0.4, "plan=gold": -0.4}])
    means = table([{"accepted_1": 0.3, "plan=gold": 0.6}, {"accepted_1": 0.02, "plan=gold": 0.01}])
    assert name_segments(deviations, means, flags=["accepted_1"]) == {
        0: "Often accepted offer 1, gold plan",
        1: "Seldom accepted offer 1, not gold plan",
    }


def test_segments_that_would_share_a_name_are_called_by_what_tells_them_apart() -> None:
    deviations = pd.DataFrame({"a": [3.0, 3.0], "b": [2.0, 2.0], "c": [1.0, -1.0], "d": [0.0, 0.5]}, index=[0, 1])
    assert name_segments(deviations) == {0: "High a, high b", 1: "High a, low c"}


def test_another_order_of_the_same_traits_is_the_same_name() -> None:
    deviations = pd.DataFrame({"a": [3.0, 2.0], "b": [2.0, 3.0], "c": [1.5, 1.0], "d": [0.1, 0.9]}, index=[0, 1])
    assert name_segments(deviations) == {0: "High a, high b", 1: "High a, high d"}


def test_of_two_with_the_same_traits_the_further_one_is_very_much_so() -> None:
    deviations = pd.DataFrame({"orders_web": [1.0, 2.0], "amount": [0.5, 9.0]}, index=[0, 1])
    assert name_segments(deviations) == {0: "Many web orders, big spenders", 1: "Many web orders, very big spenders"}


def test_many_alike_segments_have_names_that_differ() -> None:
    rng = np.random.default_rng(0)
    deviations = pd.DataFrame([[3.0, 2.5]] * 8, columns=["a", "b"]).join(pd.DataFrame(rng.normal(size=(8, 6)) / 3))
    names = name_segments(deviations.set_axis(list("abcdefgh"), axis=1))
    assert len({frozenset(name.lower().split(", ")) for name in names.values()}) == 8
    assert all(name.count(",") == 1 for name in names.values())


def test_two_columns_that_are_said_alike_are_said_once() -> None:
    deviations = table([{"amount": 2.0, "spent": 1.5}, {"amount": -2.0, "spent": -1.5}])
    assert name_segments(deviations) == {0: "Big spenders", 1: "Small spenders"}


def test_segments_that_cannot_be_told_apart_get_numbers() -> None:
    names = name_segments(pd.DataFrame({"a": [3.0, 3.0, 3.0]}, index=[0, 1, 2]))
    assert names == {0: "High a", 1: "Segment 1", 2: "Segment 2"}


def test_only_one_segment_is_everyone() -> None:
    assert name_segments(pd.DataFrame({"a": [0.0]}, index=[0])) == {0: "All customers"}


@pytest.fixture(scope="module")
def generated() -> tuple[pd.DataFrame, np.ndarray]:
    raw = make_customers(1500, seed=3).drop(columns=["customer_id", "truth", "response", "spend_total"])
    model = SegmentationModel().fit(raw)
    return model.pipeline_["preprocessing"]["columns"].transform(raw), model.predict(raw)


def test_names_are_short(generated: tuple[pd.DataFrame, np.ndarray]) -> None:
    traits = [trait for name in describe_segments(*generated)["name"] for trait in name.split(", ")]
    assert 4 <= len(traits) <= 8
    assert max(len(trait.split()) for trait in traits) <= 4


def test_names_are_the_same_on_resamples(generated: tuple[pd.DataFrame, np.ndarray]) -> None:
    typed, labels = generated
    usual = describe_segments(typed, labels)["name"].tolist()
    same: Counter[str] = Counter()
    for seed in range(20):
        drawn = np.random.default_rng(seed).integers(0, len(typed), len(typed))
        names = describe_segments(typed.iloc[drawn], labels[drawn])["name"]
        same.update(name for name, other in zip(usual, names, strict=True) if name == other)
    assert min(same[name] for name in usual) >= 14
    assert same.total() / (20 * len(usual)) >= 0.85


def test_a_level_that_is_about_as_frequent_as_another_does_not_flip() -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat([0, 1], 200)
    yes = rng.random(400) < np.where(labels == 0, 0.9, 0.1)
    for order in (slice(None), slice(None, None, -1)):
        typed = pd.DataFrame({"partner": np.where(yes, "yes", "no")})[order]
        names = describe_segments(typed, labels[order])["name"]
        assert names.tolist() == ["With partner", "No partner"]
