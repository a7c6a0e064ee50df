"""What people change about a registered segmentation: other names, segments merged, split or locked.

Each function takes a segmentation as it stands and gives the one that is derived of it, or None where nothing changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from segkit.activation.words import listed
from segkit.errors import UserError
from segkit.profiles.joined_names import distinct, joined
from segkit.profiles.names_file import Called
from segkit.scoring.edits import Divided, Locked, Renumbered
from segkit.scoring.scorer import Scorer
from segkit.segments import NOISE


@dataclass(frozen=True)
class Standing:
    """A segmentation as it stands: what scores, what its segments are called, which are locked, and how many customers
    they hold, and none of them (-1), where that is known. `title` is what errors call it.
    """

    title: str
    scorer: Scorer
    called: Mapping[int, Called]
    locked: tuple[int, ...] = ()
    sizes: Mapping[int, int] | None = None

    def shown(self, segment: int) -> str:
        """A segment by number and name."""
        return f"{segment} ({self.called[segment].name})"


@dataclass(frozen=True)
class Derived:
    """A segmentation with an edit: what it `says` for people, the same as plain values in `edit`, and what to know.

    `touched` are the segments before that it is about. `same` says that no segment holds other people than before.
    """

    now: Standing
    says: str
    edit: Mapping[str, Any]
    touched: Sequence[int]
    same: bool = True
    notes: Sequence[str] = field(default_factory=tuple)

    def customers(self, before: Standing) -> int | None:
        """How many customers the edit is about; None where that is not known."""
        return None if before.sizes is None else sum(before.sizes.get(segment, 0) for segment in self.touched)


def renamed(old: Standing, called: Mapping[int, Called]) -> Derived | None:
    """Other names and descriptions, for all of the segments."""
    changed = [segment for segment in sorted(called) if called[segment] != old.called.get(segment)]
    if not changed:
        return None
    texts = [_rename_words(old, called, segment) for segment in changed]
    names = {str(segment): [old.called[segment].name, called[segment].name] for segment in changed}
    return Derived(_named(old, called), "; ".join(texts), {"kind": "rename", "names": names}, changed)


def merged(old: Standing, segments: Sequence[int], name: str = "") -> Derived:
    """Segments as one, which keeps the number of the first that is named."""
    segments = list(dict.fromkeys(segments))
    if len(segments) < 2:
        raise UserError(f"one segment cannot be merged: {old.shown(segments[0])}", "name two or more: merge=[1,3]")
    refuse_locked(old, segments, "merged")
    if not {*old.called} - {*segments, NOISE}:
        raise UserError("merging them all would leave one segment", "leave at least one other")
    into, gone = segments[0], segments[1:]
    rest = {segment: said for segment, said in old.called.items() if segment not in segments}
    name = name or distinct(joined([old.called[one].name for one in segments]), _names(rest))
    scorer = replace(old.scorer, edits=(*old.scorer.edits, Renumbered(dict.fromkeys(gone, into))))
    sizes = _resized(old, gone, {into: sum((old.sizes or {}).get(one, 0) for one in segments)})
    now = _named(replace(old, scorer=scorer, sizes=sizes), {**rest, into: Called(name)})
    says = f"merged {listed([old.shown(one) for one in segments], 'and')} into {now.shown(into)}"
    edit = {"kind": "merge", "segments": segments, "into": into, "called": name}
    return Derived(now, says, edit, segments, same=False, notes=_lost_words(old, segments))


def split(old: Standing, segment: int, inner: Scorer, free: int, run: str, sizes: Mapping[int, int] | None) -> Derived:
    """A segment as those that `inner` makes of it, numbered from `free` on; `run` says whose they are.

    `sizes` are those of the inner segments. Whether `inner` was made of the same people is for the caller to know.
    """
    refuse_locked(old, [segment], "split")
    parts = sorted(number for number in inner.names if number != NOISE)
    if len(parts) < 2:
        raise UserError(f"{run} finds one segment only, so it splits nothing", "name another run: run=...")
    numbers = {number: free + place for place, number in enumerate(parts)}
    called = {number: said for number, said in old.called.items() if number != segment}
    for number in parts:
        called[numbers[number]] = Called(distinct(inner.names[number], _names(called), old.called[segment].name))
    edits = (*old.scorer.edits, Divided(segment, replace(inner, outer=None, segment=NOISE), numbers))
    nobodys = (sizes or {}).get(NOISE, 0)
    known = None if sizes is None else {numbers[number]: sizes.get(number, 0) for number in parts}
    if known is not None and nobodys:
        known[NOISE] = nobodys + (old.sizes or {}).get(NOISE, 0)
    grown = _resized(old, [segment], known)
    now = _named(replace(old, scorer=replace(old.scorer, edits=edits), sizes=grown), dict(sorted(called.items())))
    into = listed([now.shown(one) for one in numbers.values()], "and")
    says = f"split {old.shown(segment)} into {into} by {run}"
    edit = {"kind": "split", "segment": segment, "numbers": {str(part): new for part, new in numbers.items()}}
    left = (f"{nobodys:,} of them fit none of the parts and become unassigned",) if nobodys else ()
    return Derived(now, says, edit, [segment], same=False, notes=(*left, *_lost_words(old, [segment])))


def locked(old: Standing, segment: int) -> Derived | None:
    """A segment whose people are decided by this segmentation in every later one."""
    if segment in old.locked:
        return None
    now = replace(old, locked=tuple(sorted({*old.locked, segment})))
    note = "who is in it stays decided as in this version whatever is promoted later, until it is unlocked"
    return Derived(now, f"locked {old.shown(segment)}", {"kind": "lock", "segment": segment}, [segment], notes=(note,))


def unlocked(old: Standing, segment: int) -> Derived | None:
    """The segment free again; one that an earlier segmentation decides stays so until another model is promoted."""
    if segment not in old.locked:
        return None
    now = replace(old, locked=tuple(one for one in old.locked if one != segment))
    held = any(isinstance(edit, Locked) and segment in edit.segments for edit in old.scorer.edits)
    still = "scoring stays as it is: an earlier version goes on deciding who is in it until another run is promoted"
    notes = (still,) if held else ()
    return Derived(
        now, f"unlocked {old.shown(segment)}", {"kind": "unlock", "segment": segment}, [segment], notes=notes
    )


def _named(standing: Standing, called: Mapping[int, Called]) -> Standing:
    names = {segment: said.name for segment, said in called.items()}
    return replace(standing, called=called, scorer=replace(standing.scorer, names=names))


def _names(called: Mapping[int, Called]) -> list[str]:
    return [said.name for said in called.values()]


def _rename_words(old: Standing, called: Mapping[int, Called], segment: int) -> str:
    if called[segment].name == old.called[segment].name:
        return f"{old.shown(segment)} has another description"
    return f"renamed {old.shown(segment)} to {called[segment].name}"


def refuse_locked(old: Standing, segments: Iterable[int], done: str) -> None:
    """Raise UserError if one of the segments is locked, so that it cannot be `done` (merged, say)."""
    held = next((segment for segment in segments if segment in old.locked), None)
    if held is not None:
        mend = f"unlock it first: segkit edit model={old.title} unlock={held}"
        raise UserError(f"{old.title} has segment {old.shown(held)} locked, so it cannot be {done}", mend)


def _lost_words(old: Standing, segments: Iterable[int]) -> tuple[str, ...]:
    lost = [str(segment) for segment in segments if old.called[segment].description]
    return (f"what was written about {listed(lost, 'and')} is not taken over",) if lost else ()


def _resized(old: Standing, gone: Iterable[int], new: Mapping[int, int] | None) -> dict[int, int] | None:
    if old.sizes is None or new is None:
        return None
    left = {segment: size for segment, size in old.sizes.items() if segment not in set(gone)}
    return dict(sorted({**left, **new}.items()))
