"""Matplotlib's settings, which are the whole process's."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from matplotlib import rc_context

_ONE_AT_A_TIME = Lock()


@contextmanager
def drawn_with(settings: Any) -> Iterator[None]:
    """Draw with other settings meanwhile, as `rc_context` takes them; who draws in another thread waits.

    Two who change them side by side would put back each other's.
    """
    with _ONE_AT_A_TIME, rc_context(settings):
        yield
