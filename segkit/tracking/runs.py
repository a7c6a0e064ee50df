"""One run in the store: opened with a lock that says it lives, closed whatever happens."""

import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from filelock import FileLock
from mlflow.entities import Dataset as LoggedDataset
from mlflow.entities import DatasetInput, InputTag, Metric, Param
from mlflow.exceptions import MlflowException

from segkit.data import Dataset
from segkit.records import RunLabel
from segkit.scarce import lacking
from segkit.tracking.alive import BEAT_SECONDS, lock_path, place_of, signs_of_life
from segkit.tracking.names import FINGERPRINT, HOST, PARENT, REASON
from segkit.tracking.provenance import provenance_tags
from segkit.tracking.read import finished_runs
from segkit.tracking.store import Store

# The reasons of a run that was killed, and of one that is of no use because its job has been done by another.
INTERRUPTED = "interrupted: its process ended before the run did"
SUPERSEDED = "superseded: its job was done by another worker meanwhile"


@contextmanager
def run_lock(store: Store, fingerprint: str) -> Iterator[None]:
    """Held while a run is computed: a run that says RUNNING while its lock is free was killed."""
    store.locks.mkdir(parents=True, exist_ok=True)
    with FileLock(lock_path(store, fingerprint)):
        yield


@contextmanager
def logged_run(store: Store, label: RunLabel) -> Iterator[str]:
    """A run in the store, FINISHED when the block ends, FAILED with the reason when it raises."""
    run_id, started = _create(store, label), time.monotonic()
    try:
        with signs_of_life(store, run_id):
            yield run_id
    except BaseException as error:
        fail_run(store, run_id, reason_of(error))
        raise
    if time.monotonic() - started > BEAT_SECONDS and _was_done_elsewhere(store, label):
        fail_run(store, run_id, SUPERSEDED)
    else:
        store.client.set_terminated(run_id, "FINISHED")


def _was_done_elsewhere(store: Store, label: RunLabel) -> bool:
    """Whether a run of a sweep was done again because its worker seemed to be gone."""
    return label.parent is not None and any(
        under == label.parent for _, under in finished_runs(store, label.fingerprint)
    )


def metrics(values: Mapping[str, float], step: int = 0) -> list[Metric]:
    """Values as MLflow keeps them; what is not finite is left out."""
    now = int(time.time() * 1000)
    return [Metric(name, float(value), now, step) for name, value in values.items() if math.isfinite(value)]


def fail_run(store: Store, run_id: str, reason: str) -> None:
    """Close a run as FAILED and say why."""
    store.client.set_tag(run_id, REASON, reason[:500])
    store.client.set_terminated(run_id, "FAILED")


def record_failure(store: Store, label: RunLabel, parent: str, error: BaseException) -> None:
    """A FAILED run for a job that ended before it could open one itself."""
    fail_run(store, _create(store, replace(label, parent=parent)), reason_of(error))


def reason_of(error: BaseException) -> str:
    """One line: what went wrong."""
    if told := lacking(error):
        return told[0]
    text = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _create(store: Store, label: RunLabel) -> str:
    tags = provenance_tags() | {FINGERPRINT: label.fingerprint, HOST: place_of(store)} | dict(label.tags)
    if label.parent:
        tags[PARENT] = label.parent
    run = store.client.create_run(store.experiment_id, tags=tags, run_name=label.name)
    store.client.log_batch(run.info.run_id, params=[Param(name, value) for name, value in label.params.items()])
    return str(run.info.run_id)


def log_dataset(store: Store, run_id: str, dataset: Dataset) -> None:
    """File the data set beside a run."""
    given = [_dataset_input(dataset)]
    try:
        store.client.log_inputs(run_id, datasets=given)
    except MlflowException:
        # Of two workers that file a new data set at once one is refused; asked again, MLflow finds it there.
        store.client.log_inputs(run_id, datasets=given)


def _dataset_input(dataset: Dataset) -> DatasetInput:
    """The data set as MLflow shows it."""
    logged = LoggedDataset(
        name=dataset.name, digest=dataset.hash, source_type="local", source=dataset.source or dataset.name
    )
    return DatasetInput(logged, [InputTag("mlflow.data.context", "training")])
