"""A line while rows are worked off, where that takes long."""

import io

import pytest

from segkit.scoring import counted
from segkit.scoring.counted import Counted


class Terminal(io.StringIO):
    """A text that is written to as a terminal is."""

    def isatty(self) -> bool:
        return True


def test_what_is_done_soon_is_not_spoken_of() -> None:
    out = Terminal()
    with Counted("rows", 10, out) as progress:
        progress.add(10)
    assert out.getvalue() == ""


@pytest.mark.parametrize(("out", "end"), [(Terminal(), "\r\x1b[2K"), (io.StringIO(), "\n")])
def test_a_terminal_is_left_clean_and_a_log_gets_lines(
    out: io.StringIO, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "_EVERY_SECONDS", {True: 0.0, False: 0.0})
    with Counted("rows", 40, out) as progress:
        progress.add(10)
        progress.add(10)
    assert "20 of 40 rows  " in out.getvalue()
    assert "s left" in out.getvalue()
    assert out.getvalue().endswith(end)


def test_without_a_total_nothing_is_left() -> None:
    progress = Counted("rows")
    progress.add(1234)
    assert progress.line().startswith("1,234 rows  ")
    assert "left" not in progress.line()
