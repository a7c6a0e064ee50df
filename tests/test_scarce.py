"""What is lacking is said in plain words, however deep it was met."""

import pytest

from segkit.cli import main
from segkit.config.entry import guarded
from segkit.scarce import lacking, too_little_memory
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


def test_a_limit_in_which_libraries_would_wait_for_ever_is_told_before_they_are_loaded(monkeypatch, capsys):
    resource = pytest.importorskip("resource")
    monkeypatch.setattr("sys.argv", ["segkit", "models"])
    monkeypatch.setattr(resource, "getrlimit", lambda what: (600_000_000, -1))
    with pytest.raises(SystemExit, match="2"):
        main()
    assert capsys.readouterr().err.splitlines() == [
        "error: the limit of 600 MB of address space is less than the libraries need",
        "  allow 2500 MB: ulimit -v 2500000",
    ]


@pytest.mark.parametrize("limit", [-1, 2_500_000_000])
def test_no_limit_and_a_wide_one_are_enough(monkeypatch, limit):
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda what: (limit, -1))
    assert too_little_memory() is None
