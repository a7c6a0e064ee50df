"""A server that is away, that loses answers, or that is none."""

import os
import shutil
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from mlflow.entities import LoggedModelOutput, LoggedModelStatus
from mlflow.exceptions import MlflowException
from mlflow.server import app, handlers
from requests.exceptions import RetryError
from werkzeug.serving import WSGIRequestHandler, make_server

from segkit.errors import UserError
from segkit.tracking.absence import ServerAway
from segkit.tracking.files import read_text
from segkit.tracking.names import MADE
from segkit.tracking.store import _open, open_store


class Flaky:
    """MLflow's own server, which is away or loses answers when it is told to."""

    def __init__(self) -> None:
        self.away = 0
        self.answer = "503 Service Unavailable"
        self.losing = 0
        self.asked = 0
        self._deciding = threading.Lock()

    def __call__(self, environ, respond):
        self.asked += 1
        if self.away:
            self.away -= 1
            respond(self.answer, [("Content-Length", "0")])
            return []
        with self._deciding:  # files come side by side
            lost = self.losing > 0
            self.losing -= lost
        answer = app.wsgi_app(environ, (lambda *told: lambda data: None) if lost else respond)
        if not lost:
            return answer
        b"".join(answer)
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionResetError


class Silent(WSGIRequestHandler):
    def log(self, *arguments):
        """Nothing of what goes wrong on purpose is told."""


