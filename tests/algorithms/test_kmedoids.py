"""k-medoids around typical customers."""

import numpy as np
import pytest
from sklearn.datasets import make_blobs
from sklearn.metrics import adjusted_rand_score

from segkit.algorithms.distances import all_distances
from segkit.algorithms.kmedoids import KMedoids
from segkit.errors import UserError

BLOBS, TRUTH = make_blobs(240, centers=[(0, 0), (8, 0), (0, 8)], random_state=0)


def test_the_groups_are_found_and_outliers_make_none():
    found = KMedoids(3).fit(np.vstack([BLOBS, [[60.0, 60.0]]]))
    assert adjusted_rand_score(TRUTH, found.labels_[:-1]) == 1


def test_no_other_choice_of_one_customer_is_nearer_to_all():
    found = KMedoids(1, "manhattan").fit(BLOBS)
    assert found.inertia_ == pytest.approx(all_distances(BLOBS, "manhattan").sum(axis=0).min(), rel=1e-5)


def test_the_medoids_are_not_kept():
    kept = {name for name in vars(KMedoids(3).fit(BLOBS)) if name.endswith("_")}
    assert kept == {"labels_", "inertia_", "n_iter_", "n_features_in_"}


def test_more_segments_than_customers_are_refused():
    with pytest.raises(UserError, match="n_clusters=9 does not fit 5 customers"):
        KMedoids(9).fit(BLOBS[:5])
