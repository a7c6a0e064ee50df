"""Writing what a run found, in a few large writes."""

import tempfile
from pathlib import Path

import pandas as pd
from mlflow.entities import RunTag

from segkit.answer import fitted_words
from segkit.data import Dataset
from segkit.plots.style import save_png
from segkit.records import RunLabel
from segkit.runs import RunResult
from segkit.segments import FEWEST_TOLD
from segkit.tracking.descriptions import RUN_PICTURES, links_markdown, segments_markdown, spaced
from segkit.tracking.model_files import log_model
from segkit.tracking.names import NOTE, REPEATS
from segkit.tracking.runs import log_dataset, metrics
from segkit.tracking.store import Store
from segkit.tracking.views import artifact_link


def log_result(store: Store, run_id: str, label: RunLabel, config: str, dataset: Dataset, result: RunResult) -> None:
    """Everything that a run found: one batch of numbers, one upload of files, the data set, the model."""
    tags = [RunTag(NOTE, _note(store, run_id, result)), RunTag(REPEATS, result.repeats)]
    store.client.log_batch(run_id, metrics=metrics(result.metrics), tags=tags)
    log_dataset(store, run_id, dataset)
    with tempfile.TemporaryDirectory() as folder:
        _write_files(Path(folder), config, result)
        store.client.log_artifacts(run_id, folder)
    log_model(store, run_id, result.scorer, label.name)


def _note(store: Store, run_id: str, result: RunResult) -> str:
    """The run's description in MLflow: who its segments are, whether all customers made them, the pictures."""
    drawn = {title: name for name, title in RUN_PICTURES.items() if name in result.figures}
    links = {title: artifact_link(store, run_id, f"plots/{name}.png", "") for title, name in drawn.items()}
    pictures = f"Pictures: {links_markdown(links)}" if links else ""
    parts = [segments_markdown(result.segments), fitted_words(result.metrics), pictures]
    return spaced("\n\n".join(part for part in parts if part))


def _told(segments: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """The table of segments without what it says of very few customers, which would be their own values."""
    many = segments["segment"].isin(labels.value_counts().loc[lambda sizes: sizes >= FEWEST_TOLD].index)
    of_values = segments.columns.difference(["segment", "name", "customers", "share", "fitted"], sort=False)
    return segments.assign(**{name: segments[name].where(many) for name in of_values})


def _write_files(folder: Path, config: str, result: RunResult) -> None:
    (folder / "plots").mkdir()
    for name, figure in result.figures.items():
        save_png(figure, folder / "plots" / f"{name}.png")
    (folder / "tables").mkdir()
    segments = _told(result.segments, result.labels["segment"])
    segments.to_csv(folder / "tables" / "segments.csv", index=False, float_format="%.6g")
    result.labels.to_csv(folder / "tables" / "labels.csv", index=False)
    for name, table in result.tables.items():
        table.to_csv(folder / "tables" / f"{name}.csv", index=False, float_format="%.6g")
    (folder / "config.yaml").write_text(config)
