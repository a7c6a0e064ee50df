"""Levels by how common they are."""

import numpy as np
import pandas as pd

from segkit.preprocessing.frequency import FrequencyEncoder


def test_a_level_is_its_share_and_an_unseen_one_is_nought() -> None:
    step = FrequencyEncoder().fit(pd.DataFrame({"plan": ["a", "a", "a", "b"] * 2, "city": ["o", "p", "q", "r"] * 2}))
    assert step.shares_[0] == {"a": 0.75, "b": 0.25}
    found = step.transform(pd.DataFrame({"plan": ["b", "a", "new"], "city": ["o", "new", "r"]}))
    np.testing.assert_array_equal(found, [[0.25, 0.25], [0.75, 0], [0, 0.25]])


def test_a_level_of_one_customer_is_not_kept() -> None:
    step = FrequencyEncoder().fit(pd.DataFrame({"plan": ["a", "a", "a", "Ann Smith"]}))
    assert step.shares_ == [{"a": 0.75}]
    assert step.transform(pd.DataFrame({"plan": ["Ann Smith"]})).tolist() == [[0.0]]


def test_columns_keep_their_names() -> None:
    step = FrequencyEncoder().fit(pd.DataFrame({"plan": ["a", "b"], "city": ["o", "p"]}))
    assert list(step.get_feature_names_out()) == ["plan", "city"]


def test_one_level_is_everybody() -> None:
    assert FrequencyEncoder().fit_transform(pd.DataFrame({"plan": ["a"] * 3})).tolist() == [[1.0]] * 3
