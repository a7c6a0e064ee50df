"""A table that is a log of transactions and was not said to be one."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from segkit.data.findings.finding import Finding, argument
from segkit.data.findings.names import words
from segkit.data.findings.view import View

LOG = "log"
_NUMBERS = {"id", "ids", "no", "nr", "number", "num", "code", "key", "name", "uuid"}
_PEOPLE = {"customer", "cust", "client", "user", "member", "buyer", "shopper", "account", "subscriber", "household"}
_PEOPLE |= {"guest", "customerid", "clientid", "userid"}
_ORDERS = {"order", "invoice", "transaction", "receipt", "basket", "ticket", "bill"}
_QUANTITIES = {"quantity", "qty", "units", "pieces"}
_AMOUNTS = {"amount", "total", "sales", "revenue", "spend", "spent", "paid", "value", "payment", "turnover"}
_PRODUCTS = {"product", "sku", "item", "article", "stock"}
# Of the rows, how many repeat a customer, and of the customers with several rows, how many have several days.
_REPEATED, _SEVERAL_DAYS = 0.2, 0.2


def log_findings(view: View) -> list[Finding]:
    """One finding, with all that has to be said to make customers of it, if the table looks like a log."""
    fields = log_fields(view)
    if not fields:
        return []
    customer, date = fields["customer"], fields["date"]
    text = (
        f"this looks like a log of transactions and was read as one customer a row: {customer} repeats "
        f"({len(view.table):,} rows of {view.table[customer].nunique():,}) on several days ({date}); "
        "said to be a log, it is made into customers"
    )
    mend = " ".join(argument(f"data.log.{field}", name) for field, name in fields.items())
    return [Finding(LOG, (customer, date), text, mend)]


def log_fields(view: View) -> dict[str, str]:
    """What `data.log` has to say of the table; empty if it does not look like a log."""
    customer = _customer(view)
    date = _date(view, customer) if customer else ""
    if not date:
        return {}
    numeric = [c.name for c in view.columns if c.kind in ("numeric", "binary") and c.name in view.numbers]
    others = [c.name for c in view.columns if c.name not in (customer, date, *view.dates)]
    fields = {"customer": customer, "date": date, "order": _order(view, others, customer)}
    others = [name for name in others if name != fields["order"]]
    fields |= _money([name for name in others if name in numeric])
    fields["product"] = _first(name for name in others if name not in fields.values() and _is_named(name, _PRODUCTS))
    fields["cancelled"] = _cancelled(view, fields)
    return {field: name for field, name in fields.items() if name}


def _customer(view: View) -> str:
    """The column that names people and repeats; none if another one names them row by row."""
    named = [c.name for c in view.columns if c.kind not in ("date", "binary") and set(words(c.name)) & _PEOPLE]
    named = [name for name in named if set(words(name)) <= _PEOPLE | _NUMBERS]
    different = {name: view.table[name].nunique() / max(view.table[name].count(), 1) for name in named}
    if any(share > 1 - _REPEATED for share in different.values()):
        return ""
    return _first(name for name in named if view.table[name].nunique() > 1)


def _date(view: View, customer: str) -> str:
    """The date that differs most often between the rows of a customer."""
    written = [name for name in map(str, view.numbers) if _is_written_as_number(view, name)]
    days = {**view.dates, **{name: view.numbers[name] for name in written}}
    several = {name: _several_days(view.table[customer], values) for name, values in days.items()}
    best = max(several, key=lambda name: several[name], default="")
    return best if best and several[best] >= _SEVERAL_DAYS else ""


def _several_days(customers: pd.Series, days: pd.Series) -> float:
    known = pd.DataFrame({"customer": customers, "day": days}).dropna()
    rows, distinct = (frame["customer"].value_counts() for frame in (known, known.drop_duplicates()))
    repeated = rows.index[rows > 1]
    return float((distinct[repeated] > 1).mean()) if len(repeated) else 0.0


def _is_written_as_number(view: View, name: str) -> bool:
    """19970101 is a day, where the column is called so."""
    known = view.numbers[name].dropna()
    return bool({"date", "day"} & set(words(name))) and len(known) > 0 and bool(known.between(19e6, 21e6).all())


def _order(view: View, names: list[str], customer: str) -> str:
    numbered = (n for n in names if set(words(n)) & _ORDERS and words(n)[-1] in _ORDERS | _NUMBERS)
    return _first(name for name in numbered if _has_one_owner(view.table[name], view.table[customer]))


def _has_one_owner(orders: pd.Series, customers: pd.Series) -> bool:
    pairs = pd.DataFrame({"order": orders, "customer": customers}).dropna().drop_duplicates()
    return len(pairs) > 0 and bool((pairs["order"].value_counts() == 1).mean() >= 0.99)


def _money(names: list[str]) -> dict[str, str]:
    quantity = _first(name for name in names if _is_named(name, _QUANTITIES))
    price = _first(name for name in names if _is_named(name, {"price"}))
    amount = _first(name for name in names if name not in (quantity, price) and _is_named(name, _AMOUNTS))
    if price and not quantity:  # then it is what a line costs
        return {"amount": amount or price}
    return {"quantity": quantity, "price": price, "amount": amount}


def _cancelled(view: View, fields: dict[str, str]) -> str:
    """With which letter the numbers of cancelled orders begin: where it stands, quantities are negative."""
    if not (fields.get("order") and fields.get("quantity")):
        return ""
    letters = view.table[fields["order"]].astype("str").str.extract(r"^([A-Za-z])\d", expand=False)
    negative = view.numbers[fields["quantity"]] < 0
    known = letters[negative].dropna().unique()
    return str(known[0]) if len(known) == 1 and np.all(negative[letters == known[0]]) else ""


def _is_named(name: str, wanted: set[str]) -> bool:
    return bool(set(words(name)) & wanted)


def _first(names: Iterable[str]) -> str:
    return next(iter(names), "")
