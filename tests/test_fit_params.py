"""What an estimator is told beside the matrix."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, ClusterMixin, TransformerMixin
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

from segkit.fit_params import categories_of, weights_of
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind

TABLE = pd.DataFrame({"spend": [1.0, 2, 3, 4] * 5, "city": list("abca") * 5, "age": [30.0, 40, 50, 60] * 5})


class Asks(ClusterMixin, TransformerMixin, BaseEstimator):
    """Keeps what it was told of the categories."""

    told: tuple | None = None

    def fit(self, X, y=None, categories=()):
        Asks.told = categories
        self.labels_ = np.arange(len(X)) % 2
        return self

    def transform(self, X):
        return np.asarray(X)


@pytest.mark.parametrize(("encoder", "places"), [("one_hot", ((2, 3, 4),)), ("label", ((2,),))])
def test_an_algorithm_that_asks_learns_which_columns_are_one_category(encoder: str, places: tuple) -> None:
    SegmentationModel(Asks(), preprocessing=ByKind(encoder=encoder)).fit(TABLE)
    assert Asks.told == places


def test_a_reduced_space_has_no_categories_but_its_reducer_may_know_them() -> None:
    SegmentationModel(Asks(), reducer=PCA(2)).fit(TABLE)
    assert Asks.told == ()
    SegmentationModel(KMeans(2, n_init=1), reducer=Asks()).fit(TABLE)
    assert Asks.told == ((2, 3, 4),)


def test_who_does_not_ask_is_told_nothing() -> None:
    assert categories_of(KMeans(), ByKind().fit(TABLE)) == {}
    assert weights_of(Asks(), [1.0, 2.0], np.array([True, False])) == {}


def test_weights_are_those_of_the_fitted() -> None:
    told = weights_of(KMeans(), [1.0, 2.0], np.array([False, True]))
    assert told["sample_weight"].tolist() == [2.0]
