"""The segmentation as one scikit-learn estimator: raw customers in, segments out."""

from typing import Any, Protocol, Self

import numpy as np
from sklearn.base import BaseEstimator, ClusterMixin, clone
from sklearn.cluster import KMeans
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import check_is_fitted

from segkit.assigning import NOISE, ClassifierAssigner, PrototypeAssigner, assigns_itself
from segkit.preprocessing import TypedColumns, by_kind


class Stages(Protocol):
    """Where fitted stages come from: computed here, or shared with the other runs of a sweep."""

    def fit_transform(self, step: str, estimator: Any, X: Any) -> tuple[Any, np.ndarray]:
        """The fitted estimator and what it makes of `X`."""


class FittedHere:
    """Computes every stage on the spot."""

    def fit_transform(self, step: str, estimator: Any, X: Any) -> tuple[Any, np.ndarray]:
        """Fit `estimator` on `X`; `step` is only a name here."""
        fitted = clone(estimator)
        return fitted, np.asarray(fitted.fit_transform(X), dtype=float)


class SegmentationModel(ClusterMixin, BaseEstimator):
    """From raw rows (mixed columns, gaps, dates) to segments, and for new customers the same ones again.

    Steps: `columns` (raw values to numbers and categories), `preprocessing` (to a matrix), `reducer`
    ("passthrough" or a transformer), `algorithm` (any scikit-learn clusterer). Segments are numbered by size, 0 the
    largest; -1 is unassigned. After `fit`: `labels_`, `embedding_` (the space that was clustered), `assigner_`.

    >>> from segkit.data import make_customers
    >>> table = make_customers(300).drop(columns=["customer_id", "truth"])
    >>> sorted(set(SegmentationModel().fit(table).predict(table.head(50)))) == [0, 1, 2, 3]
    True
    """

    def __init__(
        self,
        algorithm: Any = None,
        reducer: Any = "passthrough",
        preprocessing: Any = None,
        columns: Any = None,
        stages: Stages | None = None,
    ) -> None:
        self.algorithm = algorithm
        self.reducer = reducer
        self.preprocessing = preprocessing
        self.columns = columns
        self.stages = stages

    def fit(self, X: Any, y: Any = None) -> Self:
        """Segment the customers of a raw table."""
        stages = self.stages or FittedHere()
        self.pipeline_, matrix, self.embedding_ = self._fit_space(stages, X)
        algorithm = clone(self.algorithm) if self.algorithm is not None else KMeans(4, n_init=10, random_state=0)
        self.labels_ = by_size(np.asarray(algorithm.fit_predict(self.embedding_)))
        self.pipeline_.steps.append(("algorithm", algorithm))
        self.assigner_ = self._fit_assigner(matrix)
        self.n_features_in_ = self.pipeline_[0].n_features_in_
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The segment of each row, whoever else is in `X`."""
        probabilities = self.predict_proba(X)
        return self.assigner_.segments_[probabilities.argmax(axis=1)]

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probability of each of `assigner_.segments_` for each row."""
        check_is_fitted(self)
        matrix = self.pipeline_["preprocessing"].transform(X)
        return self.assigner_.predict_proba(np.asarray(matrix, dtype=float))

    def _fit_space(self, stages: Stages, X: Any) -> tuple[Pipeline, np.ndarray, np.ndarray]:
        reading = self.columns if self.columns is not None else TypedColumns()
        encoding = self.preprocessing if self.preprocessing is not None else by_kind()
        preprocessing, matrix = stages.fit_transform(
            "preprocessing", Pipeline([("columns", reading), ("matrix", encoding)]), X
        )
        if self.reducer == "passthrough":
            return Pipeline([("preprocessing", preprocessing), ("reducer", "passthrough")]), matrix, matrix
        reducer, embedding = stages.fit_transform("reducer", self.reducer, matrix)
        return Pipeline([("preprocessing", preprocessing), ("reducer", reducer)]), matrix, embedding

    def _fit_assigner(self, matrix: np.ndarray) -> PrototypeAssigner | ClassifierAssigner:
        reducer, algorithm = self.pipeline_["reducer"], self.pipeline_["algorithm"]
        if assigns_itself(reducer, algorithm):
            return PrototypeAssigner(reducer, algorithm, self.embedding_, self.labels_)
        return ClassifierAssigner().fit(matrix, self.labels_)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        return tags


def by_size(labels: np.ndarray) -> np.ndarray:
    """The same partition numbered by size, 0 the largest; noise stays -1.

    >>> by_size(np.array([7, 7, -1, 3, 3, 3])).tolist()
    [1, 1, -1, 0, 0, 0]
    """
    names, counts = np.unique(labels[labels != NOISE], return_counts=True)
    rank = {name: position for position, name in enumerate(names[np.argsort(-counts, kind="stable")])}
    return np.array([rank.get(label, NOISE) for label in labels], dtype=int)
