"""A search as it is asked for: stopped, gone on with, widened, and mistaken."""

import json
from collections.abc import Callable

import pytest

from segkit import runs
from segkit.records import FINISHED
from segkit.tracking.read import find_sweep, sweep_runs

SMALL = ("algorithm=kmeans", "algorithm.n_init=1", "k=range(2,9)", "reducer=none,pca", "data.generate.rows=80")
QUICK = ("search=tpe", "search.startup=2", "search.batch=2", "evidence=false", "hydra/launcher=basic", "format=json")


@pytest.fixture
def stopping(monkeypatch) -> Callable[[int], list[int]]:
    """Lets the process be interrupted at a fit, and counts fits: `stopping(4)`."""
    run = runs.run

    def at(place: int) -> list[int]:
        fits: list[int] = []

        def fit(*given):
            fits.append(len(fits))
            if len(fits) == place:
                raise KeyboardInterrupt
            return run(*given)

        monkeypatch.setattr(runs, "run", fit)
        return fits

    return at


def test_a_search_that_is_stopped_goes_on_and_one_that_is_done_computes_nothing(segkit, store, stopping) -> None:
    search = ("sweep", *SMALL, *QUICK)
    fits = stopping(4)
    stopped = segkit(*search, "search.trials=5")
    assert stopped.code == 130
    assert "3 of 5 runs are done and kept" in stopped.err
    went_on = segkit(*search, "search.trials=5")
    assert went_on.code == 0, went_on.err
    assert "5/5 runs" in went_on.err
    assert len(fits) == 4 + 2
    again = segkit(*search, "search.trials=5")
    assert (again.code, again.out, len(fits)) == (0, went_on.out, 6)
    more = segkit(*search, "search.trials=7")
    assert more.code == 0, more.err
    assert len(fits) == 6 + 2
    first, last = json.loads(went_on.out), json.loads(more.out)
    assert first["sweep"] == last["sweep"]
    assert {run["run_id"] for run in first["runs"]} < {run["run_id"] for run in last["runs"]}
    finished = [run for run in sweep_runs(store, find_sweep(store).parent) if run.status == FINISHED]
    assert len(finished) == len({run.fingerprint for run in finished}) == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search=tpe", "search.method=tp", "k=3,4"), "search.method=tp is not known"),
        (("search=tpe", "search.trials=3,4", "k=3,4"), "search.trials=3,4 is no axis"),
        (("algorithm.tol=interval(0.1,1)", "k=3,4"), "algorithm.tol=interval(0.1,1) has no end of values"),
        (("search=tpe", "algorithm=kmeans,kmeens"), "algorithm=kmeens is not known"),
        (("search=tpe", "k=3,900"), "k=900 does not fit"),
    ],
)
def test_mistakes_are_told_before_anything_is_written(segkit, store, arguments, said: str) -> None:
    done = segkit("sweep", *arguments, "data.generate.rows=80", "hydra/launcher=basic")
    assert done.code == 2
    assert said in done.err
    assert not store.client.search_runs([store.experiment_id])
