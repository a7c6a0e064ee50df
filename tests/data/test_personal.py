"""Columns that tell who a customer is: found in several languages, and nothing else taken for them."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from segkit.data import Stated
from segkit.data.columns import infer_column
from segkit.data.findings import find
from segkit.data.personal import ACCOUNTS, ADDRESSES, BIRTHS, EMAILS, PEOPLE, PHONES, personal
from segkit.data.understand import understand

RNG = np.random.default_rng(3)
ROWS = 80
NUMBERS = RNG.integers(10**6, 10**7, ROWS)
SURNAMES = RNG.choice(["Müller", "O'Neil", "Nguyen", "García", "de Vries", "Şahin"], ROWS)
FIRST = RNG.choice(["Anna", "José", "Jürgen", "Marie", "Luca", "Olga"], ROWS)
BORN = pd.Timestamp("1940-01-01") + pd.to_timedelta(RNG.integers(0, 22_000, ROWS), unit="D")


def found_in(name: str, values: Any) -> str:
    column = infer_column(pd.Series(values, name=name))
    return personal(pd.Series(values, name=name), column.kind, column.date_format)


@pytest.mark.parametrize("name", ["email", "E-Mail", "courriel", "correo", "login", "x7"])
def test_e_mail_addresses_are_found_whatever_the_column_is_called(name: str) -> None:
    assert found_in(name, [f"a.b+{number}@mail.shop.example" for number in NUMBERS]) == EMAILS


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("Telefon", "+49 30 {}"),
        ("téléphone", "01 {}"),
        ("Teléfono móvil", "{}"),
        ("phone", "0{}"),
        ("mobileNumber", "{}"),
        ("contact", "+44 20 {}"),
        ("reach", "(030) 12{}"),
        ("kontakt", "0171/{}"),
    ],
)
def test_telephone_numbers_are_found_by_name_or_by_how_they_are_written(name: str, pattern: str) -> None:
    assert found_in(name, [pattern.format(number) for number in NUMBERS]) == PHONES


@pytest.mark.parametrize(
    "name", ["Surname", "last_name", "LastName", "Nachname", "nom de famille", "apellidos", "cognome", "achternaam"]
)
def test_surnames_are_found_by_name_however_few_differ(name: str) -> None:
    assert found_in(name, SURNAMES) == PEOPLE


@pytest.mark.parametrize("name", ["name", "Kunde", "who", "nombre"])
def test_full_names_are_found_by_what_they_are(name: str) -> None:
    people = [f"{first} {last}-{place}" for place, (first, last) in enumerate(zip(FIRST, SURNAMES, strict=True))]
    people = [person.translate(str.maketrans("0123456789", "abcdefghij")) for person in people]
    assert found_in(name, people) == PEOPLE


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("x", "Hauptstraße {}"),
        ("Anschrift", "Am Markt {}, 1234 Ort"),
        ("where", "{} Elm Street"),
        ("dirección", "Calle Mayor {}"),
        ("adresse", "{} rue de la Paix"),
        ("address", "Flat {}, The Old Mill"),
    ],
)
def test_addresses_are_found(name: str, pattern: str) -> None:
    assert found_in(name, [pattern.format(number % 97) for number in NUMBERS]) == ADDRESSES


@pytest.mark.parametrize("name", ["birth_date", "Geburtsdatum", "date de naissance", "fecha_nacimiento", "DOB", "x"])
@pytest.mark.parametrize("form", ["%Y-%m-%d", "%d.%m.%Y"])
def test_full_dates_of_birth_are_found_by_name_or_by_being_those_of_grown_ups(name: str, form: str) -> None:
    assert found_in(name, BORN.strftime(form)) == BIRTHS


def test_dates_of_birth_as_numbers_and_as_dates_are_found() -> None:
    assert found_in("birthdate", BORN.strftime("%Y%m%d").astype(int)) == BIRTHS
    assert found_in("born", BORN) == BIRTHS


def test_accounts_are_found() -> None:
    assert found_in("x", [f"DE44500105175{number}32" for number in NUMBERS]) == ACCOUNTS
    assert found_in("passport", [f"C{number}" for number in NUMBERS]) == ACCOUNTS


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("birth_year", BORN.year),
        ("joined", pd.Timestamp("2019-01-01") + pd.to_timedelta(NUMBERS % 2000, unit="D")),
        ("house_built", BORN),
        ("emails_opened", NUMBERS % 30),
        ("email", RNG.choice(["yes", "no", "never asked"], ROWS)),
        ("phone_calls", NUMBERS % 50),
        ("has_phone", NUMBERS % 2),
        ("phone_model", RNG.choice(["P 30", "P 40", "X 11"], ROWS)),
        ("contact", RNG.choice(["cellular", "telephone", "unknown"], ROWS)),
        ("mobile", RNG.choice(["prepaid", "contract", "none"], ROWS)),
        ("address_changes", NUMBERS % 4),
        ("shop name", RNG.choice(["North", "South", "Old Town"], ROWS)),
        ("product_name", [f"RED TEA CUP {number}" for number in NUMBERS]),
        ("name", RNG.choice(["Basic", "Plus", "Family"], ROWS)),
        ("spend", NUMBERS / 100),
        ("balance", NUMBERS),
        ("sku", [f"{number}-{number % 9}" for number in NUMBERS]),
        ("order_no", [f"00{number}" for number in NUMBERS]),
        ("change", [f"+{number / 1e4:.2f}" for number in NUMBERS]),
        ("town", RNG.choice(["St Ives", "Bath", "Rue"], ROWS)),
    ],
)
def test_what_tells_nobody_apart_is_left_alone(name: str, values: Any) -> None:
    assert found_in(name, values) == ""


TABLE = pd.DataFrame(
    {
        "Telefon": [f"+49 30 {number}" for number in NUMBERS],
        "Nachname": SURNAMES,
        "Geburtsdatum": BORN.strftime("%d.%m.%Y"),
        "spend": NUMBERS / 7,
    }
)


def test_they_are_kept_out_said_and_can_be_asked_for() -> None:
    columns = {column.name: column for column in understand(TABLE)}
    assert {name: column.use for name, column in columns.items()} == {
        **dict.fromkeys(["Telefon", "Nachname", "Geburtsdatum"], "leave_out"),
        "spend": "segment_on",
    }
    first = find(TABLE, tuple(columns.values()))[0]
    assert first.columns == ("Telefon", "Nachname", "Geburtsdatum")
    assert "telephone numbers" in first.text
    assert first.mend == "'data.derive.age={age: Geburtsdatum}'"
    asked = understand(TABLE, Stated(use={"Nachname": "segment_on"}))
    assert {column.name: column.use for column in asked}["Nachname"] == "segment_on"
    assert any(finding.columns == ("Nachname",) and "asked for" in finding.text for finding in find(TABLE, asked))


def test_an_age_tells_full_years_only() -> None:
    from segkit.data.made import made_values

    columns = understand(TABLE, Stated(derive={"age": {"age": "Geburtsdatum"}}))
    ages = made_values(columns, ["age"], TABLE)["age"]
    assert (ages % 1 == 0).all()
    assert ages.nunique() > 20
