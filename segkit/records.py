"""A logged run as plain values: what the store knows of it, free of the store."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

FINISHED = "FINISHED"
FAILED = "FAILED"
RUNNING = "RUNNING"
STEPS = ("preprocessing", "reducer", "algorithm")


@dataclass(frozen=True)
class Inside:
    """One segment of a run, whose customers alone another run or sweep is about: the run that holds the files of the
    outer segmentation, its name, the segment's number and what it is called; and the registered version whose segment
    it is, where people or a later promotion gave that others than the run has.
    """

    run: str
    run_name: str
    segment: int
    called: str
    version: str = ""

    def __str__(self) -> str:
        return f"segment {self.segment}, {self.called}, of {self.version or f'{self.run_name} ({self.run[:8]})'}"


@dataclass(frozen=True)
class RunRecord:
    """One run of a sweep.

    `reason` says why it failed, `model_run` is the run that holds its files, `place` and `marks` are the rank and the
    guards that it had when its sweep ended, `evidence` names the code that gathered evidence on it,
    `repeats` the column or pair of columns that its segments repeat most, `inside` the segment that it is about,
    `host` where it was computed and `alive` its last sign of life there.
    """

    run_id: str
    name: str
    status: str
    params: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)
    fingerprint: str = ""
    reason: str = ""
    model_run: str = ""
    place: int | None = None
    marks: str = ""
    evidence: str = ""
    repeats: str = ""
    inside: Inside | None = None
    host: str = ""
    alive: str = ""

    @property
    def setting(self) -> dict[str, str]:
        """Its parameters without the seed: what runs under several seeds have in common."""
        return {name: value for name, value in self.params.items() if name != "seed"}

    @property
    def pipeline(self) -> str:
        """Everything but k and seed, as one name: runs of one pipeline differ in k alone."""
        details = [f"{key}={value}" for key, value in self.params.items() if key not in (*STEPS, "k", "seed")]
        return "-".join([*(self.params.get(step, "?") for step in STEPS), *details])

    @property
    def space(self) -> str:
        """The space that was clustered, as one name: runs of one space differ in algorithm, k and seed."""
        return space_name(self.params)

    @property
    def k(self) -> int | None:
        """The k that was asked for, if the algorithm takes one."""
        return int(self.params["k"]) if self.params.get("k", "").isdigit() else None


@dataclass(frozen=True)
class SweepRecord:
    """A sweep as the store knows it: its id, its parent run, the data set, the settings it was ranked with, and the
    segment whose customers alone it is about, if so.
    """

    sweep: str
    parent: str
    name: str
    status: str
    data: str
    settings: Mapping[str, object]
    inside: Inside | None = None


def space_name(params: Mapping[str, str]) -> str:
    """The name of the space that a run with these parameters clusters.

    >>> space_name({"preprocessing": "standard", "reducer": "pca", "reducer.n_components": "2", "k": "4"})
    'standard-pca-n_components=2'
    """
    inside = ("features", "preprocessing.", "reducer.")
    details = [f"{key.rpartition('.')[2]}={value}" for key, value in params.items() if key.startswith(inside)]
    return "-".join([params.get("preprocessing", "?"), params.get("reducer", "?"), *details])


def useful_metric(target: str) -> str:
    """The metric that says how far a run separates a target; without what a store refuses in names.

    >>> useful_metric("bought (again?)")
    'useful_bought _again_'
    """
    return "useful_" + re.sub(r"[^\w. -]+", "_", target)


def latest_of_each(runs: Sequence[RunRecord]) -> list[RunRecord]:
    """One run per fingerprint, given oldest first: a finished one if there is one, else the latest try."""
    chosen: dict[str, RunRecord] = {}
    for run in runs:
        if run.fingerprint not in chosen or chosen[run.fingerprint].status != FINISHED:
            chosen[run.fingerprint] = run
    return list(chosen.values())


@dataclass(frozen=True)
class RunLabel:
    """What is known of a run before it starts."""

    name: str
    params: Mapping[str, str]
    fingerprint: str
    parent: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


def one_of_each_setting(runs: Iterable[RunRecord]) -> Iterator[RunRecord]:
    """The runs but for those that differ from an earlier one in nothing but the seed."""
    seen: set[object] = set()
    for run in runs:
        setting = tuple(sorted(run.setting.items())) if "seed" in run.params else run.run_id
        if setting not in seen:
            seen.add(setting)
            yield run