@pytest.fixture(scope="module")
def server(store_template, tmp_path_factory):
    """It with a store of its own, and its address."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(store_template / "mlflow.db", folder / "mlflow.db")
    flaky = Flaky()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("_MLFLOW_SERVER_FILE_STORE", f"sqlite:///{folder / 'mlflow.db'}")
        patch.setenv("_MLFLOW_SERVER_REGISTRY_STORE", f"sqlite:///{folder / 'mlflow.db'}")
        patch.setenv("_MLFLOW_SERVER_ARTIFACT_ROOT", "mlflow-artifacts:/")
        patch.setenv("_MLFLOW_SERVER_ARTIFACT_DESTINATION", str(folder / "files"))
        patch.setenv("_MLFLOW_SERVER_SERVE_ARTIFACTS", "true")
        for name in ("_tracking_store", "_model_registry_store", "_artifact_repo"):
            patch.setattr(handlers, name, None)
        running = make_server("127.0.0.1", 0, flaky, threaded=True, request_handler=Silent)
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield flaky, f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def served(server, own_place, monkeypatch):
    """A store on it."""
    monkeypatch.setattr("segkit.tracking.absence._PAUSE_SECONDS", 0.01)
    _open.cache_clear()
    yield open_store(uri=server[1], experiment="served", patience=20)
    server[0].away = server[0].losing = 0
    server[0].answer = "503 Service Unavailable"


def test_an_absence_is_waited_for_and_told_once(served, server, capsys):
    server[0].away = 3
    assert served.client.get_experiment(served.experiment_id).name == "served"
    told = capsys.readouterr().err.splitlines()
    assert told == [
        f"the MLflow server {server[1]} is away (it answers 503); waiting for it, up to 20 s",
        "the MLflow server has answered",
    ]


def test_a_server_whose_database_is_gone_is_waited_for(served, server):
    """MLflow that cannot look for an account answers so, whatever it is asked."""
    server[0].away, server[0].answer = 3, "500 Internal Server Error"
    assert served.client.get_experiment(served.experiment_id).name == "served"
    assert server[0].away == 0


def test_an_absence_amid_the_handling_of_another_error_is_known(served, server):
    server[0].away, server[0].answer = 1, "400 Bad Request"
    with pytest.raises(MlflowException) as refused:
        served.client._client.get_experiment(served.experiment_id)
    server[0].away, server[0].answer = 1, "503 Service Unavailable"
    try:
        raise RetryError("too many 404 error responses") from refused.value
    except RetryError:
        assert served.client.get_experiment(served.experiment_id).name == "served"


def test_a_server_that_takes_long_is_told_of(served, server, capsys, monkeypatch):
    monkeypatch.setattr("segkit.tracking.absence._SILENT_SECONDS", 0.02)
    pause = threading.Event()
    served.client.call(lambda: pause.wait(0.2))
    assert "has not answered yet; waiting" in capsys.readouterr().err


def test_nothing_is_doubled_where_answers_are_lost(served, server):
    client, flaky = served.client, server[0]
    flaky.losing = 1
    run_id = client.create_run(served.experiment_id, tags={}, run_name="once").info.run_id
    flaky.losing = 1
    model = client.create_logged_model(served.experiment_id, name="model", source_run_id=run_id)
    client.finalize_logged_model(model.model_id, LoggedModelStatus.READY)
    flaky.losing = 1
    client.log_outputs(run_id, [LoggedModelOutput(model.model_id, step=0)])
    client.create_registered_model("shop")
    flaky.losing = 1
    client.create_model_version("shop", model.artifact_location, run_id=run_id, model_id=model.model_id)
    client.set_terminated(run_id, "FINISHED")
    assert [run.info.run_name for run in client.search_runs([served.experiment_id])] == ["once"]
    assert len(client.search_logged_models([served.experiment_id])) == 1
    assert len(client.get_run(run_id).outputs.model_outputs) == 1
    assert len(client.search_model_versions("name = 'shop'")) == 1


def test_files_get_to_where_they_belong_though_answers_are_lost(served, server, own_place):
    client = served.client
    run_id = client.create_run(served.experiment_id, tags={}, run_name="files").info.run_id
    for name in ("a.txt", "deep/b.txt", "deep/er/c.txt"):
        (own_place / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (own_place / "out" / name).write_text(name)
    server[0].losing = 2
    client.log_artifacts(run_id, str(own_place / "out"))
    client.log_artifacts(run_id, str(own_place / "out" / "deep"), "beside")
    root = client.get_run(run_id).info.artifact_uri
    assert root.startswith("mlflow-artifacts:/")
    for place, text in (("a.txt", "a.txt"), ("deep/er/c.txt", "deep/er/c.txt"), ("beside/er/c.txt", "deep/er/c.txt")):
        assert read_text(served, f"{root}/{place}") == text
    with pytest.raises((MlflowException, OSError)):
        read_text(served, f"{root}/missing.txt")


def test_what_a_lost_request_makes_later_is_removed(served, server):
    """A server that stood still does what it was asked long ago, when the same has been asked again."""
    client, flaky = served.client, server[0]
    flaky.away = 1
    run = client.create_run(served.experiment_id, tags={}, run_name="late")
    client._client.create_run(served.experiment_id, tags={MADE: run.data.tags[MADE]}, run_name="late")
    client.set_terminated(run.info.run_id, "FINISHED")
    late = client.search_runs([served.experiment_id], "attributes.run_name = 'late'")
    assert [found.info.run_id for found in late] == [run.info.run_id]


def test_patience_is_for_an_absence_not_for_each_call(served, server, monkeypatch):
    monkeypatch.setattr(served.client._absence, "_patience", 0.05)
    server[0].away = 10_000
    with pytest.raises(ServerAway, match="was not back") as gone:
        served.client.get_experiment(served.experiment_id)
    assert "same command goes on" in str(gone.value)
    asked = server[0].asked
    with pytest.raises(ServerAway):
        served.client.get_experiment(served.experiment_id)
    assert server[0].asked == asked + 1
    server[0].away = 0
    assert served.client.get_experiment(served.experiment_id)


def test_what_an_account_may_not_do_is_told_with_its_name(served, monkeypatch):
    def forbidden():
        raise MlflowException("API request to endpoint /api failed with error code 403 != 200. Response body: 'no'")

    monkeypatch.setenv("MLFLOW_TRACKING_USERNAME", "ann")
    with pytest.raises(UserError, match="ann may not do this on http"):
        served.client.call(forbidden)


def test_a_worker_meets_a_server_that_is_away_with_patience(served, server):
    _open.cache_clear()
    server[0].away = 2
    assert open_store(uri=server[1], experiment="served", met=True).experiment_id == served.experiment_id
    _open.cache_clear()
    server[0].away = 1
    with pytest.raises(UserError, match="cannot be reached: it answers 503"):
        open_store(uri=server[1], experiment="served")


def test_name_and_password_do_not_stay_in_the_address(server, own_place, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_USERNAME", "")
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", "")
    store = open_store(uri=server[1].replace("//", "//me%40home:se%3Acret@"), experiment="served")
    assert (store.uri, store.place) == (server[1], server[1])
    assert (os.environ["MLFLOW_TRACKING_USERNAME"], os.environ["MLFLOW_TRACKING_PASSWORD"]) == ("me@home", "se:cret")


def foreign(status: int, body: bytes):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            """Silent."""

    return Handler


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (200, b"<html>hello</html>", "does not answer like an MLflow server"),
        (404, b"<html>nothing</html>", "does not answer like an MLflow server"),
        (401, b"who?", "asks for an account"),
        (403, b"Invalid Host header", "does not go by this name"),
        (502, b"<html>gateway</html>", "cannot be reached: it answers 502"),
    ],
)
def test_what_is_no_server_of_ours_is_told_in_a_line(own_place, status, body, problem):
    running = ThreadingHTTPServer(("127.0.0.1", 0), foreign(status, body))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    with pytest.raises(UserError, match=problem):
        open_store(uri=f"http://127.0.0.1:{running.server_port}")
    running.shutdown()
    running.server_close()


def test_a_server_that_does_not_answer_is_not_met_for_long(own_place, monkeypatch):
    monkeypatch.setattr("segkit.tracking.contact._FIRST_SECONDS", "1")
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        with pytest.raises(UserError, match="cannot be reached: it does not answer"):
            open_store(uri=f"http://127.0.0.1:{deaf.getsockname()[1]}")
        with pytest.raises(UserError, match="cannot be"):
            open_store(uri=f"https://127.0.0.1:{deaf.getsockname()[1]}")


def test_nobody_listening_and_names_that_lead_nowhere(own_place, free_port, segkit):
    with pytest.raises(UserError, match="connection refused"):
        open_store(uri=f"http://127.0.0.1:{free_port}")
    with pytest.raises(UserError, match="names no server"):
        open_store(uri="http://")
    outcome = segkit("compare", "tracking=server")
    assert (outcome.code, "needs the server's address" in outcome.err) == (2, True)
