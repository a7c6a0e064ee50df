"""How the segments of a transaction log buy: recency, frequency, money, what they prefer, what comes next."""

from dataclasses import dataclass

import pandas as pd

from segkit.data import Dataset
from segkit.profiles.affinity import affinity
from segkit.profiles.behaviour import expected_value, rfm
from segkit.report.portrait import Portrait
from segkit.scoring.scorer import Scorer

# Columns of a log that name products in words people know, better than their codes do.
_IN_WORDS = ("description", "product_name", "product name", "title", "category")


@dataclass(frozen=True, eq=False)
class Buying:
    """The tables of `segkit.profiles.behaviour` and `segkit.profiles.affinity`, with a row or more per segment.

    `prefers` is empty where the log names no products, `expected` None where it is too short to withhold a period.
    """

    rfm: pd.DataFrame
    prefers: pd.DataFrame
    expected: pd.DataFrame | None = None


def buying_of(portrait: Portrait, scorer: Scorer, lines: pd.DataFrame, before: Dataset | None = None) -> Buying | None:
    """How the segments buy; None for a table that is not made of a log.

    `lines` is the log as it was read, `before` the data set as of a day before its last period.
    """
    dataset = portrait.dataset
    found = rfm(dataset, portrait.labels)
    if found is None or dataset.log is None:
        return None
    named = next((str(name) for name in lines if str(name).lower() in _IN_WORDS), dataset.log.product)
    prefers = affinity(lines, dataset.log, dataset.ids, portrait.labels, named, most=3) if named else pd.DataFrame()
    return Buying(found, prefers, None if before is None else _expected(scorer, before, dataset))


def _expected(scorer: Scorer, before: Dataset, after: Dataset) -> pd.DataFrame:
    then = scorer.score(before.table, before.as_of)["segment"].to_numpy()
    return expected_value(before, after, then)
