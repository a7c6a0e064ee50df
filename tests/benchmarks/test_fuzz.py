"""What makes, tries and counts random inputs: `python -m benchmarks.fuzz` does so for as long as one wants."""

import os
from random import Random

import pytest

from benchmarks.fuzz.damage import damaged
from benchmarks.fuzz.found import Found
from benchmarks.fuzz.made import made_round
from benchmarks.fuzz.rounds import line
from benchmarks.fuzz.trial import Input, bad_answer, tried
from segkit.errors import UserError


def raising(error: Exception):
    def do(path=None):
        raise error

    return do


def test_accidents_can_be_told_again():
    good = bytes(range(256)) * 4
    assert len({damaged(good, Random(seed)) for seed in range(30)} - {good}) > 25
    assert damaged(good, Random(7)) == damaged(good, Random(7))
    assert isinstance(damaged(b"", Random(1)), bytes)


def test_a_line_is_a_command_with_arguments():
    lines = [line(Random(seed)).decode().split("\0") for seed in range(50)]
    assert all("=" in one[1] for one in lines)
    assert all(one[-1] == "data.path=nowhere.csv" for one in lines if one[0] in ("run", "sweep", "explore"))


@pytest.mark.parametrize(
    ("do", "wrong"),
    [
        (lambda: None, ""),
        (raising(UserError("a.csv is empty", "choose another")), ""),
        (raising(UserError("\n" * 9 + "x")), ""),
        (raising(UserError("x\n" * 9)), "9 lines of an answer"),
        (raising(UserError("")), "0 lines of an answer"),
        (raising(KeyError("a")), "KeyError in ?: 'a'"),
    ],
)
def test_short_refusals_are_good_answers(do, wrong):
    assert bad_answer(do) == wrong


def test_an_input_may_crash_alone(tmp_path):
    assert tried(Input("x", "a/b.csv", b"1", lambda path: path.read_bytes()), tmp_path / "here") == ""
    assert tried(Input("x", "a.csv", b"1", raising(ValueError("no"))), tmp_path / "here").startswith("ValueError")
    assert "ended with" in tried(Input("x", "a.csv", b"1", lambda path: os.abort()), tmp_path / "here")


def test_the_smallest_input_of_each_way_is_kept(tmp_path, capsys):
    found = Found(tmp_path / "found")
    assert not found.note(Input("table", "a.csv", b"123", lambda path: None), "")
    assert found.note(Input("table", "a.csv", b"123", lambda path: None), "ValueError in x:y: 12")
    assert not found.note(Input("table", "b.csv", b"1234", lambda path: None), "ValueError in x:y: 7")
    assert found.note(Input("table", "a.csv", b"1", lambda path: None), "ValueError in x:y: 7")
    assert [path.read_bytes() for path in (tmp_path / "found").iterdir()] == [b"1"]
    assert "4 inputs in 1 minutes, 3 answered badly in 1 ways" in found.summary(1)


def test_what_hypothesis_finds_is_made_small():
    seen: list[Input] = []

    def judge(one: Input) -> bool:
        seen.append(one)
        return one.kind == "made line"

    made_round(0, judge)
    tables = [one for one in seen if one.kind == "made table"]
    assert len(tables[-1].content) == min(len(one.content) for one in tables if one.name == tables[-1].name)
