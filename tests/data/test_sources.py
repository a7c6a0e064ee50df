"""A table read in chunks has the values that it has when it is read whole."""

import gzip
import sqlite3
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.data.numbers import as_text
from segkit.data.read import read_table
from segkit.data.sources import Source, open_source
from segkit.data.wanted import Wanted
from segkit.errors import UserError

CELLS = (
    # No whole number beyond 64 bits: of a column with one pandas drops the zeros before the others.
    *("1", "2", "12", "007", "1.5", "1.234", "12.345", "1.234,5", "7,25", "-3", "1e3"),
    *(
        "",
        " ",
        "NA",
        "n/a",
        "True",
        "False",
        "TRUE",
        "x",
        "Österreich",
        "2024-03-01",
        "01/02/2024",
        '"a;b"',
        "0",
        "inf",
    ),
)


def gathered(source: Source, rows: int, ids: str = "", columns: tuple[str, ...] = ()) -> pd.DataFrame:
    wanted = columns or tuple(source.columns)
    exact = frozenset({ids} if ids else ())
    return pd.concat(list(source.chunks(Wanted(wanted, exact, (), wanted), rows)), ignore_index=True)


def chunked(path: str | Path, rows: int, ids: str = "") -> pd.DataFrame:
    with open_source(str(path)) as source:
        return gathered(source, rows, ids)


