"""Text tables: encoding, separator and number style recognised, and said."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from segkit.data.numbers import number_style, read_numbers
from segkit.errors import UserError

_SEPARATORS = (",", ";", "\t", "|")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", r"\s+": "blanks"}
_LOOKED_AT = 50


@dataclass(frozen=True)
class Reading:
    """A table and what had to be recognised to read it, in words."""

    table: pd.DataFrame
    notes: tuple[str, ...] = ()


def read_delimited(content: bytes, name: str) -> Reading:
    """Read a CSV, TSV or blank-separated table from its bytes; raises UserError that names the file."""
    text, encoding = _decoded(content, name)
    separator, skipped, said = _layout(text)
    table = _parsed(text, separator, skipped, name)
    table = table.drop(columns=[column for column in table if _is_padding(table[column])])
    table, styles = _with_numbers(table)
    notes = [f"encoding {encoding}"] if encoding not in ("utf-8", "ascii") else []
    notes += [said] if said else []
    return Reading(table.rename(columns=lambda column: str(column).strip()), tuple(notes + styles))


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    if content[:3] == b"\xef\xbb\xbf":
        return content[3:].decode("utf-8", errors="replace"), "UTF-8 with a byte-order mark"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _western(content, name)


def _western(content: bytes, name: str) -> tuple[str, str]:
    try:
        return content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise UserError(f"{name} is neither UTF-8 nor Windows-1252 text", "save it as UTF-8 CSV") from None


def _layout(text: str) -> tuple[str, int, str]:
    """Separator, lines to skip before the header, and what to say of it."""
    lines = text[:200_000].splitlines()
    skipped = next((number for number, line in enumerate(lines) if line.strip()), 0)
    first = lines[skipped] if lines else ""
    if first.lower().startswith("sep="):
        separator = first[4:].strip(' \r\n"') or "\t"
        return separator, skipped + 1, f"Excel's line `sep=` names {_NAMES.get(separator, separator)}"
    separator = _separator([line for line in lines[skipped : skipped + _LOOKED_AT] if line.strip()])
    return separator, skipped, "" if separator == "," else f"columns are separated by {_NAMES[separator]}"


def _separator(lines: list[str]) -> str:
    """The separator that cuts most lines into the same number of columns, the most columns where several do."""
    scores = {separator: _regularity(lines, separator) for separator in _SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    if scores[best][1] > 1:
        return best
    words = Counter(len(line.split()) for line in lines)
    is_blank_table = len(lines) > 1 and len(words) == 1 and next(iter(words)) > 1
    return r"\s+" if is_blank_table else ","


def _regularity(lines: list[str], separator: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
    width, count = max(widths.items(), key=lambda item: (item[1], item[0])) if widths else (1, 0)
    return (count / len(lines), width) if width > 1 else (0.0, 1)


def _parsed(text: str, separator: str, skipped: int, name: str) -> pd.DataFrame:
    try:
        # index_col=False: with a separator at the end of every row pandas would take the first column for an index.
        return pd.read_csv(
            io.StringIO(text),
            sep=separator,
            skiprows=skipped,
            skipinitialspace=True,
            index_col=False,
            low_memory=False,
            dtype=dict.fromkeys(_codes(text, separator, skipped), str),
        )
    except pd.errors.EmptyDataError:
        raise UserError(f"{name} holds no table", "give a header line and at least one customer") from None
    except pd.errors.ParserError as error:
        raise UserError(f"{name} cannot be read as a table: {str(error).splitlines()[0]}", "mend that line") from error


def _codes(text: str, separator: str, skipped: int) -> list[str]:
    """Columns of digits with leading zeros: codes, whose zeros are part of them."""
    options: dict[str, Any] = {"sep": separator, "skiprows": skipped, "skipinitialspace": True, "index_col": False}
    head = pd.read_csv(io.StringIO(text), dtype=str, nrows=_LOOKED_AT, **options)
    return [name for name in head if head[name].str.fullmatch(r"0\d+").any()]


def _is_padding(values: pd.Series) -> bool:
    """Columns without a name and nearly without a value, as spreadsheets leave them behind."""
    return str(values.name).startswith("Unnamed:") and values.notna().mean() < 0.05


def _with_numbers(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Text columns that hold numbers as numbers, and the styles that were found."""
    read, found = {}, Counter[str]()
    for name in table.columns[[not pd.api.types.is_numeric_dtype(dtype) for dtype in table.dtypes]]:
        style = "" if table[name].astype("str").str.fullmatch(r"0\d+").any() else number_style(table[name])
        if style:
            read[name] = read_numbers(table[name], style)
            found["numbers with signs such as $ or %" if style == "plain" else style] += 1
    notes = [f"{style} in {count} column{'s' if count > 1 else ''}" for style, count in found.items()]
    return table.assign(**read), notes
