"""What became of the customers of each segment."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from segkit.profiles.outcomes import outcomes

ROWS = 400


@pytest.fixture
def labels() -> np.ndarray:
    return np.random.default_rng(0).choice([-1, 0, 1], ROWS, p=[0.1, 0.5, 0.4])


def test_rates_have_wilsons_interval_and_everyones_beside_them(labels: np.ndarray) -> None:
    churned = (np.random.default_rng(1).random(ROWS) < np.where(labels == 1, 0.4, 0.1)).astype(float)
    found = outcomes(pd.DataFrame({"churned": churned}), labels).set_index("segment")
    assert found.index.tolist() == [0, 1]
    own = churned[labels == 1]
    expected = stats.binomtest(int(own.sum()), len(own)).proportion_ci(method="wilson")
    assert found.loc[1, ["value", "low", "high"]].tolist() == pytest.approx([own.mean(), expected.low, expected.high])
    assert found["everyone"].tolist() == pytest.approx([churned.mean()] * 2)
    assert found["customers"].tolist() == [(labels == 0).sum(), (labels == 1).sum()]
    assert found["sure"].tolist() == ["lower, quite sure", "higher, quite sure"]


def test_means_have_students_interval_and_welchs_test(labels: np.ndarray) -> None:
    value = np.random.default_rng(1).normal(100 + 3 * labels, 20)
    value[:40] = np.nan
    found = outcomes(pd.DataFrame({"value": value}), labels).set_index("segment")
    own = value[(labels == 1) & ~np.isnan(value)]
    expected = stats.t.interval(0.95, len(own) - 1, own.mean(), stats.sem(own))
    assert (found.loc[1, "low"], found.loc[1, "high"]) == pytest.approx(expected)
    assert found.loc[1, "kind"] == "mean"
    assert found.loc[1, "customers"] == len(own)
    raw = [
        stats.ttest_ind(value[labels == s], value[labels != s], equal_var=False, nan_policy="omit").pvalue
        for s in (0, 1)
    ]
    assert found["p"].tolist() == pytest.approx(list(stats.false_discovery_control(raw)))


def test_of_yes_and_no_only_yes_is_told_and_of_more_every_level(labels: np.ndarray) -> None:
    rng = np.random.default_rng(1)
    targets = pd.DataFrame(
        {"bought": rng.choice(["no", "yes"], ROWS), "answer": rng.choice(["never", "soon", "later"], ROWS)}
    )
    found = outcomes(targets, labels).query("segment == 0")
    assert found["outcome"].tolist() == ["bought", "answer", "answer", "answer"]
    assert found["level"].iloc[0] == "yes"
    assert set(found["level"].iloc[1:]) == {"never", "soon", "later"}
    assert found["value"].iloc[1:].sum() == pytest.approx(1)


def test_chance_is_no_clear_difference(labels: np.ndarray) -> None:
    targets = pd.DataFrame(np.random.default_rng(5).integers(0, 2, (ROWS, 10))).rename(columns=str)
    assert set(outcomes(targets, labels)["sure"]) == {"no clear difference"}


def test_what_cannot_be_told_is_said_so(labels: np.ndarray) -> None:
    alone = outcomes(pd.DataFrame({"churned": labels % 2 * 1.0}), np.zeros(ROWS, dtype=int))
    assert alone["sure"].tolist() == ["cannot be told"]
    empty = outcomes(pd.DataFrame({"churned": [np.nan] * ROWS}), labels)
    assert empty["customers"].tolist() == [0, 0]
    assert set(empty["sure"]) == {"cannot be told"}
    assert outcomes(pd.DataFrame(index=range(ROWS)), labels).empty


def test_weights_move_the_rate(labels: np.ndarray) -> None:
    churned = np.random.default_rng(1).integers(0, 2, ROWS).astype(float)
    weights = pd.Series(1 + 3 * churned)
    found = outcomes(pd.DataFrame({"churned": churned}), labels, weights)
    own = labels == 0
    assert found["value"].iloc[0] == pytest.approx(np.average(churned[own], weights=weights[own]))
