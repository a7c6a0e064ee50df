"""One date format for a whole column."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.data.dates import FORMATS, check_date, date_format, likeliest_format, read_dates
from segkit.errors import UserError


def fmt(*values: object) -> str:
    return date_format(pd.Series(values, dtype="object"))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["2012-09-04", "2013-08-21"], "ISO8601"),
        (["2012-09-04 10:15:00", "2013-08-21T09:00:00"], "ISO8601"),
        (["04-09-2012", "21-08-2013"], "%d-%m-%Y"),
        (["04/09/2012", "21/08/2013"], "%d/%m/%Y"),
        (["04.09.2012", "21.08.2013"], "%d.%m.%Y"),
        (["09-04-2012", "08-21-2013"], "%m-%d-%Y"),
        (["09/04/2012", "08/21/2013"], "%m/%d/%Y"),
        (["04-Sep-2012", "21-Aug-2013"], "%d-%b-%Y"),
        (["04 Sep 2012", "21 Aug 2013"], "%d %b %Y"),
        (["04/09/2012 10:15", "21/08/2013 09:00"], "%d/%m/%Y %H:%M"),
        (["09/04/2012 10:15", "08/21/2013 09:00"], "%m/%d/%Y %H:%M"),
    ],
)
def test_each_format_is_recognised(values: list[str], expected: str) -> None:
    assert fmt(*values) == expected


def test_year_first_is_read_whatever_separates_it() -> None:
    days = pd.Series(["2012/09/04", "2013/08/21"])
    assert read_dates(days, date_format(days)).tolist() == [pd.Timestamp(2012, 9, 4), pd.Timestamp(2013, 8, 21)]


def test_day_first_wins_where_both_read_every_value() -> None:
    assert fmt("04-09-2012", "05-10-2012") == "%d-%m-%Y"


def test_one_value_late_in_the_column_decides_for_all() -> None:
    assert fmt(*["04/09/2012"] * 200, "08/21/2013") == "%m/%d/%Y"


def test_a_column_that_mixes_day_first_and_month_first_is_no_date() -> None:
    assert fmt("21/08/2013", "08/21/2013") == ""


@pytest.mark.parametrize(
    "values",
    [
        [2012, 2013],
        [20120904, 20130821],
        ["2012", "2013"],
        ["20120904", "20130821"],
        ["1.5", "2.5"],
        ["10:30:00", "11:45:00"],
        ["555-123-4567", "555-765-4321"],
        ["yesterday", "2012-09-04"],
        [],
        [None, None],
    ],
)
def test_what_is_no_date_has_no_format(values: list[object]) -> None:
    assert fmt(*values) == ""


def test_missing_cells_do_not_hide_the_format() -> None:
    assert fmt(None, "21-08-2013", float("nan")) == "%d-%m-%Y"


def test_timestamps_need_no_format() -> None:
    assert date_format(pd.Series(pd.to_datetime(["2024-01-01"]))) == "ISO8601"


def test_what_the_format_cannot_read_is_missing() -> None:
    read = read_dates(pd.Series(["21-08-2013", "31-02-2013", "soon", None, "7"], dtype="object"), "%d-%m-%Y")
    assert read.notna().tolist() == [True, False, False, False, False]
    assert read[0] == pd.Timestamp(2013, 8, 21)


def test_iso_text_is_read_whatever_the_format() -> None:
    read = read_dates(pd.Series(["04-09-2012", "2012-09-04"]), "%d-%m-%Y")
    assert read.tolist() == [pd.Timestamp(2012, 9, 4)] * 2


def test_time_zones_of_timestamps_are_dropped() -> None:
    zoned = pd.Series(pd.date_range("2024-01-01", periods=2, tz="Europe/Berlin"))
    assert read_dates(zoned, "ISO8601").tolist() == [pd.Timestamp(2024, 1, 1), pd.Timestamp(2024, 1, 2)]


def test_time_zones_of_text_are_dropped() -> None:
    read = read_dates(pd.Series(["2024-01-01T00:00:00Z", "2024-01-02T12:00:00+02:00"]), "ISO8601")
    assert read.tolist() == [pd.Timestamp(2024, 1, 1), pd.Timestamp(2024, 1, 2)]


def test_the_time_of_day_is_dropped() -> None:
    for values in (["2024-01-01 18:00", "2024-01-02 23:59"], pd.to_datetime(["2024-01-01 18:00", "2024-01-02 23:59"])):
        read = read_dates(pd.Series(values), "ISO8601")
        assert read.tolist() == [pd.Timestamp(2024, 1, 1), pd.Timestamp(2024, 1, 2)]


def test_one_bad_cell_in_twenty_does_not_hide_the_format() -> None:
    days = [f"{day:02}-08-2013" for day in range(10, 29)]
    assert fmt(*days, "unknown") == "%d-%m-%Y"
    assert fmt(*days[1:], "unknown", "soon") == ""


def test_the_likeliest_format_reads_most_of_the_column() -> None:
    assert likeliest_format(pd.Series(["soon", "08/21/2013", "never"])) == "%m/%d/%Y"
    assert likeliest_format(pd.Series([None, None])) == FORMATS[0]


@pytest.mark.parametrize("text", ["", "2025-06-30", "2024-02-29"])
def test_an_iso_date_is_given_back(text: str) -> None:
    assert check_date(text, "as_of") == text


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-29",
        "2025-06",
        "2025",
        "20250630",
        "30-06-2025",
        "2025/06/30",
        "2025-06-30 12:00",
        "2025-6-3",
        "today",
        "now",
    ],
)
def test_what_is_no_iso_date_is_refused_by_its_key(text: str) -> None:
    with pytest.raises(UserError) as raised:
        check_date(text, "data.as_of")
    assert (raised.value.problem, raised.value.mend) == (f"data.as_of={text} is not a date", "write it as 2025-06-30")


@given(
    days=st.lists(st.dates(min_value=pd.Timestamp(1900, 1, 1).date()), min_size=1, max_size=10),
    written=st.sampled_from([name for name in FORMATS if name != "ISO8601"]),
)
def test_whatever_is_written_in_a_known_format_is_read_back_by_it(days: list, written: str) -> None:
    text = pd.Series([day.strftime(written) for day in days])
    assert bool(date_format(text)) == (written != "%Y%m%d")  # bare digits are dates only where that is stated
    assert read_dates(text, written).dt.date.tolist() == days
