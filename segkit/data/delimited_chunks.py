"""Text tables in chunks: how each column is read is decided once, on all rows, as if it were read whole."""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from segkit.data.delimited import CODE, LOOKED_AT, Layout, layout_of, on_one_line, parsing
from segkit.data.number_styles import COMMAS, POINTS, certain_style, has_thousands_points, number_style
from segkit.data.wanted import Wanted
from segkit.errors import UserError

_BLOCK = 1 << 20
_WHOLE_NUMBER = r"0|-?[1-9]\d{0,17}"


@dataclass(frozen=True)
class _File:
    """One file: what it is called, how it is written, its first rows as text (columns as they stand there)."""

    name: str
    path: Path
    layout: Layout
    head: pd.DataFrame

    @property
    def raw(self) -> dict[str, str]:
        """Its columns' names as they stand there, by the names that they are called by."""
        return {on_one_line(name): name for name in self.head.columns}

    def parts(self, rows: int, **options: Any) -> Iterator[pd.DataFrame]:
        """The table, so many rows at a time, with columns as they are called in words."""
        with _opened(self.path) as content:
            with parsing(self.name):
                reader = pd.read_csv(content, chunksize=rows, low_memory=False, **self.layout.options, **options)
            while True:
                with parsing(self.name):
                    part = next(reader, None)
                if part is None:
                    return
                yield part.rename(columns=on_one_line).reset_index(drop=True)


@dataclass
class _Survey:
    """What all rows together say: how many, the kinds of each column's cells, whether ids are whole numbers."""

    rows: int = 0
    kinds: dict[str, set[str]] = field(default_factory=dict)
    styles: dict[str, set[str]] = field(default_factory=dict)
    whole: dict[str, bool] = field(default_factory=dict)

    def add(self, part: pd.DataFrame, wanted: Wanted, begins: bool) -> None:
        """Note what these further rows say; of the rows that a file begins with also how numbers are written."""
        self.rows += len(part)
        for name in wanted.columns:
            if name in wanted.exact:
                written = _unmarked(part[name])
                self.whole[name] &= bool(written[written != ""].str.fullmatch(_WHOLE_NUMBER).all())
                continue
            self.kinds.setdefault(name, set()).update(_kinds(part[name]))
            if begins:
                self.styles.setdefault(name, set()).add(certain_style(part[name]))

    @property
    def texts(self) -> set[str]:
        """Columns that are not numbers, or not true or false, throughout."""
        return {name for name, kinds in self.kinds.items() if "text" in kinds or len(kinds) > 1}


