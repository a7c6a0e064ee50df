"""Writing one run: opened with a lock that says it lives, filled in a few large writes, closed whatever happens."""

import math
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock
from mlflow.entities import Dataset as LoggedDataset
from mlflow.entities import DatasetInput, InputTag, Metric, Param, RunTag

from segkit.answer import fitted_words
from segkit.data import Dataset
from segkit.runs import RunResult
from segkit.tracking.model_files import log_model
from segkit.tracking.names import FINGERPRINT, NOTE, PARENT, REASON
from segkit.tracking.provenance import provenance_tags
from segkit.tracking.store import Store


@dataclass(frozen=True)
class RunLabel:
    """What is known of a run before it starts."""

    name: str
    params: Mapping[str, str]
    fingerprint: str
    parent: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def run_lock(store: Store, fingerprint: str) -> Iterator[None]:
    """Held while a run is computed: a run that says RUNNING while its lock is free was killed."""
    store.locks.mkdir(parents=True, exist_ok=True)
    with FileLock(lock_path(store, fingerprint)):
        yield


@contextmanager
def logged_run(store: Store, label: RunLabel) -> Iterator[str]:
    """A run in the store, FINISHED when the block ends, FAILED with the reason when it raises."""
    run_id = _create(store, label)
    try:
        yield run_id
    except BaseException as error:
        fail_run(store, run_id, reason_of(error))
        raise
    store.client.set_terminated(run_id, "FINISHED")


def log_result(store: Store, run_id: str, label: RunLabel, config: str, dataset: Dataset, result: RunResult) -> None:
    """Everything that a run found: one batch of numbers, one upload of files, the data set, the model."""
    store.client.log_batch(run_id, metrics=metrics(result.metrics), tags=[RunTag(NOTE, _note(result))])
    store.client.log_inputs(run_id, datasets=[_input(dataset)])
    with tempfile.TemporaryDirectory() as folder:
        _write_files(Path(folder), config, result)
        store.client.log_artifacts(run_id, folder)
    log_model(store, run_id, result.scorer, label.name)


def _note(result: RunResult) -> str:
    """The run's description in MLflow: who its segments are, and whether all customers made them."""
    rows = zip(result.segments["segment"], result.segments["name"], result.segments["share"], strict=True)
    table = [f"| {segment} | {name} | {share:.1%} |" for segment, name, share in rows]
    return "\n".join(["| segment | who | customers |", "|---|---|---|", *table, "", fitted_words(result.metrics)])


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
    text = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def lock_path(store: Store, fingerprint: str) -> Path:
    """The file whose lock a living run holds."""
    return store.locks / f"run-{fingerprint}.lock"


def _create(store: Store, label: RunLabel) -> str:
    tags = provenance_tags() | {FINGERPRINT: label.fingerprint} | dict(label.tags)
    if label.parent:
        tags[PARENT] = label.parent
    run = store.client.create_run(store.experiment_id, tags=tags, run_name=label.name)
    store.client.log_batch(run.info.run_id, params=[Param(name, value) for name, value in label.params.items()])
    return str(run.info.run_id)


def _input(dataset: Dataset) -> DatasetInput:
    logged = LoggedDataset(
        name=dataset.name, digest=dataset.hash, source_type="local", source=dataset.source or dataset.name
    )
    return DatasetInput(logged, [InputTag("mlflow.data.context", "training")])


def _write_files(folder: Path, config: str, result: RunResult) -> None:
    (folder / "plots").mkdir()
    for name, figure in result.figures.items():
        figure.savefig(folder / "plots" / f"{name}.png")
    (folder / "tables").mkdir()
    result.segments.to_csv(folder / "tables" / "segments.csv", index=False, float_format="%.6g")
    result.labels.to_csv(folder / "tables" / "labels.csv", index=False)
    for name, table in result.tables.items():
        table.to_csv(folder / "tables" / f"{name}.csv", index=False, float_format="%.6g")
    (folder / "config.yaml").write_text(config)
