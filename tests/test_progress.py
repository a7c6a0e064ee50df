"""One line that says how far a sweep is."""

import io
import threading
from collections.abc import Sequence

import pytest

from segkit import progress
from segkit.progress import Progress
from segkit.records import FAILED, FINISHED, RUNNING, RunRecord


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(name: str, status: str = FINISHED, **metrics: float) -> RunRecord:
    return RunRecord(name, name, status, metrics=metrics, fingerprint=name)


def best_score(runs: Sequence[RunRecord]) -> str:
    known = [run for run in runs if "score" in run.metrics]
    best = max(known, key=lambda run: run.metrics["score"], default=None)
    return f"{best.name} {best.metrics['score']:.3f}" if best else ""


def line(runs: Sequence[RunRecord], total: int = 4, before: Sequence[RunRecord] = ()) -> str:
    """The line of a sweep whose first poll found `before`."""
    shown = Progress(list, total, best_score, io.StringIO())
    shown.line(before)
    return shown.line(runs)


def test_done_of_total_and_the_best_so_far_are_shown() -> None:
    runs = [run("a", score=0.25), run("b", score=0.5), run("c", RUNNING)]
    assert line(runs) == "2/4 runs  best b 0.500"


def test_at_first_there_is_no_best() -> None:
    assert line([]) == "0/4 runs"


def test_failed_runs_are_done_and_counted_apart() -> None:
    assert line([run("a", score=0.25), run("b", FAILED)]) == "2/4 runs  1 failed  best a 0.250"


def test_a_run_without_the_metric_is_not_the_best() -> None:
    assert line([run("a"), run("b", score=-1.0)]) == "2/4 runs  best b -1.000"


def test_a_repeated_try_counts_once() -> None:
    tries = [run("a", FAILED), run("a", score=0.5)]
    assert line(tries) == "1/4 runs  best a 0.500"


def test_the_time_left_is_guessed_from_three_runs_on() -> None:
    runs = [run(name, score=0.5) for name in "abc"]
    assert "left" not in line(runs[:2])
    assert line(runs).endswith(" s left")


def test_the_time_left_is_guessed_from_how_fast_the_runs_went(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    shown = Progress(list, 20, best_score, io.StringIO())
    runs = [run(str(number), score=0.5) for number in range(10)]
    for now[0], done in ((0.0, 0), (10.0, 5), (20.0, 10)):
        found = shown.line(runs[:done])
    assert found.endswith("  about 20 s left")


def test_a_late_first_poll_does_not_double_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    shown = Progress(list, 20, best_score, io.StringIO())
    runs = [run(str(number), score=0.5) for number in range(10)]
    for now[0], done in ((10.0, 5), (20.0, 10)):  # a log is first written after ten seconds
        found = shown.line(runs[:done])
    assert found.endswith("  about 20 s left")


def test_runs_of_an_earlier_sweep_say_nothing_about_the_time_left() -> None:
    runs = [run(name, score=0.5) for name in "abc"]
    assert "left" not in line(runs, before=runs)


def test_at_the_end_the_time_spent_is_shown() -> None:
    runs = [run(name, score=0.5) for name in "abcd"]
    assert line(runs).endswith(" s")
    assert "left" not in line(runs)


def test_a_log_gets_a_whole_line_at_the_end() -> None:
    out = io.StringIO()
    with Progress(lambda: [run("a", score=0.5)], 4, best_score, out):
        pass
    assert out.getvalue() == "1/4 runs  best a 0.500\n"


def test_a_terminal_line_is_rewritten_in_place() -> None:
    out = Terminal()
    with Progress(lambda: [run("a", score=0.5)], 4, best_score, out):
        pass
    assert out.getvalue() == "\r\x1b[2K1/4 runs  best a 0.500\n"


def test_the_line_follows_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(progress._EVERY_SECONDS, False, 0.001)
    runs: list[RunRecord] = []
    seen = threading.Event()

    class Watched(io.StringIO):
        def write(self, text: str) -> int:
            if "1/4" in text:
                seen.set()
            return super().write(text)

    out = Watched()
    with Progress(lambda: list(runs), 4, best_score, out):
        runs.append(run("a", score=0.5))
        assert seen.wait(10)
    assert out.getvalue().endswith("1/4 runs  best a 0.500\n")


def test_a_store_that_is_busy_does_not_end_the_sweep() -> None:
    def busy() -> list[RunRecord]:
        raise OSError("database is locked")

    out = io.StringIO()
    with Progress(busy, 4, best_score, out):
        pass
    assert out.getvalue() == ""


def test_a_store_that_is_busy_at_first_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(progress._EVERY_SECONDS, False, 0.001)
    asked, answered = iter(range(100_000)), threading.Event()

    def busy_at_first() -> list[RunRecord]:
        if next(asked) < 3:
            raise OSError("database is locked")
        answered.set()
        return [run("a", score=0.5)]

    out = io.StringIO()
    with Progress(busy_at_first, 4, best_score, out):
        assert answered.wait(10)
    assert set(out.getvalue().splitlines()) == {"1/4 runs  best a 0.500"}


def test_an_error_of_the_sweep_passes_through_and_the_line_is_closed() -> None:
    out = io.StringIO()
    with pytest.raises(KeyboardInterrupt), Progress(list, 4, best_score, out):
        raise KeyboardInterrupt
    assert out.getvalue() == "0/4 runs\n"


def test_looking_takes_a_twentieth_of_the_time_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, pauses = [0.0], []

    def slow() -> list[RunRecord]:
        clock[0] += 3
        return []

    class Thrice(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            pauses.append(timeout)
            return len(pauses) > 2

    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    shown = Progress(slow, 4, best_score, Terminal())
    monkeypatch.setattr(shown, "_stop", Thrice())
    shown._watch()
    assert pauses == [0.5, 60, 60]
