"""How far segmentations agree: what pair by pair would say, of all at once."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from segkit.evidence.agreement import agreement, mean_agreement


def test_it_is_the_adjusted_rand_index_of_every_two() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, 200)
    labels = {
        "truth": truth,
        "noisy": np.where(rng.random(200) < 0.3, -1, truth),
        "coarse": truth // 2,
        "chance": rng.integers(-1, 6, 200),
        "gaps": truth * 10 + 3,
        "one": np.zeros(200, dtype=int),
        "all": np.arange(200),
    }
    found = agreement(labels)
    expected = [[adjusted_rand_score(one, other) for other in labels.values()] for one in labels.values()]
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert list(found.index) == list(found.columns) == list(labels)


@pytest.mark.parametrize("size", [2, 3, 7, 50])
def test_it_is_that_of_small_tables_too(size: int) -> None:
    rng = np.random.default_rng(size)
    labels = {str(place): rng.integers(-1, 3, size) for place in range(12)}
    expected = [[adjusted_rand_score(one, other) for other in labels.values()] for one in labels.values()]
    np.testing.assert_allclose(agreement(labels), expected, atol=1e-12)


def test_the_mean_is_over_the_others() -> None:
    table = pd.DataFrame([[1, 0.5, 0.1], [0.5, 1, 0.3], [0.1, 0.3, 1]], list("abc"), list("abc"))
    assert mean_agreement(table) == pytest.approx({"a": 0.3, "b": 0.4, "c": 0.2})


def test_who_is_alone_agrees_with_all_there_is() -> None:
    assert mean_agreement(agreement({"a": np.array([0, 1, 1])})) == {"a": 1.0}
