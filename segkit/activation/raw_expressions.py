"""Names, values and raw columns as SQL expressions, in DuckDB's words: cells read as the pipeline reads them."""

import re
from collections.abc import Sequence

from segkit.data.columns import Column
from segkit.data.dates import MONTH_FIRST_WHERE_POSSIBLE
from segkit.data.number_styles import COMMAS, TRUTHS

_WHOLE = re.compile(r"-?\d+")


def quoted(name: str) -> str:
    """A name of a table or column, in quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A value; text in quotes.

    >>> literal(35000.0), literal("O'Neil")
    ('35000', "'O''Neil'")
    """
    if isinstance(value, int | float):
        return f"{value + 0:.12g}"
    return "'" + str(value).replace("'", "''") + "'"


def literals(values: Sequence[object]) -> str:
    """Values to choose from; whole numbers are found, too, where a database writes 1 as 1.0."""
    both = [one for value in values for one in ((value, f"{value}.0") if _WHOLE.fullmatch(str(value)) else (value,))]
    return ", ".join(map(literal, both))


def text(column: Column) -> str:
    """A raw column as text without blanks around it."""
    found = f"trim(CAST({quoted(column.name)} AS VARCHAR))"
    if column.missing:
        found = f"CASE WHEN {found} IN ({literals(column.missing)}) THEN NULL ELSE {found} END"
    return found if column.fill is None else f"coalesce(nullif({found}, ''), {literal(str(column.fill))})"


def moment(column: Column) -> str:
    """A raw column of dates as timestamps."""
    found = text(column)
    years = rf"try_strptime(regexp_replace({found}, '\.0$', ''), '%Y')"
    iso = f"TRY_CAST({found} AS TIMESTAMP)"
    if "%" in column.date_format:
        return f"coalesce(try_strptime({found}, {literal(column.date_format)}), {iso})"
    if column.date_format == MONTH_FIRST_WHERE_POSSIBLE:
        return f"coalesce(try_strptime({found}, ['%m-%d-%Y', '%d-%m-%Y']), {iso})"
    return f"coalesce({iso}, {years})"


def day(as_of: str) -> str:
    """A date, or a moment where it has a time, as SQL writes it."""
    return f"TIMESTAMP {literal(as_of.replace('T', ' '))}" if "T" in as_of else f"DATE {literal(as_of)}"


def days_before(found: str, as_of: str) -> str:
    """Whole days from a timestamp to the day."""
    if "T" in as_of:
        return f"floor(epoch({day(as_of)} - {found}) / 86400)"
    return f"date_diff('day', CAST({found} AS DATE), {day(as_of)})"


def read_number(column: Column) -> str:
    """A raw column as a number, however it is written."""
    found = _read_number(column)
    missing = [value for value in column.missing if _is_number(value)]
    if len(missing) == 1:
        found = f"nullif({found}, {missing[0]})"
    elif missing:
        found = f"CASE WHEN {found} IN ({', '.join(missing)}) THEN NULL ELSE {found} END"
    return found if column.fill is None else f"coalesce({found}, {literal(float(column.fill))})"


def _read_number(column: Column) -> str:
    name = quoted(column.name)
    if not column.style:
        return f"TRY_CAST({name} AS DOUBLE)"  # a database may hold as text what a file showed to be numbers
    if column.style == TRUTHS:
        words = f"lower(CAST({name} AS VARCHAR))"
        return f"CASE WHEN {words} IN ('true', '1', '1.0') THEN 1 WHEN {words} IN ('false', '0', '0.0') THEN 0 END"
    bare = f"regexp_replace(CAST({name} AS VARCHAR), '[^0-9.,eE+-]', '', 'g')"
    if column.style == COMMAS:
        # A number in the database is one already: its point is no thousands mark.
        read = f"TRY_CAST(replace(replace({bare}, '.', ''), ',', '.') AS DOUBLE)"
        return f"CASE WHEN typeof({name}) = 'VARCHAR' THEN {read} ELSE TRY_CAST({name} AS DOUBLE) END"
    return f"TRY_CAST(replace({bare}, ',', '') AS DOUBLE)"


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
