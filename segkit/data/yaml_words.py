"""Unquoted words that YAML takes for true and false, as the words that were meant."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from segkit.data.numbers import as_text

_PAIRS = (("true", "false"), ("yes", "no"), ("on", "off"))


def spellings() -> Iterator[tuple[str, str]]:
    """Every way to write true and false."""
    for true, false in _PAIRS:
        yield from ((true, false), (true.capitalize(), false.capitalize()), (true.upper(), false.upper()))


def as_written(value: Any, values: pd.Series) -> Any:
    """What was said of a column: for true and false the words that stand in it, if it holds one of the two."""
    if not isinstance(value, bool):
        return value
    present = set(as_text(values).dropna().unique())
    pair = next((pair for pair in spellings() if present & set(pair)), (True, False))
    return pair[not value]
