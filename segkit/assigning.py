"""Giving a new customer a segment: alone or in a crowd the same one, with a probability.

Two ways. An algorithm with prototypes (k-means, mixtures) behind a reducer that maps row by row assigns by
itself. Everything else (no `predict`, or UMAP, whose transform depends on the batch) is imitated by a classifier that
learns the fitted labels from the preprocessed rows. Neither keeps a customer's row.
"""

import copy
from typing import Any, Self

import numpy as np
from scipy.special import log_softmax, softmax
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.decomposition import PCA, FactorAnalysis, TruncatedSVD
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.mixture import BayesianGaussianMixture, GaussianMixture
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted, validate_data

from segkit.blocks import blocks, by_blocks
from segkit.reducers import FAMD, CommonFactors

_PROTOTYPES = (KMeans, MiniBatchKMeans, GaussianMixture, BayesianGaussianMixture)
_ROW_BY_ROW = (PCA, FactorAnalysis, TruncatedSVD, FAMD, CommonFactors)
# Above this share of withheld customers the simpler classifier is good enough.
_GOOD_AGREEMENT = 0.95
_TINY = np.finfo(float).tiny
# Sharpness of the classifier's probabilities is chosen from these on withheld customers.
_TEMPERATURES = np.geomspace(0.2, 5.0, 25)


def maps_row_by_row(reducer: Any) -> bool:
    """Whether a reducer maps a row the same way whatever else is in the batch, and keeps no row itself."""
    return isinstance(reducer, str) or type(reducer) in _ROW_BY_ROW


def assigns_itself(reducer: Any, algorithm: Any) -> bool:
    """Whether a fitted reducer and algorithm assign a row by themselves, keeping no row."""
    return type(algorithm) in _PROTOTYPES and maps_row_by_row(reducer)


class PrototypeAssigner:
    """Assigns by the fitted algorithm itself; probabilities are a mixture's posterior.

    k-means has no probabilities of its own: it is read as the mixture of equal round Gaussians whose most
    probable component it picks, so that `predict` and the highest probability agree.
    """

    def __init__(self, reducer: Any, algorithm: Any, embedding: np.ndarray, labels: np.ndarray) -> None:
        self.reducer = reducer
        self.algorithm = _without_rows(algorithm)
        raw = np.asarray(algorithm.predict(embedding))
        self.segments_ = np.unique(labels)
        self.components_ = np.array([_most_common(raw[labels == segment]) for segment in self.segments_])
        self.spread_ = _spread(self.algorithm, embedding, raw)
        self.agreement_ = float(np.mean(self._assign(embedding) == labels))

    def predict_proba(self, matrix: np.ndarray) -> np.ndarray:
        """Probability of each of `segments_` for each preprocessed row."""
        return by_blocks(lambda rows: self._posterior(self._embed(rows)), matrix)

    def _embed(self, matrix: np.ndarray) -> np.ndarray:
        return matrix if self.reducer == "passthrough" else self.reducer.transform(matrix)

    def _assign(self, embedding: np.ndarray) -> np.ndarray:
        return self.segments_[by_blocks(self._posterior, embedding).argmax(axis=1)]

    def _posterior(self, embedding: np.ndarray) -> np.ndarray:
        if not hasattr(self.algorithm, "predict_proba"):
            squares = self.algorithm.transform(embedding)[:, self.components_] ** 2
            return _nearest_most_probable(squares, self.spread_)
        posterior = self.algorithm.predict_proba(embedding)[:, self.components_]
        total = posterior.sum(axis=1, keepdims=True)
        # A component that holds nobody may claim a far customer: the nearest of the others gets them.
        squares = ((embedding[:, None, :] - self.algorithm.means_[self.components_]) ** 2).sum(axis=2)
        return np.where(total > _TINY, posterior / np.maximum(total, _TINY), _nearest_most_probable(squares, 1.0))


