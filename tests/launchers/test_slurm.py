"""A sweep's jobs dealt to jobs of Slurm: what one does, what becomes of those that end before their time."""

import importlib.util
import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hydra.core.utils import JobReturn, JobStatus

from hydra_plugins.segkit_slurm import _piece, _queue, launcher
from hydra_plugins.segkit_slurm._piece import Piece, SlurmJobEnded
from hydra_plugins.segkit_slurm._pieces import Pieces
from hydra_plugins.segkit_slurm._queue import Queue
from hydra_plugins.segkit_sweeper._elsewhere import Demands
from segkit.errors import UserError, WorkFailed
from segkit.fingerprint import code_hash

SLURM = "hydra/launcher=segkit_slurm"
DEMANDS = Demands(code_hash(), "/", 0, "")


@pytest.fixture
def doing(monkeypatch) -> Iterator[list[int]]:
    """The numbers of the jobs that are done, in place of doing them; signals are handled as before afterwards."""
    numbers: list[int] = []
    before = {told: signal.getsignal(told) for told in (signal.SIGTERM, signal.SIGUSR2)}

    def done(sweep: object, number: int, overrides: list[str]) -> JobReturn:
        if "k=0" in overrides:
            os.kill(os.getpid(), signal.SIGTERM)
        numbers.append(number)
        return JobReturn(overrides=overrides, status=JobStatus.COMPLETED)

    monkeypatch.setattr(_piece, "done", done)
    monkeypatch.setattr(_piece, "known", lambda shared: None)
    yield numbers
    for told, handler in before.items():
        signal.signal(told, handler)


class Here:
    """A queue whose jobs are done at once, in this process; one that is told to end has ended before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def submit(self, pieces: list[Piece], dealt: list[Any]) -> list[str]:
        return [self._end(piece, jobs) for piece, jobs in zip(pieces, dealt, strict=True)]

    def end_of(self, job: str) -> str:
        return job

    def _end(self, piece: Piece, jobs: Any) -> str:
        try:
            piece(jobs)
        except WorkFailed as error:
            return str(error)
        return ""


def test_jobs_are_dealt_and_their_outcomes_come_back_in_order(doing: list[int], tmp_path: Path) -> None:
    found = Pieces(Here(tmp_path), 2, b"", DEMANDS).do([["k=3"], ["k=4"], ["k=5"]], 7)
    assert doing == [7, 9, 8]
    assert [outcome.overrides for outcome in found] == [["k=3"], ["k=4"], ["k=5"]]
    assert {outcome.status for outcome in found} == {JobStatus.COMPLETED}


def test_of_a_slurm_job_that_ends_what_is_done_counts_and_the_rest_failed(doing: list[int], tmp_path: Path) -> None:
    found = Pieces(Here(tmp_path), 1, b"", DEMANDS).do([["k=3"], ["k=0"], ["k=5"]], 0)
    assert doing == [0]
    assert [outcome.status for outcome in found] == [JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.FAILED]
    assert {str(outcome._return_value) for outcome in found[1:]} == {"its Slurm job was cancelled"}


@pytest.mark.parametrize(
    ("told", "why"),
    [(signal.SIGTERM, "was cancelled"), (signal.SIGUSR2, r"time was over \(hydra.launcher.timeout_min\)")],
)
def test_a_run_that_is_told_to_end_is_interrupted_with_a_reason(doing: list[int], tmp_path: Path, told, why) -> None:
    Piece(b"", DEMANDS, tmp_path / "notes")([])
    with pytest.raises(SlurmJobEnded, match=why):
        os.kill(os.getpid(), told)


def test_what_a_slurm_job_lacks_it_says_and_does_nothing(doing: list[int], tmp_path: Path) -> None:
    lacking = Demands(code_hash(), "/", 0, "/nowhere/shop.csv")
    problem = Piece(b"", lacking, tmp_path / "notes")([(0, ["k=3"])])
    assert "the Slurm job on" in str(problem)
    assert "cannot read /nowhere/shop.csv" in str(problem)
    assert doing == []


class Job:
    """One of submitit's: what it returned, if it has ended well."""

    def __init__(self, folder: Path, result: object = ...) -> None:
        self.job_id = "8_0"
        self.paths = SimpleNamespace(result_pickle=folder / "result", stderr=folder / "log")
        self._result = result
        if result is not ...:
            (folder / "result").touch()

    def result(self) -> object:
        if isinstance(self._result, str):
            raise RuntimeError(self._result)
        return self._result


