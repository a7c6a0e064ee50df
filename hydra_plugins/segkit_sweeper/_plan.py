"""From override lists to jobs: each composed, named by what it computes, and put in a good order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from segkit.algorithms.extras import installing, is_installed
from segkit.config.checked import check_pages
from segkit.config.datasets import absolute, check_counts, load_dataset
from segkit.config.labels import evens_tails, features_text, run_label, stage_keys
from segkit.config.schema import plain
from segkit.config.within import settled
from segkit.data import Dataset
from segkit.errors import UserError
from segkit.fingerprint import fingerprint
from segkit.records import RunLabel, RunRecord

# So many plain jobs take about as long as compiling and fitting the first UMAP.
_MEANWHILE = 20

# A job's overrides to its configuration and the pages that were chosen.
Compose = Callable[[Sequence[str]], tuple[Any, Any]]
# The runs of the sweep as they are now.
Look = Callable[[], Sequence[RunRecord]]


@dataclass(frozen=True)
class Job:
    """One run to do: what the launcher gets, what the run will be called, which embedding it needs."""

    overrides: tuple[str, ...]
    label: RunLabel
    embedding: str


@dataclass(frozen=True)
class Plan:
    """The distinct jobs of a sweep over one data set; `sweep` names the set of them.

    `choices` is the data set once for each choice of features, as each understands it; `dataset` is the first of them.
    `evens_tails` says whether the preprocessing of any of them shortens long tails, `left_out` what algorithms need
    that is not installed.
    """

    sweep: str
    choices: Mapping[str, Dataset]
    path: str
    jobs: tuple[Job, ...]
    evens_tails: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def dataset(self) -> Dataset:
        """The data set; of the choices of features the first."""
        return next(iter(self.choices.values()))

    @property
    def total(self) -> int:
        """How many runs there will be."""
        return len(self.jobs)

    def batches(self, look: Look) -> Iterator[tuple[Job, ...]]:
        """The jobs as they are to be done, each batch once that before is: here all at once."""
        yield self.jobs


def make_plan(combinations: Iterable[Sequence[str]], compose: Compose) -> Plan:
    """The jobs of a sweep, repeats dropped, those with different embeddings first so that no worker waits."""
    jobs: dict[str, Job] = {}
    choices: dict[str, Dataset] = {}
    contents: set[str] = set()
    lacking: set[str] = set()
    evened = False
    for overrides in combinations:
        config, pages = compose(overrides)
        config = settled(config, overrides)
        check_pages(config)
        if not is_installed(need := plain(config.algorithm).get("needs", "segkit")):
            lacking.add(need)
            continue
        job, dataset = make_job(overrides, config, pages)
        choices.setdefault(features_text(config), dataset)
        jobs.setdefault(job.label.fingerprint, job)
        contents.add(dataset.hash)
        evened = evened or evens_tails(config.preprocessing)
    if len(contents) > 1:
        raise UserError("a sweep is over one data set", "start one sweep per data set")
    if not jobs:
        raise UserError("no algorithm of the sweep is installed", ", ".join(map(installing, sorted(lacking))))
    sweep = fingerprint({"jobs": sorted(jobs), "data": dataset.name})[:12]
    in_order = tuple(spread(list(jobs.values())))
    return Plan(sweep, choices, absolute(config.data.path), in_order, evened, tuple(sorted(lacking)))


def make_job(overrides: Sequence[str], config: Any, choices: Any) -> tuple[Job, Dataset]:
    """One job and its data set; raises UserError if they cannot go together."""
    dataset = load_dataset(config)
    check_counts(config, dataset)
    label = run_label(config, choices, list(overrides), dataset)
    return Job(tuple(overrides), label, stage_keys(config, dataset)["reducer"]), dataset


def spread(jobs: list[Job]) -> list[Job]:
    """The order in which workers seldom wait: for each other's embeddings, or for the same code to be compiled."""
    first: dict[str, Job] = {}
    for job in jobs:
        first.setdefault(job.embedding, job)
    # The reducers named last are usually the dearer ones: started first, they leave the cheap jobs to fill the gaps.
    leaders = list(reversed(first.values()))
    # One embedding of each kind, then a while without the dearest kind: what that compiles is on disk afterwards.
    kinds: dict[str, Job] = {}
    for leader in leaders:
        kinds.setdefault(_kind(leader), leader)
    begun = list(kinds.values())
    meanwhile = [job for job in _without(jobs, leaders) if _kind(job) != _kind(begun[0])][:_MEANWHILE]
    ahead = [*begun, *meanwhile, *_without(leaders, begun)]
    return ahead + _without(jobs, ahead)


def _without(jobs: Sequence[Job], others: Sequence[Job]) -> list[Job]:
    known = {job.label.fingerprint for job in others}
    return [job for job in jobs if job.label.fingerprint not in known]


def _kind(job: Job) -> str:
    return job.label.params.get("reducer", "")
