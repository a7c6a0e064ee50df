"""From a table as it was read to a data set that is understood."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from segkit.brief import Brief
from segkit.data.as_of import clocks, newest_day
from segkit.data.columns import Column
from segkit.data.dataset import Dataset
from segkit.data.dates import check_date
from segkit.data.number_styles import read_numbers, style_notes
from segkit.data.plain import plain
from segkit.data.stated import Stated, styles_of
from segkit.data.transactions import CustomersOfLog, LogColumns, customers_of
from segkit.data.understand import ALL, understand
from segkit.errors import UserError
from segkit.fingerprint import content_hash


def make_dataset(
    name: str,
    table: pd.DataFrame,
    source: str = "",
    as_of: str = "",
    stated: Stated | None = None,
    brief: Brief | None = None,
    features: str | Sequence[str] = ALL,
    notes: tuple[str, ...] = (),
    log: LogColumns | None = None,
) -> Dataset:
    """Understand a table: infer its columns, apply what is `stated` and what the brief demands, hash it.

    With `log` the table is a transaction log, of which the customers are made first.
    """
    stated, as_of = stated or Stated(), check_date(as_of, "data.as_of")
    customers = customers_of(table, log.through(as_of)) if log else CustomersOfLog(table)
    if log:
        # Whatever it looks like: 17850 would pass for a measurement, and "Ann" for a text.
        stated = replace(stated, kind={log.customer: "id", **stated.kind})
        # Tomorrow's log is read the way this one was, whatever days and numbers it happens to hold.
        log = replace(log, date_format=customers.date_format, styles=customers.styles, until="")
    table = _checked(customers.table.reset_index(drop=True).rename(columns=str), source or name)
    styles = styles_of(table, stated)
    numbers = {column: read_numbers(table[column], style) for column, style in styles.items()}
    notes += (*customers.notes, *style_notes(table, styles), *_unread_notes(table, numbers))
    table = table.assign(**numbers)
    columns = understand(table, stated, brief, features)
    columns = tuple(replace(column, style=styles.get(column.name, "")) for column in columns)
    if not any(column.use == "segment_on" for column in columns):
        raise UserError(f"{source or name} has no column to segment on", "state one: data.use.COLUMN=segment_on")
    return Dataset(
        name,
        table,
        columns,
        source,
        hash=content_hash(table),
        as_of=as_of or _today(table, columns),
        notes=notes,
        log=log,
        blocks={block: tuple(members) for block, members in stated.blocks.items()},
        without_purchase=customers.without_purchase,
    )


def _checked(table: pd.DataFrame, source: str) -> pd.DataFrame:
    """The table in plain types; raises UserError where there is nothing to understand."""
    twice = sorted(set(table.columns[table.columns.duplicated()]))
    if twice:
        raise UserError(f"{source} has two columns of the same name: {', '.join(twice)}", "rename one of them")
    if table.empty:
        raise UserError(f"{source} has no rows", "give a table with at least one customer")
    return table.assign(**{name: plain(table[name]) for name in table.columns})


def _unread_notes(table: pd.DataFrame, numbers: dict[str, pd.Series]) -> tuple[str, ...]:
    """What to say of cells in columns of numbers that are none."""
    blank = {name: table[name].isna() | (table[name].astype("str").str.strip() == "") for name in numbers}
    counts = {name: int((read.isna() & ~blank[name]).sum()) for name, read in numbers.items()}
    said = [f"{count:,} of {name}" for name, count in counts.items() if count]
    return (f"cells that are no numbers and count as missing: {', '.join(said)}",) if said else ()


def _today(table: pd.DataFrame, columns: Sequence[Column]) -> str:
    formats = {column.name: column.date_format for column in columns if column.kind == "date"}
    return newest_day(table, {name: formats[name] for name in clocks(table, formats)})
