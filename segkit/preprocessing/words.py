"""The words that name a step of the preprocessing, and the transformer that each stands for."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    MinMaxScaler,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
)

from segkit.errors import UserError, did_you_mean
from segkit.preprocessing.clipping import Clipper
from segkit.preprocessing.donors import PrototypeImputer
from segkit.preprocessing.frequency import FrequencyEncoder
from segkit.preprocessing.levels import NumberedLevels, OneHotLevels
from segkit.preprocessing.logs import LogSkewed

MISSING = "(missing)"


def named_step(parameter: str, chosen: Any, words: Mapping[str, Any]) -> Any:
    """The transformer that a word stands for; a transformer stands for itself."""
    if isinstance(chosen, str) and chosen in words:
        return words[chosen]
    if hasattr(chosen, "fit") and hasattr(chosen, "transform"):
        return chosen
    raise UserError(f"preprocessing.{parameter}={chosen} is not known", did_you_mean(str(chosen), words))


def gap_fillers(seed: int = 0) -> dict[str, Any]:
    """Words for filling numbers; `seed` is for the one that draws."""
    median = SimpleImputer(strategy="median", keep_empty_features=True)
    return {
        "median": median,
        "mean": SimpleImputer(strategy="mean", keep_empty_features=True),
        "mode": SimpleImputer(strategy="most_frequent", keep_empty_features=True),
        "donors": PrototypeImputer(seed=seed),
        "drop": median,  # newcomers have gaps too
    }


def outlier_steps() -> dict[str, Any]:
    """Words for numbers far from the rest."""
    clip, clip_iqr = Clipper(), Clipper(0.25, 1.5)
    return {"keep": "passthrough", "clip": clip, "clip_iqr": clip_iqr, "drop": "passthrough"}


def log_steps() -> dict[str, Any]:
    """Words for long tails."""
    return {"none": "passthrough", "skewed": LogSkewed(), "all": LogSkewed(above=None)}


def scalers(rows: int) -> dict[str, Any]:
    """Words for the scale of numbers, in a table of so many rows."""
    # Few quantiles, or the model would hold a value of every customer.
    quantiles = min(rows, max(2, min(100, rows // 3)))
    normal = QuantileTransformer(n_quantiles=quantiles, output_distribution="normal", subsample=None)
    return {
        "standard": StandardScaler(),
        "robust": RobustScaler(),
        "minmax": MinMaxScaler(),
        # Customers tied at the lowest or highest value (no orders, a yes) land far out until they are standardised.
        "quantile": make_pipeline(normal, StandardScaler()),
        # A newcomer far from everybody would be bent to infinity, at which scikit-learn stops.
        "power": make_pipeline(Clipper(share=0.0, reach=10.0), PowerTransformer()),
        "none": "passthrough",
    }


def encoders() -> dict[str, Any]:
    """Words for categories; none keeps the name of a level that one customer has."""
    return {
        "one_hot": OneHotLevels(),
        "label": make_pipeline(NumberedLevels(), StandardScaler()),
        "frequency": make_pipeline(FrequencyEncoder(), StandardScaler()),
    }


def category_filler(gaps: Any, values: pd.Series) -> SimpleImputer:
    """A missing category is a level of its own, since who does not say is often a group, unless `gaps` is mode."""
    if isinstance(gaps, str) and gaps == "mode" and values.notna().any():
        return SimpleImputer(strategy="most_frequent")
    return missing_as_level()


def missing_as_level() -> SimpleImputer:
    """Gives gaps in categories a level of their own."""
    return SimpleImputer(strategy="constant", fill_value=MISSING, keep_empty_features=True)
