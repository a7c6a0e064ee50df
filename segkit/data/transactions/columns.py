"""What the columns of a transaction log mean, as its owner states it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from segkit.data.dates import check_date
from segkit.errors import UserError, did_you_mean

_FIELDS = ("customer", "date", "order", "quantity", "price", "amount", "product")


@dataclass(frozen=True)
class LogColumns:
    """Which columns of a log mean what; only `customer` and `date` are needed, "" is a column that it does not have.

    `order` is the order number; where there is none, a customer's lines of one day are one order. `amount` is the total
    of a line; left out, it is `quantity` times `price`. Of each column in `describe` a customer gets his most frequent
    value. Order numbers that begin with `cancelled` are cancellations.

    `duplicates`, lines that are alike in every column of the log, count once ("drop") or each ("keep"). Unless it is
    said they count once where there are order numbers; without, two alike may well be two purchases. Only the days from
    `since` through `until` are looked at, both included (ISO dates); scoring looks at all from `since` on.
    `date_format` and `styles`, how columns write their numbers, are found on the whole log unless given.
    """

    customer: str
    date: str
    order: str = ""
    quantity: str = ""
    price: str = ""
    amount: str = ""
    product: str = ""
    describe: tuple[str, ...] = ()
    cancelled: str = ""
    duplicates: str = ""
    since: str = ""
    until: str = ""
    date_format: str = ""
    styles: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_amount(self) -> bool:
        """Whether the log says what a line cost in total."""
        return bool(self.amount or (self.quantity and self.price))

    @property
    def drops_duplicates(self) -> bool:
        """Whether lines that are alike in every column count once."""
        return self.duplicates == "drop" or (not self.duplicates and bool(self.order))

    def through(self, as_of: str) -> "LogColumns":
        """The same of a log that ends on that day at the latest; what is dated later, or after today, is to come."""
        days = {self.until: "data.log.until", as_of[:10]: "as_of", pd.Timestamp.now().strftime("%Y-%m-%d"): "today"}
        last = min(day for day in days if day)
        if self.since > last and days[last] != "data.log.until":
            problem = f"the log is looked at from {self.since} on (data.log.since), and {days[last]} is {last}"
            raise UserError(problem, "name a later day, with as_of=...")
        return replace(self, until=last)

    def named(self) -> Iterator[tuple[str, str]]:
        """Every field that names a column, with that column."""
        yield from ((key, getattr(self, key)) for key in _FIELDS if getattr(self, key))
        yield from (("describe", name) for name in self.describe)


def is_log(table: pd.DataFrame, columns: LogColumns) -> bool:
    """Whether a table is a log, not customers: it has the customer and the date. What else it lacks is an error later.

    >>> is_log(pd.DataFrame(columns=["who", "orders", "last_order"]), LogColumns("who", "day"))
    False
    """
    return {columns.customer, columns.date} <= set(table.columns)


def check_log(names: Sequence[str], columns: LogColumns) -> None:
    """Raise UserError, naming data.log.<field>, where a log of these columns lacks one or what is said is nonsense."""
    _check_words(columns)
    for key in ("customer", "date"):
        if not getattr(columns, key):
            raise UserError(f"data.log.{key} is not given", f"name the column: data.log.{key}=...")
    for key, name in columns.named():
        if name not in names:
            problem = f"data.log.{key} names a column that the log lacks: {name}"
            raise UserError(problem, did_you_mean(name, names))
        if names.count(name) > 1:
            raise UserError(f"the log has two columns of the same name: {name}", "rename one of them")


def _check_words(columns: LogColumns) -> None:
    if isinstance(columns.describe, str):
        raise UserError("data.log.describe is a list of columns", f"write it as [{columns.describe}]")
    if columns.duplicates not in ("", "drop", "keep"):
        raise UserError(f"data.log.duplicates={columns.duplicates} is not known", "choose from drop, keep")
    since, until = check_date(columns.since, "data.log.since"), check_date(columns.until, "data.log.until")
    if since and until and since > until:
        raise UserError(f"data.log.since={since} is after data.log.until={until}", "swap them")
    if columns.cancelled and not columns.order:
        raise UserError("data.log.cancelled is given without data.log.order", "name the column of order numbers")
    if columns.price and not (columns.quantity or columns.amount):
        mend = "name the quantity too; if it is the total of a line, say data.log.amount instead"
        raise UserError("data.log.price is given without data.log.quantity", mend)
