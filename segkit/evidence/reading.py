"""Columns of a data set as values: numbers, ranks, days before its day, or text."""

from collections.abc import Sequence

import pandas as pd

from segkit.data import Dataset
from segkit.data.columns import lineage
from segkit.preprocessing.features import reading_steps


def read_columns(dataset: Dataset, names: Sequence[str]) -> pd.DataFrame:
    """These columns of all customers as the pipeline would read them, those made of others included."""
    if not names:
        return pd.DataFrame(index=dataset.table.index)
    typed, features = reading_steps(dataset.columns, names, dataset.as_of)
    return features.fit_transform(typed.fit_transform(dataset.table[list(typed.kinds or {})]))


def made_of(dataset: Dataset, names: Sequence[str]) -> set[str]:
    """These columns and all that they are made of."""
    return {column.name for column in lineage(dataset.columns, names)}


def made_of_log(dataset: Dataset, name: str) -> str:
    """What the column is called that is made of the log under this name, "" where it makes none.

    The log's own columns keep their names, and one that is made besides is then called `customer_amount`, say.
    """
    own = (dataset.log.customer, *dataset.log.describe) if dataset.log else ()
    while name in own:
        name = f"customer_{name}"
    return name if dataset.log and name in dataset.table else ""
