"""Files that no analyst would want, each made by its name."""

import gzip
import io
import os
import random
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from segkit.data import make_customers

Maker = Callable[[Path], object]
_ROWS = 60


def _text(text: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: text.encode(encoding)


def numbers(rows: int = _ROWS) -> pd.DataFrame:
    """A good table."""
    rng = np.random.default_rng(0)
    return pd.DataFrame({"spend": rng.lognormal(3, 1, rows).round(2), "visits": rng.poisson(5, rows), "age": 20})


def _with(**columns: object) -> Callable[[], bytes]:
    return lambda: numbers().assign(**columns).to_csv(index=False).encode()


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer)
    return buffer.getvalue()


def _workbook(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_excel(buffer, index=False)
    return buffer.getvalue()


def _cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def _zipped(**names: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in names.items():
            packed.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def _bomb() -> bytes:
    """Three gigabytes of zeros in three megabytes."""
    return gzip.compress(bytes(100_000_000), 9) * 30


def _workbook_bomb() -> bytes:
    """A workbook whose only sheet is half a gigabyte of blanks."""
    known = zipfile.ZipFile(io.BytesIO(_workbook(numbers())))
    parts = {name: known.read(name) for name in known.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<sheetData>", b"<sheetData>" + b" " * 500_000_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def _wide() -> bytes:
    header = ",".join(f"c{n}" for n in range(10_000))
    row = ",".join(str(n % 7) for n in range(10_000))
    return "\n".join([header, *[row] * 12]).encode()


_NUMBERS = numbers().to_csv(index=False)
_CONTENTS: dict[str, Callable[[], bytes]] = {
    "empty.csv": bytes,
    "empty.parquet": bytes,
    "empty.xlsx": bytes,
    "header.csv": _text("spend,visits,age\n"),
    "newlines.csv": _text("\n\n\n\n"),
    "blanks.csv": _text("   \n  \n"),
    "bom.csv": lambda: b"\xef\xbb\xbf",
    "one_letter.csv": _text("a"),
    "noise.csv": lambda: random.Random(0).randbytes(20_000),
    "noise.parquet": lambda: b"PAR1" + random.Random(0).randbytes(20_000),
    "noise.xlsx": lambda: b"PK\x03\x04" + b"xl/" + random.Random(0).randbytes(20_000),
    "noise.gz": lambda: b"\x1f\x8b" + random.Random(0).randbytes(20_000),
    "cut.parquet": lambda: _cut(_parquet(numbers())),
    "cut.xlsx": lambda: _cut(_workbook(numbers())),
    "cut.csv.gz": lambda: _cut(gzip.compress(_NUMBERS.encode())),
    "text.parquet": _text(_NUMBERS),
    "text.xlsx": _text(_NUMBERS),
    "no_rows.parquet": lambda: _parquet(numbers(0)),
    "no_columns.parquet": lambda: _parquet(pd.DataFrame(index=range(5))),
    "no_rows.xlsx": lambda: _workbook(numbers(0)),
    "no_cells.xlsx": lambda: _workbook(pd.DataFrame()),
    "nested.parquet": lambda: _parquet(pd.DataFrame({"a": [[1, 2]] * 40, "b": [{"x": 1}] * 40})),
    "wide16.csv": _text(_NUMBERS, "utf-16-le"),
    "ebcdic.csv": _text(_NUMBERS, "cp500"),
    "nul.csv": lambda: _NUMBERS.replace(",5,", ",\0,").encode(),
    "nul_names.csv": lambda: _NUMBERS.replace("spend", "\0\0").encode(),
    "wide.csv": _wide,
    "huge_cell.csv": lambda: _NUMBERS.replace("age", "note").encode() + b'1,2,"' + b"x" * 30_000_000 + b'"\n',
    "huge_name.csv": lambda: _NUMBERS.replace("age", "n" * 300_000).encode(),
    "ragged.csv": lambda: (_NUMBERS + "1,2,3,4,5\n" + "1\n").encode(),
    "open_quote.csv": lambda: _NUMBERS.replace("\n", '\n"', 5).encode(),
    "same_names.csv": lambda: _NUMBERS.replace("spend,visits,age", "a,a,a").encode(),
    "no_names.csv": lambda: _NUMBERS.replace("spend,visits,age", ",,").encode(),
    "all_empty.csv": _text("a,b,c\n" + ",,\n" * 40),
    "constant.csv": _text("a,b,c\n" + "1,1,1\n" * 40),
    "ids.csv": lambda: ("customer_id\n" + "\n".join(map(str, range(100))) + "\n").encode(),
    "one.csv": _text("spend,visits\n1,2\n"),
    "two_alike.csv": _text("spend,visits\n1,2\n1,2\n"),
    "all_alike.csv": _text("spend,visits,plan\n" + "1,2,a\n" * 30 + "1,3,a\n"),
    "inf.csv": _with(spend=[np.inf, -np.inf] * 30),
    "huge.csv": _with(spend=[1e308, -1e308] * 30),
    "tiny.csv": _with(spend=[1e-320, 3e-320] * 30),
    "far_dates.csv": _with(born=["0001-01-01", "9999-12-31", "99999-01-01"] * 20),
    "no_dates.csv": _with(born=["2024-02-30", "31/31/2024", "2024-13-01"] * 20),
    "mixed.csv": _with(visits=["7", "seven", "2024-01-01", "", "1e9", "TRUE"] * 10),
    "one_odd.csv": _with(visits=["n/a?", *map(str, range(_ROWS - 1))]),
    "formulas.csv": _with(plan=["=1+1", "@SUM(A1)", "+7", "-x"] * 15),
    "two_tables.csv": lambda: (_NUMBERS + "\n\nname,town\nAnn,Oslo\n").encode(),
    "bomb.csv.gz": _bomb,
    "bomb.xlsx": _workbook_bomb,
    "gz_in_gz.csv.gz": lambda: gzip.compress(gzip.compress(_NUMBERS.encode())),
    "table.zip": lambda: _zipped(**{"customers.csv": _NUMBERS.encode()}),
    "page.csv": _text("<!DOCTYPE html><html><body>Sign in</body></html>"),
    "lfs.csv": _text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
    "letter.pdf": lambda: b"%PDF-1.7\n" + bytes(200),
    "records.json": _text('[{"spend": 1}, {"spend": 2}]\n'),
    "old.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "pickle.csv": lambda: b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}\x94."[:16],
    "notes.txt": _text("Dear Ann,\nhere are the customers you asked for.\nYours\n"),
    "good.csv": _text(_NUMBERS),
    "lacking.csv": lambda: make_customers(30).drop(columns=["income", "spend_wine"]).to_csv(index=False).encode(),
    "words.csv": lambda: make_customers(30).assign(income="much", birth_year="long ago").to_csv(index=False).encode(),
    "none_known.csv": lambda: make_customers(30).map(lambda cell: None).to_csv(index=False).encode(),
    "swapped.csv": lambda: make_customers(30).rename(columns={"income": "Income "}).to_csv(index=False).encode(),
    "names_list.yaml": _text("- Gold\n- Silver\n"),
    "names_broken.yaml": _text("segments: {1: [unclosed\n"),
    "names_unknown.yaml": _text("segments:\n  99: {name: Nobody}\n"),
    "names_noise.yaml": lambda: random.Random(1).randbytes(3000),
    "names_empty.yaml": bytes,
    "ideas_broken.yaml": _text("ideas: {a: [\n"),
    "ideas_list.yaml": _text("- 1\n- 2\n"),
    "ids_wrong.csv": lambda: random.Random(2).randbytes(3000),
}


def _filed(name: str, content: Callable[[], bytes]) -> Maker:
    return lambda folder: (folder / name).write_bytes(content())


def _loop(folder: Path) -> None:
    (folder / "loop.csv").symlink_to("loop2.csv")
    (folder / "loop2.csv").symlink_to("loop.csv")


def _closed(folder: Path) -> None:
    (folder / "closed.csv").write_text(_NUMBERS)
    (folder / "closed.csv").chmod(0)


def _socket(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(folder / "socket.csv"))


def _two_shops(folder: Path) -> None:
    (folder / "shop1.csv").write_text(_NUMBERS)
    (folder / "shop2.csv").write_text("other,names\n1,2\n3,4\n")


_PLACES: dict[str, Maker] = {
    "missing.csv": lambda folder: None,
    "folder.csv": lambda folder: (folder / "folder.csv").mkdir(),
    "folder": lambda folder: (folder / "folder").mkdir(),
    "closed.csv": _closed,
    "loop.csv": _loop,
    "dangling.csv": lambda folder: (folder / "dangling.csv").symlink_to("nowhere.csv"),
    "fifo.csv": lambda folder: os.mkfifo(folder / "fifo.csv"),
    "socket.csv": _socket,
    "shop*.csv": _two_shops,
}
MAKERS: dict[str, Maker] = {**{name: _filed(name, content) for name, content in _CONTENTS.items()}, **_PLACES}
