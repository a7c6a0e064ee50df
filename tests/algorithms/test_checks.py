"""A setting that does not do is named, with what would."""

from typing import Any

import numpy as np
import pytest

from segkit.algorithms.birch import Birch
from segkit.algorithms.checks import check_positive
from segkit.algorithms.dbscan import Dbscan
from segkit.algorithms.kmedoids import KMedoids
from segkit.algorithms.kprototypes import KPrototypes
from segkit.algorithms.latent_class import LatentClass
from segkit.algorithms.mean_shift import MeanShift
from segkit.algorithms.spectral import Spectral
from segkit.errors import UserError

POINTS = np.random.default_rng(0).normal(size=(30, 2))


@pytest.mark.parametrize(
    ("algorithm", "told"),
    [
        (Dbscan(min_samples=0), "algorithm.min_samples=0 does not do\n  give a whole number from 1 on"),
        (Dbscan(eps=-1), "algorithm.eps=-1 does not do\n  give a number above 0"),
        (Birch(2, threshold="wide"), "algorithm.threshold=wide does not do"),
        (MeanShift(starts=2.5), "algorithm.starts=2.5 does not do"),
        (Spectral(2, n_neighbors=True), "algorithm.n_neighbors=True does not do"),
        (KMedoids(2, n_init="many"), "algorithm.n_init=many does not do"),
        (KPrototypes(2, gamma=0), "algorithm.gamma=0 does not do"),
        (LatentClass(2, max_iter=0), "algorithm.max_iter=0 does not do"),
        (KPrototypes("four"), "n_clusters=four does not fit 30 customers\n  choose 1 to 30"),
    ],
)
def test_the_setting_and_the_mend_are_named(algorithm: Any, told: str) -> None:
    with pytest.raises(UserError) as error:
        algorithm.fit(POINTS)
    assert told in str(error.value)


def test_what_the_algorithm_finds_by_itself_may_be_left_open() -> None:
    check_positive(eps=None, gamma=0.5)
