"""Typed columns to a numeric matrix: gaps filled, categories encoded, numbers scaled."""

from typing import Any

from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def by_kind(scaler: Any = None, encoder: Any = None, gaps: str = "median") -> ColumnTransformer:
    """One branch for numbers (fill gaps with `gaps`, then `scaler`), one for categories (`encoder`).

    Any scikit-learn transformer serves as scaler or encoder; left out, they are the standard scaler and one-hot
    with rare levels pooled. Expects the frame that TypedColumns makes: numbers are floats, the rest is categories.
    """
    numbers = make_pipeline(SimpleImputer(strategy=gaps, keep_empty_features=True), scaler or StandardScaler())
    # A missing category is a level of its own: who does not say is often a group of its own.
    categories = make_pipeline(SimpleImputer(strategy="constant", fill_value="(missing)"), encoder or rare_one_hot())
    branches = [
        ("numbers", numbers, make_column_selector(dtype_include="number")),
        ("categories", categories, make_column_selector(dtype_exclude="number")),
    ]
    return ColumnTransformer(branches, sparse_threshold=0, verbose_feature_names_out=False)


def rare_one_hot(min_frequency: float = 0.01) -> OneHotEncoder:
    """One-hot in which levels rarer than `min_frequency`, and levels never seen, share one column."""
    return OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=min_frequency, sparse_output=False)
