"""Scored customers as they are written."""

from collections.abc import Iterable, Iterator

import pandas as pd

from segkit.data.dates import check_date
from segkit.profiles import UNASSIGNED
from segkit.scoring.asked import Asked, with_answers, without_purchase
from segkit.scoring.readings import Readings
from segkit.scoring.scorer import Scorer
from segkit.segments import NOISE


def scored_table(scorer: Scorer, customers: pd.DataFrame, as_of: str = "", first: int = 0) -> pd.DataFrame:
    """What `segkit score` writes: id (or row number, from `first` on) and score; who bought nothing is unassigned.

    Of a transaction log `scorer.customers_in` makes the customers first.
    """
    scores = scorer.score(customers, check_date(as_of, "as_of"))
    if scorer.log is not None:
        unknown = without_purchase(scorer, customers)
        nobody = {"segment": NOISE, "segment_name": UNASSIGNED, "confidence": 0.0, "second_segment": NOISE}
        scores = scores.assign(**{name: scores[name].mask(unknown, value) for name, value in nobody.items()})
    has_ids = scorer.id_column in customers.columns
    name = scorer.id_column if has_ids and scorer.id_column not in scores else "customer" if has_ids else "row"
    rows = range(first, first + len(customers))
    scores.insert(0, name, customers[scorer.id_column] if has_ids else rows)
    return scores


def scored_parts(
    scorer: Scorer, parts: Iterable[pd.DataFrame], asked: Asked, as_of: str, readings: Readings
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Customers and their scores part by part, with the answers that were asked for; what cannot be read is counted.

    Raises UserError where most of a column cannot be read; of numbers and dates already after the first part.
    """
    done = 0
    for customers in parts:
        readings.add(customers)
        if not done:
            readings.check_cells()
        scored = scored_table(scorer, customers, as_of, done)
        done += len(customers)
        yield customers, with_answers(scored, scorer, customers, asked, as_of)
    readings.check()


def as_of_used(scorer: Scorer, as_of: str = "") -> str:
    """The date that ages are counted to where they should be to `as_of`; "" where the model reads no dates."""
    return (as_of or scorer.as_of) if scorer.preprocessing["columns"].formats_ else ""
