"""Who the segments are."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import make_dataset
from segkit.model import SegmentationModel
from segkit.profiles import UNASSIGNED, describe_segments
from segkit.runs import run

LABELS = np.array([0, 0, 0, 1, 1, -1])


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


def test_an_unusual_index_does_not_disturb_the_profile(typed: pd.DataFrame) -> None:
    moved = typed.set_index(pd.Index([9, 3, 7, 1, 5, 2]))
    pd.testing.assert_frame_equal(describe_segments(moved, LABELS), describe_segments(typed, LABELS))


def test_missing_values_do_not_count_in_the_means() -> None:
    typed = pd.DataFrame({"x": [1.0, np.nan, 3.0, 5.0]})
    assert describe_segments(typed, np.array([0, 0, 1, 1]))["x"].tolist() == [1, 4]


def test_a_single_segment_is_not_said_to_be_high_or_low() -> None:
    typed = pd.DataFrame({"x": np.random.default_rng(0).normal(size=60)})
    assert describe_segments(typed, np.zeros(60, dtype=int))["name"].tolist() == ["All customers"]


@pytest.mark.parametrize("name", ["segment", "name", "share", "customers", "fitted"])
def test_a_column_may_be_called_like_a_column_of_the_profile(name: str) -> None:
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"x": rng.normal(size=40), name: rng.normal(size=40)})
    found = run(make_dataset("shop", table), SegmentationModel()).segments
    assert list(found.columns) == ["segment", "name", "customers", "share", "fitted", "x", f"{name} (mean)"]
    assert np.average(found[f"{name} (mean)"], weights=found["customers"]) == pytest.approx(table[name].mean())
