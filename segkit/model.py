"""The segmentation as one scikit-learn estimator: raw customers in, segments out."""

import warnings
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClusterMixin, clone
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import check_is_fitted

from segkit.assigning import ClassifierAssigner, PrototypeAssigner, assigns_itself, maps_row_by_row
from segkit.blocks import MOST_ROWS
from segkit.distances import EUCLIDEAN, told_distance
from segkit.fit_params import Categories, categories_of, column_weights_of, weights_of
from segkit.fitted_rows import as_of_all, rows_of, sample_to_fit
from segkit.intel import as_scikit_learn
from segkit.preprocessing import ByKind, Features, TypedColumns
from segkit.reducing import fitting
from segkit.segments import FEWEST_TOLD, NOISE
from segkit.stages import FittedHere, Stages


class SegmentationModel(ClusterMixin, BaseEstimator):
    """From raw rows (mixed columns, gaps, dates) to segments, and for new customers the same ones again.

    Steps: `columns` (raw values to numbers and categories), `features` (columns made of others), `preprocessing` (to a
    matrix), `reducer` ("passthrough" or a transformer), `algorithm` (any scikit-learn clusterer). Segments are numbered
    by size, 0 the largest; -1 is unassigned. After `fit`: `labels_`, `embedding_` (the space that was clustered),
    `assigner_`. A preprocessing may say which rows are fitted (`drops_rows`, `keeps`), and of more than `fit_rows` the
    algorithm gets a sample, drawn with `seed`: `kept_` marks them, `embedding_` holds only these, the others are
    assigned like newcomers. `matrix_` is what the preprocessing made of all rows, None where it left some out.

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
        features: Any = None,
        stages: Stages | None = None,
        fit_rows: int | None = None,
        seed: int = 0,
    ) -> None:
        self.algorithm = algorithm
        self.reducer = reducer
        self.preprocessing = preprocessing
        self.columns = columns
        self.features = features
        self.stages = stages
        self.fit_rows = fit_rows
        self.seed = seed

    def fit(self, X: Any, y: Any = None, customer_weights: Any = None) -> Self:
        """Segment the customers of a raw table; `customer_weights` count where the algorithm takes weights."""
        matrix, labels = self._find_segments(X, customer_weights)
        self.assigner_ = self._fit_assigner(matrix, labels)
        self.n_features_in_ = self.pipeline_[0].n_features_in_
        self.labels_ = self._labels_of_all(X, labels)
        return self

    def segments_in(self, X: Any, customer_weights: Any = None) -> pd.Series:
        """The segments of the rows that `fit` would fit, by row number: quicker, since nothing learns to assign."""
        _, labels = self._find_segments(X, customer_weights)
        return pd.Series(labels, index=np.flatnonzero(self.kept_))

    def space_of(self, X: Any) -> tuple[Pipeline, np.ndarray, np.ndarray]:
        """Where `fit` would cluster: fitted preprocessing and reducer, and the rows that it would fit, as the matrix
        between the two and as the embedding.
        """
        matrix = self._find_space(self.stages or FittedHere(), X, self.fresh_algorithm())
        return self.pipeline_, matrix, self.embedding_

    def fresh_algorithm(self) -> Any:
        """A copy of the algorithm as `fit` would use it, told the distance that its space is made for."""
        algorithm = clone(self.algorithm) if self.algorithm is not None else _usual(self.seed)
        straight = self.reducer == "passthrough"  # in a reduced space distances are Euclidean
        return told_distance(algorithm, getattr(self.preprocessing, "distances", EUCLIDEAN) if straight else EUCLIDEAN)

    def _find_space(self, stages: Stages, X: Any, algorithm: Any) -> np.ndarray:
        """Find the space and the rows to fit, `embedding_` and `kept_`; the matrix of these rows."""
        self.kept_ = self._rows_to_fit(stages, X).copy()
        preparation = self._preparation() if self.kept_.all() else as_of_all(self._preparation(), X)
        self.pipeline_, matrix, embedding = self._fit_space(stages, preparation, rows_of(X, self.kept_))
        self.matrix_ = matrix if self.kept_.all() else None
        sampled = sample_to_fit(algorithm, len(embedding), self.fit_rows, self.seed)
        self.embedding_ = rows_of(embedding, sampled)
        self.kept_[self.kept_] = sampled
        return rows_of(matrix, sampled)

    def _find_segments(self, X: Any, customer_weights: Any) -> tuple[np.ndarray, np.ndarray]:
        """The matrix of the rows that are fitted, and their segments."""
        stages = self.stages or FittedHere()
        algorithm = self.fresh_algorithm()
        matrix = self._find_space(stages, X, algorithm)
        weights = weights_of(algorithm, customer_weights, self.kept_)
        self.weights_used_ = bool(weights)
        labels = by_size(self._segment(stages, algorithm, {**weights, **self._categories(algorithm)}))
        self.pipeline_.steps.append(("algorithm", as_scikit_learn(algorithm)))
        return matrix, labels

    def predict(self, X: Any) -> np.ndarray:
        """The segment of each row, whoever else is in `X`."""
        check_is_fitted(self)
        return self.assign(self.pipeline_["preprocessing"].transform(X))

    def assign(self, matrix: Any) -> np.ndarray:
        """The segment of each row that has gone through the preprocessing already."""
        probabilities = self.assigner_.predict_proba(np.asarray(matrix, dtype=float))
        return self.assigner_.segments_[probabilities.argmax(axis=1)]

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probability of each of `assigner_.segments_` for each row."""
        check_is_fitted(self)
        matrix = self.pipeline_["preprocessing"].transform(X)
        return self.assigner_.predict_proba(np.asarray(matrix, dtype=float))

    def matrix_of_fitted(self) -> np.ndarray | None:
        """Of many rows what the preprocessing made of them at fitting, where it would make the same of them again."""
        many = self.matrix_ is not None and len(self.matrix_) > MOST_ROWS
        return self.matrix_ if many and type(self.pipeline_["preprocessing"][-1]) is ByKind else None

    def _preparation(self) -> Pipeline:
        columns = self.columns if self.columns is not None else TypedColumns()
        features = self.features if self.features is not None else Features()
        matrix = self.preprocessing if self.preprocessing is not None else ByKind()
        return Pipeline([("columns", columns), ("features", features), ("matrix", matrix)])

    def _rows_to_fit(self, stages: Stages, X: Any) -> np.ndarray:
        """Which rows the preprocessing wants fitted: all of them, unless it has rules about that."""
        preparation = self._preparation()
        if not getattr(preparation["matrix"], "drops_rows", False):
            return np.ones(len(X), dtype=bool)
        return stages.get("rows", lambda: preparation[-1].keeps(clone(preparation[:-1]).fit_transform(X)))

    def _categories(self, algorithm: Any) -> Mapping[str, Categories]:
        """What the algorithm may know of categories: in a reduced space there are none."""
        prepared, reducer = self.pipeline_["preprocessing"], self.pipeline_["reducer"]
        return categories_of(algorithm, prepared["matrix"] if reducer == "passthrough" else None)

    def _segment(self, stages: Stages, algorithm: Any, told: Mapping[str, Any]) -> np.ndarray:
        """The algorithm's labels; the tree of one that grows a tree is a stage, which serves every k."""
        if hasattr(algorithm, "grow"):
            return np.asarray(algorithm.cut(stages.get("tree", lambda: algorithm.grow(self.embedding_))))
        with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):  # its measures say what came of it
            return np.asarray(algorithm.fit_predict(self.embedding_, **told))

    def _labels_of_all(self, X: Any, labels: np.ndarray) -> np.ndarray:
        """Fitted labels, and for rows that were not fitted the segments that they are assigned."""
        if self.kept_.all():
            return labels
        matrix = self.matrix_of_fitted()
        everyone = self.predict(X) if matrix is None else self.assign(matrix)
        everyone[self.kept_] = labels
        return everyone

    def _fit_space(self, stages: Stages, preparation: Pipeline, X: Any) -> tuple[Pipeline, np.ndarray, np.ndarray]:
        preprocessing, matrix = stages.get("preprocessing", lambda: _fitted(preparation, X))
        if self.reducer == "passthrough":
            return Pipeline([("preprocessing", preprocessing), ("reducer", "passthrough")]), matrix, matrix
        reducer = fitting(self.reducer, matrix)
        made = preprocessing["matrix"]
        told = {**categories_of(reducer, made), **column_weights_of(reducer, made)}
        lasting, embedding = stages.get("reducer", lambda: _lasting(*_fitted(reducer, matrix, told)))
        reducer = clone(reducer) if lasting is None else lasting
        return Pipeline([("preprocessing", preprocessing), ("reducer", reducer)]), matrix, embedding

    def _fit_assigner(self, matrix: np.ndarray, labels: np.ndarray) -> PrototypeAssigner | ClassifierAssigner:
        reducer, algorithm = self.pipeline_["reducer"], self.pipeline_["algorithm"]
        sizes = np.unique(labels[labels != NOISE], return_counts=True)[1]
        # The centre of a segment of very few is as good as their rows, and a classifier keeps none.
        if assigns_itself(reducer, algorithm) and sizes.min(initial=FEWEST_TOLD) >= FEWEST_TOLD:
            return PrototypeAssigner(reducer, algorithm, self.embedding_, labels)
        return ClassifierAssigner().fit(matrix, labels)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        return tags


def _fitted(estimator: Any, X: Any, told: Mapping[str, Any] = MappingProxyType({})) -> tuple[Any, np.ndarray]:
    fitted = clone(estimator)
    return fitted, np.asarray(fitted.fit_transform(X, **told), dtype=float)


def _lasting(reducer: Any, embedding: np.ndarray) -> tuple[Any, np.ndarray]:
    """None for a reducer whose map depends on the batch: it is never applied again, and holds every customer's row."""
    return reducer if maps_row_by_row(reducer) else None, embedding


def _usual(seed: int) -> KMeans:
    return KMeans(4, n_init=10, random_state=seed)


def by_size(labels: np.ndarray) -> np.ndarray:
    """The same partition numbered by size, 0 the largest; noise stays -1.

    >>> by_size(np.array([7, 7, -1, 3, 3, 3])).tolist()
    [1, 1, -1, 0, 0, 0]
    """
    names, counts = np.unique(labels[labels != NOISE], return_counts=True)
    rank = {name: position for position, name in enumerate(names[np.argsort(-counts, kind="stable")])}
    return np.array([rank.get(label, NOISE) for label in labels], dtype=int)
