"""How far single columns have moved, and that chance is not taken for it."""

import numpy as np
import pandas as pd
import pytest

from segkit.drift.columns import column_shifts
from segkit.scoring.baseline import Baseline, baseline_of


def spread(table: pd.DataFrame) -> Baseline:
    return baseline_of(table, np.zeros(len(table), dtype=int), pd.DataFrame(index=table.index))


def normal(rows: int, seed: int, middle: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame({"x": np.random.default_rng(seed).normal(middle, 1, rows)})


@pytest.mark.parametrize("rows", [60, 200, 2000])
def test_psi_without_drift_is_about_its_noise_and_seldom_significant(rows):
    found = [column_shifts(spread(normal(500, seed)), normal(rows, 1000 + seed))[0] for seed in range(60)]
    assert np.mean([one.psi for one in found]) == pytest.approx(found[0].noise, rel=0.35)
    assert sum(one.p < 0.05 for one in found) <= 8
    assert sum(one.p < 0.001 for one in found) <= 1


def test_a_shift_is_told_by_psi_and_by_the_distance_of_the_distributions():
    (found,) = column_shifts(spread(normal(2000, 0)), normal(2000, 1, middle=0.5))
    assert found.psi == pytest.approx(0.25, abs=0.06)  # of normal distributions: the square of the shift
    assert found.ks == pytest.approx(0.197, abs=0.03)
    assert max(found.p, found.ks_p) < 1e-6


def test_the_same_customers_have_not_moved():
    table = normal(400, 0)
    (found,) = column_shifts(spread(table), table)
    assert (found.psi, found.ks) == (pytest.approx(0, abs=1e-4), pytest.approx(0, abs=1e-3))


def test_missing_values_that_were_none_are_a_shift():
    table = normal(400, 0)
    (found,) = column_shifts(spread(table), normal(400, 1).mask(np.arange(400)[:, None] % 3 == 0))
    assert found.missing == pytest.approx(1 / 3, abs=0.01)
    assert found.psi > 0.25
    assert found.p < 1e-6


def test_new_levels_and_other_shares_of_levels_are_told():
    then = pd.DataFrame({"land": ["AT"] * 200 + ["DE"] * 200})
    (found,) = column_shifts(spread(then), pd.DataFrame({"land": ["AT"] * 100 + ["DE"] * 200 + ["FR"] * 100}))
    assert found.new_levels == {"FR": 0.25}
    assert found.psi > 0.25
    assert np.isnan(found.ks)


def test_levels_of_few_customers_do_not_cry_wolf():
    def levels(seed: int) -> pd.DataFrame:
        return pd.DataFrame({"town": np.random.default_rng(seed).integers(0, 60, 300).astype(str)})

    found = [column_shifts(spread(levels(seed)), levels(100 + seed))[0] for seed in range(20)]
    assert not [one for one in found if one.p < 0.001]


def test_a_column_of_days_that_only_grew_older_is_known_as_that():
    then = pd.DataFrame({"days_since_joined": np.random.default_rng(0).uniform(0, 400, 500)})
    (older,) = column_shifts(spread(then), then + 90, ["days_since_joined"], 90)
    assert older.aged
    assert older.psi > 0.25
    (other,) = column_shifts(spread(then), then * 0.5, ["days_since_joined"], 90)
    assert not other.aged


def test_the_largest_shift_comes_first():
    both = pd.DataFrame({"still": normal(500, 0)["x"], "moved": normal(500, 1)["x"]})
    found = column_shifts(spread(both), both.assign(moved=both["moved"] + 1))
    assert [one.name for one in found] == ["moved", "still"]


def test_a_column_without_any_value_does_not_break_it():
    (found,) = column_shifts(spread(normal(300, 0)), pd.DataFrame({"x": [np.nan] * 50}))
    assert found.missing == 1
    assert found.p < 1e-6
