"""Who is in which segment after an edit, as far as the labels of the version before say."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from mlflow.exceptions import MlflowException

from segkit.errors import UserError
from segkit.segments import NOISE
from segkit.tracking.registry.versions import Version, run_labels, version_labels
from segkit.tracking.store import Store


def labels_after(store: Store, old: Version, edit: Mapping[str, Any]) -> pd.Series | None:
    """The segments of a version's customers, by id, as an edit leaves them; None where it is not known."""
    labels = version_labels(store, old)
    if labels is None or edit["kind"] not in ("merge", "split"):
        return labels
    if edit["kind"] == "merge":
        return labels.replace(dict.fromkeys(edit["segments"], edit["into"]))
    try:
        inner = run_labels(store, edit["run"])
    except (MlflowException, OSError, KeyError, UserError):
        return None
    numbers = {int(part): number for part, number in edit["numbers"].items()} | {NOISE: NOISE}
    parts = labels.where(labels != edit["segment"], inner[~inner.index.duplicated()].map(numbers).reindex(labels.index))
    return None if parts.isna().any() else parts.astype(int)
