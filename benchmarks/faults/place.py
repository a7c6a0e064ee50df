"""A folder with a store in it, the commands that are given there, and what may not be the case afterwards."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.kills import children
from benchmarks.measured import ONE_THREAD, SEGKIT

SWEEP = ("sweep", "data.generate.rows=300", "reducer=none,pca", "algorithm=kmeans", "k=3,4")
RUNS = 4
SCORE = ("score", "input=new.csv", "output=scored.csv")
# No command takes as long.
_MOST_SECONDS = 900
_CUSTOMERS = "from segkit.data import make_customers; make_customers({rows}, seed=1).to_csv({name!r}, index=False)"


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def is_plain(self) -> bool:
        """Whether it is an error that people can read."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        return self.code in (1, 2) and bool(lines) and "Traceback" not in self.err

    @property
    def reason(self) -> str:
        """The line that says what is wrong."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        return next((line for line in lines if line.startswith("error")), lines[-1] if lines else "")


@dataclass(frozen=True)
class Place:
    """A working directory; `environment` is what its commands are told beside this process's own."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(self, *words: str, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        """A command, going; `before` is what it is started by, such as `prlimit`."""
        pipe = subprocess.PIPE
        told = {**os.environ, **ONE_THREAD, **self.environment}
        return subprocess.Popen(
            [*before, SEGKIT, *words],
            cwd=self.folder,
            env=told,
            stdout=pipe,
            stderr=pipe,
            text=True,
            start_new_session=True,
        )

    def do(self, *words: str, before: tuple[str, ...] = ()) -> Ended:
        """A command, ended."""
        return ended(self.start(*words, before=before))

    def copied(self, folder: Path) -> "Place":
        """Another place with the same in it."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Place(folder, self.environment)

    def states(self) -> dict[str, str]:
        """Run id -> status of all runs, read past segkit and MLflow."""
        database = self.folder / "mlruns" / "mlflow.db"
        if not database.exists():
            return {}
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
            return dict(connection.execute("SELECT run_uuid, status FROM runs"))

    def finished(self) -> set[str]:
        """The runs that are done."""
        return {run for run, status in self.states().items() if status == "FINISHED"}

    def doubled(self) -> int:
        """How many runs of sweeps are there again though nobody asked for that."""
        with closing(sqlite3.connect(self.folder / "mlruns" / "mlflow.db", timeout=30)) as connection:
            parents = dict(
                connection.execute("SELECT run_uuid, value FROM tags WHERE key = 'mlflow.parentRunId'").fetchall()
            )
        found = [(parents[run], mark) for run, mark, status in children(self.folder) if status == "FINISHED"]
        return sum(count - 1 for count in Counter(found).values())


def ended(process: subprocess.Popen[str]) -> Ended:
    """The command, when it has ended."""
    try:
        out, err = process.communicate(timeout=_MOST_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        err += "\nit did not end"
    return Ended(process.returncode, out, err)


def problems(place: Place, before: set[str]) -> list[str]:
    """What is wrong with a store and the folder around it; `before` are the runs that were done."""
    lost, running = before - place.finished(), [run for run, status in place.states().items() if status == "RUNNING"]
    return [
        *([f"{len(lost)} runs lost"] if lost else []),
        *([f"{place.doubled()} runs doubled"] if place.doubled() else []),
        *([f"{len(running)} runs say RUNNING"] if running else []),
        *(f"{path.relative_to(place.folder)} is left" for path in half_written(place.folder)),
        *registry_problems(place),
    ]


def half_written(folder: Path) -> Iterator[Path]:
    """Files that somebody has begun and not ended."""
    return (path for path in folder.rglob("*") if ".part" in path.name or ".unfinished" in path.name)


def registry_problems(place: Place) -> list[str]:
    """Aliases that name no version, and versions without files."""
    with closing(sqlite3.connect(place.folder / "mlruns" / "mlflow.db", timeout=30)) as connection:
        aliases = connection.execute("SELECT name, alias, version FROM registered_model_aliases").fetchall()
        versions = {(name, number) for name, number in connection.execute("SELECT name, version FROM model_versions")}
        sources = connection.execute("SELECT name, version, storage_location FROM model_versions").fetchall()
    astray = [f"{name}@{alias} names no version" for name, alias, number in aliases if (name, number) not in versions]
    gone = [f"{name}/{number} has no files" for name, number, place in sources if place and not _is_there(place)]
    return astray + gone


def _is_there(place: str) -> bool:
    return any(Path(place.removeprefix("file://")).rglob("MLmodel"))


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        yield Path(name)


def furnished(folder: Path) -> Place:
    """A place with a finished sweep, two promoted versions and customers to score."""
    place = Place(folder)
    folder.mkdir(parents=True, exist_ok=True)
    make_customers(folder / "new.csv", 5000)
    _must(place.do(*SWEEP))
    for run in sorted(run for run, *_ in children(folder))[:2]:
        _must(place.do("promote", f"run={run}", "force=true"))
    return place


def settled(furnished: Place, folder: Path) -> Place:
    """A copy that has noticed that it lies elsewhere now."""
    place = furnished.copied(folder)
    _must(place.do("models"))
    return place


def make_customers(path: Path, rows: int) -> None:
    """A table of customers to score."""
    subprocess.run([sys.executable, "-c", _CUSTOMERS.format(rows=rows, name=str(path))], check=True)


def _must(done: Ended) -> None:
    if done.code:
        raise SystemExit(f"the place cannot be furnished: {done.err}")
