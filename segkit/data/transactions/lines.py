"""The lines of a transaction log as codes, days and numbers, and what becomes of each."""

from collections.abc import Mapping
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data.dates import date_format, likeliest_format, read_times
from segkit.data.number_styles import number_styles, read_numbers
from segkit.data.numbers import finite, is_filled
from segkit.data.plain import plain
from segkit.data.transactions.columns import LogColumns
from segkit.errors import UserError

Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_NUMBERS = ("quantity", "price", "amount")


class Fate(IntEnum):
    """What becomes of a line. The first that applies counts, so that the counts add up to the whole log."""

    NO_CUSTOMER = 0
    NO_DATE = 1
    OUTSIDE = 2
    DUPLICATE = 3
    CANCELLED = 4
    UNREADABLE = 5
    NO_QUANTITY = 6
    NO_PRICE = 7
    NO_AMOUNT = 8
    PURCHASE = 9


def typed_lines(
    log: pd.DataFrame, columns: LogColumns, styles: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.Index, str]:
    """Every line by number, the sorted ids that its `customer` is a code of, and the format of the dates.

    The columns are customer, time, day, order (below zero without an order number), cancelled, fate and, where the log
    has them, product, quantity, price and amount.
    """
    customers, ids = coded_ids(log[columns.customer])
    times, fmt = times_of(log[columns.date], columns.date_format)
    lines = pd.DataFrame({"customer": customers, "time": times, "day": pd.Series(times).dt.normalize()})
    orders, lines["cancelled"] = _orders(log, columns)
    # What a customer buys in a day without an order number is one order.
    lines["order"] = np.where(orders >= 0, orders, -1 - pd.factorize(lines["day"])[0])
    if columns.product:
        products = pd.Series(coded_ids(log[columns.product])[0])
        lines["product"] = products.where(products >= 0)
    for field in _NUMBERS:
        if name := getattr(columns, field):
            lines[field] = _numbers(log[name], styles.get(name, ""))
    lines["fate"] = _fates(log, lines, columns)
    if columns.has_amount and not columns.amount:
        lines["amount"] = lines["quantity"] * lines["price"]
    return lines, ids, fmt


def coded_ids(values: pd.Series) -> tuple[Codes, pd.Index]:
    """A code for each value, -1 where it is missing or blank, and the sorted ids that the codes count through.

    A whole number reads the same whether a file's gaps or a spreadsheet made it 17850, 17850.0 or text of these.
    """
    codes, written = pd.factorize(plain(values))
    again, ids = pd.factorize(_ids(pd.Series(written)), sort=True)
    return np.append(again, -1)[codes], ids  # a missing value is -1, and so is the last


def _ids(written: pd.Series) -> pd.Series:
    if isinstance(written.dtype, pd.CategoricalDtype):
        written = written.astype(written.cat.categories.dtype)
    written = written.infer_objects()
    if pd.api.types.is_float_dtype(written) and (written % 1 == 0).all() and (written.abs() < 2**53).all():
        return written.astype("int64")
    if pd.api.types.is_signed_integer_dtype(written):
        return written.astype("int64")
    if pd.api.types.is_numeric_dtype(written):
        return pd.Series(written.to_numpy())
    text = written.astype("str").str.strip().str.replace(r"^(\d+)\.0$", r"\1", regex=True)
    return text.where(text != "")


def times_of(values: pd.Series, stated: str = "") -> tuple[npt.NDArray[np.datetime64], str]:
    """When each line was, and the format found unless one is stated; numbers such as 19970101 are days, too."""
    codes, written = pd.factorize(plain(values))
    days = pd.Series(written)
    if not pd.api.types.is_datetime64_any_dtype(days):
        # Only eight digits are a day: 2012 is a year, 40878 counts days from 1900, 1325376000 counts seconds.
        days = _ids(days).astype("str")
        days = days if stated else days.where(~days.str.fullmatch(r"\d+") | days.str.fullmatch(r"\d{8}"))
    fmt = stated or date_format(days) or likeliest_format(days)
    try:
        read = read_times(days, fmt).astype("datetime64[us]")
    except ValueError as error:
        raise UserError(f"data.log.date_format={fmt} is no format: {error}", "write it like %d/%m/%Y %H:%M") from error
    return np.append(read.to_numpy(), np.datetime64("NaT"))[codes], fmt


def styles_in(log: pd.DataFrame, columns: LogColumns) -> dict[str, str]:
    """How quantity, price and amount are written, where they are text; what is known already wins."""
    names = [name for field, name in columns.named() if field in _NUMBERS]
    return {**number_styles(log[names]), **columns.styles}


def unread_in(log: pd.DataFrame, columns: LogColumns) -> dict[str, int]:
    """How many cells of the date, quantity, price and amount hold something that is none; only where some do."""
    styles = styles_in(log, columns)
    named = {name: field for field, name in columns.named() if field in (*_NUMBERS, "date")}
    unread: dict[str, int] = {}
    for name, field in named.items():
        is_date, style = field == "date", styles.get(name, "")
        read = times_of(log[name], columns.date_format)[0] if is_date else _numbers(log[name], style)
        unread[name] = int((is_filled(log[name]) & pd.isna(read)).sum())
    return {name: count for name, count in unread.items() if count}


def _numbers(values: pd.Series, style: str) -> Floats:
    """The column as numbers; missing, unreadable and endless ones are NaN."""
    return finite(read_numbers(values, style) if style else values).to_numpy()


def _orders(log: pd.DataFrame, columns: LogColumns) -> tuple[Codes, npt.NDArray[np.bool_]]:
    """The code of each line's order, -1 where it has none, and whether that order is a cancellation."""
    if not columns.order:
        return np.full(len(log), -1), np.zeros(len(log), dtype=bool)
    codes, orders = coded_ids(log[columns.order])
    ends = [bool(columns.cancelled) and str(order).startswith(columns.cancelled) for order in orders]
    return codes, np.append(ends, False).astype(bool)[codes]


def _fates(log: pd.DataFrame, lines: pd.DataFrame, columns: LogColumns) -> Codes:
    numbers = [name for name in _NUMBERS if name in lines]
    low = {name: lines[name] <= 0 for name in numbers}
    applies = {
        Fate.NO_CUSTOMER: lines["customer"] < 0,
        Fate.NO_DATE: lines["day"].isna(),
        Fate.OUTSIDE: _outside(lines["day"], columns),
        Fate.DUPLICATE: repeated(log) if columns.drops_duplicates else False,
        Fate.CANCELLED: lines["cancelled"],
        Fate.UNREADABLE: lines[numbers].isna().any(axis=1),
        Fate.NO_QUANTITY: low.get("quantity", False),
        Fate.NO_PRICE: low.get("price", False),
        Fate.NO_AMOUNT: low.get("amount", False),
    }
    masks = [np.broadcast_to(np.asarray(mask, dtype=bool), len(lines)) for mask in applies.values()]
    return np.select(masks, [int(fate) for fate in applies], default=int(Fate.PURCHASE))


def _outside(days: pd.Series, columns: LogColumns) -> pd.Series:
    since, until = columns.since or "0001-01-01", columns.until or "9999-12-31"
    return (days < np.datetime64(since)) | (days > np.datetime64(until))


def repeated(log: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which lines repeat an earlier one in every column."""
    # Lists and the like, which Parquet can hold, cannot be compared but as text.
    text = {name: str for name, dtype in log.dtypes.items() if pd.api.types.is_object_dtype(dtype)}
    return log.astype(text).duplicated().to_numpy()
