"""Text tables: encoding, separator and number style recognised, and said."""

import codecs
import csv
import io
import re
import warnings
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pandas as pd

from segkit.data.number_styles import COMMAS, has_thousands_points, may_have_thousands_points, number_style
from segkit.errors import UserError

_SEPARATORS = (",", ";", "\t", "|")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", r"\s+": "blanks"}
LOOKED_AT = 200
MOST_COLUMNS = 5_000
_LONGEST_NAME = 1_000
# A cell that is nothing but digits and begins with a zero is a code: a number would lose the zero.
CODE = r"0\d+"
_CODE_CELL = re.compile(rb"""(?m)(?:^|[,;\t| "])0\d+(?:[,;\t| "\r\n]|$)""")


@dataclass(frozen=True)
class Reading:
    """A table, what had to be recognised to read it, in words, and the names of columns that were not wanted."""

    table: pd.DataFrame
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """How a text table is written: what pandas has to be told (`options`), and what people should be."""

    encoding: str
    separator: str
    skipped: int
    notes: tuple[str, ...]

    @property
    def options(self) -> dict[str, Any]:
        """What `pandas.read_csv` has to be told."""
        # index_col=False: with a separator at the end of every row pandas would take the first column for an index.
        written = {"sep": self.separator, "skiprows": self.skipped, "encoding": self.encoding}
        return written | {"encoding_errors": "replace", "skipinitialspace": True, "index_col": False}


def read_delimited(
    content: bytes, name: str, wanted: Callable[[str], bool] = lambda name: True, text: Collection[str] = ()
) -> Reading:
    """Read the wanted columns of a CSV, TSV or blank-separated table from its bytes; those in `text` as they stand.

    Numbers that are not written as Python does stay text, too. Raises UserError that names the file.
    """
    layout = layout_of(lambda: [content], name)
    head = _parsed(content, layout, name, dtype=str, nrows=LOOKED_AT)
    kept = [column for column in head if wanted(on_one_line(column))]
    check_names(name, kept)
    unread = tuple(on_one_line(column) for column in head if column not in kept)
    stated = {column: str for column in kept if on_one_line(column) in text}
    table = _parsed(content, layout, name, low_memory=False, usecols=kept if unread else None, dtype=stated)
    table = table.drop(columns=[column for column in table if _is_padding(table[column])])
    table = table.assign(**_misread(content, layout, name, table, head))
    doubtful = [column for column in table.select_dtypes("float") if may_have_thousands_points(head[column])]
    notes = (*layout.notes, *(_doubt(on_one_line(column), head[column]) for column in doubtful))
    return Reading(table.rename(columns=on_one_line), notes, unread)


def check_names(source: str, names: Collection[object]) -> None:
    """Raise UserError for a table so wide that going through it would take minutes, or with names that are none."""
    if len(names) > MOST_COLUMNS:
        problem = f"{source} has {len(names):,} columns, and no more than {MOST_COLUMNS:,} are read"
        raise UserError(problem, "keep those that tell customers apart, or give a log of transactions (docs/data.md)")
    longest = max(map(len, map(str, names)), default=0)
    if longest > _LONGEST_NAME:
        raise UserError(f"{source} has a column name of {longest:,} letters", "is its first line the columns' names?")


def on_one_line(column: object) -> str:
    """A column's name as it can be typed: spreadsheets break long ones."""
    return re.sub(r"\s*[\r\n]\s*", " ", str(column).replace("\0", "").strip())


def layout_of(blocks: Callable[[], Iterable[bytes]], name: str) -> Layout:
    """How a text table is written, from its bytes, which may come in blocks; `blocks` gives them from the start."""
    encoding, note = _encoding(blocks, name)
    separator, skipped, said = _separation(next(iter(blocks()), b"")[:200_000].decode(encoding, errors="replace"))
    return Layout(encoding, separator, skipped, tuple(text for text in (note, said) if text))


