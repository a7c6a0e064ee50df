"""Others at the same store: who locks it, and a sweep, another, a promotion and the web app at once."""

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from benchmarks.faults.outcome import Outcome
from benchmarks.faults.place import SWEEP, Ended, Place, ended, problems, settled

_LOCKED_SECONDS = 30
_PAGES = (("app", "port=8671"), ("ui", "port=8672"))
_SWEEPS = ((*SWEEP, "seed=1,2"), (*SWEEP, "seed=2,3"))


def locked(furnished: Place, folder: Path) -> Iterator[Outcome]:
    """Another process locks the database for half a minute while a command is at work."""
    outcome = Outcome(f"database locked for {_LOCKED_SECONDS} s")
    for number, words in enumerate(
        (("run", "data.generate.rows=300", "k=5"), (*SWEEP, "seed=1"), ("edit", "rename={0: Other}"))
    ):
        place = settled(furnished, folder / f"locked-{number}")
        before = place.finished()
        with closing(sqlite3.connect(place.folder / "mlruns" / "mlflow.db", isolation_level=None)) as other:
            process = place.start(*words)
            other.execute("BEGIN EXCLUSIVE")
            time.sleep(_LOCKED_SECONDS)
            other.execute("ROLLBACK")
        outcome.add(problems(place, before) + _badly(ended(process)))
    yield outcome


def at_once(furnished: Place, folder: Path) -> Iterator[Outcome]:
    """Two sweeps that share half of their runs, a promotion, the app and MLflow's UI at the same time."""
    outcome = Outcome("two sweeps, a promotion, the app and the UI at once")
    place = furnished.copied(folder / "at-once")
    before = place.finished()
    pages = [place.start(*words) for words in _PAGES]
    for page in pages:
        threading.Thread(target=page.communicate, daemon=True).start()  # or it waits for somebody who reads
    others = [place.start(*words) for words in _SWEEPS]
    promoted = place.do("promote", f"run={max(before & place.finished())}", "force=true")
    wrong = [said for done in [*map(ended, others), promoted] for said in _badly(done)]
    for page, (name, _) in zip(pages, _PAGES, strict=True):
        wrong += [] if page.poll() is None else [f"the {name} has ended"]
        with suppress(ProcessLookupError):
            os.killpg(page.pid, signal.SIGTERM)
        page.wait()
    outcome.add(wrong + problems(place, before), len(before - place.finished()), place.doubled())
    yield outcome


def _badly(done: Ended) -> list[str]:
    return [f"code {done.code}, {done.reason[:200]}"] if done.code else []
