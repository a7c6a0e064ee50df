"""From a run in the store to all that a report says of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from segkit.advice.templates import read_templates
from segkit.config.datasets import absolute
from segkit.config.reported import Subject
from segkit.config.weighed import dataset_before
from segkit.data import Dataset
from segkit.data.read import read_table
from segkit.identity.origins import own_numbers
from segkit.profiles.names_file import Called, read_names
from segkit.report.advice import advice_on
from segkit.report.altered import figures, numbered
from segkit.report.buying import Buying, buying_of
from segkit.report.cards import cards
from segkit.report.content import Content, Told
from segkit.report.portrait import Portrait, portrait_of
from segkit.rivalry import standing
from segkit.scoring.scorer import Scorer
from segkit.tracking.evidence import sweep_evidence
from segkit.tracking.registry.editing import edits_of
from segkit.tracking.registry.versions import version_names
from segkit.tracking.reporting import stability_of
from segkit.tracking.store import Store
from segkit.verdict import verdict_of

Portray = Callable[[Dataset, Scorer], Portrait]


def content_of(store: Store, subject: Subject, config: Any, day: str, portray: Portray = portrait_of) -> Content:
    """The content of the report that the page `report` asks for, written on that day.

    `portray` may know a portrait already that was drawn before.
    """
    called = _called(store, config.names, subject)
    templates = read_templates(config.ideas) if config.ideas else None
    names = {segment: said.name for segment, said in called.items()}
    portrait = portray(subject.dataset, replace(subject.scorer, names=names))
    told = _told(store, subject, day, portrait)
    about = (told.run, told.verdict, told.stability)
    advice = advice_on(portrait, *about, list(config.first), templates, told.altered)
    buying = _buying(subject, portrait)
    written = {segment: said.description for segment, said in called.items() if said.description}
    return Content(portrait, told, advice, cards(portrait, advice, buying, written), buying)


def _buying(subject: Subject, portrait: Portrait) -> Buying | None:
    """How the segments of a log buy, which only its lines tell."""
    dataset = subject.dataset
    if dataset.log is None:
        return None
    data = subject.config.data
    lines = read_table(absolute(data.path), data.query, list(dataset.log.styles))
    return buying_of(portrait, subject.scorer, lines, dataset_before(dataset, subject.config))


def _called(store: Store, path: str | None, subject: Subject) -> dict[int, Called]:
    """What the segments are called: by the file that was named, else by the registered version, else by the run."""
    if path:
        return read_names(Path(path).expanduser(), subject.scorer.names)
    if subject.version is not None:
        return version_names(store, subject.version, subject.scorer)
    return {segment: Called(name) for segment, name in subject.scorer.names.items()}


def _is_best(subject: Subject) -> bool:
    """Whether the run is its sweep's champion, which is what rivals were held against."""
    best = subject.ranking.champion if subject.ranking else None
    return best is not None and best.run.fingerprint == subject.run.fingerprint


def _told(store: Store, subject: Subject, day: str, portrait: Portrait) -> Told:
    numbers = own_numbers(subject.scorer)
    altered = sorted(set(subject.scorer.names) - set(numbers.values()))
    evidence: Mapping[str, pd.DataFrame] = sweep_evidence(store, subject.sweep.parent) if subject.sweep else {}
    ranking = subject.ranking if _is_best(subject) and not altered else None
    rivals = standing(evidence["rivals"], ranking) if ranking and "rivals" in evidence else None
    evidence = {name: table for name, table in evidence.items() if name != "rivals"}
    stability, version = stability_of(store, subject.run), subject.version
    return Told(
        replace(subject.run, metrics=figures(portrait)) if altered else subject.run,
        subject.ranking,
        subject.guards,
        rivals,
        {**evidence, **({} if rivals is None else {"rivals": rivals})},
        numbered(stability, numbers) if subject.scorer.edits else stability,
        f"{version.model}/{version.version}" if version else "",
        subject.changed,
        day,
        edits_of(store, version) if version else (),
        numbers,
        altered,
        verdict_of(subject.run),
    )
