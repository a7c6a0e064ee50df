"""Text that a spreadsheet would work out when it opens a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
# Telephone numbers and random keys: what calls nothing and reaches nothing, and is looked up as it is.
_PLAIN_ID = re.compile(r"[+-][\w .-]*")


def harmless(text: str) -> str:
    """The text, behind a quotation mark where a spreadsheet would take it for a formula.

    >>> harmless("=HYPERLINK(A1)"), harmless("Young families")
    ("'=HYPERLINK(A1)", 'Young families')
    """
    return f"'{text}" if text.startswith(_BEGINNINGS) else text


def harmless_id(text: str) -> str:
    """The same of an id, which must be found again in other systems, so that it is changed only where it could do harm.

    >>> harmless_id("=HYPERLINK(A1)"), harmless_id("+49 30 901820"), harmless_id("-xK3_q")
    ("'=HYPERLINK(A1)", '+49 30 901820', '-xK3_q')
    """
    return text if _PLAIN_ID.fullmatch(text) else harmless(text)


def harmless_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with such text made harmless in its cells and its head; the first column are ids."""
    from pandas.api.types import is_numeric_dtype

    places = [place for place in range(table.shape[1]) if not is_numeric_dtype(table.iloc[:, place])]
    names = [harmless(name) if isinstance(name, str) else name for name in table.columns]
    found = table.set_axis(names, axis=1)
    guards = {names[place]: harmless if place else harmless_id for place in places}
    return found.assign(**{str(name): found[name].map(_of_text(guard)) for name, guard in guards.items()})


def _of_text(guard: Callable[[str], str]) -> Callable[[object], object]:
    return lambda cell: guard(cell) if isinstance(cell, str) else cell