class ClassifierAssigner(ClassifierMixin, BaseEstimator):
    """Imitates fitted labels from preprocessed rows; noise (-1) is one of the answers.

    `agreement_` is the share of withheld customers whom it gives their fitted label, and the probabilities are
    calibrated (one temperature) on the same withheld customers.
    """

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        """Learn the labels `y` of the preprocessed rows `X`."""
        X, y = validate_data(self, X, y)
        self.classes_ = self.segments_ = np.unique(y)
        learn, test = _withheld(y, self.seed)
        trial, self.agreement_ = self._best_trial(X, y, learn, test)
        answers = np.searchsorted(self.classes_, y[test])
        self.temperature_ = _temperature(_log_odds(trial, X[test], self.classes_), answers)
        self.classifier_ = clone(trial).fit(X, y)
        return self

    def _best_trial(self, X: np.ndarray, y: np.ndarray, learn: np.ndarray, test: np.ndarray) -> tuple[Any, float]:
        """The classifier that gives most withheld customers their label; simple borders are tried first."""
        best, most = None, -1.0
        for candidate in _candidates(self.seed, len(self.classes_)):
            share = float(np.mean(candidate.fit(X[learn], y[learn]).predict(X[test]) == y[test]))
            best, most = (candidate, share) if share > most else (best, most)
            if most >= _GOOD_AGREEMENT:
                break
        return best, most

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """Calibrated probability of each of `segments_` for each preprocessed row."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False)
        return by_blocks(self._odds, X)

    def _odds(self, X: np.ndarray) -> np.ndarray:
        return np.asarray(softmax(_log_odds(self.classifier_, X, self.classes_) / self.temperature_, axis=1))

    def predict(self, X: np.ndarray) -> np.ndarray:
        """The most probable segment of each preprocessed row."""
        probabilities = self.predict_proba(X)
        return self.segments_[probabilities.argmax(axis=1)]


def _candidates(seed: int, classes: int) -> list[Any]:
    """Straight borders (3 KB in the model), then trees for segments of odd shape."""
    if classes == 1:
        return [DummyClassifier()]
    straight = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    return [straight, ExtraTreesClassifier(n_estimators=20, min_samples_leaf=3, random_state=seed, n_jobs=1)]


def _without_rows(algorithm: Any) -> Any:
    """A copy that holds no array with one entry per customer."""
    lean = copy.copy(algorithm)
    if hasattr(lean, "labels_"):
        del lean.labels_
    return lean


def _most_common(values: np.ndarray) -> int:
    names, counts = np.unique(values, return_counts=True)
    return int(names[counts.argmax()])


def _spread(algorithm: Any, embedding: np.ndarray, raw: np.ndarray) -> float:
    """Variance per dimension around the centres; one number, so that the nearest centre stays the most probable."""
    if not hasattr(algorithm, "cluster_centers_"):
        return 1.0
    centres = algorithm.cluster_centers_
    squares = sum(((embedding[part] - centres[raw[part]]) ** 2).sum() for part in blocks(len(embedding)))
    return float(max(squares / embedding.size, _TINY))


def _nearest_most_probable(squares: np.ndarray, spread: float) -> np.ndarray:
    """Probabilities from squared distances to round groups of equal spread."""
    with np.errstate(over="ignore"):  # infinitely far from all but the nearest is what is meant
        return softmax(-(squares - squares.min(axis=1, keepdims=True)) / (2 * spread), axis=1)


def _withheld(y: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers to learn from and to test on: a quarter of each segment withheld, but never its only customer."""
    shuffled = np.random.default_rng(seed).permutation(len(y))
    by_segment = shuffled[np.argsort(y[shuffled], kind="stable")]
    firsts = np.unique(y[by_segment], return_index=True)[1]
    rest = np.delete(by_segment, firsts)
    test = rest[::4]
    return (np.setdiff1d(by_segment, test), test) if len(test) else (by_segment, by_segment)


def _log_odds(classifier: Any, X: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Log probabilities for all `classes`, those that the classifier never saw far below the rest."""
    seen = np.full((len(X), len(classes)), 1e-4)
    seen[:, np.searchsorted(classes, classifier.classes_)] += classifier.predict_proba(X)
    return np.log(seen)


def _temperature(log_odds: np.ndarray, answers: np.ndarray) -> float:
    rows = np.arange(len(answers))
    losses = [-log_softmax(log_odds / t, axis=1)[rows, answers].mean() for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])
