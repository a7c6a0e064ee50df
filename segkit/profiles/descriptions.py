"""Each segment in one paragraph of plain words, with its figures."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from segkit.profiles.facts import fact
from segkit.profiles.figures import figure, percent
from segkit.profiles.words import money_words, spoken
from segkit.segments import NOISE

Row = Mapping[Hashable, Any]

_FACTS = 3
_OUTCOMES = 2
# Of fewer customers nothing is told but how many they are.
FEWEST = 5


def descriptions(
    marked: pd.DataFrame,
    worth: pd.DataFrame,
    outcomes: pd.DataFrame | None = None,
    ordered: Mapping[str, Sequence[str]] | None = None,
) -> dict[int, str]:
    """A paragraph for each segment: how many they are, by what they stand out, what they are worth, what became of it.

    `marked` are its `markers`, of which the first three are told (money comes later); `worth` is what `money` gives, or
    `sizes` where there is no money; `outcomes` is the table of that name, of which the two are told in which the
    segment differs most; `ordered` gives the levels of columns that hold ranks, lowest first. Of fewer than five
    customers only that is said.
    """
    segments = worth[worth["segment"] != NOISE].to_dict("records")
    return {int(row["segment"]): _paragraph(row, marked, worth, outcomes, ordered or {}) for row in segments}


def _paragraph(
    row: Row,
    marked: pd.DataFrame,
    worth: pd.DataFrame,
    outcomes: pd.DataFrame | None,
    levels: Mapping[str, Sequence[str]],
) -> str:
    if row["customers"] < FEWEST:
        return f"{_size(row)} Too few to describe: the figures would be those of single customers."
    segment = row["segment"]
    own = marked[(marked["segment"] == segment) & (marked["column"] != row.get("of"))].nsmallest(_FACTS, "rank")
    sentences = [_size(row), _marks([fact(one, levels.get(str(one["column"]), ())) for one in own.to_dict("records")])]
    sentences += _worth(row, worth) if "revenue" in worth else []
    sentences += _became(outcomes[outcomes["segment"] == segment]) if outcomes is not None else []
    return " ".join(sentences)


def _size(row: Row) -> str:
    people = "customer" if row["customers"] == 1 else "customers"
    return f"{figure(row['customers'])} {people}, {percent(row['share'])} of all."


def _marks(said: Sequence[str]) -> str:
    """What is typical of them; the first word is the figure's, so the sentence takes any."""
    if not said:
        return "In every column they are close to everyone."
    return f"Typical: {'; '.join(said)}."


def _worth(row: Row, worth: pd.DataFrame) -> Iterator[str]:
    if pd.notna(row["revenue_share"]):
        everyone = worth["revenue"].sum() / worth["customers"].sum()
        each = f"{figure(row['value_each'])} each (everyone {figure(everyone)})"
        yield f"They bring {percent(row['revenue_share'])} of the {money_words(str(row['of']))}, {each}."
    if pd.notna(row["contactable"]):
        yield f"{percent(row['contactable'])} of them may be contacted."


def _became(own: pd.DataFrame) -> Iterator[str]:
    known = own[own["effect"].notna()]
    order = known["effect"].abs().sort_values(ascending=False, kind="stable").index[:_OUTCOMES]
    for row in known.loc[order].to_dict("records"):
        shown = percent if row["kind"] == "rate" else figure
        what = spoken(str(row["outcome"]))
        level = f" {row['level']}" if row["level"] and str(row["level"]).lower() not in ("yes", "true") else ""
        said = f"{what}{level}: {shown(row['value'])} (everyone {shown(row['everyone'])}; {row['sure']})."
        yield said[:1].upper() + said[1:]
