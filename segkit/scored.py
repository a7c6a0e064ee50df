"""Scored customers as they are written, and what is said of them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from segkit.assigning import NOISE
from segkit.data.dates import check_date
from segkit.profiles import UNASSIGNED
from segkit.scoring import Scorer


def scored_table(scorer: Scorer, customers: pd.DataFrame, as_of: str = "") -> pd.DataFrame:
    """What `segkit score` writes: id (or row number), then the score; who bought nothing is unassigned.

    Of a transaction log `scorer.customers_in` makes the customers first.
    """
    scores = scorer.score(customers, check_date(as_of, "as_of"))
    if scorer.log is not None:
        unknown = customers.drop(columns=scorer.id_column, errors="ignore").isna().all(axis=1)
        nobody = {"segment": NOISE, "segment_name": UNASSIGNED, "confidence": 0.0, "second_segment": NOISE}
        scores = scores.assign(**{name: scores[name].mask(unknown, value) for name, value in nobody.items()})
    has_ids = scorer.id_column in customers.columns
    name = scorer.id_column if has_ids and scorer.id_column not in scores else "customer" if has_ids else "row"
    scores.insert(0, name, customers[scorer.id_column] if has_ids else range(len(customers)))
    return scores


def as_of_used(scorer: Scorer, customers: pd.DataFrame, as_of: str = "") -> str:
    """The date that ages were counted to; "" where the model reads no dates."""
    if not scorer.preprocessing["columns"].formats_:
        return ""
    return as_of or str(scorer.preprocessing["columns"].as_of_for(customers[scorer.columns]))


def score_summary(scored: pd.DataFrame, model: str, output: str, as_of: str) -> dict[str, Any]:
    """How many customers each segment got, and the date that ages were counted to."""
    counts = scored.groupby("segment").agg(name=("segment_name", "first"), customers=("segment", "size"))
    segments = {
        str(number): {"name": row["name"], "customers": int(row["customers"])} for number, row in counts.iterrows()
    }
    return {"rows": len(scored), "segments": segments, "model": model, "output": output, "as_of": as_of}


def summary_text(summary: Mapping[str, Any]) -> str:
    """The same for people."""
    rows = [
        f"  {number:>3}  {found['customers']:>8,}  {found['name']}" for number, found in summary["segments"].items()
    ]
    ages = f", dates counted to {summary['as_of']}" if summary["as_of"] else ""
    first = f"{summary['rows']:,} customers scored with {summary['model']} -> {summary['output']}{ages}"
    return "\n".join([first, *rows])
