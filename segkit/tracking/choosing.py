"""What speaks for which k, on a sweep's parent: the curves and the picture of each pipeline."""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from mlflow.exceptions import MlflowException

from segkit.choosing import curve_of, pipelines_over_k, suggestions
from segkit.fingerprint import choosing_hash, fingerprint
from segkit.records import RunRecord
from segkit.tracking.files import read_table
from segkit.tracking.names import CHOOSING
from segkit.tracking.store import Store

if TYPE_CHECKING:  # who only reads draws nothing
    from matplotlib.figure import Figure

FOLDER = "choosing_k"
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Chosen:
    """One pipeline's measures by k and the picture of them."""

    pipeline: str
    curve: pd.DataFrame
    figure: "Figure | None"


def choosing_mark(runs: Sequence[RunRecord]) -> str:
    """A name for all that is said of a pipeline's k: its runs, and the code that reads them."""
    return fingerprint({"runs": sorted(run.fingerprint for run in runs), "code": choosing_hash()})


def log_chosen(store: Store, parent: str, chosen: Chosen, mark: str) -> None:
    """Keep it on the parent, and last of all that it is there."""
    from segkit.plots.style import save_png  # late: a sweep that is only told again draws nothing

    name = _file_name(chosen.pipeline)
    with tempfile.TemporaryDirectory() as folder:
        chosen.curve.to_csv(Path(folder) / f"{name}.csv")
        if chosen.figure is not None:
            save_png(chosen.figure, Path(folder) / f"{name}.png")
        store.client.log_artifacts(parent, folder, FOLDER)
    store.client.set_tag(parent, _tag(chosen.pipeline), mark)


def unknown_choosing(store: Store, parent: str, runs: Sequence[RunRecord]) -> dict[str, list[RunRecord]]:
    """The runs of each pipeline that was run at several k and of which no curve is there, as runs and code are now."""
    tags = store.client.get_run(parent).data.tags
    found = pipelines_over_k(runs)
    return {name: alike for name, alike in found.items() if tags.get(_tag(name)) != choosing_mark(alike)}


def k_suggestions(store: Store, parent: str, runs: Sequence[RunRecord]) -> pd.DataFrame:
    """What each way of choosing k says of each pipeline: pipeline, criterion, k, why.

    Where no more was measured than the runs tell, what they tell.
    """
    unknown = unknown_choosing(store, parent, runs)
    tables = [
        suggestions(curve_of(alike) if name in unknown else _curve(store, parent, name)).assign(pipeline=name)
        for name, alike in pipelines_over_k(runs).items()
    ]
    columns = ["pipeline", "criterion", "k", "why"]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def choosing_picture(store: Store, parent: str, pipeline: str) -> bytes | None:
    """A pipeline's picture as PNG, if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            path = store.client.download_artifacts(parent, f"{FOLDER}/{_file_name(pipeline)}.png", folder)
            return Path(path).read_bytes()
        except (MlflowException, OSError):
            return None


def _curve(store: Store, parent: str, pipeline: str) -> pd.DataFrame:
    return read_table(store, parent, f"{FOLDER}/{_file_name(pipeline)}.csv").set_index("k")


def _tag(pipeline: str) -> str:
    return f"{CHOOSING}.{fingerprint({'pipeline': pipeline})}"


def _file_name(pipeline: str) -> str:
    """The pipeline's name, as far as files can be called so."""
    name = re.sub(r"[^\w.=-]", "_", pipeline)[:_LONGEST_NAME]
    return name if name == pipeline else f"{name}-{fingerprint({'pipeline': pipeline})[:6]}"
