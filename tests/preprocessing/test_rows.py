"""Rules for the rows that are fitted: 1 keeps, -1 drops."""

import numpy as np
import pandas as pd
import pytest

from segkit.errors import UserError
from segkit.preprocessing import ByKind
from segkit.preprocessing.rows import Complete, Typical, Within, kept_rows


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame({"age": [17.0, 40.0, np.nan, 90.0, 120.0], "plan": ["a", "b", "a", np.nan, "b"]})


def test_complete_drops_rows_with_a_gap_in_any_column(frame: pd.DataFrame) -> None:
    assert Complete().fit_predict(frame).tolist() == [1, 1, -1, -1, 1]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"age": [18, 90]}, [-1, 1, 1, 1, -1]),
        ({"age": (None, 90)}, [1, 1, 1, 1, -1]),
        ({"age": [18, None]}, [-1, 1, 1, 1, 1]),
        ({}, [1] * 5),
    ],
)
def test_within_keeps_limits_and_gaps(frame: pd.DataFrame, limits: dict, expected: list[int]) -> None:
    assert Within(limits).fit_predict(frame).tolist() == expected


def test_within_asks_that_all_limits_hold() -> None:
    frame = pd.DataFrame({"age": [1.0, 2.0, 3.0], "income": [10.0, 20.0, 30.0]})
    assert Within({"age": [2, 9], "income": [0, 20]}).fit_predict(frame).tolist() == [-1, 1, -1]


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        ({"agee": [0, 90]}, "names a column that the table lacks: agee\n  did you mean age?"),
        ({"plan": [0, 90]}, "limits plan, which is no number"),
        ({"age": [90]}, "needs two limits for age"),
        ({"age": 90}, "needs two limits for age"),
        ({"age": "90"}, "needs two limits for age"),
    ],
)
def test_bad_limits_are_refused(frame: pd.DataFrame, limits: dict, problem: str) -> None:
    with pytest.raises(UserError) as raised:
        Within(limits).fit_predict(frame)
    assert problem in str(raised.value)


def test_typical_drops_the_oddest_share_and_is_the_same_every_time() -> None:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"x": rng.normal(size=100), "y": rng.normal(size=100), "plan": ["a", "b"] * 50})
    frame.loc[[3, 50], "x"] = [30.0, -30.0]
    frame.loc[10, "y"] = np.nan
    verdict = Typical().fit_predict(frame)
    assert (verdict == -1).sum() == 5
    assert (verdict[[3, 50]] == -1).all()
    assert verdict[10] == 1
    np.testing.assert_array_equal(Typical().fit_predict(frame), verdict)
    assert (Typical("auto").fit_predict(frame)[[3, 50]] == -1).all()


def test_a_level_that_only_one_customer_has_is_not_typical() -> None:
    frame = pd.DataFrame({name: ["usual"] * 99 + ["odd"] for name in ("plan", "city", "job")})
    assert np.flatnonzero(Typical(0.01).fit_predict(frame) == -1).tolist() == [99]


def test_the_rows_that_stay_are_marked_whatever_the_index(frame: pd.DataFrame) -> None:
    rules = [("first", Within({"age": [18, None]})), ("second", Complete())]
    assert kept_rows(frame.set_axis([7, 7, 3, 1, 0]), rules).tolist() == [False, True, False, False, True]


def test_a_rule_stays_as_it_was_given(frame: pd.DataFrame) -> None:
    rule = Within({"age": [0, 99]})
    kept_rows(frame, [("rule", rule)])
    assert vars(rule) == {"limits": {"age": [0, 99]}}


def test_typical_takes_a_gap_in_a_category_for_a_level() -> None:
    plans = pd.Series(["a", "b", None, None] * 10, dtype=object)
    kept = Typical(0.1).fit_predict(pd.DataFrame({"age": np.r_[np.arange(39.0), 9999.0], "plan": plans}))
    assert kept[-1] == -1
    assert (kept == 1).sum() == 36


def test_which_rows_are_typical_is_drawn_with_the_seed() -> None:
    frame = pd.DataFrame(np.random.default_rng(1).normal(size=(200, 3)), columns=["a", "b", "c"])
    first, second = (Typical(0.2, seed=seed).fit_predict(frame) for seed in (0, 1))
    assert (first != second).any()
    kept = ByKind(outliers="drop", seed=1).keeps(frame)
    np.testing.assert_array_equal(kept, Typical(seed=1).fit_predict(frame) == 1)
    assert (kept != ByKind(outliers="drop").keeps(frame)).any()
