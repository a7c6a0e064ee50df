"""Time and place that change: clocks that jump, stores that are moved, copied, or of an earlier version of segkit."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults.outcome import Outcome
from benchmarks.faults.place import SCORE, SWEEP, Ended, Place, problems, settled

# Put on the path as sitecustomize: this process and its children live at another time.
_CLOCK = """import time
_time, _time_ns = time.time, time.time_ns
time.time = lambda: _time() + {seconds}
time.time_ns = lambda: _time_ns() + {seconds} * 10**9
"""
_DAY = 86_400
_ROOT = Path(__file__).parents[2]


def clock(furnished: Place, folder: Path) -> Iterator[Outcome]:
    """A day back and a day ahead between a sweep and what comes after it."""
    for title, days in (("a day back", -1), ("a day ahead", 1)):
        outcome = Outcome(f"clock jumps {title}")
        place = furnished.copied(folder / f"clock{days}")
        shifted = Place(place.folder, _another_time(folder / f"time{days}", days * _DAY))
        before = place.finished()
        outcome.add(_does(shifted, SWEEP) + problems(place, before), *_counts(place, before))
        outcome.add(_does(shifted, (*SWEEP, "seed=1")) + problems(place, before), *_counts(place, before))
        outcome.add([] if _seed_of_latest(shifted) == "1" else ["another sweep is the latest"])
        outcome.add(_does(shifted, ("promote", "force=true")) + _champion_is_newest(place))
        outcome.add(_does(place, ("rollback",)) + _does(place, SCORE))
        yield outcome


def moved(furnished: Place, folder: Path) -> Iterator[Outcome]:
    """The folder elsewhere, with nothing left where it was."""
    outcome = Outcome("store moved")
    here = settled(furnished, folder / "before")
    here.folder.rename(folder / "after")
    place = Place(folder / "after")
    before = place.finished()
    for words in (("compare",), ("report",), SCORE, SWEEP, (*SWEEP, "seed=1"), ("promote", "force=true")):
        outcome.add(_does(place, words) + problems(place, before), *_counts(place, before))
    outcome.add(["what was moved is written where it was"] if (folder / "before").exists() else [])
    yield outcome


def copied(furnished: Place, folder: Path) -> Iterator[Outcome]:
    """Twice the same, each going its own way."""
    outcome = Outcome("store copied, both go on")
    one = settled(furnished, folder / "one")
    other = one.copied(folder / "other")
    files = _files(one)
    outcome.add(_does(other, (*SWEEP, "seed=1")) + _does(other, ("promote", "force=true")))
    outcome.add([] if _files(one) == files else ["what is done in the copy changes the original"])
    outcome.add(_does(one, (*SWEEP, "seed=2")) + _does(one, SCORE) + problems(one, set()))
    outcome.add(_does(other, SCORE) + problems(other, set()))
    yield outcome


def earlier(furnished: Place, folder: Path, commit: str = "18b3d7d") -> Iterator[Outcome]:
    """A store that an earlier version of segkit has made."""
    outcome = Outcome(f"store of an earlier version ({commit})")
    place = Place(folder / "earlier")
    place.folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="earlier-") as checkout:
        archive = subprocess.run(["git", "archive", commit], cwd=_ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", checkout], input=archive, check=True)
        then = Place(place.folder, {"PYTHONPATH": checkout})
        made = [*_does(then, SWEEP), *_does(then, ("promote", "force=true"))]
    if made:
        raise SystemExit(f"the earlier version does not do: {made}")
    (place.folder / "new.csv").write_bytes((furnished.folder / "new.csv").read_bytes())
    before = place.finished()
    for words in (("compare",), ("models",), SCORE, ("report",), SWEEP, ("promote", "force=true"), ("rollback",)):
        outcome.add(_does(place, words) + problems(place, before), *_counts(place, before))
    yield outcome


def _another_time(folder: Path, seconds: int) -> dict[str, str]:
    folder.mkdir(parents=True)
    (folder / "sitecustomize.py").write_text(_CLOCK.format(seconds=seconds))
    return {"PYTHONPATH": os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])}


def _seed_of_latest(place: Place) -> str:
    told = place.do("compare", "format=json")
    return str(json.loads(told.out)["runs"][0]["params"].get("seed", "")) if told.code == 0 else told.reason


def _champion_is_newest(place: Place) -> list[str]:
    told = json.loads(place.do("models", "format=json").out)
    return [] if "champion" in json.dumps(told) else ["there is no champion"]


def _files(place: Place) -> dict[str, bytes]:
    kept = place.folder / "mlruns"
    return {str(path): path.read_bytes() for path in (kept / "artifacts").rglob("*") if path.is_file()} | {
        "database": (kept / "mlflow.db").read_bytes()
    }


def _does(place: Place, words: tuple[str, ...]) -> list[str]:
    done: Ended = place.do(*words)
    return [] if done.code == 0 else [f"{words[0]}: code {done.code}, {done.reason[:200]}"]


def _counts(place: Place, before: set[str]) -> tuple[int, int]:
    return len(before - place.finished()), place.doubled()
