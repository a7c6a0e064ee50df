"""A client of a tracking server that waits while the server is away, and doubles nothing once it is back."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, cast
from uuid import uuid4

from mlflow import MlflowClient
from mlflow.entities import LoggedModel, LoggedModelOutput, LoggedModelStatus, Run
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

from segkit.errors import UserError
from segkit.tracking.absence import Absence
from segkit.tracking.away import away_reason
from segkit.tracking.names import MADE

# Files on their way to a server: each is small, and most of its time is waiting.
_AT_ONCE = 4


class PatientClient:
    """MLflow's client, each of whose calls waits for a server that is away, `patience` seconds for each absence.

    What is created is created once, even where the answer that said so was lost.
    """

    def __init__(self, client: MlflowClient, patience: float) -> None:
        self._client = client
        self._absence = Absence(client.tracking_uri, patience)
        # By the id of what was created anew because an answer was lost: removes what the lost answer spoke of.
        self._in_doubt: dict[str, Callable[[], None]] = {}
        # Where the files of what was made here go, by its id: that need not be asked.
        self._places: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        return partial(self.call, found) if callable(found) else found

    def call(self, do: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Do what may be done twice."""
        return self._until_done(lambda: do(*given, **named))[0]

    def create_run(self, experiment_id: str, tags: Mapping[str, str], run_name: str) -> Run:
        """As MLflow's."""
        mark = uuid4().hex

        def marked() -> list[Run]:
            return list(self._client.search_runs([experiment_id], f"tags.`{MADE}` = '{mark}'"))

        def create() -> Run:
            return self._client.create_run(experiment_id, tags={**tags, MADE: mark}, run_name=run_name)

        made, again = self._until_done(create, lambda: next(iter(marked()), None))
        if again:
            own = str(made.info.run_id)
            ids = lambda: [str(run.info.run_id) for run in marked()]  # noqa: E731
            self._in_doubt[own] = partial(_delete_others, self._client.delete_run, ids, own)
        self._places[made.info.run_id] = made.info.artifact_uri
        return cast("Run", made)

    def set_terminated(self, run_id: str, status: str) -> None:
        """As MLflow's."""
        self.call(self._client.set_terminated, run_id, status)
        self._settle(run_id)

    def create_logged_model(self, experiment_id: str, name: str, source_run_id: str) -> LoggedModel:
        """As MLflow's."""

        def pending() -> list[LoggedModel]:
            found = self._client.search_logged_models([experiment_id], f"source_run_id = '{source_run_id}'")
            return [model for model in found if (model.name, model.status) == (name, LoggedModelStatus.PENDING)]

        create = partial(self._client.create_logged_model, experiment_id, name=name, source_run_id=source_run_id)
        made, again = self._until_done(create, lambda: next(iter(pending()), None))
        if again:
            own = str(made.model_id)
            ids = lambda: [str(model.model_id) for model in pending()]  # noqa: E731
            self._in_doubt[own] = partial(_delete_others, self._client.delete_logged_model, ids, own)
        self._places[made.model_id] = made.artifact_location
        return cast("LoggedModel", made)

    def finalize_logged_model(self, model_id: str, status: LoggedModelStatus) -> None:
        """As MLflow's."""
        self.call(self._client.finalize_logged_model, model_id, status)
        self._settle(model_id)

    def log_outputs(self, run_id: str, models: list[LoggedModelOutput]) -> None:
        """As MLflow's, which refuses what it has."""

        def known() -> bool | None:
            outputs = self._client.get_run(run_id).outputs
            there = {model.model_id for model in outputs.model_outputs} if outputs else set()
            return True if there >= {model.model_id for model in models} else None

        self._until_done(partial(self._client.log_outputs, run_id, models), known)

    def create_model_version(self, name: str, source: str, **named: Any) -> ModelVersion:
        """As MLflow's."""

        def known() -> ModelVersion | None:
            found = self._client.search_model_versions(f"name = '{name}'")
            return next((version for version in found if version.source == source), None)

        create = partial(self._client.create_model_version, name, source, **named)
        return cast("ModelVersion", self._until_done(create, known)[0])

    def log_artifacts(self, run_id: str, local_dir: str, artifact_path: str | None = None) -> None:
        """As MLflow's, but several files at once, and each waits for itself."""
        place = self._places.get(run_id) or self.get_run(run_id).info.artifact_uri
        self._upload(place, Path(local_dir), artifact_path)

    def log_model_artifacts(self, model_id: str, local_dir: str) -> None:
        """As MLflow's, in the same way."""
        place = self._places.get(model_id) or self.get_logged_model(model_id).artifact_location
        self._upload(place, Path(local_dir), None)

    def _upload(self, address: str, folder: Path, path: str | None) -> None:
        put = get_artifact_repository(address, tracking_uri=self._client.tracking_uri).log_artifact
        files = [file for file in folder.rglob("*") if file.is_file()]
        places = [str(PurePosixPath(path or "", file.parent.relative_to(folder).as_posix())) for file in files]
        with ThreadPoolExecutor(_AT_ONCE) as uploads:
            named = [None if place == "." else place for place in places]
            list(uploads.map(partial(self.call, put), map(str, files), named))

    def _until_done(self, do: Callable[[], Any], done: Callable[[], Any | None] = lambda: None) -> tuple[Any, bool]:
        """The answer, and whether it came only after an absence.

        It is then done again only if `done` does not find that it was done before the answer was lost.
        """
        again = False
        with self._absence.watched() as begun:
            while True:
                try:
                    answer = done() if again else None
                    answer = do() if answer is None else answer
                except MlflowException as error:
                    self._absence.wait(self._why_away(error), begun, error)
                    again = True
                else:
                    self._absence.end()
                    return answer, again

    def _why_away(self, error: Exception) -> str:
        """Why the server did not answer; raises the error again if it did."""
        if "error code 403" in str(error):
            who = os.environ.get("MLFLOW_TRACKING_USERNAME", "this account")
            mend = "ask who runs it for the permission, or name another experiment: tracking.experiment=..."
            raise UserError(f"{who} may not do this on {self._client.tracking_uri}", mend) from error
        reason = away_reason(error)
        if not reason:
            raise error
        return reason

    def _settle(self, made: str) -> None:
        remove = self._in_doubt.pop(made, None)
        if remove is not None:
            self.call(remove)


def _delete_others(delete: Callable[[str], None], ids: Callable[[], list[str]], own: str) -> None:
    for other in ids():
        if other != own:
            delete(other)
