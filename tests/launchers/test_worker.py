"""What a Dask worker must have for a sweep's jobs, and what travels back."""

import os
import pickle
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="distributed is not installed")

from hydra.core.utils import JobReturn, JobStatus

from hydra_plugins.segkit_dask._jobs import _in_plain_words
from hydra_plugins.segkit_dask._worker import SweepOnWorker, done
from hydra_plugins.segkit_sweeper._elsewhere import Demands, told
from segkit.errors import UserError
from segkit.fingerprint import code_hash


def demands(**changes: object) -> Demands:
    here = {"code": code_hash(), "folder": os.getcwd(), "folder_number": os.stat(".").st_ino, "path": ""}
    return Demands(**{**here, **changes})


def test_a_worker_that_has_everything_has_no_problem(own_place: Path) -> None:
    (own_place / "shop-1.csv").touch()
    assert demands(path="shop-1.csv").problem("Dask worker") is None
    assert demands(path=str(own_place / "shop-*.csv")).problem("Dask worker") is None


@pytest.mark.parametrize(
    ("lacking", "problem"),
    [
        ({"code": "another"}, "has another segkit, or other libraries, than this machine"),
        ({"folder": "/nowhere"}, "does not see the store in /nowhere"),
        ({"folder_number": 1}, "does not see the store in"),
        ({"path": "/nowhere/shop.csv"}, "cannot read /nowhere/shop.csv"),
    ],
)
def test_what_a_worker_lacks_is_named_with_the_mend(own_place: Path, lacking, problem: str) -> None:
    found = demands(**lacking).problem("Dask worker")
    assert problem in found.problem
    assert found.mend


def test_a_store_on_a_server_needs_no_folder(own_place: Path) -> None:
    assert demands(folder="/nowhere", folder_number=0).problem("Dask worker") is None


def test_a_worker_that_lacks_something_says_so_of_every_job(own_place: Path) -> None:
    plugin = SweepOnWorker("a sweep", b"", demands(path="/nowhere/shop.csv"))
    for ask in (plugin._get_ready, lambda: done("a sweep", 0, [])):
        with pytest.raises(UserError, match=r"cannot read /nowhere/shop\.csv"):
            ask()
    plugin.teardown(None)
    with pytest.raises(Exception, match="knows nothing of the sweep"):
        done("a sweep", 0, [])


def test_only_the_outcome_travels_and_always_does() -> None:
    class Local(Exception):
        """Cannot be pickled."""

    failed = JobReturn(overrides=["k=3"], cfg={"large": 1}, status=JobStatus.FAILED)
    failed.return_value = Local("of its own")
    said = pickle.loads(pickle.dumps(told(failed)))
    assert (said.status, said.cfg, str(said._return_value)) == (JobStatus.FAILED, None, "Local: of its own")


def test_killed_workers_are_told_in_plain_words() -> None:
    from distributed import KilledWorker

    assert str(_in_plain_words(KilledWorker("job", None, 2))).startswith("3 workers that did it were killed")
    other = ValueError("no")
    assert _in_plain_words(other) is other
