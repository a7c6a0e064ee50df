"""What the tests of the findings share: a table looked through with inferred kinds and stated uses."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from segkit.data.columns import Column, infer_column
from segkit.data.findings import Finding, find
from segkit.data.read import read

Found = dict[str, list[Finding]]


def described(table: pd.DataFrame, **changes: dict[str, object]) -> tuple[Column, ...]:
    """Inferred columns; `changes` are fields by column."""
    columns = (infer_column(table[name]) for name in table.columns)
    return tuple(replace(column, **changes.get(column.name, {})) for column in columns)


@pytest.fixture(scope="session")
def found() -> Callable[..., Found]:
    """The findings of a table by topic: `found(table, Income={"use": "value"})`."""

    def look(table: pd.DataFrame, **changes: dict[str, object]) -> Found:
        topics: Found = {}
        for finding in find(table, described(table, **changes)):
            topics.setdefault(finding.topic, []).append(finding)
        return topics

    return look


@pytest.fixture(scope="session")
def found_in(found, real_data) -> Callable[..., Found]:
    """The findings of a real table by topic."""
    seen: dict[str, Found] = {}

    def look(name: str) -> Found:
        if name not in seen:
            seen[name] = found(read(real_data(name)).table)
        return seen[name]

    return look
