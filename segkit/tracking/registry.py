"""The model registry: one name per data set, versions with their evidence, `champion` and who had it before."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import mlflow.artifacts
import pandas as pd
import yaml
from filelock import FileLock
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException

from segkit.errors import UserError, WorkFailed, did_you_mean
from segkit.fingerprint import fingerprint
from segkit.profiles.names_file import Called, checked_names, names_text
from segkit.records import RunRecord
from segkit.scoring import Scorer
from segkit.tracking.model_files import NAMES_FILE, log_model, package_code, read_scorer, run_model_location
from segkit.tracking.store import Store

CHAMPION = "champion"
# Why a version was promoted.
WHY = "segkit.why"
# What tells versions of one run apart that differ in the names of their segments.
_NAMES = "segkit.names"
# Versions that have held the alias, oldest first; the last one holds it now.
_HISTORY = "segkit.champions"


@dataclass(frozen=True)
class Version:
    """A registered version as plain values."""

    model: str
    version: int
    run_id: str
    aliases: tuple[str, ...]
    tags: Mapping[str, str] = field(default_factory=dict)


def promote_run(
    store: Store, name: str, run: RunRecord, evidence: Mapping[str, str], called: Mapping[int, Called] | None = None
) -> tuple[Version, Version | None]:
    """Make a run's model the champion; returns the new champion and the old one (itself if it already was).

    `called` gives its segments names and descriptions of people's own: that makes a version of its own.
    """
    with _registry_lock(store, name):
        old = champion(store, name)
        if old is not None and _is_of(old, run.model_run, called):
            return old, old
        new = _version_of(store, name, run.model_run, called) or _register(store, name, run.model_run, evidence, called)
        _crown(store, name, [*champions(store, name), new.version])
    return version(store, name, new.version), old


def rollback(store: Store, name: str) -> tuple[Version, Version]:
    """Give the alias back to the previous champion; returns the new champion and the one it replaces."""
    with _registry_lock(store, name):
        held = champions(store, name)
        if len(held) < 2:
            raise WorkFailed(f"{name} has no earlier champion to go back to")
        _crown(store, name, held[:-1])
    return version(store, name, held[-2]), version(store, name, held[-1])


def champion(store: Store, name: str) -> Version | None:
    """The version that holds the alias now, if any."""
    try:
        return _plain(store.client.get_model_version_by_alias(name, CHAMPION))
    except MlflowException:
        return None


def champions(store: Store, name: str) -> list[int]:
    """The versions that have held the alias, oldest first."""
    return list(json.loads(store.client.get_registered_model(name).tags.get(_HISTORY, "[]")))


def version(store: Store, name: str, number: int) -> Version:
    """One version by its number."""
    return _plain(store.client.get_model_version(name, str(number)))


def model_names(store: Store) -> list[str]:
    """The registered models."""
    return sorted(model.name for model in store.client.search_registered_models())


def versions(store: Store, name: str) -> list[Version]:
    """All versions of a model, newest first, with their aliases."""
    found = store.client.search_model_versions(f"name = '{name}'")
    return [version(store, name, number) for number in sorted((int(v.version) for v in found), reverse=True)]


def only_model(store: Store, name: str | None) -> str:
    """The named model, or the only one there is."""
    known = model_names(store)
    if not known:
        raise UserError("no model is registered", "`segkit promote` registers the best run of a sweep")
    if name is None and len(known) > 1:
        raise UserError(f"several models are registered: {', '.join(known)}", f"say which: model={known[0]}")
    if name is not None and name not in known:
        raise UserError(f"there is no registered model {name}", did_you_mean(name, known))
    return name or known[0]


def find_version(store: Store, model: str | None) -> Version:
    """The version that NAME, NAME@alias or NAME/number names; the champion unless another is named."""
    text, number = (model or "").rpartition("/")[::2] if "/" in (model or "") else (model or "", "")
    name, _, alias = text.partition("@")
    name = only_model(store, name or None)
    try:
        if number:
            return _plain(store.client.get_model_version(name, number))
        return _plain(store.client.get_model_version_by_alias(name, alias or CHAMPION))
    except MlflowException:
        missing = f"version {number}" if number else f"alias {alias or CHAMPION}"
        raise UserError(f"the model {name} has no {missing}", "`segkit models` lists what there is") from None


def version_scorer(store: Store, found: Version) -> Scorer:
    """What scores customers in a registered version."""
    return read_scorer(store, store.client.get_model_version_download_uri(found.model, str(found.version)))


def version_names(store: Store, found: Version) -> dict[int, Called]:
    """What a registered version calls its segments, and says of them."""
    source = f"{store.client.get_model_version_download_uri(found.model, str(found.version)).rstrip('/')}/{NAMES_FILE}"
    try:
        said = mlflow.artifacts.load_text(source)
    except (MlflowException, OSError):  # a version of before names could be edited
        return {segment: Called(name) for segment, name in version_scorer(store, found).names.items()}
    return checked_names(yaml.safe_load(said), version_scorer(store, found).names, NAMES_FILE)


def run_labels(store: Store, run_id: str) -> pd.Series:
    """The segments that a run gave its customers, by id."""
    path = store.client.download_artifacts(run_id, "tables/labels.csv")
    table = pd.read_csv(path)
    return table.set_index(table.columns[0])["segment"]


@dataclass(frozen=True)
class Listed:
    """A registered model: its versions, newest first, and which of them have been champion, oldest first."""

    name: str
    versions: Sequence[Version]
    champions: Sequence[int]


def listed_models(store: Store, name: str | None) -> list[Listed]:
    """The named model, or all."""
    names = [only_model(store, name)] if name else model_names(store)
    return [Listed(one, versions(store, one), champions(store, one)) for one in names]


def as_text(listed: Sequence[Listed]) -> str:
    """Models for people."""
    if not listed:
        return "no model is registered yet; `segkit promote` registers the best run of a sweep"
    blocks = []
    for model in listed:
        rows = [
            f"  version {v.version}  {' '.join(v.aliases) or '-':<10} {v.tags.get(WHY, '')}" for v in model.versions
        ]
        history = " -> ".join(map(str, model.champions))
        blocks.append("\n".join([f"{model.name}   champions so far: {history}", *rows]))
    return "\n\n".join(blocks)


def as_values(listed: Sequence[Listed]) -> list[dict[str, Any]]:
    """The same as plain values."""
    return [asdict(model) for model in listed]


def _is_of(found: Version, run_id: str, called: Mapping[int, Called] | None) -> bool:
    """Whether a version is this run with these names; without any given, with whatever names it has."""
    return found.run_id == run_id and (called is None or found.tags.get(_NAMES) == _names_mark(called))


def _names_mark(called: Mapping[int, Called]) -> str:
    return fingerprint({"names": names_text(called)})


def _version_of(store: Store, name: str, run_id: str, called: Mapping[int, Called] | None) -> Version | None:
    """The version that this run was registered as before, so that promoting it again adds no second one."""
    known = versions(store, name) if name in model_names(store) else []
    return next((one for one in known if _is_of(one, run_id, called)), None)


def _register(
    store: Store, name: str, run_id: str, evidence: Mapping[str, str], called: Mapping[int, Called] | None
) -> Version:
    try:
        scorer = read_scorer(store, run_model_location(store, run_id))
    except MlflowException as error:
        raise WorkFailed(f"the model of run {run_id} is gone; run the sweep again with rerun=true") from error
    called = called or {segment: Called(who) for segment, who in scorer.names.items()}
    scorer = replace(scorer, names={segment: said.name for segment, said in called.items()})
    model_id = log_model(store, run_id, scorer, name, code=package_code(), names=names_text(called))
    # The place itself, not "models:/ID": that MLflow would look up in whatever store is its global one.
    source = store.client.get_logged_model(model_id).artifact_location
    if name not in model_names(store):
        store.client.create_registered_model(name)
    told = (f"- {segment}: **{said.name}** {said.description}".rstrip() for segment, said in called.items())
    note = "\n".join([evidence.get(WHY, ""), *told])
    made = store.client.create_model_version(
        name,
        source,
        run_id=run_id,
        tags={**evidence, _NAMES: _names_mark(called)},
        model_id=model_id,
        description=note,
    )
    return _plain(made)


def _crown(store: Store, name: str, history: list[int]) -> None:
    """Move the alias to the last of `history`; the history is written first, so that a cut between the two is seen."""
    store.client.set_registered_model_tag(name, _HISTORY, json.dumps(history))
    store.client.set_registered_model_alias(name, CHAMPION, str(history[-1]))


def _registry_lock(store: Store, name: str) -> FileLock:
    store.locks.mkdir(parents=True, exist_ok=True)
    return FileLock(store.locks / f"registry-{name}.lock")


def _plain(found: ModelVersion) -> Version:
    aliases = tuple(sorted(found.aliases or ()))
    return Version(found.name, int(found.version), found.run_id or "", aliases, dict(found.tags or {}))
