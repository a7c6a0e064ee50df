"""Dates that can be read in two ways, and odd ones."""

import numpy as np
import pandas as pd
import pytest

RNG = np.random.default_rng(0)


def table_of(fmt: str, days: int = 12, rows: int = 300) -> pd.DataFrame:
    dates = [pd.Timestamp(2023, month, day) for month, day in RNG.integers(1, [13, days + 1], (rows, 2))]
    return pd.DataFrame({"since": [f"{date:{fmt}}" for date in dates], "x": RNG.normal(size=rows)})


@pytest.mark.parametrize(
    ("fmt", "mend"),
    [
        ("%d-%m-%Y", "data.dates.since='%m-%d-%Y'"),
        ("%d/%m/%Y", "data.dates.since='%m/%d/%Y'"),
        ("%d/%m/%Y %H:%M", "data.dates.since='%m/%d/%Y %H:%M'"),
    ],
)
def test_both_readings_of_every_row(found, fmt, mend):
    table = table_of(fmt)
    table.loc[0, "since"] = pd.Timestamp(2023, 4, 3).strftime(fmt)
    (finding,) = found(table)["date_order"]
    assert finding.mend == mend
    assert "it was read day-first" in finding.text
    assert f"{pd.Timestamp(2025, 2, 1):{fmt}} as 2025-02-01" in finding.text
    assert table.since[0] not in finding.text


@pytest.mark.parametrize("fmt", ["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y"])
def test_formats_that_leave_no_choice(found, fmt):
    assert "date_order" not in found(table_of(fmt))


@pytest.mark.parametrize("fmt", ["%d-%m-%Y", "%m/%d/%Y"])
def test_one_row_decides(found, fmt):
    table = table_of(fmt)
    table.loc[7, "since"] = pd.Timestamp(2023, 5, 28).strftime(fmt)
    assert "date_order" not in found(table)


def test_the_other_reading_once_it_is_chosen(found):
    chosen = {"kind": "date", "date_format": "%m-%d-%Y"}
    (finding,) = found(table_of("%d-%m-%Y"), since=chosen)["date_order"]
    assert finding.mend == "data.dates.since='%d-%m-%Y'"
    assert "it was read month-first" in finding.text
    assert "date_order" not in found(table_of("%d-%m-%Y"), since=chosen | {"reason": "stated"})


def test_days_that_equal_their_months_leave_no_choice(found):
    table = pd.DataFrame({"since": ["01-01-2023", "05-05-2023", "11-11-2023"] * 9, "x": range(27)})
    assert "date_order" not in found(table)


def test_far_dates_and_unreadable_cells_are_counted(found):
    table = table_of("%Y-%m-%d", days=28)
    table.loc[:1, "since"] = "9999-12-31"
    table.loc[5, "since"] = "soon"
    (finding,) = found(table)["odd_dates"]
    assert finding.text == (
        "since has 2 dates in the future (9999-12-31) and 1 cell that cannot be read as a date (written aaaa)"
    )
    assert (
        finding.mend == 'data.missing.since=["9999-12-31"]' or finding.mend == "'data.missing.since=[\"9999-12-31\"]'"
    )


def test_an_unreadable_cell_is_told_by_how_it_is_written(found):
    table = table_of("%Y-%m-%d", days=28)
    table.loc[:3, "since"] = ["12/31/1980", "01/31/1975", "ann.smith@example.com", "+49 171 5550123"]
    (finding,) = found(table)["odd_dates"]
    assert "4 cells that cannot be read as a date (written 99/99/9999, " in finding.text
    assert not any(cell in finding.text for cell in table.since[:4])


def test_plans_are_no_mistakes(found):
    until = pd.Timestamp.now() + pd.to_timedelta(RNG.integers(-400, 400, 300), unit="D")
    table = pd.DataFrame({"contract_end": until, "x": RNG.normal(size=300)})
    assert "odd_dates" not in found(table)
    table.loc[0, "contract_end"] = pd.Timestamp(2199, 1, 1)
    assert "1 date in the future" in found(table)["odd_dates"][0].text


def test_real_dates_are_decided(found_in):
    for name in ("marketing_campaign.csv", "variants/variant_marketing_semicolon_bom_iso.csv"):
        assert not {"date_order", "odd_dates"} & set(found_in(name))
