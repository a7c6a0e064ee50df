"""Scored customers as they are written, and what is said of them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from segkit.data.dates import check_date, date_format
from segkit.data.number_styles import number_style
from segkit.data.numbers import is_filled
from segkit.errors import UserError
from segkit.profiles import UNASSIGNED
from segkit.scoring import Scorer
from segkit.segments import NOISE

# So many bad cells a file may have before they say something of the whole column.
_FEW = 10


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


def unread_cells(scorer: Scorer, table: pd.DataFrame) -> dict[str, int]:
    """How many cells of each column could not be read as what they are and count as missing.

    Raises UserError where that is most of a column, because it is then written in another way than at fitting. In a
    few cells only a number or date of another style shows that, or numbers for dates; the rest may be gaps such as n/a.
    """
    unread = scorer.unread(table)
    for name, count in unread.items():
        is_most = count > is_filled(table[name]).sum() / 2
        if is_most and (count > _FEW or _is_in_another_style(scorer, table[name])):
            problem = f"{count:,} of {len(table):,} cells of {name} cannot be read as they were at fitting"
            raise UserError(problem, "write them as in the table that the model was fitted on")
    return unread


def _is_in_another_style(scorer: Scorer, values: pd.Series) -> bool:
    columns = scorer.preprocessing["columns"]
    if values.name in columns.known_:  # a code that nobody had, 17 say, is a level like any other
        return False
    # Clients send dates as milliseconds without being asked.
    numbers = values.name in columns.formats_ and pd.api.types.is_numeric_dtype(values)
    return bool(numbers or number_style(values) or date_format(values))


def score_summary(
    scored: pd.DataFrame, model: str, output: str, as_of: str, unread: Mapping[str, int]
) -> dict[str, Any]:
    """How many customers each segment got, the date that ages were counted to, and what could not be read."""
    counts = scored.groupby("segment").agg(name=("segment_name", _names), customers=("segment", "size"))
    segments = {
        str(number): {"name": row["name"], "customers": int(row["customers"])} for number, row in counts.iterrows()
    }
    said = {"as_of": as_of, "unread": dict(unread)}
    return {"rows": len(scored), "segments": segments, "model": model, "output": output, **said}


def _names(names: pd.Series) -> str:
    """What a segment is called; the unassigned may be so for more than one reason."""
    return ", ".join(names.unique())


def summary_text(summary: Mapping[str, Any]) -> str:
    """The same for people."""
    rows = [
        f"  {number:>3}  {found['customers']:>8,}  {found['name']}" for number, found in summary["segments"].items()
    ]
    ages = f", dates counted to {summary['as_of']}" if summary["as_of"] else ""
    first = f"{summary['rows']:,} customers scored with {summary['model']} -> {summary['output']}{ages}"
    bad = ", ".join(f"{count:,} of {name}" for name, count in summary["unread"].items())
    return "\n".join([first, *rows, *([f"cells that could not be read and count as missing: {bad}"] if bad else [])])
