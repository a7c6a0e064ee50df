"""The shared server as a whole, on a PostgreSQL of its own; skipped where there is none."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from segkit.errors import UserError
from segkit.server.postgres import find_database
from segkit.server.serving import make_service
from tests.hosts_of import HERE, hosts_of

USUAL = {"host": "127.0.0.1", "port": 5001, "names": [], "artifacts": None, "permission": "EDIT", "workers": 1}


@pytest.fixture
def place():
    """A directory where the user that PostgreSQL runs as can enter: pytest's own are for one user."""
    for module, package in (("psycopg2", "psycopg2-binary"), ("flask_wtf", "Flask-WTF")):
        pytest.importorskip(module, reason=f"{package} is not installed")
    made = Path(tempfile.mkdtemp(prefix="segkit-"))
    made.chmod(0o755)
    try:
        find_database(made / "server")
    except UserError as error:
        pytest.skip(str(error.problem))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def start(place, free_port):
    """Starts a server in the directory, and answers with it once it tells where it is."""
    started = []

    def begin(*more: str) -> tuple[subprocess.Popen[str], str]:
        command = [sys.executable, "-m", "segkit", "server", f"port={free_port}", "workers=1", *more]
        server = subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(server)
        told = "".join(server.stdout.readline() for _ in range(4))
        assert told, server.stderr.read()
        return server, told

    yield begin
    for server in started:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)


def shell_lines(port: int) -> list[str]:
    """What the page on the server tells clients to type, smaller."""
    page = (Path(__file__).parents[2] / "docs" / "server.md").read_text()
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    small = "preprocessing=standard reducer=none,pca k=4 data.generate.rows=200 evidence=false hydra/launcher=basic"
    return "".join(blocks).replace("5001", str(port)).replace("experiment=quick", small).splitlines()


@pytest.mark.slow
def test_a_shared_server_keeps_the_whole_life_of_a_segmentation(place, start, free_port):
    """All that the page tells clients to type; the server is killed and started again, and everything is there."""
    server, told = start()
    folder = place / "server"
    for secret in (folder / "admin-password", folder / "pgpass", folder / "accounts.ini", folder / "secret-key"):
        assert secret.stat().st_mode & 0o777 == 0o600
    password = (folder / "admin-password").read_text().strip()
    programs = (Path(sys.executable).parent, find_database(folder).programs, os.environ["PATH"])
    user = os.environ | {"PATH": os.pathsep.join(map(str, programs))}

    def typed(*lines: str) -> subprocess.CompletedProcess[str]:
        script = "\n".join(["set -e", *lines])
        return subprocess.run(["bash", "-c", script], cwd=place, env=user, capture_output=True, text=True, check=False)

    lines = shell_lines(free_port)
    assert len(lines) > 12
    assert hosts_of(server.pid) == HERE
    done = typed(*lines)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert f"In the MLflow UI:\n  runs, ranked  http://127.0.0.1:{free_port}/#/" in done.stdout
    assert "champion of customers: version 1" in done.stdout
    assert password not in told + done.stdout + done.stderr

    server.send_signal(signal.SIGKILL)
    server.wait()
    start("upgrade=true")
    account = [line for line in lines if line.startswith(("export SEGKIT", "export MLFLOW"))]
    score = "segkit score input=new.csv output=scored.csv"
    made = "from segkit.data import make_customers; make_customers(50, seed=1).to_csv('new.csv', index=False)"
    scored = typed(*account, f'python -c "{made}"', score)
    assert "50 customers scored with customers/1" in scored.stdout, scored.stderr
    shown, gone, again = (typed(*account, f"segkit forget id=C000109{more}").stdout for more in ("", " sure=true", ""))
    assert ("0 tables" in shown, "removed" in gone, again.startswith("C000109: 0 tables")) == (False, True, True), shown
    guessed = typed(*account, "MLFLOW_TRACKING_PASSWORD=guessed-by-somebody segkit compare")
    assert (guessed.returncode, "does not know the account admin" in guessed.stderr) == (2, True)
    refused = typed("segkit server")
    assert (refused.returncode, "runs in" in refused.stderr) == (2, True)
    told_to_clients = [path for path in (place / "mlruns").rglob("*") if path.is_file()]
    assert told_to_clients
    assert not [path for path in told_to_clients if password.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"permission": "WRITE"}, "permission=WRITE is not known"),
        ({"host": "0.0.0.0"}, "needs the names"),
        ({"workers": 0}, "would serve nobody"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_made(changed, problem, own_place):
    with pytest.raises(UserError, match=problem):
        make_service("server", **{**USUAL, **changed})
    assert not list(own_place.iterdir())


def test_a_folder_with_other_files_is_left_alone(segkit, own_place, monkeypatch, free_port):
    programs = own_place / "bin"
    programs.mkdir()
    for name in ("initdb", "postgres"):
        (programs / name).touch(mode=0o755)
    own_place.chmod(0o750)
    monkeypatch.setattr("segkit.server.serving.find_spec", lambda name: name)
    monkeypatch.setattr("segkit.server.postgres._unprivileged", lambda: "")
    monkeypatch.setattr("segkit.server.postgres._LONGEST_PATH", 1000)
    outcome = segkit("server", "folder=.", f"port={free_port}", f"postgres={programs}")
    assert (outcome.code, "holds other files" in outcome.err) == (2, True)
    assert own_place.stat().st_mode & 0o777 == 0o750


def test_what_is_not_installed_is_named(monkeypatch, own_place):
    monkeypatch.setattr("segkit.server.serving.find_spec", lambda name: None)
    with pytest.raises(UserError, match="is not installed") as refused:
        make_service("server", **USUAL)
    assert "segkit[server]" in refused.value.mend


def test_a_postgresql_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserError, match="programs are not in"):
        find_database(tmp_path, str(tmp_path))


def test_a_folder_too_deep_for_a_socket_is_refused(tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("initdb", "postgres"):
        (programs / name).touch(mode=0o755)
    with pytest.raises(UserError, match="too long"):
        find_database(Path("/srv") / ("deep" * 30), str(programs))


def test_a_taken_port_is_refused_before_a_database_is_made(segkit, own_place, monkeypatch):
    programs = own_place / "bin"
    programs.mkdir()
    for name in ("initdb", "postgres"):
        (programs / name).touch(mode=0o755)
    monkeypatch.setattr("segkit.server.serving.find_spec", lambda name: name)
    monkeypatch.setattr("segkit.server.postgres._unprivileged", lambda: "")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr("segkit.server.postgres._LONGEST_PATH", 1000)
        outcome = segkit("server", f"port={port}", f"postgres={programs}")
    assert (outcome.code, f"port {port} is taken" in outcome.err) == (2, True)
    assert not (own_place / "server").exists()
