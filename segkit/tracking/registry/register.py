"""The model registry is written: a model becomes a version with all that is said of it, aliases move."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from filelock import FileLock
from mlflow.exceptions import MlflowException

from segkit.fingerprint import fingerprint
from segkit.identity.moves import Change
from segkit.profiles.names_file import Called, names_text
from segkit.scoring.scorer import Scorer
from segkit.tracking.descriptions import without_tags
from segkit.tracking.model_files import log_model, package_code
from segkit.tracking.registry.numbers import free_number
from segkit.tracking.registry.tags import AT, BY, COLUMNS, HIGHEST, MOVED, NAMES, SEGMENTS, now, who
from segkit.tracking.registry.version_files import change_files, keep_files
from segkit.tracking.registry.version_words import model_description, version_description
from segkit.tracking.registry.versions import CHAMPION, HISTORY, Version, champion, champions, is_registered, version
from segkit.tracking.store import Store
from segkit.tracking.tag_values import tag_value


def register_version(
    store: Store,
    name: str,
    run_id: str,
    scorer: Scorer,
    called: Mapping[int, Called],
    tags: Mapping[str, str],
    *,
    labels: pd.Series | None = None,
    change: Change | None = None,
) -> Version:
    """Make a new version of `name`: a scorer, what its segments are called, the run that it comes from, its tags.

    `labels` are the segments of the run's customers by id, `change` says who moves; both are kept with the version. To
    be called under `registry_lock`. No alias moves.
    """
    scorer = replace(scorer, names={segment: said.name for segment, said in called.items()})
    tags = {**_tags(scorer, called, change), **tags}
    beside = change_files(change)
    highest = max([free_number(store, name) - 1, *called])  # refused, if at all, before there are files
    model_id = log_model(store, run_id, scorer, name, package_code(), names_text(called), beside)
    _make_model(store, name)
    made = store.client.create_model_version(
        name,
        # The place itself, not "models:/ID": that MLflow would look up in whatever store is its global one.
        store.client.get_logged_model(model_id).artifact_location,
        run_id=run_id,
        tags=tags,
        model_id=model_id,
        description=without_tags(version_description(called, tags, labels, change)),
    )
    store.client.set_registered_model_tag(name, HIGHEST, str(highest))
    keep_files(store, name, int(made.version), run_id, beside, labels)
    return version(store, name, int(made.version))


def _tags(scorer: Scorer, called: Mapping[int, Called], change: Change | None) -> dict[str, str]:
    segments = json.dumps({str(number): said.name for number, said in sorted(called.items())}, ensure_ascii=False)
    moved = {MOVED: f"{change.migration.moved_share:.6g}"} if change and change.migration.customers else {}
    columns = json.dumps(scorer.needed, ensure_ascii=False)
    return {SEGMENTS: segments, COLUMNS: columns, NAMES: names_mark(called), BY: who(), AT: now(), **moved}


def names_mark(called: Mapping[int, Called]) -> str:
    """What tells names from other names."""
    return fingerprint({"names": names_text(called)})


def _make_model(store: Store, name: str) -> None:
    if is_registered(store, name):
        return
    try:
        store.client.create_registered_model(name)
    except MlflowException:  # somebody else was quicker
        if not is_registered(store, name):
            raise


def crown(store: Store, name: str, history: list[int]) -> None:
    """Move the alias to the last of `history`; the history is written first, so that a cut between the two is seen."""
    store.client.set_registered_model_tag(name, HISTORY, json.dumps(history))
    point(store, name, CHAMPION, history[-1])


def point(store: Store, name: str, alias: str, number: int) -> None:
    """Move an alias to a version, and say in the model's description who is the champion."""
    store.client.set_registered_model_alias(name, alias, str(number))
    store.client.update_registered_model(name, without_tags(model_description(name, champion(store, name))))


def mend_history(store: Store, name: str) -> None:
    """Write the history as the alias says it is: two who promote at once, or a cut, may have left another."""
    if not is_registered(store, name):
        return
    tags, true = store.client.get_registered_model(name).tags, champions(store, name)
    if HISTORY in tags and tag_value(tags, HISTORY, []) != true:
        store.client.set_registered_model_tag(name, HISTORY, json.dumps(true))


def registry_lock(store: Store, name: str) -> FileLock:
    """Held while the registry is changed, by one at a time."""
    store.locks.mkdir(parents=True, exist_ok=True)
    return FileLock(store.locks / f"registry-{name}.lock")
