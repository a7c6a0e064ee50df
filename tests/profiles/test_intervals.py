"""Intervals and tests, against scipy's."""

import numpy as np
import pytest
from scipy import stats

from segkit.profiles.intervals import adjusted, how_sure, means_differ, of_mean, share_effect, shares_differ, wilson


@pytest.mark.parametrize(("yes", "count"), [(0, 12), (3, 12), (12, 12), (130, 1000)])
def test_intervals_of_shares_are_wilsons(yes: int, count: int) -> None:
    expected = stats.binomtest(yes, count).proportion_ci(method="wilson")
    assert np.allclose(wilson(yes / count, count), (expected.low, expected.high))


def test_intervals_of_means_are_students() -> None:
    values = np.random.default_rng(0).gamma(2, size=25)
    expected = stats.t.interval(0.95, 24, values.mean(), stats.sem(values))
    assert np.allclose(of_mean(values.mean(), values.var(ddof=1), 25), expected)


def test_one_customer_has_no_interval() -> None:
    assert np.isnan(of_mean(3.0, np.nan, 1)).all()


def test_means_are_compared_as_welch_does() -> None:
    rng = np.random.default_rng(0)
    one, other = rng.normal(size=30), rng.normal(0.4, 3, size=50)
    found = means_differ(*((f(one), f(other)) for f in (np.mean, lambda x: x.var(ddof=1), len)))
    assert float(found) == pytest.approx(stats.ttest_ind(one, other, equal_var=False).pvalue)


def test_shares_are_compared_by_chi_square() -> None:
    expected = stats.chi2_contingency([[12, 28], [40, 30]], correction=True).pvalue
    assert float(shares_differ((12 / 40, 40 / 70), (40, 70))) == pytest.approx(expected)


@pytest.mark.parametrize("count", [0, 1])
def test_what_nobody_says_cannot_be_compared(count: int) -> None:
    assert np.isnan(means_differ((1.0, 2.0), (np.nan, 1.0), (count, 30)))
    assert np.isnan(shares_differ((0.0, 0.0), (count, 30)))


def test_many_tests_raise_the_p_values() -> None:
    p = np.random.default_rng(0).random(30) ** 2
    found = adjusted([*p, np.nan])
    assert np.allclose(found[:-1], stats.false_discovery_control(p))
    assert np.isnan(found[-1])


def test_an_effect_of_shares_compares_with_one_of_means() -> None:
    assert float(share_effect(0.55, 0.45)) == pytest.approx(0.1 / 0.5, rel=0.01)
    assert float(share_effect(0.02, 0.01)) > 0.01 / 0.5


def test_words_say_the_direction_the_size_and_how_sure() -> None:
    assert how_sure(-0.4, 0.001) == "lower, quite sure"
    assert how_sure(0.09, 0.04) == "slightly higher, likely"
