"""Where the segments of an edited segmentation come from: whether two hold the same people, whatever their numbers."""

from dataclasses import dataclass, replace
from typing import Any

import joblib

from segkit.scoring.edits import Divided, Edit, Locked, Renumbered
from segkit.scoring.scorer import Scorer
from segkit.segments import NOISE


@dataclass(frozen=True)
class Origin:
    """What decides who is in a segment: a hash of the rule that does, and the numbers which that gives to its people.

    Equal origins hold the same people of any table, since it is the rule that is compared and not the customers.
    """

    rule: str
    numbers: frozenset[int]


def origin_of(scorer: Scorer, segment: int) -> Origin:
    """The origin of a segment, traced back through renumbering and through what was done to other segments."""
    decides, numbers = _traced(scorer, frozenset({segment}))
    return Origin(rule_hash(decides), numbers)


def rule_hash(scorer: Scorer) -> str:
    """The same for all that give any customer the same segment, whatever segments are called."""
    return str(joblib.hash(_rule(scorer)))


def own_numbers(scorer: Scorer) -> dict[int, int]:
    """The fitted model's numbers and those that its segments are published under, of those that edits left whole.

    What was found out about a segment when it was fitted holds of these.
    """
    found = {}
    for segment in scorer.names:
        decides, numbers = _traced(scorer, frozenset({segment}))
        if decides.assigner is scorer.assigner and not decides.edits and len(numbers) == 1:
            found[next(iter(numbers))] = segment
    return found


def numbers_in(scorer: Scorer) -> set[int]:
    """Every number that a segment has or once had in it."""
    found = {*scorer.names, *(number for stage in _stages(scorer) for number in stage)}
    inner = [edit.scorer for edit in scorer.edits if not isinstance(edit, Renumbered)]
    return found.union(*map(numbers_in, inner)) - {NOISE}


def _traced(scorer: Scorer, numbers: frozenset[int]) -> tuple[Scorer, frozenset[int]]:
    """The scorer as it was before whatever came later that left these segments as they were, and their numbers then."""
    stages = _stages(scorer)
    for place in reversed(range(len(scorer.edits))):
        edit = scorer.edits[place]
        if isinstance(edit, Locked) and numbers <= set(edit.segments):
            return _traced(replace(edit.scorer, outer=scorer.outer, segment=scorer.segment), numbers)
        before = _before(edit, stages[place], numbers)
        if before is None:
            return replace(scorer, edits=scorer.edits[: place + 1]), numbers
        numbers = before
    return replace(scorer, edits=()), numbers


def _before(edit: Edit, known: set[int], numbers: frozenset[int]) -> frozenset[int] | None:
    """The numbers that held the same people before the edit; None where none did."""
    if isinstance(edit, Renumbered):
        return frozenset(number for number in known if edit.numbers.get(number, number) in numbers)
    if isinstance(edit, Locked):
        return None
    parts = _parts(edit)
    if not parts & numbers:
        return numbers
    return (numbers - parts) | {edit.segment} if parts <= numbers else None


def _stages(scorer: Scorer) -> list[set[int]]:
    """The numbers that segments have before the first edit, and after each."""
    stages = [{int(number) for number in scorer.assigner.segments_}]
    for edit in scorer.edits:
        known = stages[-1]
        if isinstance(edit, Renumbered):
            stages.append({edit.numbers.get(number, number) for number in known})
        elif isinstance(edit, Locked):
            stages.append(known | set(edit.segments))
        else:
            stages.append((known - {edit.segment}) | _parts(edit))
    return stages


def _parts(edit: Divided) -> set[int]:
    return {edit.numbers.get(number, number) for number in _stages(edit.scorer)[-1]}


def _rule(scorer: Scorer) -> tuple[Any, ...]:
    """All that decides on a customer's segment, and nothing that does not, such as names."""
    outer = (_rule(scorer.outer), int(scorer.segment)) if scorer.outer else ()
    return scorer.preprocessing, scorer.assigner, tuple(map(_edit_rule, scorer.edits)), outer


def _edit_rule(edit: Edit) -> tuple[Any, ...]:
    if isinstance(edit, Renumbered):
        return ("renumbered", _pairs(edit))
    inner = _rule(replace(edit.scorer, outer=None))
    if isinstance(edit, Locked):
        return ("locked", inner, tuple(sorted(map(int, edit.segments))))
    return ("divided", inner, int(edit.segment), _pairs(edit))


def _pairs(edit: Renumbered | Divided) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((int(before), int(after)) for before, after in edit.numbers.items()))
