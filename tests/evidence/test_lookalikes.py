"""Lookalikes keep columns and correlations, and lose segments."""

import numpy as np
import pandas as pd
import pytest

from segkit.evidence.lookalikes import NullTest, lookalikes, null_test
from segkit.preprocessing import ByKind


def table(rows: int = 400, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    income = rng.lognormal(size=rows)
    spend = income * rng.lognormal(sigma=0.3, size=rows) * (rng.random(rows) < 0.6)
    town = np.where(income + rng.normal(size=rows) > 1.5, "city", np.where(rng.random(rows) < 0.5, "village", "coast"))
    found = pd.DataFrame({"income": income, "spend": spend, "town": town})
    return found.mask(rng.random(found.shape) < 0.05)


def blobs(k: int, rows: int = 300) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    centres = rng.normal(scale=6, size=(k, 4))
    return pd.DataFrame(centres[np.arange(rows) % k] + rng.normal(size=(rows, 4)), columns=list("abcd"))


def test_a_lookalike_has_the_values_of_every_column():
    real = table()
    drawn = lookalikes(real, np.random.default_rng(0))()
    for name in real:
        assert sorted(drawn[name].dropna()) == sorted(real[name].dropna())
        assert drawn[name].isna().sum() == real[name].isna().sum()
    pd.testing.assert_series_equal(drawn.dtypes, real.dtypes)


def test_a_lookalike_has_the_rank_correlations():
    real = table(2000)
    drawn = lookalikes(real, np.random.default_rng(0))()
    assert drawn["income"].corr(drawn["spend"], "spearman") == pytest.approx(
        real["income"].corr(real["spend"], "spearman"), abs=0.08
    )
    apart = [one.groupby("town")["income"].median() for one in (real, drawn)]
    assert apart[1]["city"] > 1.2 * apart[1]["village"]
    assert apart[0]["city"] > 1.2 * apart[0]["village"]


def test_two_draws_differ():
    draw = lookalikes(table(), np.random.default_rng(0))
    assert not draw().equals(draw())


def test_blobs_are_found_and_their_lookalikes_are_not():
    found = null_test(blobs(3), ByKind(), draws=9)
    assert found.p == pytest.approx(0.1)
    assert found.real > max(found.lookalikes) + 0.1


def test_a_lookalike_is_no_better_than_its_own_lookalikes():
    rng = np.random.default_rng(5)
    plain = lookalikes(blobs(3), rng)()
    found = null_test(plain, ByKind(), draws=9)
    assert found.p > 0.1


def test_categories_alone_can_be_tested():
    levels = pd.DataFrame({"a": list("xyz") * 30, "b": list("uvw") * 30}, dtype=object)
    assert 0 < null_test(levels, ByKind(), draws=3).p <= 1


def test_the_real_table_counts_among_those_that_do_as_well():
    assert NullTest(0.5, (0.4, 0.3, 0.6)).p == 0.5
    assert NullTest(0.5, (0.4,) * 19).p == 0.05
    assert NullTest(0.5, (0.4, 0.2)).usual == pytest.approx(0.3)
