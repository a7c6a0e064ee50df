"""From a table and what is said of it to the kind and use of every column, those made of others included."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from segkit.brief import Brief
from segkit.data.columns import Column
from segkit.data.demands import as_demanded, check_amounts
from segkit.data.findings import is_outcome_name, is_sensitive_name, totals
from segkit.data.made import made_columns, made_sums, made_values
from segkit.data.personal import personal
from segkit.data.stated import Stated, check_names, clean, describe_columns
from segkit.errors import UserError, did_you_mean

ALL = "all"
# Why a column is fitted that nobody would have fitted unasked.
ALL_THE_SAME = "chosen all the same"
_EXISTING_NAME = re.compile(r"(customer_?)?(segment|cluster|segmentation)(_?(id|name|label))?", re.IGNORECASE)
_MOST_SEGMENTS = 30
# A column in which fewer differ says next to nothing, and scaled to spread 1 those few would be a segment.
_NEARLY_ALL = 0.99


def understand(
    table: pd.DataFrame, stated: Stated | None = None, brief: Brief | None = None, features: str | Sequence[str] = ALL
) -> tuple[Column, ...]:
    """Every column of the table and every one that is made of them, with its kind, use, weight and the reasons.

    What is stated wins over inference, the brief over both. `features` chooses what to segment on: "all", the name of
    a set or block of `stated`, or a list of columns; the brief's must-use columns always stay.
    """
    stated, brief = stated or Stated(), brief or Brief()
    columns = describe_columns(table, stated)
    cleaned = {c.name: clean(table[c.name], c.missing, c.fill) for c in columns if c.missing or c.fill is not None}
    table = table.assign(**cleaned)
    columns += made_columns(stated, columns, table)
    check_amounts(columns, table)
    made = made_values(columns, [c.name for c in columns if c.recipe and _may_be_set_aside(c, stated)], table)
    columns = tuple(_aside(column, made if column.recipe else table, stated) for column in columns)
    columns = _without_totals(columns, table, stated)
    columns = _chosen(columns, features, stated)
    return _weighted(as_demanded(columns, brief, table), stated)


def _may_be_set_aside(column: Column, stated: Stated) -> bool:
    return column.use == "segment_on" and column.name not in stated.use


def _aside(column: Column, table: pd.DataFrame, stated: Stated) -> Column:
    """The column with the use that its name or its lack of variety suggests, if nobody states another."""
    if column.recipe is None and column.use in ("segment_on", "leave_out") and column.name not in stated.use:
        what = personal(table[column.name], column.kind, column.date_format)
        if what:
            return replace(column, use="leave_out", reason=f"{what}: kept out unless you ask")
    if not _may_be_set_aside(column, stated):
        return column
    named = column if column.recipe else _by_name(column, table)
    same = _most_common_share(table[column.name]) if named.use == "segment_on" else 0.0
    if same < _NEARLY_ALL:
        return named
    return replace(named, use="describe_with", reason=f"{100 * same:.1f} % have the same value")


def _by_name(column: Column, table: pd.DataFrame) -> Column:
    if is_sensitive_name(column.name):
        return replace(column, use="sensitive", reason="protected by its name: fitted only if you ask")
    if column.kind == "binary" and is_outcome_name(column.name):
        return replace(column, use="outcome", reason="an outcome by its name")
    if _EXISTING_NAME.fullmatch(column.name) and table[column.name].nunique() <= _MOST_SEGMENTS:
        return replace(column, kind="categorical", use="existing", reason="a segmentation by its name")
    return column


def _most_common_share(values: pd.Series) -> float:
    counts = values.astype("object").map(str, na_action="ignore").value_counts(dropna=False)
    return float(counts.iloc[0] / len(values)) if len(counts) else 1.0


def _without_totals(columns: tuple[Column, ...], table: pd.DataFrame, stated: Stated) -> tuple[Column, ...]:
    """As a feature the sum of other features would count them twice."""
    fitted = [c.name for c in columns if c.use == "segment_on" and c.kind == "numeric" and c.recipe is None]
    found = {name: f"the sum of {', '.join(parts)}" for name, parts in totals(table[fitted]).items()}
    reasons = {name: why for name, why in (found | made_sums(columns)).items() if name not in stated.use}
    return tuple(
        replace(column, use="describe_with", reason=reasons[column.name]) if column.name in reasons else column
        for column in columns
    )


def _chosen(columns: tuple[Column, ...], features: str | Sequence[str], stated: Stated) -> tuple[Column, ...]:
    """Only the chosen columns to segment on; those left over are described."""
    if features == ALL:
        return columns
    wanted = list(map(str, features)) if isinstance(features, list | tuple) else _named_set(str(features), stated)
    check_names(wanted, [column.name for column in columns], "features")
    for column in columns:
        if column.name in wanted and column.kind in ("text", "id", "constant"):
            levels = f"data.kind.{column.name}=categorical, if it holds levels"
            mend = "take it out of the features" if column.kind == "constant" else levels
            raise UserError(f"features: {column.name} cannot be segmented on ({column.reason})", mend)
    return tuple(_in_or_out(column, wanted) for column in columns)


def _named_set(name: str, stated: Stated) -> list[str]:
    known = {**stated.blocks, **stated.sets}
    if name not in known:
        mend = did_you_mean(name, [ALL, *known], "choose from {known}; columns stand in brackets: features=[a, b]")
        raise UserError(f"features={name} is not known", mend)
    return list(map(str, known[name]))


def _in_or_out(column: Column, wanted: Sequence[str]) -> Column:
    if column.name in wanted:
        reason = f"{column.reason}; {ALL_THE_SAME}"
        return replace(column, use="segment_on", reason=reason) if column.use != "segment_on" else column
    if column.use != "segment_on":
        return column
    return replace(column, use="describe_with", reason=f"{column.reason}; not among the chosen features")


def _weighted(columns: tuple[Column, ...], stated: Stated) -> tuple[Column, ...]:
    """Each column with the weight it counts with: a block's fitted columns share the block's."""
    names = [column.name for column in columns]
    blocks = {name: list(dict.fromkeys(map(str, members))) for name, members in stated.blocks.items()}
    _check_blocks(blocks, names)
    check_names(stated.weights, [*names, *blocks], "data.weights")
    weights = {name: _checked_weight(name, weight) for name, weight in stated.weights.items()}
    fitted = {column.name for column in columns if column.use == "segment_on"}
    for block, members in blocks.items():
        present = [name for name in members if name in fitted]
        for name in present or members:
            weights[name] = weights.get(name, 1.0) * weights.get(block, 1.0) / max(len(present), 1)
    return tuple(replace(column, weight=weights.get(column.name, 1.0)) for column in columns)


def _check_blocks(blocks: Mapping[str, Sequence[str]], names: Sequence[str]) -> None:
    home: dict[str, str] = {}
    for block, members in blocks.items():
        check_names(members, names, f"data.blocks.{block}")
        if block in names:
            raise UserError(f"data.blocks.{block} has the name of a column", "choose another name")
        for name in members:
            if home.setdefault(name, block) != block:
                mend = "keep it in one; data.sets names choices of columns, which may overlap"
                raise UserError(f"{name} is in data.blocks.{home[name]} and in data.blocks.{block}", mend)


def _checked_weight(name: str, weight: object) -> float:
    try:
        number = float(str(weight))
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise UserError(f"data.weights.{name}={weight} is no weight", "give a number of 0 or more")
    return number
