"""That what a model keeps of its customers does not grow with their number: then it keeps no row of theirs."""

import warnings
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

import pandas as pd
from sklearn.base import clone

from segkit.errors import UserError

# With two customers whatever is learnt of them tells of each.
_FEWEST_ROWS = 3
Place = tuple[str, ...]


def check_keeps_no_rows(preprocessing: Any, X: pd.DataFrame) -> None:
    """Raise UserError if a fitted preprocessing holds one entry for each of the rows `X` that it was fitted on.

    What is as long as the table may be so by chance (80 columns of 80 customers). It is fitted again with a customer
    less then: what is a row shorter now is made of rows.
    """
    suspects = dict(_as_long_as(len(X), preprocessing)) if len(X) >= _FEWEST_ROWS else {}
    if not suspects:
        return
    with warnings.catch_warnings(action="ignore"):  # of a fit that nobody asked for
        again = dict(_as_long_as(len(X) - 1, clone(preprocessing).fit(X.iloc[:-1])))
    for place, owner in suspects.items():
        if place in again:
            raise UserError(
                f"{owner} keeps an entry for every customer that it was fitted on ({place[-1]}), which no model may",
                "use a step that keeps less; for gaps preprocessing.gaps=donors, which keeps typical customers",
            )


def _as_long_as(rows: int, thing: Any) -> Iterator[tuple[Place, str]]:
    """Everything inside `thing` that has so many rows or columns: where it is, and the step that holds it."""
    yield from _search(rows, thing, (), type(thing).__name__, set())


def _search(rows: int, thing: Any, place: Place, owner: str, seen: set[int]) -> Iterator[tuple[Place, str]]:
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if rows in _lengths(thing):
        yield place, owner
        return
    inside = type(thing).__name__ if hasattr(thing, "fit") else owner
    for name, part in _parts(thing):
        yield from _search(rows, part, (*place, name), inside, seen)


def _lengths(thing: Any) -> tuple[int, ...]:
    shape = getattr(thing, "shape", None)
    if isinstance(shape, tuple):
        return shape
    return (len(thing),) if isinstance(thing, dict | list | tuple | set | frozenset) else ()


def _parts(thing: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(thing, dict):
        return [(str(name), part) for name, part in thing.items()]
    if isinstance(thing, list | tuple):
        return [(str(place), part) for place, part in enumerate(thing)]
    if isinstance(thing, type | ModuleType) or hasattr(thing, "shape"):
        return []
    return getattr(thing, "__dict__", {}).items()
