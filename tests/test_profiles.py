"""Who the segments are."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import make_dataset
from segkit.model import SegmentationModel
from segkit.profiles import UNASSIGNED, describe_segments, effects, name_segments, trait_table
from segkit.runs import run

LABELS = np.array([0, 0, 0, 1, 1, -1])


@pytest.fixture
def typed() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "spend_wine": [10.0, 20.0, 30.0, 100.0, 140.0, 60.0],
            "plan": ["a", "a", "a", "b", "b", None],
            "same": [3.0] * 6,
        }
    )


def test_a_row_per_segment_with_size_share_and_means(typed: pd.DataFrame) -> None:
    found = describe_segments(typed, LABELS)
    assert list(found.columns) == ["segment", "name", "customers", "share", "spend_wine", "same", "plan=a", "plan=b"]
    assert found["segment"].tolist() == [-1, 0, 1]
    assert found["customers"].tolist() == [1, 3, 2]
    assert found["share"].tolist() == pytest.approx([1 / 6, 3 / 6, 2 / 6])
    assert found["spend_wine"].tolist() == [60, 20, 120]
    assert found["plan=b"].tolist() == [0, 0, 1]


def test_who_has_no_segment_has_no_name_of_his_own(typed: pd.DataFrame) -> None:
    names = describe_segments(typed, LABELS).set_index("segment")["name"]
    assert names[-1] == UNASSIGNED
    assert names[[0, 1]].is_unique


def test_everyone_unassigned_is_one_row(typed: pd.DataFrame) -> None:
    found = describe_segments(typed, np.full(6, -1))
    assert found[["segment", "name", "customers", "share"]].to_numpy().tolist() == [[-1, UNASSIGNED, 6, 1.0]]


def test_traits_are_numbers_and_shares_of_levels(typed: pd.DataFrame) -> None:
    traits = trait_table(typed)
    assert list(traits.columns) == ["spend_wine", "same", "plan=a", "plan=b"]
    assert traits["plan=a"].tolist() == [1, 1, 1, 0, 0, 0]


def test_rare_levels_are_no_traits() -> None:
    levels = ["a"] * 60 + ["b"] * 39 + ["rare"]
    assert list(trait_table(pd.DataFrame({"plan": levels})).columns) == ["plan=a", "plan=b"]


def test_what_one_customer_says_is_no_trait_however_few_there_are() -> None:
    assert list(trait_table(pd.DataFrame({"city": ["Ulm", "Ulm", "12 High St"]})).columns) == ["city=Ulm"]


def test_an_unusual_index_does_not_disturb_the_profile(typed: pd.DataFrame) -> None:
    moved = typed.set_index(pd.Index([9, 3, 7, 1, 5, 2]))
    pd.testing.assert_frame_equal(describe_segments(moved, LABELS), describe_segments(typed, LABELS))


def test_effects_are_standard_deviations_from_the_mean_of_all() -> None:
    found = effects(pd.DataFrame({"x": [0.0, 0.0, 4.0, 4.0]}), np.array([0, 0, 1, 1]))
    assert found["x"].to_dict() == {0: -1.0, 1: 1.0}


def test_effects_leave_out_noise_and_traits_that_do_not_vary(typed: pd.DataFrame) -> None:
    found = effects(trait_table(typed), LABELS)
    assert found.index.tolist() == [0, 1]
    assert list(found.columns) == ["spend_wine", "plan=a", "plan=b"]


def test_missing_values_do_not_count_in_the_means() -> None:
    typed = pd.DataFrame({"x": [1.0, np.nan, 3.0, 5.0]})
    assert describe_segments(typed, np.array([0, 0, 1, 1]))["x"].tolist() == [1, 4]


@pytest.mark.parametrize(
    ("traits", "name"),
    [
        ({"spend_wine": 2.0, "kids_at_home": -1.0, "age": 0.5}, "high spend wine, low kids at home"),
        ({"age": 0.5, "spend_wine": -2.0}, "low spend wine, high age"),
        ({"plan=gold": 2.0, "plan=free": -1.0}, "more plan gold, fewer plan free"),
        ({"age": 0.5}, "high age"),
        ({}, "segment 0"),
    ],
)
def test_a_name_is_made_of_the_two_strongest_traits(traits: dict[str, float], name: str) -> None:
    assert name_segments(pd.DataFrame([traits], index=[0])) == {0: name}


def test_segments_that_would_share_a_name_are_called_by_what_tells_them_apart() -> None:
    table = pd.DataFrame({"a": [3.0, 3.0], "b": [2.0, 2.0], "c": [1.0, -1.0], "d": [0.0, 0.5]}, index=[0, 1])
    assert name_segments(table) == {0: "high a, high b", 1: "high a, low c"}


def test_another_order_of_the_same_traits_is_the_same_name() -> None:
    table = pd.DataFrame({"a": [3.0, 2.0], "b": [2.0, 3.0], "c": [1.5, 1.0], "d": [0.1, 0.9]}, index=[0, 1])
    assert name_segments(table) == {0: "high a, high b", 1: "high b, high d"}


def test_many_alike_segments_have_names_that_differ_in_their_traits() -> None:
    rng = np.random.default_rng(0)
    table = pd.DataFrame([[3.0, 2.5]] * 8, columns=["a", "b"]).join(pd.DataFrame(rng.normal(size=(8, 6)) / 3))
    names = name_segments(table.set_axis(list("abcdefgh"), axis=1))
    assert len({frozenset(name.split(", ")) for name in names.values()}) == 8
    assert all(name.count(",") == 1 for name in names.values())


def test_segments_that_cannot_be_told_apart_get_numbers() -> None:
    names = name_segments(pd.DataFrame({"a": [3.0, 3.0, 3.0]}, index=[0, 1, 2]))
    assert names == {0: "high a", 1: "segment 1", 2: "segment 2"}


def test_a_single_segment_is_not_said_to_be_high_or_low() -> None:
    typed = pd.DataFrame({"x": np.random.default_rng(0).normal(size=60)})
    assert describe_segments(typed, np.zeros(60, dtype=int))["name"].tolist() == ["segment 0"]


@pytest.mark.parametrize("name", ["segment", "name", "share", "customers", "fitted"])
def test_a_column_may_be_called_like_a_column_of_the_profile(name: str) -> None:
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"x": rng.normal(size=40), name: rng.normal(size=40)})
    found = run(make_dataset("shop", table), SegmentationModel()).segments
    assert list(found.columns) == ["segment", "name", "customers", "share", "fitted", "x", f"{name} (mean)"]
    assert np.average(found[f"{name} (mean)"], weights=found["customers"]) == pytest.approx(table[name].mean())
