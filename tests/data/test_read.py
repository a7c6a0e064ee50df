"""Tables from files of all sorts, and errors that name the file and the mend."""

import gzip
from pathlib import Path

import fsspec
import pandas as pd
import pytest
from sqlalchemy import create_engine, text

from segkit.data.database import QueryRows
from segkit.data.read import read, read_table
from segkit.errors import UserError

EXPECTED = {"name": ["Ann", "Bob"], "age": [31, 42]}


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.csv", b"name,age\nAnn,31\nBob,42\n"),
        ("a.csv", b"name;age\nAnn;31\nBob;42\n"),
        ("a.csv", b"name\tage\nAnn\t31\nBob\t42\n"),
        ("a.csv", b"name|age\nAnn|31\nBob|42\n"),
        ("a.csv", b"name, age\nAnn, 31\nBob, 42\n"),
        ("a.csv", b"name,age\r\nAnn,31\r\nBob,42\r\n"),
        ("a.csv", b"\xef\xbb\xbfname,age\nAnn,31\nBob,42\n"),
        ("a.csv", b"\xef\xbb\xbfname;age\r\nAnn;31\r\nBob;42"),
        ("a.csv", b'"name","age"\n"Ann","31"\n"Bob","42"\n'),
        ("A.CSV", b"name,age\nAnn,31\nBob,42\n"),
        ("a.tsv", b"name\tage\nAnn\t31\nBob\t42\n"),
        ("a.txt", b"name;age\nAnn;31\nBob;42\n"),
    ],
)
def test_delimited_text_is_read_however_it_is_written(tmp_path: Path, file: str, content: bytes) -> None:
    (tmp_path / file).write_bytes(content)
    assert read_table(tmp_path / file).to_dict("list") == EXPECTED


@pytest.mark.parametrize("suffix", ["parquet", "pq"])
def test_parquet_is_read(tmp_path: Path, suffix: str) -> None:
    pd.DataFrame(EXPECTED).to_parquet(tmp_path / f"a.{suffix}")
    assert read_table(tmp_path / f"a.{suffix}").to_dict("list") == EXPECTED


def test_a_path_may_be_given_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,age\nAnn,31\nBob,42\n")
    assert read_table(str(tmp_path / "a.csv")).to_dict("list") == EXPECTED


def test_windows_text_is_read_where_utf8_fails(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"name,age\nAnn\xa0B.,31\nZo\xeb,42\n")
    assert read_table(tmp_path / "a.csv")["name"].tolist() == ["Ann\u00a0B.", "Zo\u00eb"]


def test_windows_text_in_the_header_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"pr\xe9nom;age\nAnn;31\n")
    assert list(read_table(tmp_path / "a.csv").columns) == ["pr\u00e9nom", "age"]


def test_utf8_is_tried_before_windows_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,age\nZo\u00eb,42\n", encoding="utf-8")
    assert read_table(tmp_path / "a.csv")["name"].tolist() == ["Zo\u00eb"]


def test_a_separator_in_the_text_does_not_split_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('name;note\nAnn;"a, b, c; d"\n')
    assert read_table(tmp_path / "a.csv").to_dict("list") == {"name": ["Ann"], "note": ["a, b, c; d"]}


