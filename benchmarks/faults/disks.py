"""Disks that are full or cannot be written: a plain error, nothing half-written, and once that is mended it does."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.outcome import Outcome
from benchmarks.faults.place import SWEEP, Ended, Place, problems, settled

_MEGABYTES = 40
_NEW_SWEEP = (*SWEEP, "seed=7")
# What is full (a folder of the place) and what is then tried.
FULL: dict[str, tuple[tuple[str, ...], ...]] = {
    "out": (
        ("score", "input=new.csv", "output=out/scored.csv"),
        ("score", "input=new.csv", "output=out/scored.parquet"),
        ("report", "output=out/report.html"),
        ("explore", "data.generate.rows=300", "output=out/explore.html"),
    ),
    "mlruns": (
        ("run", "data.generate.rows=300", "k=5"),
        _NEW_SWEEP,
        ("edit", "rename={0: Other}"),
        ("explore", "data.generate.rows=300", "output=explore.html"),
        ("monitor", "input=new.csv", "reform=false"),
    ),
    "mlruns/artifacts": (("run", "data.generate.rows=300", "k=5"), _NEW_SWEEP),
    "mlruns/cache": (("run", "data.generate.rows=301", "k=5", "reducer=pca"),),
}
READ_ONLY = (
    ("run", "data.generate.rows=300", "k=5"),
    _NEW_SWEEP,
    ("promote", "force=true"),
    ("edit", "rename={0: Other}"),
    ("rollback",),
    ("explore", "data.generate.rows=300", "output=explore.html"),
    ("monitor", "input=new.csv", "reform=false"),
    ("cache", "clear=true"),
    ("report", "output=report.html"),  # the page is kept with its run, too
)
# What only reads does all the same.
READS = (
    ("compare",),
    ("compare", "format=html", "output=page.html"),
    ("models",),
    ("score", "input=new.csv", "output=scored.csv"),
)


def full(furnished: Place, folder: Path) -> Iterator[Outcome]:
    """An outcome for each disk that is full."""
    for number, (name, commands) in enumerate(FULL.items()):
        outcome = Outcome(f"disk full: {name}")
        for n, words in enumerate(commands):
            place = settled(furnished, folder / f"full-{number}-{n}")
            with small_disk(place.folder / name) as disk:
                outcome.add(_on_full(place, disk, words))
        yield outcome


def _on_full(place: Place, disk: Path, words: tuple[str, ...]) -> list[str]:
    before = place.finished()
    filler = fill(disk)
    tried = place.do(*words)
    # What needs no room there does without.
    wrong = [] if tried.is_plain or tried.code == 0 else [_said(tried)]
    wrong += [f"{path.name} is left" for path in disk.rglob("*") if ".part" in path.name]
    filler.unlink()
    again = place.do(*words)
    wrong += [] if again.code in (0, 3) else [f"with room again: {_said(again)}"]
    wrong += problems(place, before)
    return [f"{words[0]}: {one}" for one in wrong]


def read_only(furnished: Place, folder: Path) -> Iterator[Outcome]:
    """A store that cannot be written: what writes says so, what reads does."""
    writes, reads = Outcome("read-only store: what writes"), Outcome("read-only store: what reads")
    place = settled(furnished, folder / "read-only")
    before = place.finished()
    with small_disk(place.folder / "mlruns") as disk:
        _mounted("-o", "remount,ro", str(disk))
        for words in READ_ONLY:
            tried = place.do(*words)
            writes.add([] if tried.is_plain else [f"{words[0]}: {_said(tried)}"])
        for words in READS:
            tried = place.do(*words)
            reads.add([] if tried.code == 0 else [f"{words[0]}: {_said(tried)}"])
        _mounted("-o", "remount,rw", str(disk))
        again = place.do(*READ_ONLY[0])
        writes.add(problems(place, before) + ([] if again.code == 0 else [f"writable again: {_said(again)}"]))
    yield writes
    yield reads


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A small disk of its own in the place of a folder, with the same in it, for as long as this lasts."""
    aside = folder.with_name(f"{folder.name}-aside")
    folder.mkdir(exist_ok=True)
    shutil.copytree(folder, aside)
    _mounted("-t", "tmpfs", "-o", f"size={_MEGABYTES}m", "tmpfs", str(folder))
    try:
        shutil.copytree(aside, folder, dirs_exist_ok=True)
        shutil.rmtree(aside)
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _mounted(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on a small disk; the file that takes it. Refuses any other disk, which others need."""
    state = os.statvfs(disk)
    if not os.path.ismount(disk) or state.f_blocks * state.f_frsize > _MEGABYTES * 1_100_000:
        raise SystemExit(f"{disk} is no small disk")
    filler = disk / "filler"
    filler.write_bytes(bytes(state.f_bfree * state.f_frsize))
    return filler


def _said(done: Ended) -> str:
    return f"code {done.code}, {done.reason[:200]}"
