"""Columns that tell who a customer is: found by their values, and by their names in the languages that tables come in."""

import re
import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd

from segkit.data.dates import read_dates
from segkit.data.findings.names import is_birth_name, words

EMAILS, PHONES, ACCOUNTS = "e-mail addresses", "telephone numbers", "numbers of accounts or papers"
ADDRESSES, PEOPLE, BIRTHS = "postal addresses", "people's names", "full dates of birth"

_CELLS = 400
_MOST, _MANY = 0.8, 0.5
_FEWEST_NAMES = 20
_YOUNGEST, _GENERATIONS = 14, 40

_EMAIL = re.compile(r"(mailto:)?[^@\s,;<>]+@[^@\s,;<>]+\.[^\W\d_]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(\+|00[1-9]|\(?0[1-9])[\d ()./-]{7,22}|(\+?1[ .-])?\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{4}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}( ?[A-Z0-9]{4}){3,7}( ?[A-Z0-9]{1,3})?")
_STREETS = (
    *("street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "blvd", "boulevard", "court", "square"),
    *("rue", "chemin", "impasse", "allee", "calle", "avenida", "av", "paseo", "plaza", "carrera", "via", "viale"),
    *("piazza", "corso", "rua", "travessa", "praca", "ulica", "ul", "weg", "platz", "gasse", "strasse", "str"),
)
_STREET = re.compile(rf"\b({'|'.join(_STREETS)})\b|\w(strasse|str\.|weg|platz|allee|gasse|straat|laan|gatan|vej)(?!\w)")
_FULL_NAME = re.compile(r"((mr|mrs|ms|dr|herr|frau|mme|m|sr|sra)\.? )?[^\W\d_][\w'-]*\.?,?( [^\W\d_][\w'-]*\.?){1,3}")
_FIRST_NAMES = frozenset(
    "anna anne ann maria marie mary john james robert michael mike william david richard joseph thomas tom charles "
    "christopher daniel matthew mark paul peter steven andrew george edward susan sarah sara jessica jennifer linda "
    "elizabeth emma emily olivia sophie sophia laura julia lisa karen nancy kate hans karl klaus jurgen wolfgang uwe "
    "stefan stephan andreas martin sabine petra monika ursula heike claudia katrin jan lukas felix jean pierre jacques "
    "michel philippe francois nicolas isabelle nathalie sylvie catherine camille chloe jose juan carlos luis miguel "
    "antonio manuel francisco carmen ana isabel lucia elena marco luca giuseppe giovanni francesco paolo giulia chiara "
    "francesca joao pedro paulo mohammed ahmed ali fatima omar ivan olga natalia piotr katarzyna wei li".split()
)

_PHONE_WORDS = {
    *("phone", "phones", "telephone", "cellphone", "smartphone", "tel", "telefon", "telefonnummer", "telefonnr", "fax"),
    *("handy", "handynummer", "mobilnummer", "mobiltelefon", "rufnummer", "mobile", "msisdn", "whatsapp", "gsm"),
    *("telefono", "telefone", "celular", "cellulare", "movil", "portable", "telefoon", "telefoonnummer", "phonenumber"),
}
_ACCOUNT_WORDS = {
    *("iban", "passport", "ssn", "reisepass", "passeport", "pasaporte", "personalausweis", "ausweisnummer", "nif", "dni"),
    *("sozialversicherungsnummer", "steuernummer", "kontonummer", "kreditkartennummer", "cpf"),
}
_ACCOUNT_PAIRS = ({"card", "number"}, {"card", "no"}, {"account", "number"}, {"social", "security"}, {"national", "id"})
_ADDRESS_WORDS = {
    *("address", "addresses", "street", "strasse", "anschrift", "adresse", "hausanschrift", "wohnadresse", "domicilio"),
    *("direccion", "calle", "rue", "indirizzo", "endereco", "adres", "straat", "addressline", "streetaddress"),
}
_NAME_WORDS = {
    *("surname", "forename", "firstname", "lastname", "fullname", "middlename", "familyname", "givenname", "maiden"),
    *("vorname", "nachname", "familienname", "kundenname", "zuname", "prenom", "apellido", "apellidos", "cognome"),
    *("sobrenome", "apelido", "voornaam", "achternaam", "imie", "nazwisko", "fornamn", "efternamn", "customername"),
}
_NAME = {"name", "names", "nom", "nombre", "nome", "naam", "navn", "namn"}
_WHOSE = {
    *("first", "last", "full", "middle", "family", "given", "customer", "client", "user", "member", "person", "contact"),
    *("holder", "kunde", "kunden", "famille", "cliente", "completo", "complet", "klant"),
}


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
    return bare if bare.isascii() else "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))


def _share(cells: pd.Series, is_it: Callable[[str], object]) -> float:
    return float(np.mean([bool(is_it(cell)) for cell in cells]))


def _are_emails(cells: pd.Series, named: set[str]) -> bool:
    return _share(cells, _EMAIL.fullmatch) >= _MANY


def _are_phones(cells: pd.Series, named: set[str]) -> bool:
    if named & _PHONE_WORDS and _share(cells, lambda cell: _is_long_number(cell, 7)) >= _MOST:
        return True
    return _share(cells, lambda cell: _PHONE.fullmatch(cell) and _is_long_number(cell, 9)) >= _MOST and (
        _share(cells, lambda cell: cell.startswith("+") or re.search(r"[ ()/-]", cell)) >= _MOST
    )


def _is_long_number(cell: str, fewest: int) -> bool:
    digits = sum(sign.isdigit() for sign in cell)
    return fewest <= digits <= 17 and not any(sign.isalpha() for sign in cell) and ":" not in cell


def _are_accounts(cells: pd.Series, named: set[str]) -> bool:
    is_named = named & _ACCOUNT_WORDS or any(pair <= named for pair in _ACCOUNT_PAIRS)
    if is_named and _differ(cells) and _share(cells, lambda cell: sum(c.isdigit() for c in cell) >= 5) >= _MOST:
        return True
    return _share(cells, _IBAN.fullmatch) >= _MOST and _share(cells, lambda cell: len(cell) >= 15) >= _MOST


def _are_addresses(cells: pd.Series, named: set[str]) -> bool:
    streets = _share(cells, lambda cell: re.search(r"\d", cell) and _STREET.search(cell.lower()))
    if streets >= _MANY:
        return True
    return bool(named & _ADDRESS_WORDS) and _differ(cells) and _share(cells, _has_words) >= _MOST


def _are_people(cells: pd.Series, named: set[str]) -> bool:
    if _share(cells, _has_words) < _MOST:
        return False
    is_whose = bool(named & _NAME and named & _WHOSE)
    if (named & _NAME_WORDS or is_whose) and cells.nunique() > 2:
        return True
    if not _differ(cells):
        return False
    is_called = named <= _NAME and bool(named)
    full = _share(cells, lambda cell: _FULL_NAME.fullmatch(cell.lower()))
    known = _share(cells, lambda cell: _FIRST_NAMES & set(re.findall(r"[a-z]+", cell.lower())))
    return full >= _MOST and known >= (0.02 if is_called else 0.2)


def _has_words(cell: str) -> bool:
    return any(sign.isalpha() for sign in cell)


def _differ(cells: pd.Series) -> bool:
    return cells.nunique() >= min(_FEWEST_NAMES, _MANY * len(cells)) and cells.nunique() > 2


def _is_birth_date(name: str, present: pd.Series, fmt: str) -> bool:
    """Days, not only years: called so, or of people who are grown up and more than a generation apart."""
    days = read_dates(_spread(present), fmt or "ISO8601").dropna()
    if days.empty or (days.dt.dayofyear == 1).all():
        return False
    if is_birth_name(name):
        return True
    built = any(word in name.lower() for word in ("buil", "found", "constr", "model", "open", "since", "regist", "join"))
    low, high = days.quantile([0.01, 0.99]).dt.year
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
