"""A run's model in MLflow: the scorer as a skops file behind a pyfunc, with pinned requirements."""

import re
import tempfile
import warnings
from functools import cache
from importlib.metadata import version
from pathlib import Path

import mlflow.artifacts
import mlflow.pyfunc
from mlflow.entities import LoggedModelOutput, LoggedModelStatus
from mlflow.models import Model, ModelSignature
from mlflow.types import ColSpec, DataType, ParamSchema, ParamSpec, Schema
from mlflow.types.schema import AnyType

import segkit
from segkit.scoring import Scorer, load_scorer, save_scorer
from segkit.tracking import pyfunc
from segkit.tracking.store import Store

_FOLDER = "model"
NAMES_FILE = "names.yaml"
_NEEDED = ("mlflow", "numpy", "pandas", "scikit-learn", "scipy", "skops", "joblib")


def log_model(store: Store, run_id: str, scorer: Scorer, name: str, code: Path | None = None, names: str = "") -> str:
    """Log the scorer as a model of the run and return the model's id; `code` travels with it where given, and so does
    the file of the segments' `names`.

    Goes through the client alone: the convenience functions of MLflow log to whatever experiment is active.
    """
    model = store.client.create_logged_model(store.experiment_id, name=_allowed(name), source_run_id=run_id)
    with tempfile.TemporaryDirectory() as folder:
        _save(scorer, Model(run_id=run_id, model_id=model.model_id, signature=_signature(scorer)), Path(folder), code)
        if names:
            (Path(folder) / _FOLDER / NAMES_FILE).write_text(names, encoding="utf-8")
        store.client.log_model_artifacts(model.model_id, str(Path(folder) / _FOLDER))
    store.client.finalize_logged_model(model.model_id, LoggedModelStatus.READY)
    store.client.log_outputs(run_id, [LoggedModelOutput(model.model_id, step=0)])
    return str(model.model_id)


def _allowed(name: str) -> str:
    """MLflow refuses some characters in the names of models."""
    return re.sub(r"[/:.%\"']", "_", name)


def _save(scorer: Scorer, model: Model, folder: Path, code: Path | None) -> None:
    save_scorer(scorer, folder / "model.skops")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # MLflow asks for an example of the data, which would be a customer's row
        mlflow.pyfunc.save_model(
            path=folder / _FOLDER,
            mlflow_model=model,
            python_model=pyfunc.__file__,
            artifacts={"scorer": str(folder / "model.skops")},
            pip_requirements=list(_requirements()),
            code_paths=[str(code)] if code else None,
        )


@cache
def _requirements() -> tuple[str, ...]:
    """What scoring imports, at the versions that fitted the model. Naming them spares MLflow seconds of inference."""
    return tuple(f"{name}=={version(name)}" for name in _NEEDED)


def read_scorer(store: Store, artifact_location: str) -> Scorer:
    """The scorer inside a logged model, read from its skops file without running the model's code."""
    with tempfile.TemporaryDirectory() as folder:
        source = f"{artifact_location.rstrip('/')}/artifacts/model.skops"
        path = mlflow.artifacts.download_artifacts(artifact_uri=source, dst_path=folder, tracking_uri=store.uri)
        return load_scorer(Path(path))


def run_model_location(store: Store, run_id: str) -> str:
    """Where a run's own model lies; "" if it has none."""
    outputs = store.client.get_run(run_id).outputs
    models = outputs.model_outputs if outputs else []
    return str(store.client.get_logged_model(models[0].model_id).artifact_location) if models else ""


def package_code() -> Path:
    """The package itself, so that a promoted model loads where segkit is not installed."""
    return Path(segkit.__file__).parent


def _signature(scorer: Scorer) -> ModelSignature:
    """Any type for every column: raw rows are coerced inside the pipeline, and a missing cell must not be refused.

    Of a transaction log all columns come through, because lines are alike only if they are so in every one.
    """
    inputs = None if scorer.log else Schema([ColSpec(AnyType(), name, required=False) for name in scorer.columns])
    outputs = Schema(
        [
            ColSpec(DataType.long, "segment"),
            ColSpec(DataType.string, "segment_name"),
            ColSpec(DataType.double, "confidence"),
            ColSpec(DataType.long, "second_segment"),
        ]
    )
    return ModelSignature(inputs, outputs, ParamSchema([ParamSpec("as_of", DataType.string, "")]))
