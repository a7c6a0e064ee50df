"""Which columns of a data set say how old a customer is, and how much he spends."""

from collections.abc import Iterable

import pandas as pd

from segkit.data import Column, Dataset
from segkit.data.findings import totals
from segkit.data.findings.names import is_birth_name, words
from segkit.evidence.reading import made_of, made_of_log, read_columns

# What nobody may be treated by, or what is not known beforehand, makes no rival.
_USABLE = ("segment_on", "describe_with", "value")
_BESIDE_AGE = {"age", "in", "years", "of", "at", "the", "customer", "client", "user", "member", "person", "current"}
_MONEY = {"spend", "spent", "spending", "spendings", "mnt", "amount", "revenue", "sales", "monetary", "turnover"}
_ALL = {"total", "sum", "all", "overall", "monetary", "turnover"}
# An amount per order, a share of it or a score of it is no sum of money.
_NO_SUM = {
    *("per", "average", "avg", "mean", "median", "max", "min", "last"),
    *("share", "ratio", "rate", "score", "frequency", "log"),
}


def age_column(dataset: Dataset) -> Column | None:
    """The column of ages, or else of birth years; None where there is none to be used."""
    usable = [c for c in _usable(dataset) if c.kind == "numeric"]
    ages = (c for c in usable if "age" in words(c.name) and set(words(c.name)) <= _BESIDE_AGE)
    return next(ages, None) or next((c for c in usable if is_birth_name(c.name)), None)


def spending(dataset: Dataset) -> tuple[pd.Series, set[str]] | None:
    """What each customer spends, called after the column that says it, and the columns that it is made of.

    The value column, what a log's purchases come to, a total by its name or by its parts, or the sum of all columns
    that are money by their names; None where there is none.
    """
    known = (*dataset.used_as("value"), made_of_log(dataset, "amount"))
    found = next(filter(None, known), "") or _total(dataset)
    if found:
        return read_columns(dataset, [found])[found], made_of(dataset, [found])
    names = _money(dataset)
    frame = read_columns(dataset, names)
    return (frame.sum(axis=1, min_count=1).rename("all spending"), made_of(dataset, names)) if names else None


def _total(dataset: Dataset) -> str:
    names = _money(dataset)
    named = [name for name in names if _ALL & set(words(name))]
    return next(iter([*named, *totals(read_columns(dataset, names))]), names[0] if len(names) == 1 else "")


def _money(dataset: Dataset) -> list[str]:
    numbers = (c.name for c in _usable(dataset) if c.kind == "numeric")
    return [name for name in numbers if _MONEY & set(words(name)) and not _NO_SUM & set(words(name))]


def _usable(dataset: Dataset) -> Iterable[Column]:
    return (column for column in dataset.columns if column.use in _USABLE)
