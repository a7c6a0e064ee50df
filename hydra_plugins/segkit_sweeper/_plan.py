"""From override lists to jobs: each composed, named by what it computes, and put in a good order."""

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast

from hydra.core.override_parser.overrides_parser import OverridesParser
from omegaconf import OmegaConf, open_dict, read_write

from hydra_plugins.segkit_sweeper._overrides import is_plain_value
from segkit.config.datasets import absolute, check_k, load_dataset
from segkit.config.labels import evens_tails, features_text, run_label, stage_keys
from segkit.data import Dataset
from segkit.errors import UserError
from segkit.fingerprint import fingerprint
from segkit.records import STEPS, RunLabel


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
    `evens_tails` says whether the preprocessing of any of them shortens long tails.
    """

    sweep: str
    choices: Mapping[str, Dataset]
    path: str
    jobs: tuple[Job, ...]
    evens_tails: bool = False

    @property
    def dataset(self) -> Dataset:
        """The data set; of the choices of features the first."""
        return next(iter(self.choices.values()))


class Composer:
    """Composes a job's configuration; the slow part, choosing group files, once per page and not per combination.

    A page of preprocessing, reducer or algorithm that changes nothing but its own place is put into what was composed
    without it. One that reaches beyond its place is composed together with the others, as Hydra would.
    """

    def __init__(self, compose: Callable[[list[str]], Any], is_group: Callable[[str], bool]) -> None:
        self._compose = compose
        self._is_group = lru_cache(maxsize=None)(is_group)
        self._parser = OverridesParser.create()
        self._composed: dict[tuple[str, ...], tuple[Any, Any]] = {}

    def __call__(self, overrides: Sequence[str]) -> tuple[Any, Any]:
        """The job's configuration, and the group choices it was composed from."""
        parsed = self._parser.parse_overrides(list(overrides))
        values = [override for override in parsed if is_plain_value(override, self._is_group)]
        config, choices = self._pieced(tuple(str(o.input_line) for o in parsed if o not in values))
        for override in values:
            OmegaConf.update(config, override.key_or_group, override.value())
        return config, choices

    def _pieced(self, groups: tuple[str, ...]) -> tuple[Any, Any]:
        """A configuration of one's own, put together from one composition per page where that is the same."""
        pages = tuple(group for group in groups if group.partition("=")[0] in STEPS)
        rest = tuple(group for group in groups if group not in pages)
        if len(pages) < 2 or any(self._reaches_beyond(rest, page) for page in pages):
            composed, choices = self._base(groups)
            return copy.deepcopy(composed), choices
        composed, choices = self._base(rest)
        config, chosen = copy.deepcopy(composed), dict(choices)
        for page in pages:
            (with_page, picked), step = self._base((*rest, page)), page.partition("=")[0]
            config[step] = _unresolved(with_page)[step]
            chosen[step] = picked[step]
        return config, chosen

    @cache  # noqa: B019 - a composer lives as long as the plan is made
    def _reaches_beyond(self, rest: tuple[str, ...], page: str) -> bool:
        """Whether a page changes more than its own place."""
        step = page.partition("=")[0]
        without, with_page = (_unresolved(self._base(groups)[0]) for groups in (rest, (*rest, page)))
        return {**without, step: None} != {**with_page, step: None}

    def _base(self, groups: tuple[str, ...]) -> tuple[Any, Any]:
        if groups not in self._composed:
            config = self._compose(list(groups))
            choices = config.hydra.runtime.choices
            with read_write(config), open_dict(config):
                del config["hydra"]  # large, and the same for every job
            self._composed[groups] = config, choices
        return self._composed[groups]


def _unresolved(config: Any) -> dict[str, Any]:
    """Plain values in which references such as ${k} are still references."""
    return cast(dict[str, Any], OmegaConf.to_container(config, resolve=False))


def make_plan(combinations: Iterable[Sequence[str]], composer: Composer) -> Plan:
    """The jobs of a sweep, repeats dropped, those with different embeddings first so that no worker waits."""
    jobs: dict[str, Job] = {}
    choices: dict[str, Dataset] = {}
    contents: set[str] = set()
    evened = False
    for overrides in combinations:
        config, pages = composer(overrides)
        job, dataset = _job(overrides, config, pages)
        choices.setdefault(features_text(config), dataset)
        jobs.setdefault(job.label.fingerprint, job)
        contents.add(dataset.hash)
        evened = evened or evens_tails(config.preprocessing)
    if len(contents) > 1:
        raise UserError("a sweep is over one data set", "start one sweep per data set")
    sweep = fingerprint({"jobs": sorted(jobs), "data": dataset.name})[:12]
    return Plan(sweep, choices, absolute(config.data.path), tuple(_spread(list(jobs.values()))), evened)


def _job(overrides: Sequence[str], config: Any, choices: Any) -> tuple[Job, Dataset]:
    dataset = load_dataset(config)
    check_k(config, dataset)
    label = run_label(config, choices, list(overrides), dataset)
    return Job(tuple(overrides), label, stage_keys(config, dataset)["reducer"]), dataset


def _spread(jobs: list[Job]) -> list[Job]:
    """The first job of every embedding, then the others in their order."""
    first: dict[str, Job] = {}
    for job in jobs:
        first.setdefault(job.embedding, job)
    # The reducers named last are usually the dearer ones: started first, they leave the cheap jobs to fill the gaps.
    leaders = list(reversed(first.values()))
    return leaders + [job for job in jobs if job not in leaders]