@pytest.fixture
def queue(tmp_path: Path, monkeypatch) -> Callable[[set[str] | None], Queue]:
    """A queue to which Slurm says that these jobs are there, or to which it does not answer."""
    monkeypatch.setattr(_queue, "_ASK_EVERY", -1.0)
    monkeypatch.setattr(_queue, "_GRACE_SECONDS", 0.0)
    monkeypatch.setattr(_queue, "_state", lambda job: "TIMEOUT")

    def answered(there: set[str] | None) -> Queue:
        monkeypatch.setattr(_queue, "_queued", lambda: there)
        (tmp_path / "slurm" / "1").mkdir(parents=True, exist_ok=True)
        return Queue(SimpleNamespace(cluster="slurm"), tmp_path / "slurm" / "1", patience=60)

    return answered


def test_a_job_that_is_queued_has_not_ended(queue, tmp_path: Path) -> None:
    assert queue({"8_0", "8_1"}).end_of(Job(tmp_path)) is None


def test_a_job_that_is_gone_says_how_it_ended_and_its_log_stays(queue, tmp_path: Path) -> None:
    asked = queue({"8_1"})
    assert asked.end_of(Job(tmp_path)) == "its Slurm job 8_0 ended before (TIMEOUT)"
    asked.close()
    assert asked.folder.exists()


def test_nothing_stays_of_a_job_that_did_all(queue, tmp_path: Path) -> None:
    asked = queue(set())
    assert asked.end_of(Job(tmp_path, None)) == ""
    asked.close()
    assert not (tmp_path / "slurm").exists()


def test_a_job_that_raised_is_told_by_its_last_line(queue, tmp_path: Path) -> None:
    raised = "Job failed\n------\nTraceback\n  ...\nModuleNotFoundError: No module named 'segkit'\n"
    told = "ModuleNotFoundError: No module named 'segkit'"
    assert queue(set()).end_of(Job(tmp_path, raised)) == told


def test_what_a_job_lacks_is_the_users_to_mend(queue, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such table"):
        queue(set()).end_of(Job(tmp_path, UserError("no such table")))


def test_slurm_may_be_away_for_a_while(queue, tmp_path: Path) -> None:
    away = queue(None)
    assert away.end_of(Job(tmp_path)) is None
    away.patience = 0
    with pytest.raises(WorkFailed, match="Slurm does not answer any more"):
        away.end_of(Job(tmp_path))


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("jobs=0", "hydra.launcher.jobs=0 does not do"),
        ("cluster=pbs", "hydra.launcher.cluster=pbs is not known"),
        ("partition=short", "unknown key"),
    ],
)
def test_settings_that_cannot_be_are_named(segkit, own_place, setting: str, problem: str) -> None:
    done = segkit("sweep", "k=3,4", SLURM, f"hydra.launcher.{setting}")
    assert done.code == 2
    assert problem in done.err
    assert not (own_place / "mlruns" / "mlflow.db").exists()


def test_without_the_package_the_extra_is_named(segkit, monkeypatch) -> None:
    monkeypatch.setattr(launcher, "find_spec", lambda name: None)
    done = segkit("sweep", "k=3,4", SLURM)
    assert done.code == 2
    assert "needs the package submitit\n  pip install 'segkit[slurm]'" in done.err


def test_without_slurm_that_is_said(segkit, monkeypatch) -> None:
    monkeypatch.setattr(launcher, "find_spec", lambda name: True)
    monkeypatch.setattr(launcher.shutil, "which", lambda name: None)
    done = segkit("sweep", "k=3,4", SLURM)
    assert done.code == 2
    assert "needs Slurm's sbatch on this machine" in done.err


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("submitit") is None, reason="submitit is not installed")
@pytest.mark.parametrize("cluster", ["local", "slurm"])
def test_slurms_jobs_rank_the_same(store, command, own_place, small_sweep, plain_table, cluster: str) -> None:
    if cluster == "slurm" and _queue._queued() is None:
        pytest.skip("there is no Slurm here")
    two = (SLURM, f"hydra.launcher.cluster={cluster}", "hydra.launcher.jobs=2", "hydra.launcher.mem_gb=1")
    done = command(own_place, *small_sweep, *two, "format=json")
    assert done.code == 0, done.err
    ranked, others = json.loads(done.out)["runs"], json.loads(plain_table)["runs"]
    assert [run["name"] for run in ranked] == [run["name"] for run in others]
    assert ranked[0]["metrics"] == pytest.approx(others[0]["metrics"], abs=1e-6)
    assert not (own_place / "mlruns" / "slurm").exists()
