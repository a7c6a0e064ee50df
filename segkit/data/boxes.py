"""What was understood of a table, in four boxes: segment on, describe with, outcome, left out because."""

from collections.abc import Iterable, Mapping
from textwrap import wrap

import pandas as pd

from segkit.data.columns import Column
from segkit.data.dataset import Dataset
from segkit.data.understand import ALL_THE_SAME

# Box -> the uses that it shows.
BOXES = {
    "segment on": ("segment_on",),
    "describe with": ("describe_with", "value", "sensitive", "existing", "weight"),
    "outcome": ("outcome", "truth"),
    "left out": ("id", "leave_out"),
}


def columns_table(dataset: Dataset) -> pd.DataFrame:
    """One row per column: its box, kind, use, and why."""
    rows = [
        {"column": c.name, "box": _box(c), "kind": c.kind, "use": c.use, "because": c.reason} for c in dataset.columns
    ]
    return pd.DataFrame(rows).sort_values("box", key=lambda box: box.map(list(BOXES).index), kind="stable")


def boxes_text(dataset: Dataset, width: int = 100) -> str:
    """The boxes for a terminal, one line each, the reasons where a column is left out."""
    lines = [f"{dataset.name}: {len(dataset.table):,} customers, {len(dataset.columns)} columns"]
    if dataset.notes:
        lines += wrap(
            "; ".join(dataset.notes), width + 16, initial_indent=f"  {'as read':<14}", subsequent_indent=" " * 16
        )
    for box in BOXES:
        columns = [column for column in dataset.columns if _box(column) == box]
        if columns:
            lines.append(f"  {box:<14}{_listed(columns, box, width)}")
    idle = [column.name for column in dataset.columns if column.weight != 1 and column.use != "segment_on"]
    if idle:
        lines.append(f"  {'no effect':<14}the weight of {', '.join(idle)}: not segmented on")
    return "\n".join(lines)


def choices_text(choices: Mapping[str, Dataset], width: int = 100) -> str:
    """What each choice of features segments on, one line each."""
    chosen = {name: _listed(dataset.feature_columns, "segment on", width) for name, dataset in choices.items()}
    return "\n".join(f"  features={name}: {columns}" for name, columns in chosen.items())


def _box(column: Column) -> str:
    return next(box for box, uses in BOXES.items() if column.use in uses)


def _listed(columns: Iterable[Column], box: str, width: int) -> str:
    """As many names as fit on the line, and how many more there are."""
    names = [_named(column, box) for column in columns]
    shown = list(names)
    while len(", ".join(shown)) > width and len(shown) > 1:
        shown.pop()
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _named(column: Column, box: str) -> str:
    if box == "segment on":
        asides = [f"weight {column.weight:.2g}"] if column.weight != 1 else []
        asides += [column.reason] if ALL_THE_SAME in column.reason else []
        return f"{column.name} ({'; '.join(asides)})" if asides else column.name
    if box == "left out" or ("stated" not in column.reason and column.use not in ("truth", "existing")):
        return f"{column.name} ({column.reason})"
    return column.name if column.use in ("describe_with", "outcome") else f"{column.name} ({column.use})"
