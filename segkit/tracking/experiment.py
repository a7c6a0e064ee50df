"""The experiment that runs are filed under: found, made, or moved along with its folder."""

from pathlib import Path

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

from segkit.errors import UserError
from segkit.tracking.relocate import relocate


def experiment_id(client: MlflowClient, name: str, artifacts: str) -> str:
    """The experiment's id; `artifacts` is where a local store keeps its files, "" where a server decides."""
    found = client.get_experiment_by_name(name)
    if found is None:
        try:
            return str(client.create_experiment(name, artifact_location=artifacts or None))
        except MlflowException:  # somebody else was quicker
            found = client.get_experiment_by_name(name)
            if found is None:
                raise
    if found.lifecycle_stage != "active":
        raise UserError(
            f"the experiment {name} was deleted in MLflow", "restore it, or name another: tracking.experiment=..."
        )
    if artifacts and _was_moved(found.artifact_location, artifacts):
        relocate(client.tracking_uri.removeprefix("sqlite:///"), found.artifact_location, artifacts)
    return str(found.experiment_id)


def _was_moved(recorded: str, actual: str) -> bool:
    """Whether a local store's files lie elsewhere than its database says: there, or nowhere yet."""
    of_ours = recorded.startswith("file:") and recorded.endswith("/artifacts") and recorded != actual
    there, recorded_there = (Path(place.removeprefix("file://")).is_dir() for place in (actual, recorded))
    return of_ours and (there or not recorded_there)