def test_empty_cells_between_tabs_are_missing(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("a\tb\tc\n1\t\t3\n\t2\t3\n")
    assert read_table(tmp_path / "a.tsv").isna().to_numpy().tolist() == [[False, True, False], [True, False, False]]


def test_a_single_column_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("age\n31\n42\n")
    assert read_table(tmp_path / "a.csv").to_dict("list") == {"age": [31, 42]}


def test_column_names_of_parquet_become_text(tmp_path: Path) -> None:
    pd.DataFrame({0: [1.0], 1: [2.0]}).to_parquet(tmp_path / "a.parquet")
    assert list(read_table(tmp_path / "a.parquet").columns) == ["0", "1"]


@pytest.mark.parametrize(
    ("file", "content", "problem", "mend"),
    [
        ("a.csv", b"", "is empty (0 bytes)", "header line"),
        ("a.parquet", b"", "is empty (0 bytes)", "header line"),
        ("a.csv", b"name,age\n", "has no rows", "at least one customer"),
        ("a.csv", b"name,age", "has no rows", "at least one customer"),
        ("a.csv", b"\n", "holds no table", "header line"),
        ("a.csv", b"name,age\nAnn,31\nBob,42,7\n", "Expected 2 fields in line 3", "mend that line"),
        ("a.csv", b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "Git-LFS pointer", "git lfs pull"),
        ("a.csv", b"\x80\x04\x95\x10\x00\x00", "is a pickle", "never opens pickles"),
        ("a.csv", b"<!DOCTYPE html><html></html>", "is a web page", "download the file itself"),
        ("a.csv", b"PK\x03\x04" + b"x" * 60, "is a zip archive", "unpack it"),
        ("a.csv", b"SQLite format 3\x00", "is an SQLite database", "data.query"),
        ("a.csv", b"a\x00b\x00", "is binary", ""),
        ("a.csv", b"name,age\nAnn\x81,31\n", "neither UTF-8 nor Windows-1252", "save it as UTF-8"),
        ("a.parquet", b"this is no parquet", "it is text", "rename it to .csv"),
        ("a.xlsx", b"PK\x03\x04xl/", "cannot be read as an Excel workbook", ""),
        ("a.docx", b"name,age\n", "files of type .docx are not read", "use .csv, .tsv"),
    ],
)
def test_an_unreadable_file_is_named_with_what_is_wrong(
    tmp_path: Path, file: str, content: bytes, problem: str, mend: str
) -> None:
    (tmp_path / file).write_bytes(content)
    with pytest.raises(UserError) as raised:
        read_table(tmp_path / file)
    assert str(tmp_path / file) in raised.value.problem
    assert problem in raised.value.problem
    assert mend in raised.value.mend


def test_a_parquet_file_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame(EXPECTED).to_parquet(path)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(UserError, match="cannot be read as Parquet"):
        read_table(path)


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder, not a table"):
        read_table(tmp_path)


def test_a_missing_file_is_answered_with_the_near_name(tmp_path: Path) -> None:
    (tmp_path / "customers.csv").write_text("a\n1\n")
    with pytest.raises(UserError, match="there is no file") as raised:
        read_table(tmp_path / "custmers.csv")
    assert raised.value.mend == "did you mean customers.csv?"


def test_a_missing_file_without_a_near_name_has_no_mend(tmp_path: Path) -> None:
    (tmp_path / "orders.parquet").write_text("")
    for path in (tmp_path / "zzz.csv", tmp_path / "no such folder" / "zzz.csv"):
        with pytest.raises(UserError, match="there is no file") as raised:
            read_table(path)
        assert raised.value.mend == ""


def test_a_separator_at_the_end_of_every_row_does_not_shift_the_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,age\nAnn,31,\nBob,42,\n")
    assert read_table(tmp_path / "a.csv").to_dict("list") == EXPECTED


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"], ids=["little-endian", "big-endian"])
def test_utf16_which_excel_calls_unicode_text_is_read(tmp_path: Path, mark: bytes) -> None:
    text = "name\tage\nAnn\t31\nBob\t42\n".encode("utf-16-le" if mark[0] == 0xFF else "utf-16-be")
    (tmp_path / "a.txt").write_bytes(mark + text)
    assert read_table(tmp_path / "a.txt").to_dict("list") == EXPECTED


def test_a_blank_first_line_does_not_hide_the_separator(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\nname;age\nAnn;31\nBob;42\n")
    assert read_table(tmp_path / "a.csv").to_dict("list") == EXPECTED


def test_a_real_pickle_is_never_opened(tmp_path: Path) -> None:
    pd.DataFrame(EXPECTED).to_pickle(tmp_path / "customers.csv")
    with pytest.raises(UserError, match="is a pickle"):
        read_table(tmp_path / "customers.csv")


def test_an_excel_workbook_is_read_whatever_its_name(tmp_path: Path) -> None:
    pd.DataFrame(EXPECTED).to_excel(tmp_path / "customers.xlsx", index=False)
    (tmp_path / "customers.xlsx").rename(tmp_path / "customers.csv")
    reading = read(tmp_path / "customers.csv")
    assert reading.table.to_dict("list") == EXPECTED
    assert reading.notes == ("the file is an Excel workbook",)


def test_several_files_by_pattern_are_one_table(tmp_path: Path) -> None:
    for name in ("north", "south"):
        pd.DataFrame(EXPECTED).to_csv(tmp_path / f"{name}.csv", index=False)
    assert len(read_table(tmp_path / "*.csv")) == 2 * len(EXPECTED["name"])


def test_files_of_different_columns_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,age\nAnn,31\n")
    (tmp_path / "b.csv").write_text("name,town\nBob,Rome\n")
    with pytest.raises(UserError, match="age, town"):
        read_table(tmp_path / "*.csv")


def test_an_address_is_read_through_fsspec() -> None:
    fsspec.filesystem("memory").pipe("/shop/customers.csv", b"name;age\nAnn;31\nBob;42\n")
    assert read_table("memory://shop/customers.csv").to_dict("list") == {"name": ["Ann", "Bob"], "age": [31, 42]}


def test_an_address_that_is_not_there_is_named() -> None:
    with pytest.raises(UserError, match=r"memory://shop/nobody\.csv cannot be fetched"):
        read_table("memory://shop/nobody.csv")


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_database_is_read_by_query(tmp_path: Path, engine: str) -> None:
    address = f"{engine}:///{tmp_path / 'shop.db'}"
    with create_engine(address).begin() as connection:
        connection.execute(text("CREATE TABLE customers (name TEXT, age INTEGER)"))
        connection.execute(text("INSERT INTO customers VALUES ('Ann', 31), ('Bob', 42)"))
    assert read_table(address, "SELECT * FROM customers WHERE age > 40").to_dict("list") == {
        "name": ["Bob"],
        "age": [42],
    }


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, engine: str) -> None:
    with pytest.raises(UserError, match="there is no database"):
        read_table(f"{engine}:///{tmp_path / 'shpo.db'}", "SELECT * FROM customers")
    assert not list(tmp_path.iterdir())


def test_what_is_no_query_is_said(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'shop.db'}"
    with create_engine(address).begin() as connection:
        connection.execute(text("CREATE TABLE customers AS SELECT 'Ann' AS name"))
    for asked in (read_table, QueryRows):
        with pytest.raises(UserError, match="attempt to write a readonly database"):
            asked(address, "DELETE FROM customers")
    assert read_table(address, "SELECT * FROM customers")["name"].tolist() == ["Ann"]


def test_a_wrong_query_is_the_users_mistake_and_no_password_is_shown(tmp_path: Path) -> None:
    (tmp_path / "shop.db").touch()
    with pytest.raises(UserError, match="no such table"):
        read_table(f"sqlite:///{tmp_path / 'shop.db'}", "SELECT * FROM nobody")
    with pytest.raises(UserError) as raised:
        read_table("postgresql://me:secret@127.0.0.1/shop", "")
    assert "secret" not in str(raised.value)


def test_in_a_file_with_decimal_commas_thousands_points_are_no_decimals(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("spend;income;age\n7,25;23.500;31\n8;41.200;42\n")
    assert read_table(tmp_path / "a.csv")["income"].tolist() == ["23.500", "41.200"]
    (tmp_path / "a.csv").write_text("spend;income;age\n7.25;23.500;31\n8;41.200;42\n")
    assert read_table(tmp_path / "a.csv")["income"].tolist() == [23.5, 41.2]


def test_points_that_can_only_mark_thousands_are_no_decimals(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("points;income;rate\n38.445;23.500;0.125\n309;41.200;2.250\n1.204;40.100;0.500\n")
    reading = read(tmp_path / "a.csv")
    assert reading.table["points"].tolist() == ["38.445", "309", "1.204"]
    assert reading.table["income"].tolist() == [23.5, 41.2, 40.1]
    doubt = "every number of income has three decimals (23.500): if the points mark thousands"
    assert [note.partition(",")[0] for note in reading.notes if "decimals" in note] == [doubt]


def test_files_that_write_numbers_in_different_ways_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("spend;age\n7,25;31\n8,5;42\n")
    (tmp_path / "b.csv").write_text("spend,age\n7.25,31\n8.5,42\n")
    with pytest.raises(UserError, match="write spend with decimal points and with decimal commas"):
        read_table(tmp_path / "*.csv")


def test_a_column_is_read_in_one_way_from_all_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("spend\n1.234\n")
    (tmp_path / "b.csv").write_text('spend\n"7,25"\n')
    assert read_table(tmp_path / "*.csv")["spend"].tolist() == ["1.234", "7,25"]


def test_columns_are_read_as_they_stand_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("spend,age\n1.234,31\n")
    table = read_table(tmp_path / "a.csv", text=["spend"])
    assert [table["spend"][0], table["age"][0]] == ["1.234", 31]


def test_excels_sep_line_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sep=;\nname;age\nAnn;31\n")
    assert list(read_table(tmp_path / "a.csv").columns) == ["name", "age"]


def test_a_table_in_columns_of_blanks_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" id  spend\n 001  11.5\n 002  7.0\n")
    assert read_table(tmp_path / "a.txt")["spend"].tolist() == [11.5, 7.0]


def test_columns_that_spreadsheets_leave_behind_are_dropped(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,age,,\nAnn,31,,\nBob,42,,\n")
    assert list(read_table(tmp_path / "a.csv").columns) == ["name", "age"]


def test_codes_keep_their_leading_zeros(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("customer_id,spend\n000017,5\n000018,7\n")
    assert read_table(tmp_path / "a.csv")["customer_id"].tolist() == ["000017", "000018"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_code_late_in_the_file_counts_too(tmp_path: Path, encoding: str) -> None:
    lines = [f"{number},5" for number in range(10, 90)]
    (tmp_path / "a.csv").write_text("\n".join(["region,spend", *lines, "07,5"]), encoding=encoding)
    assert read_table(tmp_path / "a.csv")["region"].iloc[[0, -1]].tolist() == ["10", "07"]


@pytest.mark.parametrize("end", [12, 40])
def test_a_packed_file_that_is_cut_off_is_told_in_words(tmp_path, end):
    path = tmp_path / "shop.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n3,7\n" * 900)[:end])
    with pytest.raises(UserError, match="cannot be unpacked"):
        read_table(path)
