"""A transaction log in, customers out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from segkit.data.transactions.baskets import baskets, most_frequent, returned_share
from segkit.data.transactions.columns import LogColumns, check_log, is_log
from segkit.data.transactions.lines import Fate, repeated, styles_in, typed_lines, unread_in
from segkit.errors import UserError

__all__ = ["CustomersOfLog", "LogColumns", "check_log", "customers_of", "is_log", "unread_in"]

_WORDS = {
    Fate.NO_CUSTOMER: "without a customer",
    Fate.NO_DATE: "with a date that could not be read",
    Fate.OUTSIDE: "outside the days that are looked at (data.log.since, data.log.until, as_of)",
    Fate.DUPLICATE: "left out as duplicates of another (data.log.duplicates=keep counts them)",
    Fate.CANCELLED: "cancelled",
    Fate.UNREADABLE: "with a quantity, price or amount that is missing or no number",
    Fate.NO_QUANTITY: "with a quantity not above zero",
    Fate.NO_PRICE: "with a zero or negative price",
    Fate.NO_AMOUNT: "with a zero or negative amount",
}
_MENDS = {
    Fate.NO_DATE: "say how dates are written: data.log.date_format=%d/%m/%Y, say",
    Fate.CANCELLED: "check data.log.cancelled, with which the numbers of cancelled orders begin",
}


@dataclass(frozen=True)
class CustomersOfLog:
    """One row per customer with a purchase, sorted by id, and what was left out, in words and by id.

    `date_format` and `styles` are how dates and numbers were read: state them for a later log, which on its own may
    read otherwise.
    """

    table: pd.DataFrame
    notes: tuple[str, ...] = ()
    without_purchase: tuple[int | float | str, ...] = ()
    date_format: str = ""
    styles: Mapping[str, str] = field(default_factory=dict)


def customers_of(log: pd.DataFrame, columns: LogColumns) -> CustomersOfLog:
    """The customers with at least one purchase: a line, not cancelled, whose quantity, price and amount are above zero.

    See `baskets` and `returned_share` for the columns. An order that was cancelled later stays a purchase, because a
    log does not say which one that was; `returned_share` tells. Recency is the pipeline's, which turns `last_order`
    into days before `as_of`. Raises UserError where the log lacks a column or holds no purchase.
    """
    check_log(log.columns.tolist(), columns)
    styles = styles_in(log, columns)
    lines, ids, date_format = typed_lines(log, columns, styles)
    purchases = lines[lines["fate"] == Fate.PURCHASE]
    if purchases.empty:
        raise _nothing_left(lines, columns.date_format)
    own = list(dict.fromkeys([columns.customer, *columns.describe]))
    table = _measured(lines, purchases, columns)
    new = {name: _free_name(name, own) for name in table.columns if name in own}
    table = table.rename(columns=new)
    table.insert(0, columns.customer, ids[table.index])
    for name in own[1:]:
        table[name] = most_frequent(purchases["customer"], log[name].iloc[purchases.index])
    without = _without_purchase(lines, purchases, ids)
    again = int(repeated(log)[purchases.index].sum()) if not (columns.order or columns.duplicates) else 0
    notes = (*_notes(lines, purchases, columns), *_said_of_repeats(again), *_said_of_names(new))
    notes += (*_said_of_customers(len(without)),)
    return CustomersOfLog(table.reset_index(drop=True), notes, without, date_format, styles)


def _measured(lines: pd.DataFrame, purchases: pd.DataFrame, columns: LogColumns) -> pd.DataFrame:
    table = baskets(purchases)
    return table.assign(returned_share=returned_share(table, _returned(lines))) if columns.has_amount else table


def _returned(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines that took money back: cancelled, or of a negative amount."""
    looked_at = (lines["fate"] >= Fate.CANCELLED) & (lines["fate"] < Fate.PURCHASE)
    return lines[looked_at & (lines["cancelled"] | (lines["amount"] < 0))]


def _free_name(name: str, taken: list[str]) -> str:
    while name in taken:
        name = f"customer_{name}"
    return name


def _without_purchase(lines: pd.DataFrame, purchases: pd.DataFrame, ids: pd.Index) -> tuple[int | float | str, ...]:
    # Who has lines on other days only is not looked at here, rather than without a purchase.
    known = lines.loc[~lines["fate"].isin([Fate.NO_CUSTOMER, Fate.OUTSIDE]), "customer"]
    return tuple(ids[np.setdiff1d(known, purchases["customer"])].tolist())


def _notes(lines: pd.DataFrame, purchases: pd.DataFrame, columns: LogColumns) -> Iterator[str]:
    customers = _counted(purchases["customer"].nunique(), "customer")
    yield f"{len(purchases):,} of {_counted(len(lines), 'line')} made {customers}"
    yield from _left_out(lines["fate"])
    unnumbered = int((purchases["order"] < 0).sum())
    if not columns.order:
        yield "the log has no order numbers: a customer's lines of one day are one order"
    elif unnumbered:
        yield f"{_counted(unnumbered, 'line')} without an order number: a customer's of one day are one order"


def _left_out(fates: pd.Series) -> Iterator[str]:
    counts = fates.value_counts()
    yield from (f"{_counted(counts[fate], 'line')} {words}" for fate, words in _WORDS.items() if fate in counts.index)


def _said_of_repeats(again: int) -> Iterator[str]:
    if again:
        known = _counted(again, "line")
        yield f"{known} like another in every column counted, as purchases may be (data.log.duplicates=drop: left out)"


def _said_of_names(new: dict[str, str]) -> Iterator[str]:
    yield from (f"{name} is called {other}: {name} is a column of the log" for name, other in new.items())


def _said_of_customers(without: int) -> Iterator[str]:
    if without:
        yield f"{_counted(without, 'customer')} without a valid purchase"


def _nothing_left(lines: pd.DataFrame, date_format: str) -> UserError:
    if lines.empty:
        return UserError("the log has no lines", "give a log with at least one purchase")
    fate = Fate(int(lines["fate"].mode()[0]))
    mend = _MENDS.get(fate, "check what data.log says about the columns")
    if fate == Fate.NO_DATE and date_format:  # stated, or kept with the model that scores
        mend = f"they are read as {date_format}: write them so"
    if fate == Fate.OUTSIDE:
        first, last = (f"{day:%Y-%m-%d}" for day in (lines["day"].min(), lines["day"].max()))
        mend = f"the log has lines from {first} to {last}: name days among them"
    return UserError(f"no line of the log is a purchase: {'; '.join(_left_out(lines['fate']))}", mend)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
