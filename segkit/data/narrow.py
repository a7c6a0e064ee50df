"""Long tables in half the memory, without losing a digit."""

import numpy as np
import pandas as pd

# Below this many rows there is nothing to gain.
_LONG = 100_000


def narrow(table: pd.DataFrame) -> pd.DataFrame:
    """The table with 32-bit numbers where they hold every value exactly; short tables stay as they are."""
    if len(table) < _LONG or not table.columns.is_unique:
        return table
    return table.assign(**{name: _narrowed(table[name]) for name in table.columns if table[name].dtype in (int, float)})


def _narrowed(values: pd.Series) -> pd.Series:
    with np.errstate(over="ignore"):  # what does not fit stays as it is
        smaller = values.astype(np.float32 if values.dtype == float else np.int32)
    same = (smaller.astype(values.dtype) == values) | values.isna()
    return smaller if bool(same.all()) else values
