"""Columns that tell who a customer is: found by their values, and by their names in several languages."""

import re
import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd

from segkit.data.dates import read_dates
from segkit.data.findings.names import is_birth_name, words
from segkit.data.personal_words import (
    ACCOUNT_PAIRS,
    ACCOUNT_WORDS,
    ADDRESS_WORDS,
    FIRST_NAMES,
    NAME,
    NAME_WORDS,
    NOT_OF_PEOPLE,
    PHONE_WORDS,
    STREETS,
    WHOSE,
)

EMAILS, PHONES, ACCOUNTS = "e-mail addresses", "telephone numbers", "numbers of accounts or papers"
ADDRESSES, PEOPLE, BIRTHS = "postal addresses", "people's names", "full dates of birth"

_CELLS = 400
_MOST, _MANY = 0.8, 0.5
_FEWEST_NAMES = 20
_YOUNGEST, _GENERATIONS = 14, 40

_EMAIL = re.compile(r"(mailto:)?[^@\s,;<>]+@[^@\s,;<>]+\.[^\W\d_]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(\+|00[1-9]|\(?0[1-9])[\d ()./-]{7,22}|(\+?1[ .-])?\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{4}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}( ?[A-Z0-9]{4}){3,7}( ?[A-Z0-9]{1,3})?")
_STREET = re.compile(rf"\b({'|'.join(STREETS)})\b|\w(strasse|str\.|weg|platz|allee|gasse|straat|laan|gatan|vej)(?!\w)")
_FULL_NAME = re.compile(r"((mr|mrs|ms|dr|herr|frau|mme|m|sr|sra)\.? )?[^\W\d_][\w'-]*\.?,?( [^\W\d_][\w'-]*\.?){1,3}")


def personal(values: pd.Series, kind: str = "", fmt: str = "") -> str:
    """What a column tells of who a customer is, or "": e-mail addresses, telephone numbers, ... `kind` and `fmt` are
    what it was understood as and the format of its dates.

    >>> personal(pd.Series(["ann@shop.example", "bo@shop.example"], name="kontakt"))
    'e-mail addresses'
    >>> personal(pd.Series([3, 8, 1], name="emails_opened"))
    ''
    """
    present = values.dropna()
    if present.empty or kind in ("binary", "constant"):
        return ""
    if kind == "date":
        return BIRTHS if _is_birth_date(str(values.name), present, fmt) else ""
    cells = _sample(present).map(_plain)
    named = set(map(_plain, words(str(values.name))))
    return next((what for what, is_it in _LOOKS.items() if is_it(cells, named)), "")


def _sample(present: pd.Series) -> pd.Series:
    """Cells from all over the column; numbers that became floats beside a gap as they were written."""
    found = present.iloc[:: max(len(present) // _CELLS, 1)]
    if pd.api.types.is_float_dtype(found):
        numbers = found.to_numpy(dtype=float)
        is_whole = np.isfinite(numbers).all() and bool((numbers % 1 == 0).all() and (np.abs(numbers) < 1e17).all())
        return found.astype("int64").astype(str) if is_whole else found.astype(str)
    return found.astype(str)


def _plain(text: str) -> str:
    """Without accents and blanks at the ends, ß as ss."""
    bare = text.strip().replace("ß", "ss")
    return (
        bare
        if bare.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    )


def _share(cells: pd.Series, is_it: Callable[[str], object]) -> float:
    return float(np.mean([bool(is_it(cell)) for cell in cells]))


def _are_emails(cells: pd.Series, named: set[str]) -> bool:
    return _share(cells, _EMAIL.fullmatch) >= _MANY


def _are_phones(cells: pd.Series, named: set[str]) -> bool:
    if named & PHONE_WORDS and _share(cells, lambda cell: _is_long_number(cell, 7)) >= _MOST:
        return True
    return _share(cells, lambda cell: _PHONE.fullmatch(cell) and _is_long_number(cell, 9)) >= _MOST and (
        _share(cells, lambda cell: cell.startswith("+") or re.search(r"[ ()/-]", cell)) >= _MOST
    )


def _is_long_number(cell: str, fewest: int) -> bool:
    digits = sum(sign.isdigit() for sign in cell)
    return fewest <= digits <= 17 and not any(sign.isalpha() for sign in cell) and ":" not in cell


def _are_accounts(cells: pd.Series, named: set[str]) -> bool:
    is_named = named & ACCOUNT_WORDS or any(pair <= named for pair in ACCOUNT_PAIRS)
    if is_named and _differ(cells) and _share(cells, lambda cell: sum(c.isdigit() for c in cell) >= 5) >= _MOST:
        return True
    return _share(cells, _IBAN.fullmatch) >= _MOST and _share(cells, lambda cell: len(cell) >= 15) >= _MOST


def _are_addresses(cells: pd.Series, named: set[str]) -> bool:
    streets = _share(cells, lambda cell: re.search(r"\d", cell) and _STREET.search(cell.lower()))
    if streets >= _MANY:
        return True
    return bool(named & ADDRESS_WORDS) and _differ(cells) and _share(cells, _has_words) >= _MOST


def _are_people(cells: pd.Series, named: set[str]) -> bool:
    if _share(cells, _has_words) < _MOST:
        return False
    is_whose = bool(named & NAME and named & WHOSE)
    if (named & NAME_WORDS or is_whose) and cells.nunique() > 2:
        return True
    if not _differ(cells):
        return False
    is_called = named <= NAME and bool(named)
    full = _share(cells, lambda cell: _FULL_NAME.fullmatch(cell.lower()))
    known = _share(cells, lambda cell: FIRST_NAMES & set(re.findall(r"[a-z]+", cell.lower())))
    return full >= _MOST and known >= (0.02 if is_called else 0.2)


def _has_words(cell: str) -> bool:
    return any(sign.isalpha() for sign in cell)


def _differ(cells: pd.Series) -> bool:
    return cells.nunique() >= min(_FEWEST_NAMES, _MANY * len(cells)) and cells.nunique() > 2


def _is_birth_date(name: str, present: pd.Series, fmt: str) -> bool:
    """Days, not only years: called so, or of people who are grown up and more than a generation apart."""
    days = read_dates(_spread(present), fmt or "ISO8601").dropna()
    if days.empty or (days.dt.day_of_year == 1).all():
        return False
    if is_birth_name(name):
        return True
    built = any(part in name.lower() for part in NOT_OF_PEOPLE)
    low, high = days.dt.year.quantile([0.01, 0.99])
    grown = high <= pd.Timestamp.now().year - _YOUNGEST and low >= 1900
    return not built and grown and days.nunique() >= _FEWEST_NAMES and high - low >= _GENERATIONS


def _spread(present: pd.Series) -> pd.Series:
    return present.iloc[:: max(len(present) // _CELLS, 1)]


def _are_births(cells: pd.Series, named: set[str]) -> bool:
    """19800304, which is read as a number."""
    return is_birth_name(" ".join(named)) and _share(cells, re.compile(r"(19|20)\d\d[01]\d[0-3]\d").fullmatch) >= _MOST


_LOOKS: dict[str, Callable[[pd.Series, set[str]], bool]] = {
    EMAILS: _are_emails,
    ACCOUNTS: _are_accounts,
    BIRTHS: _are_births,
    PHONES: _are_phones,
    ADDRESSES: _are_addresses,
    PEOPLE: _are_people,
}
