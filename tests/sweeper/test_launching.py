"""Jobs that another machine may be at are waited for; the others are launched."""

from types import SimpleNamespace

from hydra_plugins.segkit_sweeper import _launching
from hydra_plugins.segkit_sweeper._plan import Job
from segkit.records import FINISHED, RUNNING, RunLabel, RunRecord

BUSY = RunRecord("r1", "busy", RUNNING, fingerprint="busy", host="node7:/mlruns")


def work_off(monkeypatch, looks: list[dict[str, str]], after: list[RunRecord]) -> list[list[str]]:
    """What is launched, one list a launch, while others are at work elsewhere as each look tells."""
    launched: list[list[str]] = []
    jobs = [Job((), RunLabel(mark, {}, mark), "") for mark in ("busy", "free")]
    monkeypatch.setattr(_launching.sweeps, "at_work_elsewhere", lambda store, runs: looks.pop(0) if looks else {})
    monkeypatch.setattr(_launching.sweeps, "close_orphans", lambda store, runs: None)
    monkeypatch.setattr(_launching, "sweep_runs", lambda store, parent: after if len(looks) < 1 else [BUSY])
    monkeypatch.setattr(_launching, "_LOOK_EVERY", 0)
    tell = lambda *told: launched.append([job.label.fingerprint for job in told[3]]) or []  # noqa: E731
    monkeypatch.setattr(_launching, "launch", tell)
    _launching.work_off(None, "parent", SimpleNamespace(), jobs, None, lambda: None)
    return launched


def test_what_another_machine_ends_is_not_done_again(monkeypatch, capsys):
    looks = [{"busy": BUSY.host}, {"busy": BUSY.host}]
    done = [RunRecord("r1", "busy", FINISHED, fingerprint="busy", host=BUSY.host)]
    assert work_off(monkeypatch, looks, done) == [["free"]]
    assert capsys.readouterr().err == "waiting for 1 runs that were begun on node7\n"


def test_what_another_machine_left_is_done_here(monkeypatch):
    assert work_off(monkeypatch, [{"busy": BUSY.host}, {"busy": BUSY.host}], []) == [["free"], ["busy"]]


def test_where_nobody_else_is_at_work_all_is_launched_at_once(monkeypatch):
    assert work_off(monkeypatch, [], []) == [["busy", "free"]]
