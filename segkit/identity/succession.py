"""A new model in the place of an old one: it keeps the numbers and names of the people that both tell apart."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from segkit.data import Dataset
from segkit.errors import UserError
from segkit.identity.people import all_distinct, carried_names, heirs, numbered
from segkit.profiles.names_file import Called
from segkit.scoring.edits import Locked, Renumbered
from segkit.scoring.scorer import Scorer


@dataclass(frozen=True)
class Reign:
    """A segmentation in use: what scores customers, what its segments are called, which of them are locked."""

    scorer: Scorer
    called: Mapping[int, Called]
    locked: tuple[int, ...] = ()


def succeed(
    scorer: Scorer, before: Reign, people: pd.DataFrame, free: int, given: Mapping[int, Called] | None = None
) -> tuple[Reign, dict[int, int]]:
    """The new scorer as the heir of the one before, and its own numbers -> those that its segments get.

    `people` counts customers by old segment (a row) and the scorer's own (a column). Who is nobody's heir gets a number
    from `free` on. `given` names the scorer's own segments in place of ours. Locked segments stay as they were.
    """
    numbers = numbered(scorer.names, heirs(people), free)
    locked = tuple(number for number in before.locked if number in before.called)
    kept = {number: before.called[number] for number in locked}
    called = kept | _called(scorer, before, numbers, given, kept)
    renumbered = () if all(old == new for old, new in numbers.items()) else (Renumbered(numbers),)
    return Reign(_edited(scorer, (*renumbered, *locks(before.scorer, locked)), called), called, locked), numbers


def _called(
    scorer: Scorer,
    before: Reign,
    numbers: Mapping[int, int],
    given: Mapping[int, Called] | None,
    locked: Mapping[int, Called],
) -> dict[int, Called]:
    """What the segments are called that are not locked."""
    free = {segment: number for segment, number in numbers.items() if number not in locked}
    if given is not None:
        return all_distinct({number: given[segment] for segment, number in free.items()}, locked)
    return carried_names({segment: Called(name) for segment, name in scorer.names.items()}, before.called, free)


def _edited(scorer: Scorer, edits: tuple[Renumbered | Locked, ...], called: Mapping[int, Called]) -> Scorer:
    names = {number: said.name for number, said in sorted(called.items())}
    return replace(scorer, edits=(*scorer.edits, *edits), names=names)


def locks(scorer: Scorer, segments: Collection[int]) -> tuple[Locked, ...]:
    """The edits that keep these segments as a scorer decides them.

    What it has locked itself is taken over as it is: a lock within a lock within a lock would grow with every heir.
    """
    taken: list[Locked] = []
    left = set(segments)
    for edit in reversed(scorer.edits):
        if not isinstance(edit, Locked):  # what comes before may have had other numbers then
            break
        same = left & set(edit.segments)
        taken = [replace(edit, segments=tuple(sorted(same))), *taken] if same else taken
        left -= same
    return (*([Locked(scorer, tuple(sorted(left)))] if left else []), *taken)


def segments_of(scorer: Scorer, dataset: Dataset) -> pd.Series | None:
    """The segment of each customer of a table, in order; None if the scorer cannot read it."""
    if not set(scorer.needed) <= set(dataset.table.columns):
        return None
    try:
        scores = scorer.score(dataset.table, dataset.as_of)
    except (UserError, TypeError, ValueError):  # made for columns that are written in another way
        return None
    return scores["segment"].astype(int).reset_index(drop=True)


def check_columns(new: Scorer, old: Scorer, name: str) -> None:
    """Refuse a scorer that asks for other columns than the one that it follows."""
    added = [column for column in new.needed if column not in old.needed]
    missing = [column for column in old.needed if column not in new.needed]
    if added or missing:
        differs = [
            f"{word} {', '.join(columns)}"
            for word, columns in (("needs also", added), ("leaves out", missing))
            if columns
        ]
        problem = f"the model reads other columns than the champion of {name}: it {'; it '.join(differs)}"
        raise UserError(problem, "model=OTHER registers it under another name, force=true under this one all the same")
