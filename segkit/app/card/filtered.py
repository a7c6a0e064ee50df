"""What a person filters customers by, as it stands in an address: `on.income=3-9&on.plan=0.2&box=-20,0,40,55`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from segkit.errors import UserError, did_you_mean

_COLUMN, _BOX = "on.", "box"
_BETWEEN, _SOME = re.compile(r"(\d{1,3})-(\d{1,3})"), re.compile(r"\d{1,3}(\.\d{1,3})*")
_FOUR = re.compile(r"-?\d{1,4}(,-?\d{1,4}){3}")


@dataclass(frozen=True)
class Range:
    """Bins from the first to the last."""

    first: int
    last: int


@dataclass(frozen=True)
class Asked:
    """Bins of columns, and a box in the plane (left, low, right, high); all must hold.

    `everyone` says that customers of all segments are wanted, and not only those of the card.
    """

    columns: Mapping[str, Range | tuple[int, ...]] = field(default_factory=dict)
    box: tuple[int, int, int, int] | None = None
    everyone: bool = False


def asked_of(query: Mapping[str, str], columns: Iterable[str]) -> Asked:
    """The filters in an address; raises UserError where one cannot be read or names a column that there is not."""
    known, found = list(columns), {}
    for key, value in query.items():
        if key.startswith(_COLUMN):
            name = key.removeprefix(_COLUMN)
            if name not in known:
                raise UserError(f"there is no column {name} to filter on", did_you_mean(name, known))
            found[name] = _bins(name, value)
    return Asked(found, _box(query[_BOX]) if _BOX in query else None, query.get("who") == "all")


def _bins(name: str, value: str) -> Range | tuple[int, ...]:
    between = _BETWEEN.fullmatch(value)
    if between:
        return Range(int(between[1]), int(between[2]))
    if not _SOME.fullmatch(value):
        raise UserError(f"the filter on {name} cannot be read: {value}", "choose it on the page")
    return tuple(map(int, value.split(".")))


def _box(value: str) -> tuple[int, int, int, int]:
    if not _FOUR.fullmatch(value):
        raise UserError(f"the box cannot be read: {value}", "draw it on the page")
    left, low, right, high = map(int, value.split(","))
    return left, low, right, high
