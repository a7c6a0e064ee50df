"""A run's model in MLflow: the scorer as a skops file behind a pyfunc, with pinned requirements."""

import re
import tempfile
import warnings
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import mlflow.pyfunc
import yaml
from mlflow.entities import LoggedModelOutput, LoggedModelStatus
from mlflow.models import Model, ModelSignature
from mlflow.types import ColSpec, DataType, ParamSchema, ParamSpec, Schema
from mlflow.types.schema import AnyType

import segkit
from segkit.scoring.scorer import Scorer
from segkit.scoring.scorer_file import load_scorer, save_scorer
from segkit.tracking import pyfunc
from segkit.tracking.files import download
from segkit.tracking.store import Store

_FOLDER = "model"
_SCORER = "artifacts/model.skops"
NAMES_FILE = "names.yaml"
# A run's own model is logged as its first, before those that versions are registered with.
_OWN, _REGISTERED = 0, 1
# What scoring imports, pinned to what fitted the model. Naming it spares MLflow seconds of inference.
_NEEDED = ("mlflow", "numpy", "pandas", "scikit-learn", "scipy", "skops", "joblib")


def log_model(
    store: Store,
    run_id: str,
    scorer: Scorer,
    name: str,
    code: Path | None = None,
    names: str = "",
    files: Mapping[str, bytes] | None = None,
) -> str:
    """Log the scorer as a model of the run and return the model's id; `code` travels with it where given, and so do
    the file of the segments' `names` and further `files`.

    Goes through the client alone: the convenience functions of MLflow log to whatever experiment is active.
    """
    model = store.client.create_logged_model(store.experiment_id, name=_allowed(name), source_run_id=run_id)
    with tempfile.TemporaryDirectory() as folder:
        write_model(scorer, Model(run_id=run_id, model_id=model.model_id), Path(folder), code)
        for file, content in {**(files or {}), **({NAMES_FILE: names.encode()} if names else {})}.items():
            (Path(folder) / file).write_bytes(content)
        store.client.log_model_artifacts(model.model_id, folder)
    store.client.finalize_logged_model(model.model_id, LoggedModelStatus.READY)
    store.client.log_outputs(run_id, [LoggedModelOutput(model.model_id, step=_OWN if code is None else _REGISTERED)])
    return str(model.model_id)


def _allowed(name: str) -> str:
    """MLflow refuses some characters in the names of models."""
    return re.sub(r"[/:.%\"']", "_", name)


def write_model(scorer: Scorer, model: Model, folder: Path, code: Path | None = None) -> None:
    """Write into a folder what MLflow would write for a model that is this scorer."""
    model.signature = _signature(scorer)
    around = _files_around(code)
    for name, content in around.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    save_scorer(scorer, folder / _SCORER)
    model.flavors = _flavors(around["MLmodel"])
    model.model_size_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    model.save(folder / "MLmodel")


def _flavors(mlmodel: bytes) -> dict[str, Any]:
    """How MLflow loads the model, without the places on this machine that it was put together from."""
    flavors: dict[str, Any] = Model.from_dict(yaml.safe_load(mlmodel)).flavors
    own = flavors[mlflow.pyfunc.FLAVOR_NAME]
    own["model_code_path"] = Path(own["model_code_path"]).name
    own["artifacts"] = {"scorer": {"path": _SCORER, "uri": _SCORER}}
    return flavors


@cache
def _files_around(code: Path | None) -> dict[str, bytes]:
    """What MLflow writes beside a scorer's file, by path; it is the same for all of them, and takes long to write."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # MLflow asks for an example of the data, which would be a customer's row
        written, scorer = Path(folder) / _FOLDER, Path(folder) / Path(_SCORER).name
        scorer.touch()
        mlflow.pyfunc.save_model(
            path=written,
            python_model=pyfunc.__file__,
            artifacts={"scorer": str(scorer)},
            pip_requirements=[f"{name}=={version(name)}" for name in _NEEDED],
            code_paths=[str(code)] if code else None,
        )
        files = [path for path in written.rglob("*") if path.is_file()]
        return {str(path.relative_to(written)): path.read_bytes() for path in files}


def read_scorer(store: Store, artifact_location: str) -> Scorer:
    """The scorer inside a logged model, read from its skops file without running the model's code."""
    with tempfile.TemporaryDirectory() as folder:
        source = f"{artifact_location.rstrip('/')}/{_SCORER}"
        return load_scorer(download(store, source, folder))


def run_model_location(store: Store, run_id: str) -> str:
    """Where a run's own model lies, not those that it was registered as; "" if it has none."""
    outputs = store.client.get_run(run_id).outputs
    models = outputs.model_outputs if outputs else []
    own = [model.model_id for model in models if model.step == min(other.step for other in models)]
    found = [store.client.get_logged_model(model_id) for model_id in own]
    return str(min(found, key=lambda model: model.creation_timestamp).artifact_location) if found else ""


def package_code() -> Path:
    """The package itself, so that a promoted model loads where segkit is not installed."""
    return Path(segkit.__file__).parent


def _signature(scorer: Scorer) -> ModelSignature:
    """Any type for every column: raw rows are coerced inside the pipeline, and a missing cell must not be refused.

    Of a transaction log all columns come through, because lines are alike only if they are so in every one.
    """
    inputs = None if scorer.log else Schema([ColSpec(AnyType(), name, required=False) for name in scorer.needed])
    outputs = Schema(
        [
            ColSpec(DataType.long, "segment"),
            ColSpec(DataType.string, "segment_name"),
            ColSpec(DataType.double, "confidence"),
            ColSpec(DataType.long, "second_segment"),
        ]
    )
    return ModelSignature(inputs, outputs, ParamSchema([ParamSpec("as_of", DataType.string, "")]))
