"""From a table as it was read to a data set that is understood."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from segkit.brief import Brief
from segkit.data.as_of import clocks, newest_day
from segkit.data.columns import Column
from segkit.data.dataset import Dataset
from segkit.data.dates import check_date
from segkit.data.findings.duplicates import repeated_customers
from segkit.data.findings.view import viewed
from segkit.data.number_styles import read_numbers, style_notes
from segkit.data.numbers import is_filled
from segkit.data.plain import plain
from segkit.data.stated import Stated, describe_columns, styles_of
from segkit.data.transactions import CustomersOfLog, LogColumns, customers_of
from segkit.data.understand import ALL, understand
from segkit.errors import UserError
from segkit.fingerprint import content_hash

# Made of a log, and not segmented on unless asked: filled in, who ordered once would pass for a usual customer.
_ONLY_DESCRIBE = {"days_between_orders": "missing for customers of one order"}


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
    duplicates: str = "keep",
) -> Dataset:
    """Understand a table: infer its columns, apply what is `stated` and what the brief demands, hash it.

    With `log` the table is a transaction log, of which the customers are made first. With `duplicates="drop"` only the
    first row is taken of customers who stand in the table again, be it under another id.
    """
    _check_duplicates(duplicates, log)
    said, as_of = stated or Stated(), check_date(as_of, "data.as_of")
    customers, stated, log = _of_log(table, log, said, as_of) if log else (CustomersOfLog(table), said, None)
    table, styles, read = _as_read(customers.table, stated, duplicates, source or name)
    columns = understand(table, stated, brief, features)
    columns = _with_reasons_of_log(columns, said.use) if log else columns
    columns = _with_styles(columns, styles, source or name)
    day, notes, digest = as_of or _today(table, columns), (*notes, *customers.notes, *read), content_hash(table)
    blocks = {block: tuple(members) for block, members in stated.blocks.items()}
    return Dataset(name, table, columns, source, digest, day, notes, log, blocks, customers.without_purchase)


def understood_again(
    dataset: Dataset,
    table: pd.DataFrame,
    stated: Stated,
    brief: Brief | None = None,
    features: str | Sequence[str] = ALL,
) -> Dataset:
    """The data set with some of its rows only, its columns understood from these; how it was read stays."""
    if dataset.log is not None:
        described = {name: "describe_with" for name in _ONLY_DESCRIBE if name in table}
        kind, use = {dataset.log.customer: "id", **stated.kind}, {**described, **stated.use}
        asked, stated = stated.use, replace(stated, kind=kind, use=use)
    columns = understand(table, stated, brief, features)
    columns = _with_reasons_of_log(columns, asked) if dataset.log is not None else columns
    columns = _with_styles(columns, {column.name: column.style for column in dataset.columns}, dataset.source)
    return replace(dataset, table=table, columns=columns, hash=content_hash(table))


def _check_duplicates(duplicates: str, log: LogColumns | None) -> None:
    if duplicates not in ("keep", "drop"):
        raise UserError(f"data.duplicates={duplicates} is not known", "choose from keep, drop")
    if log is not None and duplicates == "drop":
        problem = "data.duplicates=drop is for a table of customers, and data.log makes each of them once"
        raise UserError(problem, "for lines of the log that are alike say data.log.duplicates=drop")


def _of_log(
    table: pd.DataFrame, log: LogColumns, stated: Stated, as_of: str
) -> tuple[CustomersOfLog, Stated, LogColumns]:
    """The customers of a log, what is known of their columns, and how to read tomorrow's log as this one was."""
    styles = {name: style for name, style in stated.numbers.items() if name in table}
    customers = customers_of(table, replace(log.through(as_of), styles=styles))
    described = {name: "describe_with" for name in _ONLY_DESCRIBE if name in customers.table}
    # Whatever it looks like: 17850 would pass for a measurement, and "Ann" for a text.
    stated = replace(stated, kind={log.customer: "id", **stated.kind}, use={**described, **stated.use}, numbers={})
    return customers, stated, replace(log, date_format=customers.date_format, styles=customers.styles, until="")


def _with_reasons_of_log(columns: tuple[Column, ...], asked: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns with the reason why one is only described, unless somebody asked for that."""
    usual = {name: why for name, why in _ONLY_DESCRIBE.items() if name not in asked}
    return tuple(
        replace(c, reason=usual[c.name]) if c.name in usual and c.use == "describe_with" else c for c in columns
    )


def _with_styles(columns: tuple[Column, ...], styles: Mapping[str, str], source: str) -> tuple[Column, ...]:
    """The columns with how they write their numbers; raises UserError where there is none to segment on."""
    if not any(column.use == "segment_on" for column in columns):
        raise UserError(f"{source} has no column to segment on", "state one: data.use.COLUMN=segment_on")
    return tuple(replace(column, style=styles.get(column.name, "")) for column in columns)


def _as_read(
    table: pd.DataFrame, stated: Stated, duplicates: str, source: str
) -> tuple[pd.DataFrame, dict[str, str], tuple[str, ...]]:
    """The table in plain types, numbers for text that is written like them; how each column writes them; the notes."""
    table = _checked(table.reset_index(drop=True).rename(columns=str), source)
    styles = styles_of(table, stated)
    numbers = {name: read_numbers(table[name], style) for name, style in styles.items()}
    notes = (*style_notes(table, styles), *_unread_notes(table, numbers))
    table = table.assign(**numbers)
    if duplicates == "keep":
        return table, styles, notes
    table, left_out = _each_once(table, stated)
    return table, styles, (*notes, *left_out)


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
    counts = {name: int((read.isna() & is_filled(table[name])).sum()) for name, read in numbers.items()}
    said = [f"{count:,} of {name}" for name, count in counts.items() if count]
    return (f"cells that are no numbers and count as missing: {', '.join(said)}",) if said else ()


def _today(table: pd.DataFrame, columns: Sequence[Column]) -> str:
    formats = {c.name: c.date_format for c in columns if c.kind == "date" and c.recipe is None}
    return newest_day(table, {name: formats[name] for name in clocks(table, formats)})


def _each_once(table: pd.DataFrame, stated: Stated) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The table without customers who stand in it again, and what is to be said of that."""
    again = repeated_customers(viewed(table, describe_columns(table, stated)))
    said = f"{again.sum():,} of {len(table):,} rows left out: customers who stand in the table already"
    notes = (f"{said} (data.duplicates=keep counts them)",) if again.any() else ()
    return table[~again].reset_index(drop=True), notes
