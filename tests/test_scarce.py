"""What is lacking is said in plain words, however deep it was met."""

import pytest

from segkit.config.entry import guarded
from segkit.scarce import lacking
from segkit.tracking.runs import reason_of


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (OSError(28, "No space left on device", "a.csv"), "disk is full"),
        (RuntimeError("(sqlite3.OperationalError) database or disk is full\n[SQL: ...]"), "disk is full"),
        (RuntimeError("attempt to write a readonly database"), "read-only"),
        (RuntimeError("database is locked"), "locked"),
        (MemoryError(), "not enough memory"),
    ],
)
def test_a_command_says_what_is_lacking_and_ends_with_1(error, what, capsys):
    def command() -> None:
        try:
            raise error
        finally:
            raise ValueError("and so the run could not be closed")  # the first reason counts

    assert guarded(command) == 1
    told = capsys.readouterr().err
    assert what in told
    assert len(told.splitlines()) == 2
    assert "Traceback" not in told


def test_a_run_keeps_what_was_lacking():
    assert reason_of(MemoryError()) == "there is not enough memory"


def test_other_errors_are_told_as_they_are():
    assert lacking(ValueError("k is too large")) is None
    assert reason_of(ValueError("k is too large")) == "ValueError: k is too large"
