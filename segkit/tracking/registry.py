"""The model registry is written: a run's model becomes a version, the alias `champion` moves, its history is kept."""

import json
from collections.abc import Mapping
from dataclasses import replace

from filelock import FileLock
from mlflow.exceptions import MlflowException

from segkit.errors import WorkFailed
from segkit.fingerprint import fingerprint
from segkit.profiles.names_file import Called, names_text
from segkit.records import RunRecord
from segkit.scoring import Scorer
from segkit.tracking.model_files import log_model, package_code, read_scorer, run_model_location
from segkit.tracking.names import EDIT
from segkit.tracking.store import Store
from segkit.tracking.versions import (
    CHAMPION,
    HISTORY,
    WHY,
    Version,
    champion,
    champions,
    model_names,
    version,
    versions,
)

# What tells versions of one run apart that differ in the names of their segments.
_NAMES = "segkit.names"


def promote_run(
    store: Store, name: str, run: RunRecord, evidence: Mapping[str, str], called: Mapping[int, Called] | None = None
) -> tuple[Version, Version | None]:
    """Make a run's model the champion; returns the new champion and the old one (itself if it already was).

    `called` gives its segments names and descriptions of people's own: that makes a version of its own.
    """
    with registry_lock(store, name):
        old = champion(store, name)
        if old is not None and _is_of(old, run.model_run, called):
            return old, old
        new = _version_of(store, name, run.model_run, called) or _register(store, name, run.model_run, evidence, called)
        crown(store, name, [*champions(store, name), new.version])
    return version(store, name, new.version), old


def rollback(store: Store, name: str) -> tuple[Version, Version]:
    """Give the alias back to the previous champion; returns the new champion and the one it replaces."""
    with registry_lock(store, name):
        held = champions(store, name)
        if len(held) < 2:
            raise WorkFailed(f"{name} has no earlier champion to go back to")
        crown(store, name, held[:-1])
    return version(store, name, held[-2]), version(store, name, held[-1])


def _is_of(found: Version, run_id: str, called: Mapping[int, Called] | None) -> bool:
    """Whether a version is this run with these names; without any given, with whatever names it has."""
    return found.run_id == run_id and (called is None or found.tags.get(_NAMES) == _names_mark(called))


def _names_mark(called: Mapping[int, Called]) -> str:
    return fingerprint({"names": names_text(called)})


def _version_of(store: Store, name: str, run_id: str, called: Mapping[int, Called] | None) -> Version | None:
    """The version that this run was registered as before, so that promoting it again adds no second one.

    One that people edited is not the run as it was found.
    """
    known = versions(store, name) if name in model_names(store) else []
    return next((one for one in known if EDIT not in one.tags and _is_of(one, run_id, called)), None)


def _register(
    store: Store, name: str, run_id: str, evidence: Mapping[str, str], called: Mapping[int, Called] | None
) -> Version:
    try:
        scorer = read_scorer(store, run_model_location(store, run_id))
    except MlflowException as error:
        raise WorkFailed(f"the model of run {run_id} is gone; run the sweep again with rerun=true") from error
    called = called or {segment: Called(who) for segment, who in scorer.names.items()}
    return register_version(store, name, run_id, scorer, called, evidence)


def register_version(
    store: Store, name: str, run_id: str, scorer: Scorer, called: Mapping[int, Called], tags: Mapping[str, str]
) -> Version:
    """Make a new version of `name`: a scorer, what its segments are called, the run that it comes from, its tags.

    To be called under `registry_lock`. No alias moves.
    """
    scorer = replace(scorer, names={segment: said.name for segment, said in called.items()})
    model_id = log_model(store, run_id, scorer, name, code=package_code(), names=names_text(called))
    # The place itself, not "models:/ID": that MLflow would look up in whatever store is its global one.
    source = store.client.get_logged_model(model_id).artifact_location
    if name not in model_names(store):
        store.client.create_registered_model(name)
    told = (f"- {segment}: **{said.name}** {said.description}".rstrip() for segment, said in called.items())
    made = store.client.create_model_version(
        name,
        source,
        run_id=run_id,
        tags={**tags, _NAMES: _names_mark(called)},
        model_id=model_id,
        description="\n".join([tags.get(WHY, ""), *told]),
    )
    return version(store, name, int(made.version))


def crown(store: Store, name: str, history: list[int]) -> None:
    """Move the alias to the last of `history`; the history is written first, so that a cut between the two is seen."""
    store.client.set_registered_model_tag(name, HISTORY, json.dumps(history))
    store.client.set_registered_model_alias(name, CHAMPION, str(history[-1]))


def registry_lock(store: Store, name: str) -> FileLock:
    """Held while the registry is changed, by one at a time."""
    store.locks.mkdir(parents=True, exist_ok=True)
    return FileLock(store.locks / f"registry-{name}.lock")