def assert_same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    assert one.columns.tolist() == other.columns.tolist()
    for name in one.columns:
        assert pd.api.types.is_bool_dtype(one[name]) == pd.api.types.is_bool_dtype(other[name])
        if pd.api.types.is_numeric_dtype(one[name]) and pd.api.types.is_numeric_dtype(other[name]):
            np.testing.assert_array_equal(one[name].to_numpy(float), other[name].to_numpy(float))
        pd.testing.assert_series_equal(as_text(one[name]), as_text(other[name]))


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(CELLS), min_size=11, max_size=11), min_size=1, max_size=3),
    st.sampled_from([";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.integers(2, 12),
)
def test_an_ugly_text_table_reads_alike_in_chunks_and_whole(tmp_path_factory, columns, separator, encoding, rows):
    path = tmp_path_factory.mktemp("ugly") / "t.csv"
    names = [f"c{place}" for place in range(len(columns))]
    lines = [separator.join(["who", *names])]
    lines += [separator.join([f"k{row}", *(column[row] for column in columns)]) for row in range(11)]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    whole = read_table(path)
    assert_same(chunked(path, rows), whole)


def test_a_column_that_turns_to_text_late_is_text_from_the_start(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("who,size\n" + "".join(f"k{i},1.0\n" for i in range(9)) + "k9,XL\n")
    assert chunked(tmp_path / "t.csv", 4)["size"].tolist() == [*["1.0"] * 9, "XL"]


def test_codes_keep_their_zeros_though_they_come_late(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("who,area\n" + "".join(f"k{i},{100 + i}\n" for i in range(9)) + "k9,007\n")
    assert chunked(tmp_path / "t.csv", 4)["area"].tolist()[::9] == ["100", "007"]


@pytest.mark.parametrize(
    ("cells", "dtype"),
    [
        (["12", "7", "-3"], "int64"),
        (["12", "", "3"], "Int64"),
        (["007", "12", "NA"], "object"),
        (["12345678901234567890123", "1", "2"], "object"),
        (["1.0", "2", "3"], "object"),
    ],
)
def test_ids_are_what_is_written(tmp_path: Path, cells: list[str], dtype: str) -> None:
    (tmp_path / "t.csv").write_text("who,x\n" + "".join(f"{cell},1\n" for cell in cells))
    ids = chunked(tmp_path / "t.csv", 2, ids="who")["who"]
    assert ids.isna().tolist() == [cell == "" for cell in cells]
    assert ids.dropna().astype(str).tolist() == [cell for cell in cells if cell]
    with open_source(str(tmp_path / "t.csv")) as source:
        assert [str(part["who"].dtype) for part in source.chunks(Wanted(("who",), frozenset({"who"})), 10)] == [dtype]


def test_several_files_are_one_table(tmp_path: Path) -> None:
    (tmp_path / "a1.csv").write_text("who,x\na,1\nb,2\n")
    (tmp_path / "a2.csv").write_text("x,who\nthree,c\n")
    assert_same(chunked(tmp_path / "a*.csv", 1), read_table(tmp_path / "a*.csv"))
    (tmp_path / "a2.csv").write_text("y,who\n3,c\n")
    with pytest.raises(UserError, match="differ in columns: x, y"):
        chunked(tmp_path / "a*.csv", 1)


def test_files_with_points_and_with_commas_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a1.csv").write_text("who;x\n" + "".join(f"k{i};1.234,{i}\n" for i in range(9)))
    (tmp_path / "a2.csv").write_text("who;x\n" + "".join(f"k{i};1,234.{i}\n" for i in range(9)))
    with pytest.raises(UserError, match="write x with decimal points and with decimal commas"):
        chunked(tmp_path / "a*.csv", 100)


def test_a_compressed_table(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "t.csv.gz", "wt") as file:
        file.write("who,x\na,1\nb,2\nc,x\n")
    assert_same(chunked(tmp_path / "t.csv.gz", 2), read_table(tmp_path / "t.csv.gz"))


def test_an_address_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("who,x\na,1\nb,2\nc,3\n")
    assert_same(chunked(f"file://{tmp_path / 't.csv'}", 2), read_table(tmp_path / "t.csv"))
    with pytest.raises(UserError, match="cannot be fetched"):
        chunked(f"file://{tmp_path / 'gone.csv'}", 2)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("who,x\n", "has no rows"),
        ("who,x\na,1\nb,2,3,4\n", "cannot be read as a table"),
        ("a,b\n1,2,3\n", "more cells"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(UserError, match=problem):
        chunked(tmp_path / "t.csv", 2)


def test_a_row_too_long_is_found_though_few_columns_are_wanted(tmp_path: Path) -> None:
    (tmp_path / "long.csv").write_text("who,x,y\n" + "a,1,2\n" * 300 + "b,2,3,4,5\n")
    with open_source(str(tmp_path / "long.csv")) as source, pytest.raises(UserError, match="cannot be read as a table"):
        gathered(source, 100, columns=("who",))


def test_padding_of_a_spreadsheet_is_no_column(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("who,x,,\n" + "".join(f"k{i},{i},,\n" for i in range(30)))
    assert chunked(tmp_path / "t.csv", 7).columns.tolist() == ["who", "x"]


TABLE = pd.DataFrame(
    {
        "who": pd.array([2**60 + 1, None, 3, 4, 5], dtype="Int64"),
        "x": [1.5, np.nan, 3, 4, 5],
        "yes": [True, None, False, True, True],
        "day": pd.to_datetime(["2024-01-01", None, "2024-01-03", "2024-01-04", "2024-01-05"]),
        "word": ["a", None, "c", "d", "e"],
    }
)


def test_parquet_in_chunks(tmp_path: Path) -> None:
    TABLE.to_parquet(tmp_path / "t.parquet")
    found = chunked(tmp_path / "t.parquet", 2, ids="who")
    assert found["who"].tolist()[::2] == [2**60 + 1, 3, 5]
    assert_same(found.drop(columns="who"), read_table(tmp_path / "t.parquet").drop(columns="who"))
    with open_source(str(tmp_path / "t.parquet")) as source:
        assert (source.rows, source.columns) == (5, list(TABLE.columns))


def test_what_was_read_of_parquet_does_not_stay(tmp_path: Path) -> None:
    numbers = np.random.default_rng(0).normal(size=1_000_000)
    pd.DataFrame({"x": numbers}).to_parquet(tmp_path / "long.parquet", row_group_size=25_000)
    with open_source(str(tmp_path / "long.parquet")) as source:
        before = pa.total_allocated_bytes()
        for _ in source.chunks(Wanted(("x",)), 25_000):
            assert pa.total_allocated_bytes() - before < numbers.nbytes / 2


def test_parquet_files_of_two_kinds_and_without_rows(tmp_path: Path) -> None:
    TABLE.to_parquet(tmp_path / "t1.parquet")
    TABLE.drop(columns="x").to_parquet(tmp_path / "t2.parquet")
    with pytest.raises(UserError, match="differ in columns: x"):
        chunked(tmp_path / "t*.parquet", 2)
    TABLE.head(0).to_parquet(tmp_path / "none.parquet")
    with pytest.raises(UserError, match="has no rows"):
        chunked(tmp_path / "none.parquet", 2)


def test_a_query_in_chunks(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'shop.db'}"
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        TABLE.assign(who=TABLE["who"].astype(object)).to_sql("t", connection, index=False)
    query = "SELECT * FROM t"
    with open_source(address, query) as source:
        assert source.columns == list(TABLE.columns)
        found = gathered(source, 2, ids="who")
    assert found["who"].tolist()[::2] == [2**60 + 1, 3, 5]
    assert_same(found.drop(columns="who"), read_table(address, query).drop(columns="who"))
    with open_source(address, query + " WHERE x > 99") as source, pytest.raises(UserError, match="no rows"):
        gathered(source, 2)
    with pytest.raises(UserError, match="no such table"), open_source(address, "SELECT * FROM gone"):
        pass
    with pytest.raises(UserError, match="is no database"), open_source(str(tmp_path / "a.csv"), query):
        pass


def test_a_workbook_is_read_whole(tmp_path: Path) -> None:
    pd.DataFrame({"who": [1, None, 3], "x": [1, 2, 3]}).to_excel(tmp_path / "t.xlsx", index=False)
    assert chunked(tmp_path / "t.xlsx", 2, ids="who")["who"].dropna().tolist() == [1, 3]
    assert str(chunked(tmp_path / "t.xlsx", 2, ids="who")["who"].dtype) == "Int64"