def _encoding(blocks: Callable[[], Iterable[bytes]], name: str) -> tuple[str, str]:
    """The encoding as Python knows it, and what to say of it."""
    head = next(iter(blocks()), b"")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", "encoding UTF-16"
    if head[:3] == b"\xef\xbb\xbf":
        return "utf-8-sig", "encoding UTF-8 with a byte-order mark"
    for encoding, note in (("utf-8", ""), ("cp1252", "encoding Windows-1252")):
        if _decodes(blocks(), encoding):
            return encoding, note
    raise UserError(f"{name} is neither UTF-8 nor Windows-1252 text", "save it as UTF-8 CSV")


def _decodes(blocks: Iterable[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in blocks:
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _separation(text: str) -> tuple[str, int, str]:
    """Separator, lines to skip before the header, and what to say of it."""
    lines = text.splitlines()
    skipped = next((number for number, line in enumerate(lines) if line.strip()), 0)
    first = lines[skipped] if lines else ""
    if first.lower().startswith("sep="):
        separator = first[4:].strip(' \r\n"') or "\t"
        return separator, skipped + 1, f"Excel's line `sep=` names {_NAMES.get(separator, separator)}"
    separator = _separator([line for line in lines[skipped : skipped + LOOKED_AT] if line.strip()])
    # Blank lines before the header pandas skips by itself.
    return separator, 0, "" if separator == "," else f"columns are separated by {_NAMES[separator]}"


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
    widths = Counter[int]()
    with suppress(csv.Error):  # a cell that is longer than most tables: those above it tell enough
        widths.update(len(row) for row in csv.reader(lines, delimiter=separator))
    width, count = max(widths.items(), key=lambda item: (item[1], item[0])) if widths else (1, 0)
    return (count / len(lines), width) if width > 1 else (0.0, 1)


def _parsed(content: bytes, layout: Layout, name: str, **options: Any) -> pd.DataFrame:
    with parsing(name):
        return pd.read_csv(io.BytesIO(content), **layout.options, **options)


@contextmanager
def parsing(name: str) -> Iterator[None]:
    """What pandas says of a text table that it cannot read, in our words."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", "Length of header", pd.errors.ParserWarning)
            yield
    except pd.errors.ParserWarning:  # pandas would leave out the cells at the end
        problem = f"{name} has rows with more cells than its header has names"
        raise UserError(problem, "name every column, and quote cells that hold the separator") from None
    except pd.errors.EmptyDataError:
        raise UserError(f"{name} holds no table", "give a header line and at least one customer") from None
    except pd.errors.ParserError as error:
        raise UserError(f"{name} cannot be read as a table: {str(error).splitlines()[0]}", "mend that line") from error


def _is_padding(values: pd.Series) -> bool:
    """Columns without a name and nearly without a value, as spreadsheets leave them behind."""
    return str(values.name).startswith("Unnamed:") and values.notna().mean() < 0.05


def _doubt(column: str, cells: pd.Series) -> str:
    cell = cells.dropna().iloc[0]
    mend = f"if the points mark thousands, say data.numbers.{column}='{COMMAS}'"
    return f"every number of {column} has three decimals ({cell}): {mend}"


def _misread(
    content: bytes, layout: Layout, name: str, table: pd.DataFrame, head: pd.DataFrame
) -> dict[Any, pd.Series]:
    """Columns that look like plain numbers and are none, as text: codes, and 1.234 where points mark thousands."""
    numbers = [column for column in table if pd.api.types.is_numeric_dtype(table[column])]
    is_wide = layout.encoding == "utf-16"
    plain = content.decode("utf-16", errors="replace").encode() if is_wide else content
    has_codes = _CODE_CELL.search(plain) is not None
    has_commas = any(number_style(table[column]) == COMMAS for column in table if column not in numbers)
    has_points = any(has_thousands_points(head[column]) for column in numbers)
    if not numbers or not (has_codes or has_commas or has_points):
        return {}
    written = _parsed(content, layout, name, usecols=numbers, dtype=str)
    codes = [column for column in numbers if written[column].str.fullmatch(CODE).any()]
    dotted = [column for column in numbers if written[column].str.contains(".", regex=False).any()]
    points = [column for column in dotted if has_commas or has_thousands_points(written[column])]
    return {column: written[column] for column in {*codes, *points}}
