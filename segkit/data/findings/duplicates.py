"""Customers that stand in the table more than once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data.findings.cells import is_row_number
from segkit.data.findings.finding import Finding, counted, listed
from segkit.data.findings.view import View

Flags = npt.NDArray[np.bool_]

# How many rows may be expected to repeat a given row by chance before its twin says nothing.
_BY_CHANCE = 0.001
_MANY = 0.1
# Nobody enters a customer more often than that; more rows alike are customers of whom there is nothing to say.
_MOST_TWINS = 4

SAME_CUSTOMERS = "same_customers"
DROP = "data.duplicates=drop"


def duplicate_findings(view: View) -> list[Finding]:
    """Rows that share an id, and rows alike in everything but the ids where that cannot be chance."""
    found = _repeated(view)
    return [
        *_same_ids(found.customer, found.named_again, found.again),
        *_same_customers(found.twins, found.ids, view.table.shape[1] - len(found.ids)),
    ]


def repeated_customers(view: View) -> Flags:
    """Which rows repeat an earlier one in all but the ids, where that cannot be chance: the same customers again."""
    found = _repeated(view)
    return found.twins | (found.named_again & found.again)


@dataclass(frozen=True)
class _Repeated:
    """Rows that repeat an earlier one: in all but the ids, in the customer's id, and as `twins` under other ids."""

    ids: list[str]
    customer: list[str]
    again: Flags
    named_again: Flags
    twins: Flags


def _repeated(view: View) -> _Repeated:
    ids = [column.name for column in view.columns if column.kind == "id" or column.use == "id"]
    content = _hashable(view.table.drop(columns=ids))
    nobody = np.zeros(len(content), dtype=bool)
    if content.shape[1] == 0 or len(content) < 2:
        return _Repeated(ids, [], nobody, nobody, nobody)
    again = content.duplicated().to_numpy()
    customers = view.table[_customer_id(view.table[ids])]
    named_again = _hashable(customers).duplicated().to_numpy() & customers.notna().all(axis=1).to_numpy()
    named_again = named_again if customers.shape[1] else nobody
    twins = again & ~named_again & _beyond_chance(content, again)
    return _Repeated(ids, [*map(str, customers.columns)], again, named_again, twins)


def _customer_id(ids: pd.DataFrame) -> list[str]:
    """The first id column, which names the customers; a row number that never repeats names rows, and a second id may
    be a household's.
    """
    return [str(name) for name in ids if not is_row_number(ids[name])][:1]


def _same_ids(name: list[str], rows: Flags, again: Flags) -> list[Finding]:
    if not rows.any():
        return []
    number, alike = int(rows.sum()), int((rows & again).sum())
    has = "has" if number == 1 else "have"
    text = f"{counted(number, 'row')} {has} the {name[0]} of another row ({alike:,} of them alike in every column)"
    harm = "one row is not one customer here" if rows.mean() > _MANY else "the same customers, who count twice"
    return [Finding(SAME_CUSTOMERS, tuple(name), f"{text}: {harm}", DROP if alike else "")]


def _same_customers(rows: Flags, ids: list[str], width: int) -> list[Finding]:
    number = int(rows.sum())
    if not number:
        return []
    repeat = "repeats" if number == 1 else "repeat"
    if not ids:
        text = f"{counted(number, 'row')} {repeat} another row in every column"
        return [Finding(SAME_CUSTOMERS, (), text, DROP)]
    text = (
        f"{counted(number, 'row')} {repeat} another in all {width} columns but {listed(ids)}: "
        "probably the same customers under other ids, who count twice"
    )
    return [Finding(SAME_CUSTOMERS, tuple(ids), text, DROP)]


def _beyond_chance(content: pd.DataFrame, again: Flags) -> Flags:
    """For the rows that repeat another: whether so many of its values are so rare that chance cannot have done it.

    If columns had nothing to do with each other, a row's values would meet with the product of their shares, and that
    times the number of rows is how many twins to expect. But columns go together (who buys nothing has zeros
    everywhere), so only the root of the product is believed: as if every second column repeated the one before. A
    handful of coarse columns such as sex, age and income class repeat by nature and never get there.
    """
    once, repeated = content[~again], content[again]
    chance = np.zeros(len(repeated))
    for name in content:
        counts = content[name].value_counts(dropna=False)
        shares = _shares(counts, once[name].value_counts(dropna=False).reindex(counts.index, fill_value=0))
        chance += np.log10(repeated[name].map(shares).astype(float).fillna(1.0).to_numpy())
    telling = np.zeros(len(content), dtype=bool)
    telling[again] = np.log10(len(content)) + 0.5 * chance < np.log10(_BY_CHANCE)
    return telling


def _shares(counts: pd.Series, once: pd.Series) -> pd.Series:
    """How likely each value is to be met again: its share, but less for values that only one row and its twins have.

    Where no value is met twice, as with amounts in cents, one more row will hardly bring a value that is there. By
    Good and Turing values met once have together the share of those met twice. `once` counts each content once.
    """
    rows, single, double = once.sum(), int((once == 1).sum()), int((once == 2).sum())
    rare = min(2 * max(double, 0.5) / (rows * max(single, 1)), 1 / rows)
    return (counts / counts.sum()).where((once > 1) | (counts > _MOST_TWINS), rare)


def _hashable(table: pd.DataFrame) -> pd.DataFrame:
    """Columns of objects as text, so that lists and dicts can be compared."""
    objects = {name: values.map(str, na_action="ignore") for name, values in table.items() if values.dtype == object}
    return table.assign(**{str(name): values for name, values in objects.items()})
