"""What an estimator is told beside the matrix if it asks: customers' weights, which columns are one category."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.utils.validation import has_fit_parameter

# For each category of the customers' table the places of its columns in the matrix: several of one-hot levels, one of
# numbered ones.
Categories = tuple[tuple[int, ...], ...]


def weights_of(algorithm: Any, weights: Any, kept: np.ndarray) -> Mapping[str, np.ndarray]:
    """The customers' weights, for an algorithm whose `fit` takes `sample_weight`."""
    takes_them = weights is not None and has_fit_parameter(algorithm, "sample_weight")
    return {"sample_weight": np.asarray(weights, dtype=float)[kept]} if takes_them else {}


def categories_of(estimator: Any, preprocessing: Any) -> Mapping[str, Categories]:
    """Which columns make up a category, for an algorithm or reducer whose `fit` takes `categories`.

    `preprocessing` is the fitted step that made the matrix; one that does not tell made nothing but numbers.
    """
    if not has_fit_parameter(estimator, "categories"):
        return {}
    return {"categories": getattr(preprocessing, "categories_", ())}


def column_weights_of(estimator: Any, preprocessing: Any) -> Mapping[str, np.ndarray]:
    """The weight of each column of the matrix, for a reducer that scales them anew (`fit` takes `column_weights`)."""
    takes_them = has_fit_parameter(estimator, "column_weights") and hasattr(preprocessing, "weights_")
    return {"column_weights": preprocessing.weights_} if takes_them else {}
