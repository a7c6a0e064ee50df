"""What marks segments."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Stated, make_dataset
from segkit.profiles.columns import column_profiles
from segkit.profiles.markers import column_likeness, mark_nobody, markers


@pytest.fixture
def typed() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    rich = np.repeat([1.0, 0.0, 0.0], 100)
    income = 3 * rich + rng.normal(size=300)
    return pd.DataFrame(
        {
            "noise": rng.normal(size=300),
            "income": income,
            "salary": income + rng.normal(0, 0.1, 300),
            "kids": -1.2 * rich + rng.normal(size=300) + 2,
            "age": 1.1 * rich + rng.normal(size=300),
            "plan": np.where(rng.random(300) < 0.2 + 0.5 * rich, "gold", "free"),
            "Gender": np.where(rich == 1, "f", "m"),
            "churned": (rng.random(300) < rich).astype(float),
        }
    )


LABELS = np.repeat([0, 1, 2], 100)


def test_columns_that_say_the_same_come_behind_those_that_do_not(typed: pd.DataFrame) -> None:
    found = markers(column_profiles(typed, LABELS, []), 5, column_likeness(typed), without=["churned"])
    first = found[found["segment"] == 0]
    assert first["rank"].tolist() == [1, 2, 3, 4, 5]
    assert first["column"].iloc[0] in ("income", "salary")
    assert {"income", "salary"} - set(first["column"].iloc[:4])
    assert {"kids", "age", "plan"} == set(first["column"].iloc[1:4])


def test_without_likeness_the_strongest_come_first(typed: pd.DataFrame) -> None:
    first = markers(column_profiles(typed, LABELS, []), 2, without=["churned"]).query("segment == 0")
    assert set(first["column"]) == {"income", "salary"}


def test_words_say_it_short(typed: pd.DataFrame) -> None:
    found = markers(column_profiles(typed, LABELS, []), 5, column_likeness(typed), without=["churned"])
    words = found.query("segment == 0").set_index("column")["words"]
    assert words["kids"] == "few kids"
    assert words["age"] == "older"
    assert words["plan"] == "gold plan"


def test_protected_attributes_and_what_is_left_out_mark_nobody(typed: pd.DataFrame) -> None:
    profiles = column_profiles(typed, LABELS, [])
    assert "churned" in set(markers(profiles, 9)["column"])
    assert not {"Gender", "churned"} & set(markers(profiles, 9, without=["churned"])["column"])


def test_outcomes_sensitive_columns_and_segmentations_of_today_mark_nobody() -> None:
    table = pd.DataFrame({name: np.arange(20) % 7 for name in ("age", "response", "tier", "health", "score")})
    stated = Stated(use={"response": "outcome", "tier": "existing", "age": "sensitive"})
    found = mark_nobody(make_dataset("shop", table, stated=stated))
    assert {"response", "tier", "age"} <= set(found)
    assert "score" not in found


def test_a_category_marks_by_one_level_first(typed: pd.DataFrame) -> None:
    wide = typed[["plan", "kids", "age"]]
    first = markers(column_profiles(wide, LABELS, []), 3, column_likeness(wide)).query("segment == 0")
    assert sorted(first["column"]) == ["age", "kids", "plan"]


def test_who_is_like_everyone_has_no_markers() -> None:
    typed = pd.DataFrame({"x": np.tile([1.0, 2.0], 50)})
    found = markers(column_profiles(typed, np.repeat([0, 1], 50), []))
    assert found.empty
    assert {"rank", "words"} <= set(found)


def test_likeness_of_columns_is_that_of_their_levels() -> None:
    two = np.tile(["a", "b"], 20)
    typed = pd.DataFrame({"letter": two, "same": two == "a", "number": (two == "b") * 3.0, "empty": np.nan})
    found = column_likeness(typed)
    assert found.loc["letter", ["same", "number"]].tolist() == pytest.approx([1, 1])
    assert found.loc["number", "empty"] == 0
    assert list(found) == list(found.index) == ["letter", "same", "number", "empty"]
