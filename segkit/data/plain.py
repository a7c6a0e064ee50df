"""Columns of types that can be compared and counted, whatever a program handed over."""

import pandas as pd

from segkit.data.numbers import as_text


def plain(values: pd.Series) -> pd.Series:
    """The column with lists, tuples and the like as text, and half-precision numbers, which pandas cannot count, as
    single-precision ones.
    """
    if values.dtype == "float16":
        return values.astype("float32")
    is_nested = values.dtype == object and values.map(pd.api.types.is_list_like).any()
    return as_text(values) if is_nested else values
