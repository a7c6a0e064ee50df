"""Text that a spreadsheet would work out when it opens a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text, behind a quotation mark where a spreadsheet would take it for a formula.

    >>> harmless("=HYPERLINK(A1)"), harmless("Young families")
    ("'=HYPERLINK(A1)", 'Young families')
    """
    return f"'{text}" if text.startswith(_BEGINNINGS) else text


def harmless_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with such text made harmless, but for the first column: ids must be found again as they are."""
    from pandas.api.types import is_numeric_dtype

    texts = [name for name in table.columns[1:] if not is_numeric_dtype(table[name])]
    return table.assign(**{name: table[name].map(_harmless_cell) for name in texts})


def _harmless_cell(cell: object) -> object:
    return harmless(cell) if isinstance(cell, str) else cell
