"""The customers of one segment as a data set of their own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from segkit.brief import Brief
from segkit.data.columns import Column
from segkit.data.dataset import Dataset
from segkit.data.make import understood_again
from segkit.data.stated import Stated, clean
from segkit.data.understand import ALL
from segkit.records import Inside


def customers_within(
    outer: Dataset,
    inside: Inside,
    scorer: Any,
    stated: Stated | None = None,
    brief: Brief | None = None,
    features: str | Sequence[str] = ALL,
) -> Dataset:
    """The customers of a data set to whom `scorer` gives the segment that `inside` names, understood anew.

    Columns keep the kind that the whole table shows; what is the same for all of the segment is left out. Dates count
    to the same day. May be without a customer.
    """
    table = outer.table[belongs(outer, inside, scorer)].reset_index(drop=True)
    found = understood_again(outer, table, _as_before(outer, table, stated or Stated()), brief, features)
    share = f"{len(table):,} of the {len(outer.table):,} customers of {outer.name}"
    return replace(
        found,
        name=name_within(outer.name, inside),
        notes=(f"only {inside}: {share}", *outer.notes),
        without_purchase=(),
        inside=inside,
        outer=scorer,
    )


def belongs(outer: Dataset, inside: Inside, scorer: Any) -> pd.Series:
    """Which customers of a data set are in the segment."""
    return scorer.score(outer.table, outer.as_of)["segment"] == inside.segment


def name_within(name: str, inside: Inside) -> str:
    """What the customers of a segment are called; a registered model and files may be called so too.

    >>> name_within("customers", Inside("8be4df61", "standard-none-kmeans-3", 2, "young families"))
    'customers.2'
    """
    return f"{name}.{inside.segment}"


def _as_before(outer: Dataset, table: pd.DataFrame, stated: Stated) -> Stated:
    """What is stated, and how the whole table was read: a few customers may look otherwise."""
    known = [column for column in outer.columns if column.recipe is None and _varies(column, table)]
    dates = {c.name: c.date_format for c in known if c.kind == "date" and c.date_format}
    # Dates and levels are stated by more than the kind, and a customer's id that repeats is of its kind and yet none.
    kinds = {c.name: c.kind for c in known if c.kind not in ("date", "ordinal", "id") or c.use == "id"}
    return replace(stated, kind={**kinds, **stated.kind}, dates={**dates, **stated.dates}, numbers={})


def _varies(column: Column, table: pd.DataFrame) -> bool:
    return clean(table[column.name], column.missing, column.fill).nunique() > 1
