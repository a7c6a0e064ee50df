"""Which customers of two runs are looked at, what tells them from others, and all of them as a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.app.compared.comparing import Compared
from segkit.data.numbers import as_text
from segkit.errors import UserError
from segkit.identity.two_runs import TwoRuns
from segkit.profiles.apart import told_apart
from segkit.profiles.figures import percent

SHOWN = 50
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Group:
    """Some of the customers: who they are in words, which they are, and whom they are told from; `asked` is what in the
    address names them.
    """

    says: str
    others_are: str
    theirs: Flags
    others: Flags
    asked: Mapping[str, str]

    @property
    def customers(self) -> int:
        """How many."""
        return int(self.theirs.sum())


def group_of(two: TwoRuns, asked: Mapping[str, str]) -> Group:
    """Those whom an address asks for: in two segments (from, to), unsure in both (unsure), else all who differ."""
    if "from" in asked or "to" in asked:
        return _in_a_cell(two, asked.get("from", ""), asked.get("to", ""))
    if asked.get("unsure"):
        theirs = two.unsure
        return Group("of whom both runs are unsure", "all others", theirs, ~theirs, {"unsure": "both"})
    theirs = two.differ
    return Group("who are in segments that do not match", "those in matching segments", theirs, ~theirs, {})


def _in_a_cell(two: TwoRuns, before: str, after: str) -> Group:
    numbers = [_segment(text, known) for text, known in ((before, two.table.index), (after, two.table.columns))]
    theirs = two.cell(*numbers)
    of_a = two.first.segments == numbers[0]
    names = two.first.called(numbers[0]), two.second.called(numbers[1])
    says = f"in A{_number(numbers[0])} {names[0]} and B{_number(numbers[1])} {names[1]}"
    others = f"the others of A{_number(numbers[0])}"
    return Group(says, others, theirs, of_a & ~theirs, {"from": str(numbers[0]), "to": str(numbers[1])})


def _segment(text: str, known: pd.Index) -> int:
    found = next((int(one) for one in known if str(one) == text), None)
    if found is None:
        raise UserError(f"there is no segment {text[:40] or '(none)'} to look at", "choose a cell of the table")
    return found


def _number(segment: int) -> str:
    return str(segment) if segment >= 0 else ""


def telling(found: Compared, group: Group) -> list[str] | None:
    """What tells a group from those whom it is held against; None where either are too few."""
    return told_apart(found.dataset, group.theirs, group.others)


def borders(two: TwoRuns) -> str:
    """How many of those who differ stand between segments, in a sentence; "" where nobody differs."""
    unsure = two.first.unsure | two.second.unsure
    if not two.differ.any() or two.differ.all():
        return ""
    shares = [float(unsure[group].mean()) for group in (two.differ, ~two.differ)]
    says = f"Of those who differ {percent(shares[0])} could as well be in another segment by at least one run; "
    return f"{says}of the others {percent(shares[1])}."


def listed(found: Compared, group: Group) -> pd.DataFrame:
    """The customers of a group by their ids: the segment, its name and the confidence in each run."""
    ids = found.dataset.ids.reset_index(drop=True)[group.theirs]
    columns: dict[str, Any] = {}
    for run, seen in zip("ab", (found.two.first, found.two.second), strict=True):
        segments = pd.Series(seen.segments[group.theirs], ids.index)
        columns[f"segment_{run}"] = segments
        columns[f"name_{run}"] = segments.map({one: seen.called(one) for one in set(segments)})
        columns[f"confidence_{run}"] = seen.confidence[group.theirs].round(3)
    table = pd.concat([ids, pd.DataFrame(columns, ids.index)], axis=1)
    order = table.iloc[:, 0] if pd.api.types.is_numeric_dtype(ids) else as_text(table.iloc[:, 0])
    return table.loc[order.sort_values(kind="stable").index]
