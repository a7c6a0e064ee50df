"""The registered models as they are: versions with their aliases and evidence, who is champion and who was before."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd
import yaml
from mlflow.entities.model_registry import ModelVersion, RegisteredModel
from mlflow.exceptions import MlflowException

from segkit.errors import UserError, WorkFailed, did_you_mean
from segkit.profiles.names_file import Called, checked_names
from segkit.scoring.scorer import Scorer
from segkit.tracking.files import read_labels, read_text
from segkit.tracking.model_files import NAMES_FILE, read_scorer
from segkit.tracking.pages import found_by
from segkit.tracking.registry.history import true_history
from segkit.tracking.registry.tags import FILES, LABELS, LOCKED, SEGMENTS
from segkit.tracking.store import Store
from segkit.tracking.tag_values import tag_value

CHAMPION = "champion"
# Why a version was promoted.
WHY = "segkit.why"
# Versions that have held the alias, oldest first; the last one holds it now.
HISTORY = "segkit.champions"


@dataclass(frozen=True)
class Version:
    """A registered version as plain values."""

    model: str
    version: int
    run_id: str
    aliases: tuple[str, ...]
    tags: Mapping[str, str] = field(default_factory=dict)
    description: str = ""

    @property
    def locked(self) -> tuple[int, ...]:
        """The numbers of the segments that the champions after it must keep."""
        return tuple(tag_value(self.tags, LOCKED, []))


def champion(store: Store, name: str) -> Version | None:
    """The version that holds the alias `champion` now, if any."""
    return holder(store, name, CHAMPION)


def holder(store: Store, name: str, alias: str) -> Version | None:
    """The version that holds an alias now, if any."""
    try:
        return _plain(store.client.get_model_version_by_alias(name, alias))
    except MlflowException:
        return None


def champions(store: Store, name: str) -> list[int]:
    """The versions that have held the alias, oldest first; the last one holds it now, if any does."""
    model = store.client.get_registered_model(name)
    there = {found.version for found in versions(store, name)}
    return true_history(tag_value(model.tags, HISTORY, []), _aliases(model).get(CHAMPION), there)


def version(store: Store, name: str, number: int) -> Version:
    """One version by its number."""
    return _plain(store.client.get_model_version(name, str(number)))


def model_names(store: Store) -> list[str]:
    """The registered models."""
    return sorted(model.name for model in found_by(store.client.search_registered_models))


def is_registered(store: Store, name: str) -> bool:
    """Whether there is a model of this name."""
    try:
        return bool(store.client.get_registered_model(name))
    except MlflowException:
        return False


def versions(store: Store, name: str) -> list[Version]:
    """All versions of a model, newest first, with their aliases."""
    aliases = _aliases(store.client.get_registered_model(name))
    found = (_plain(one) for one in found_by(store.client.search_model_versions, filter_string=f"name = '{name}'"))
    named = [replace(one, aliases=tuple(sorted(a for a, n in aliases.items() if n == one.version))) for one in found]
    return sorted(named, key=lambda one: -one.version)


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
    if model and not re.fullmatch("[^@/]+|[^@/]*[@/][^@/]+", model):
        raise UserError(f"model={model} names no model", "write it as NAME, NAME@alias or NAME/number")
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
    """What scores customers in a registered version; raises WorkFailed where its files are gone."""
    try:
        return read_scorer(store, store.client.get_model_version_download_uri(found.model, str(found.version)))
    except (MlflowException, OSError) as error:
        gone = f"the files of {found.model}/{found.version} are gone from the store"
        raise WorkFailed(f"{gone}; put them back, or `segkit rollback` to a version that has its own") from error


def version_names(store: Store, found: Version, scorer: Scorer | None = None) -> dict[int, Called]:
    """What a registered version calls its segments, and says of them; `scorer` is its own, where that is at hand."""
    source = f"{store.client.get_model_version_download_uri(found.model, str(found.version)).rstrip('/')}/{NAMES_FILE}"
    names = (scorer or version_scorer(store, found)).names
    try:
        said = read_text(store, source)
    except (MlflowException, OSError):  # a version of before names could be edited
        return {segment: Called(name) for segment, name in names.items()}
    try:
        return checked_names(yaml.safe_load(said), names, NAMES_FILE)
    except yaml.YAMLError as error:
        problem = f"{NAMES_FILE} of {found.model}/{found.version} is not as segkit wrote it"
        raise UserError(problem, f"mend it: {source}") from error


def run_labels(store: Store, run_id: str) -> pd.Series:
    """The segments that a run gave its customers, by id, in the run's own numbers."""
    return read_labels(store, run_id, "tables/labels.csv")


def version_labels(store: Store, found: Version) -> pd.Series | None:
    """The segments that a version gives the customers of its run, by id, in its numbers; None where that is lost."""
    if SEGMENTS in found.tags and FILES not in found.tags:
        return None
    place = f"{found.tags[FILES]}/{LABELS}" if FILES in found.tags else "tables/labels.csv"
    try:
        return read_labels(store, found.run_id, place)
    except (MlflowException, OSError, UserError):
        return None


def _aliases(model: RegisteredModel) -> dict[str, int]:
    return {alias: int(number) for alias, number in (model.aliases or {}).items()}


def _plain(found: ModelVersion) -> Version:
    aliases = tuple(sorted(found.aliases or ()))
    tags = dict(found.tags or {})
    return Version(found.name, int(found.version), found.run_id or "", aliases, tags, found.description or "")
