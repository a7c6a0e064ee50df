"""Doing the same for many runs, several at a time where each is a way to a server and back."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from segkit.tracking.store import Store

_AT_ONCE = 8

Thing = TypeVar("Thing")
Found = TypeVar("Found")


def for_each(store: Store, do: Callable[[Thing], Found], things: Iterable[Thing]) -> list[Found]:
    """What comes of each, in their order."""
    if not store.served:  # a file takes one write after the other
        return list(map(do, things))
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        return list(workers.map(do, things))
