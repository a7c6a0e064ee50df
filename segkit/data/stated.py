"""What people say of a table's columns, where inference would get it wrong."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from segkit.data.columns import KINDS, USES, Column, infer_column, of_kind
from segkit.data.dates import check_format, date_format, likeliest_format, read_dates, read_times
from segkit.data.number_styles import COMMAS, POINTS, number_style, number_styles, read_numbers
from segkit.data.numbers import as_text
from segkit.data.yaml_words import as_written
from segkit.errors import UserError, did_you_mean


@dataclass(frozen=True)
class Stated:
    """Per column: `kind`, `use`, `levels` (lowest first), `dates` (format), `numbers` (decimal points or commas),
    `missing` (values that mean unknown), `fill` (what an empty cell means). `derive` makes new columns of others.
    `blocks` are columns that count as one, `weights` how many columns a column or block counts as, `sets` named choices
    of columns to segment on.
    """

    kind: Mapping[str, str] = field(default_factory=dict)
    use: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, Iterable[Any]] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, Iterable[Any]] = field(default_factory=dict)
    fill: Mapping[str, Any] = field(default_factory=dict)
    derive: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    blocks: Mapping[str, Iterable[str]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    sets: Mapping[str, Iterable[str]] = field(default_factory=dict)


def describe_columns(table: pd.DataFrame, stated: Stated | None = None) -> tuple[Column, ...]:
    """Kind and use of every column as inferred, and as `stated` where something is said of it."""
    stated = stated or Stated()
    _check(table, stated)
    return tuple(_described(table[name], stated) for name in table.columns)


def styles_of(table: pd.DataFrame, stated: Stated) -> dict[str, str]:
    """How the columns that hold numbers as text write them, ids and what is stated to be no number left out."""
    _check(table, stated)
    words = {name for name, kind in stated.kind.items() if kind != "numeric"} | {*stated.levels, *stated.dates}
    words |= {name for name, use in stated.use.items() if use == "id"}
    given = [name for name in table.columns if name not in words]
    cleaned = pd.DataFrame({name: clean(table[name], _listed(stated.missing.get(name, ()), name)) for name in given})
    styles = number_styles(cleaned)
    found = {name: style for name, style in styles.items() if infer_column(cleaned[name]).kind != "id"}
    return found | {name: style for name, style in stated.numbers.items() if name in table}


def check_names(stated: Iterable[str], known: Sequence[str], key: str) -> None:
    """Raises UserError if a name that was stated under `key` is not known."""
    for name in stated:
        if name not in known:
            raise UserError(f"{key} names a column that the table lacks: {name}", did_you_mean(name, known))


def clean(values: pd.Series, missing: Iterable[Any], fill: Any = None) -> pd.Series:
    """The column with the values that mean unknown taken out, and empty cells filled with what they mean."""
    unknown = [str(value).strip() for value in missing]
    if unknown:
        values = values.mask(_is_one_of(values, unknown), np.nan)
    if fill is None:
        return values
    blank = values.isna() | (as_text(values) == "")
    return values.astype("object").mask(blank, fill).infer_objects() if blank.any() else values


def _is_one_of(values: pd.Series, unknown: Sequence[str]) -> pd.Series:
    """Where a column holds one of these, be they written -1, -1.0 or, of a date, without its time."""
    found = as_text(values).isin(unknown)
    if pd.api.types.is_numeric_dtype(values):
        found |= values.isin(pd.to_numeric(pd.Series(unknown), errors="coerce").dropna())
    elif pd.api.types.is_datetime64_any_dtype(values):
        days = pd.to_datetime(pd.Series(unknown), format="ISO8601", errors="coerce", utc=True).dt.tz_localize(None)
        found |= read_times(values, "ISO8601").isin(days.dropna())
    return found


def _check(table: pd.DataFrame, stated: Stated) -> None:
    names = list(table.columns)
    for key in ("kind", "levels", "dates", "numbers", "missing", "fill"):
        check_names(getattr(stated, key), names, f"data.{key}")
    check_names(stated.use, [*names, *stated.derive], "data.use")
    for key, allowed in (("kind", KINDS), ("use", USES), ("numbers", (POINTS, COMMAS))):
        for name, word in getattr(stated, key).items():
            if word not in allowed:
                raise UserError(f"data.{key}.{name}={word} is not a known {key}", f"choose from {', '.join(allowed)}")


def _described(raw: pd.Series, stated: Stated) -> Column:
    name = str(raw.name)
    missing = _listed(as_written(stated.missing.get(name, ()), raw), name)
    fill = as_written(stated.fill.get(name), raw)
    if fill is not None:
        _check_fill(clean(raw, missing), fill, stated)
    values = clean(raw, missing, fill)
    column = replace(_of_stated_kind(values, stated), missing=missing, fill=fill)
    return (
        replace(column, use=stated.use[name], reason=f"{column.reason}; use stated") if name in stated.use else column
    )


def _check_fill(values: pd.Series, fill: Any, stated: Stated) -> None:
    name = str(values.name)
    if not isinstance(fill, str | int | float):
        raise UserError(f"data.fill.{name}={fill} is no single value", f"data.fill.{name}=0, say")
    kind = stated.kind.get(name) or infer_column(values).kind
    if kind == "numeric" and name not in stated.levels and pd.isna(pd.to_numeric(fill, errors="coerce")):
        mend = f"fill it with a number, or data.kind.{name}=categorical"
        raise UserError(f"data.fill.{name}={fill} is no number, and {name} holds numbers", mend)


def _of_stated_kind(values: pd.Series, stated: Stated) -> Column:
    name = str(values.name)
    if name in stated.levels:
        return replace(of_kind(values, "ordinal", "stated"), levels=_checked_levels(values, stated.levels[name]))
    if name in stated.dates:
        fmt = _checked_format(values, stated.dates[name])
        return replace(of_kind(values, "date", "stated"), date_format=fmt)
    column = infer_column(values)
    kind = stated.kind.get(name, column.kind)
    if kind == "ordinal":
        mend = f"name them, lowest first: data.levels.{name}=[...]"
        raise UserError(f"{name} is stated as ordinal without its levels", mend)
    if kind == column.kind:
        return column
    _check_reads(values, kind)
    return of_kind(values, kind, "stated")


def _check_reads(values: pd.Series, kind: str) -> None:
    readers: dict[str, Callable[[pd.Series], pd.Series]] = {
        "numeric": lambda cells: read_numbers(cells, number_style(cells) or POINTS),
        "date": lambda cells: read_dates(cells, date_format(cells) or likeliest_format(cells)),
    }
    if kind in readers and values.notna().any() and readers[kind](values).isna().all():
        raise UserError(f"data.kind.{values.name}={kind} reads no cell of the column", "state another kind")


def _checked_format(values: pd.Series, fmt: str) -> str:
    try:
        return check_format(fmt, values, f"data.dates.{values.name}")
    except ValueError as error:  # a directive that does not exist
        raise UserError(f"data.dates.{values.name}={fmt} is no format: {error}", "write it as %d-%m-%Y, say") from error


def _listed(values: Any, name: str) -> tuple[str, ...]:
    if isinstance(values, Mapping):
        raise UserError(f"data.missing.{name}={values} is no list of values", "write it as [-1, 999]")
    if isinstance(values, str) or not isinstance(values, Iterable):
        values = [values]
    return tuple(str(value) for value in values)


def _checked_levels(values: pd.Series, levels: Iterable[Any]) -> tuple[str, ...]:
    stated = tuple(str(level).strip() for level in as_written(list(levels), values))
    strange = sorted(set(as_text(values).dropna()) - set(stated))
    if strange:
        problem = f"data.levels.{values.name} lacks {', '.join(strange[:5])}"
        raise UserError(problem, did_you_mean(strange[0], stated, otherwise="name every level, lowest first"))
    return stated
