"""Names of segments as a file that people edit."""

from pathlib import Path

import pytest

from segkit.errors import UserError
from segkit.profiles.names_file import Called, names_text, read_names

CALLED = {
    0: Called("High income, few kids", "569 customers: 25 % of all.\nTypical: income 75,777 (everyone 51,382)."),
    1: Called('Old: "loyal" # ones', ""),
    10: Called("Süße Käufer"),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "names.yaml"


def test_what_was_written_is_read(file: Path) -> None:
    file.write_text(names_text(CALLED), encoding="utf-8")
    found = read_names(file, [-1, 0, 1, 10])
    assert {segment: said.name for segment, said in found.items()} == {s: c.name for s, c in CALLED.items()}
    assert found[0].description == "569 customers: 25 % of all. Typical: income 75,777 (everyone 51,382)."
    assert found[10].description == ""


def test_written_again_the_file_is_the_same(file: Path) -> None:
    file.write_text(names_text(CALLED), encoding="utf-8")
    assert names_text(read_names(file, CALLED)) == names_text(read_names(file, CALLED))
    once = read_names(file, CALLED)
    file.write_text(names_text(once), encoding="utf-8")
    assert read_names(file, CALLED) == once


@pytest.mark.parametrize(
    "name", ["yes", "3", "null", "- x", "{a}", "a: b", "%", "2024-01-01", "~", "'quoted'", "x" * 80]
)
def test_any_name_comes_back_as_text(file: Path, name: str) -> None:
    file.write_text(names_text({0: Called(name, name)}), encoding="utf-8")
    assert read_names(file, [0]) == {0: Called(name, name)}


def test_the_head_says_how_to_edit_and_the_unassigned_have_no_name() -> None:
    text = names_text({-1: Called("unassigned"), 0: Called("A", "words")})
    assert text.startswith("# What the segments are called")
    assert "unassigned" not in text
    assert "0:\n  name: A\n  description: >-\n    words\n" in text


def test_people_may_write_less(file: Path) -> None:
    file.write_text('\ufeff1: Small ones\n"0":\n  name:   Big   ones \n  description:\n', encoding="utf-8")
    assert read_names(file, [0, 1]) == {0: Called("Big ones"), 1: Called("Small ones")}


@pytest.mark.parametrize(
    ("text", "problem", "mend"),
    [
        ("0: A\n1: B\n7: C", "names a segment that is not there: 7", "there are segments 0, 1|choose from 0, 1"),
        ("0: A\ntrue: B", "names a segment that is not there: True", ""),
        ("0: A", "names no segment 1", "add 1: {name: ...}"),
        ("0: A\n1: a", "segments 0 and 1 are both called a", "rename one"),
        ("0: A\n1: {name: ''}", "segment 1 has no name", "write one after name:"),
        ("0: A\n1: {description: x}", "segment 1 has no name", "write one"),
        ("0: A\n1:", "segment 1 has no name", "write one"),
        ("0: A\n1: 2024", "segment 1: its name is no text: 2024", 'name: "2024"'),
        ("0: A\n1: {name: B, description: [x]}", "its description is no text", "quotes"),
        ("0: A\n1: {nam: B}", "has a key that is not known: nam", "did you mean name"),
        ("0: A\n0: B\n1: C", "segment 0 is there twice", "keep one"),
        ("0: A\n'0': B\n1: C", "segment 0 is there twice", "keep one"),
        ("- A\n- B", "holds no segments", "write it as 0"),
        ("", "holds no segments", "write it as 0"),
        ("0: A: B", "is no YAML: mapping values are not allowed here in line 1", "quotes"),
        ("0: A\n1: " + "long " * 20, "longer than 80 letters", "description"),
    ],
)
def test_what_is_wrong_is_named_with_its_mend(file: Path, text: str, problem: str, mend: str) -> None:
    file.write_text(text)
    with pytest.raises(UserError) as raised:
        read_names(file, [0, 1])
    assert problem in raised.value.problem
    assert str(file) in raised.value.problem
    assert any(one in raised.value.mend for one in mend.split("|"))


def test_a_file_that_is_not_there_or_no_text_is_named(file: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_names(file, [0])
    file.write_bytes(b"0: \xff\xfe")
    with pytest.raises(UserError, match="not UTF-8"):
        read_names(file, [0])
