"""Tables are written whole or not at all."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from segkit.data.write import FileWriter, check_output, csv_parts
from segkit.errors import UserError

TABLE = pd.DataFrame({"id": ["a", "b"], "segment": [0, 1]}, index=[7, 8])


def write_table(table: pd.DataFrame, path: Path, parts: int = 1) -> None:
    with FileWriter(path) as writer:
        for part in range(parts):
            writer.add(table.iloc[part::parts] if parts > 1 else table)


class Unwritable:
    """A value that breaks the writing when its turn comes."""

    def __str__(self) -> str:
        raise OSError(28, "No space left on device")


@pytest.fixture
def broken() -> pd.DataFrame:
    cells: list[Any] = [*["fine"] * 5000, Unwritable()]
    return pd.DataFrame({"cell": cells})


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "A.CSV", "with space (1).csv"])
def test_a_table_is_written_without_its_index_and_nothing_beside_it(tmp_path: Path, name: str) -> None:
    write_table(TABLE, tmp_path / name)
    read = pd.read_parquet if name.endswith("parquet") else pd.read_csv
    pd.testing.assert_frame_equal(read(tmp_path / name), TABLE.reset_index(drop=True))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old")
    write_table(TABLE, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "id,segment\na,0\nb,1\n"


def test_a_write_that_fails_half_way_leaves_nothing(tmp_path: Path, broken: pd.DataFrame) -> None:
    with pytest.raises(UserError, match="cannot be written: No space left on device"):
        write_table(broken, tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_half_way_keeps_the_old_file(tmp_path: Path, broken: pd.DataFrame) -> None:
    (tmp_path / "a.csv").write_text("old")
    with pytest.raises(UserError):
        write_table(broken, tmp_path / "a.csv")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_table_that_parquet_cannot_hold_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_table(pd.DataFrame({"id": [1, "x"]}), tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_parquet_cannot_hold_is_a_user_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"a\.parquet cannot be written: .+"):
        write_table(pd.DataFrame({"id": [1, "x"]}), tmp_path / "a.parquet")


def test_a_folder_that_vanished_is_a_user_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        write_table(TABLE, tmp_path / "gone" / "a.csv")


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.CSV"])
def test_a_good_output_is_given_back_as_a_path_and_not_made(tmp_path: Path, name: str) -> None:
    assert check_output(str(tmp_path / name)) == tmp_path / name
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a.xlsx", "files of type .xlsx are not written"),
        ("a", "files of type (none) are not written"),
        ("gone/a.csv", "there is no folder"),
        ("folder.csv", "is a folder"),
    ],
)
def test_a_wrong_output_is_refused_before_any_work(tmp_path: Path, name: str, problem: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UserError) as raised:
        check_output(tmp_path / name)
    assert problem in raised.value.problem
    assert raised.value.mend


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_parts_stand_below_each_other_under_one_header(tmp_path: Path, name: str) -> None:
    write_table(TABLE, tmp_path / name, parts=2)
    read = pd.read_parquet if name.endswith("parquet") else pd.read_csv
    pd.testing.assert_frame_equal(read(tmp_path / name), TABLE.reset_index(drop=True))


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError, UserError("no")])
def test_whatever_stops_the_work_leaves_nothing_and_is_not_hidden(tmp_path: Path, name: str, stop: Any) -> None:
    with pytest.raises(stop if isinstance(stop, type) else UserError):
        write_and_stop(tmp_path / name, stop)
    assert list(tmp_path.iterdir()) == []


def write_and_stop(path: Path, stop: Any) -> None:
    with FileWriter(path) as writer:
        writer.add(TABLE)
        raise stop


def test_in_csv_no_text_is_a_formula(tmp_path: Path) -> None:
    table = pd.DataFrame({"id": ["=1+1", "-2"], "name": ["=cmd()", "plain"], "x": [-1.5, 2]})
    write_table(table, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "id,name,x\n'=1+1,'=cmd(),-1.5\n-2,plain,2.0\n"
    write_table(table, tmp_path / "a.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "a.parquet"), table)


def test_a_column_that_begins_without_a_value(tmp_path: Path) -> None:
    with FileWriter(tmp_path / "a.parquet") as writer:
        writer.add(pd.DataFrame({"id": [None, None]}, dtype=object))
        writer.add(pd.DataFrame({"id": ["a", None]}, dtype=object))
    assert pd.read_parquet(tmp_path / "a.parquet")["id"].tolist()[2] == "a"


def test_ids_that_are_missing_at_first_are_text_throughout(tmp_path):
    with FileWriter(tmp_path / "scored.parquet") as writer:
        writer.add(pd.DataFrame({"id": [None, None], "segment": [0, 1]}))
        writer.add(pd.DataFrame({"id": [12, 7], "segment": [1, 1]}))
    assert pd.read_parquet(tmp_path / "scored.parquet")["id"].tolist()[2:] == ["12", "7"]


def test_the_parts_of_a_file_are_the_file(tmp_path: Path) -> None:
    table = pd.DataFrame({"id": range(20_001), "name": "=1"})
    write_table(table, tmp_path / "a.csv")
    parts = list(csv_parts(table))
    assert len(parts) == 2
    assert "".join(parts) == (tmp_path / "a.csv").read_text()
    assert list(csv_parts(table[:0])) == ["id,name\n"]