class DelimitedFiles:
    """Files of one kind as a source of chunks; see `segkit.data.sources.Source`."""

    def __init__(self, source: str, files: Mapping[str, Path]) -> None:
        self._source = source
        self._files = [_file(name, path) for name, path in files.items()]
        self.notes = tuple(dict.fromkeys(note for file in self._files for note in file.layout.notes))
        self.columns = _names(self._files[0])
        self.rows: int | None = None
        for file in self._files[1:]:
            if odd := sorted({*self.columns} ^ {*_names(file)}):
                problem = f"the files of {source} differ in columns: {', '.join(odd[:5])}"
                raise UserError(problem, "name files of one kind")

    def chunks(self, wanted: Wanted, rows: int) -> Iterator[pd.DataFrame]:
        """What is wanted of them, so many rows at a time."""
        survey = self._surveyed(wanted, rows)
        texts = survey.texts | self._misread(wanted, rows, survey.texts)
        for file in self._files:
            options = _options(file, texts, wanted)
            for part in file.parts(rows, usecols=[file.raw[name] for name in wanted.columns], **options):
                yield _with_ids(part[list(wanted.columns)], survey.whole)

    def _surveyed(self, wanted: Wanted, rows: int) -> _Survey:
        """Go through all rows; with all columns, because only then too many cells in a row are noticed."""
        survey = _Survey(whole=dict.fromkeys(wanted.exact, True))
        for file in self._files:
            for number, part in enumerate(file.parts(rows, **_options(file, set(), wanted))):
                survey.add(part, wanted, begins=not number)
        self._check(survey)
        return survey

    def _check(self, survey: _Survey) -> None:
        if not survey.rows:
            problem = f"{self._source} has no rows"
            raise UserError(problem, "give a table with a header line and at least one customer")
        for name in survey.texts:
            if {POINTS, COMMAS} <= survey.styles.get(name, set()):
                problem = f"the files of {self._source} write {name} with decimal points and with decimal commas"
                raise UserError(problem, "save them in one way, or make a data set of each")
        self.rows = survey.rows

    def _misread(self, wanted: Wanted, rows: int, texts: set[str]) -> set[str]:
        """Columns that look like plain numbers and are none: codes, and 1.234 where points mark thousands."""
        head = self._files[0].head.rename(columns=on_one_line)
        numbers = {*wanted.columns} - texts - wanted.exact
        has_commas = any(number_style(head[name]) == COMMAS for name in texts)
        pointed = numbers if has_commas else {name for name in numbers if has_thousands_points(head[name])}
        categories = numbers & {*wanted.categories}
        doubtful, found = pointed | categories, set[str]()
        for file in self._files if doubtful else ():
            for part in file.parts(rows, dtype=str, usecols=[file.raw[name] for name in doubtful]):
                found |= {name for name in categories if part[name].str.fullmatch(CODE).any()}
                found |= {name for name in pointed if part[name].str.contains(".", regex=False).any()}
        return found


def _options(file: _File, texts: set[str], wanted: Wanted) -> dict[str, Any]:
    """What pandas is told: text as it stands, and ids so that they are text even where they read NA."""
    texts = (texts | {*wanted.text}) & {*wanted.columns} - wanted.exact
    return {
        "dtype": {file.raw[name]: str for name in texts},
        "converters": {file.raw[name]: _marked for name in wanted.exact},
    }


def _kinds(values: pd.Series) -> set[str]:
    if values.isna().all():
        return set()
    if pd.api.types.is_bool_dtype(values):
        return {"truth"}
    if pd.api.types.is_numeric_dtype(values):
        return {"number"}
    are_truths = values.dtype == object and all(isinstance(cell, bool) for cell in values.dropna())
    return {"truth"} if are_truths else {"text"}


def _with_ids(part: pd.DataFrame, whole: Mapping[str, bool]) -> pd.DataFrame:
    """The part with ids as whole numbers where all of them are, and missing where nothing stands."""
    return part.assign(**{name: _typed_ids(part[name], is_whole) for name, is_whole in whole.items()})


def _marked(cell: str) -> str:
    """With a mark before it no cell passes for a missing one."""
    return f"={cell}"


def _unmarked(cells: pd.Series) -> pd.Series:
    return cells.str.slice(1)


def _typed_ids(cells: pd.Series, whole: bool) -> pd.Series:
    written = _unmarked(cells)
    ids = written.where(written != "")
    if not whole:
        return ids.astype(object)
    if ids.notna().all():
        return ids.astype("int64")
    return ids.map(int, na_action="ignore").astype("Int64")


def _file(name: str, path: Path) -> _File:
    layout = layout_of(lambda: _blocks(path), name)
    with _opened(path) as content, parsing(name):
        head = pd.read_csv(content, dtype=str, nrows=LOOKED_AT, **layout.options)
    return _File(name, path, layout, head)


def _names(file: _File) -> list[str]:
    """Its columns, without those that a spreadsheet left behind: no name, and hardly a value."""
    padding = [name for name in file.head if str(name).startswith("Unnamed:") and file.head[name].notna().mean() < 0.05]
    return [on_one_line(name) for name in file.head if name not in padding]


def _opened(path: Path) -> Any:
    with path.open("rb") as content:
        is_gzip = content.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if is_gzip else path.open("rb")


def _blocks(path: Path) -> Iterator[bytes]:
    with _opened(path) as content:
        while block := content.read(_BLOCK):
            yield block
