"""Tables as steps take them, and the frame that a matrix is made of: floats for numbers, text for categories."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import validate_data

from segkit.data.numbers import as_text, finite


class TakesTables(TransformerMixin, BaseEstimator):
    """A step that takes tables as they come: any types, gaps, endless numbers; an array gets the names x0, x1, ..."""

    def _table(self, X: Any, reset: bool) -> pd.DataFrame:
        if isinstance(X, pd.DataFrame):
            validate_data(self, X, reset=reset, skip_check_array=True)
            return frame_of(X)
        return frame_of(validate_data(self, X, reset=reset, dtype=None, ensure_all_finite=False))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        tags.transformer_tags.preserves_dtype = []
        return tags


def frame_of(X: Any) -> pd.DataFrame:
    """A frame whose columns are named by text."""
    if isinstance(X, pd.DataFrame):
        return X.set_axis([str(name) for name in X.columns], axis=1)
    array = np.asarray(X)
    return pd.DataFrame(array, columns=[f"x{i}" for i in range(array.shape[1])]).infer_objects()


def numbers_of(frame: pd.DataFrame) -> list[str]:
    """The columns that hold numbers."""
    return [str(name) for name in frame.select_dtypes("number").columns]


def typed(frame: pd.DataFrame, numbers: Sequence[str]) -> pd.DataFrame:
    """Floats without infinities for `numbers`, text for the rest, NaN for what is missing."""
    columns = {name: finite(values) if name in numbers else as_text(values) for name, values in frame.items()}
    return pd.DataFrame(columns, index=frame.index, copy=False)
