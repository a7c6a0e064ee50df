"""Writing evidence to the store: on the runs that it was gathered on, and between them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from mlflow.entities import RunTag

from segkit.evidence.agreement import agreement, mean_agreement
from segkit.evidence.splitting import splitting
from segkit.fingerprint import evidence_hash
from segkit.records import FINISHED, RunRecord
from segkit.tracking.files import read_table
from segkit.tracking.names import EVIDENCE, RIVALS
from segkit.tracking.runs import metrics
from segkit.tracking.store import Store
from segkit.tracking.together import for_each

if TYPE_CHECKING:  # what gathers it imports all that fits models
    from segkit.evidence.gathering import Evidence


def log_evidence(store: Store, run_id: str, evidence: "Evidence") -> None:
    """What was found out about a run, with the name of the code that did."""
    for name, table in evidence.tables.items():
        store.client.log_text(run_id, table.to_csv(index=False, float_format="%.6g"), f"tables/{name}.csv")
    store.client.log_batch(run_id, metrics=metrics(evidence.metrics), tags=[RunTag(EVIDENCE, evidence_hash())])


def log_rivals(store: Store, parent: str, rivals: pd.DataFrame) -> None:
    """The rivals of a sweep's runs, on its parent, with the name of the code that measured them."""
    store.client.log_text(parent, rivals.to_csv(index=False, float_format="%.6g"), "rivals.csv")
    store.client.set_tag(parent, RIVALS, evidence_hash())


def knows_rivals(store: Store, parent: str) -> bool:
    """Whether a sweep's rivals have been measured by the code as it is."""
    return bool(store.client.get_run(parent).data.tags.get(RIVALS) == evidence_hash())


def log_agreement(store: Store, runs: Sequence[RunRecord]) -> pd.DataFrame:
    """How far runs of a sweep agree about the customers: each run's mean as a metric, and every pair as a table."""
    labels = for_each(store, lambda run: labels_of(store, run), runs)
    found = agreement({run.run_id: of_run for run, of_run in zip(runs, labels, strict=True)})
    means = mean_agreement(found)
    for run in runs:
        if abs(run.metrics.get("agreement", 2.0) - means[run.run_id]) > 1e-6:
            store.client.log_batch(run.run_id, metrics=metrics({"agreement": means[run.run_id]}))
    names = [run.name for run in runs]
    return pd.DataFrame(found.to_numpy(), index=names, columns=names)


def splits_of(store: Store, runs: Sequence[RunRecord], pipeline: str) -> pd.DataFrame:
    """How the segments of a pipeline split and merge over the k at which a sweep tried it."""
    alike = [run for run in runs if run.pipeline == pipeline and run.status == FINISHED]
    return splitting(pipeline, {run.k: labels_of(store, run) for run in alike if run.k is not None})


def labels_of(store: Store, run: RunRecord) -> np.ndarray:
    """The segments that a run gave the customers, in the order of the table."""
    return read_table(store, run.model_run or run.run_id, "tables/labels.csv")["segment"].to_numpy()
