"""The control group: by chance, and the same customers in every export."""

import numpy as np
import pandas as pd
import pytest

from segkit.activation.control import control_group, draws
from segkit.errors import UserError

IDS = pd.Series([f"C{number}" for number in range(4000)])


def test_about_the_share_is_drawn_in_every_segment():
    segments = np.repeat([0, 1, 2, 3], 1000)
    shares = pd.Series(control_group(IDS, "autumn", 0.2)).groupby(segments).mean()
    assert len(shares) == 4
    assert shares.between(0.16, 0.24).all()


def test_a_customer_keeps_the_flag_whoever_else_is_in_the_file():
    everyone = pd.Series(control_group(IDS, "autumn"), index=IDS)
    some = IDS.sample(500, random_state=1)
    assert control_group(some, "autumn").tolist() == everyone[some].tolist()


def test_the_flag_is_the_same_tomorrow():
    """Written down once: another hash would give away other customers than the last export did."""
    assert draws(["C1", "C2"], "autumn") == pytest.approx([0.429641, 0.558307], abs=1e-6)


def test_an_id_is_the_same_as_a_number_with_a_gap_beside_it():
    assert draws([1, 2], "a").tolist() == draws([1.0, 2.0], "a").tolist() == draws(["1", "2"], "a").tolist()


def test_another_salt_draws_another_group():
    one, other = control_group(IDS, "autumn", 0.5), control_group(IDS, "spring", 0.5)
    assert np.mean(one == other) == pytest.approx(0.5, abs=0.04)


def test_draws_are_even():
    assert np.histogram(draws(IDS, "x"), bins=10, range=(0, 1))[0] == pytest.approx([400] * 10, abs=80)


def test_a_larger_share_keeps_the_smaller_ones_customers():
    small, large = control_group(IDS, "a", 0.1), control_group(IDS, "a", 0.3)
    assert (large | ~small).all()
    assert large.sum() > small.sum()


def test_shares_may_differ_by_segment():
    segments = np.repeat([0, 1], 2000)
    flags = control_group(IDS, "a", {0: 0.5}, segments)
    assert flags[:2000].mean() == pytest.approx(0.5, abs=0.05)
    assert not flags[2000:].any()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((IDS, "a", 20), "20 is no share"),
        ((IDS, "a", {0: 0.1}), "need the customers' segments"),
        (([1, None], "a"), "without an id"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments, problem):
    with pytest.raises(UserError, match=problem):
        control_group(*arguments)
