"""The frame that a matrix is made of: floats for numbers and text for categories, whatever came in."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from segkit.data.numbers import as_text, finite


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
    return pd.DataFrame(columns, index=frame.index)
