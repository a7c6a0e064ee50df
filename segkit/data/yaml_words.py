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


def as_written(said: Any, values: pd.Series) -> Any:
    """What was said of a column, one value or several: for true and false the words that stand in it, if it has one."""
    if isinstance(said, list | tuple):
        return [as_written(one, values) for one in said]
    if not isinstance(said, bool):
        return said
    present = set(as_text(values).dropna().unique())
    pair = next((pair for pair in spellings() if present & set(pair)), (True, False))
    return pair[not said]
