"""What the tests of the app share: the app served on a free port, and a small client."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest

pytest.importorskip("starlette")
uvicorn = pytest.importorskip("uvicorn")


# Stands for a sweep: says how far it is, waits to be told to end, answers when a file is there.
SLEEPER = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))
print("3/24 runs  best one 0.5  about 9 s left", file=sys.stderr, flush=True)
while not pathlib.Path("go").exists():
    time.sleep(0.02)
print('{"sweep": "abc"}')
"""


class Answered(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Client:
    """Talks to the app as a browser on this machine would; `headers` are sent with every request."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port = port
        self.folder = folder

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answered:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return Answered(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)

    def get(self, path: str, **headers: str) -> Answered:
        return self.ask("GET", path, **headers)

    def post(self, path: str, **form: str) -> Answered:
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, urlencode(form).encode(), content_type=kind, origin=self.address)

    def bring(self, name: str, content: bytes) -> Answered:
        return self.ask("PUT", f"/tables?name={quote(name)}", content, accept="application/json")

    def table(self, name: str, content: bytes) -> str:
        """Brings a table; the beginning of its addresses."""
        answer = self.bring(name, content)
        assert answer.status == 201, answer.text
        return answer.json["address"].removesuffix("/understood")

    @property
    def kept(self) -> list[str]:
        """The folders of tables that are on disk."""
        return sorted(path.name for path in (self.folder / "mlruns" / "app").glob("*"))


@pytest.fixture(scope="module", autouse=True)
def told_quickly(quick_reports):
    """The app's pages tell what a report tells."""


@pytest.fixture
def serve(own_place, store_template):
    """Serves the app on a free port: `serve(largest=1000).get("/")`."""
    from segkit.app.server import make_app
    from segkit.app.settings import Settings

    running = []

    def begin(largest: int = 10_000_000, folder: Path = own_place) -> Client:
        if not (folder / "mlruns").exists():  # two schemas that are created at once get in each other's way
            shutil.copytree(store_template, folder / "mlruns")
        tracking = {"folder": str(folder / "mlruns"), "uri": None, "experiment": "segkit"}
        settings = Settings(tracking, largest)
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(make_app(settings), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        running.append((server, thread))
        return Client(listening.getsockname()[1], folder)

    yield begin
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def page(serve, page):
    """The browser's page, closed before the app ends: what it is still loading then would be complained of."""
    return page


@pytest.fixture(scope="session")
def fits():
    """Takes a page of the browser that must fit on a telephone and on a desk, with a name for all that is used."""
    fields, named = (
        "input:not([type=hidden]), select, button",
        "one.labels?.length || one.ariaLabel || one.textContent.trim()",
    )
    nameless = f"[...document.querySelectorAll('{fields}')].filter((one) => !({named})).length"

    def check(page) -> None:
        for wide in (390, 1280):
            page.set_viewport_size({"width": wide, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= wide, page.url
        assert page.evaluate(nameless) == 0, page.url

    return check


@pytest.fixture
def client(serve):
    return serve()


@pytest.fixture(scope="session")
def some_customers() -> bytes:
    """A small table as a CSV file's bytes."""
    from segkit.data import make_customers

    return make_customers(120).to_csv(index=False).encode()


@pytest.fixture(scope="session")
def answered(new_folder, command, some_customers):
    """A folder with a small table, brought and swept as the app would."""
    from segkit.app.brought.said import Said
    from segkit.app.brought.tables import Tables
    from segkit.app.running import work

    folder = new_folder()
    tables = Tables(folder / "mlruns" / "app")
    place = tables.new_folder()
    (place / "shop.csv").write_bytes(some_customers)
    table = tables.keep(place, "shop.csv")
    table = tables.change(table.id, lambda said: said.moved("truth", "truth").moved("response", "outcome"))
    few = ["algorithm=kmeans,gmm", "reducer=pca", "preprocessing=standard", "k=3,4", "selection.fewest_finalists=2"]
    arguments = [*table.arguments, *few]
    outcome = command(folder, "sweep", *arguments, "hydra/launcher=basic", "format=json")
    assert outcome.code == 0, outcome.err
    (place / work._ANSWER).write_text(outcome.out)
    (place / work._LOG).write_text(outcome.err)
    (place / work._WORK).write_text(
        f'{{"pid": 0, "started": {time.time()}, "arguments": {arguments!r}}}'.replace("'", '"')
    )
    assert table.said != Said()
    return folder, f"/tables/{table.id}"


@pytest.fixture
def served(answered, serve):
    folder, table = answered
    return serve(folder=folder), table


@pytest.fixture(scope="session")
def answered_runs(answered, command):
    """The runs of the small table's sweep that may be promoted, the best first, as (id, name)."""
    folder, _ = answered
    told = json.loads(command(folder, "compare", "format=json").out)
    return [(run["run_id"], run["name"]) for run in told["runs"] if not run["guards"]]


@contextmanager
def little_code(folder):
    """Something stands for the package, whose files would be copied with every version."""
    (folder / "segkit").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("segkit.tracking.registry.register.package_code", lambda: folder / "segkit")
        yield


@pytest.fixture
def quick_code(own_place):
    with little_code(own_place):
        yield


@pytest.fixture(scope="session")
def crowned(answered, answered_runs, copy_store, command, tmp_path_factory):
    """The folder of a store in which two runs of the table were promoted one after the other."""
    folder = tmp_path_factory.mktemp("crowned")
    copy_store(answered[0], folder)
    with little_code(tmp_path_factory.mktemp("code")):
        for (run, _), by in zip(answered_runs[:2], ("Ann", "Bob"), strict=True):
            assert command(folder, "promote", f"run={run}", f"by={by}").code == 0
    return folder


@pytest.fixture
def promoted(crowned, copy_store, serve, own_place, quick_code):
    """The app on a copy of the store with two versions."""
    copy_store(crowned, own_place)
    return serve()


@pytest.fixture
def sleeper(monkeypatch, own_place):
    """What is started is no sweep, but waits for the file `go`; whatever still runs at the end is told to end."""
    from segkit.app.running import work

    really, begun = subprocess.Popen, []

    def begin(command, **keywords):
        begun.append(really([sys.executable, "-c", SLEEPER], cwd=own_place, **keywords))
        return begun[-1]

    monkeypatch.setattr(work.subprocess, "Popen", begin)
    monkeypatch.setattr(work, "_PATIENCE", 0.5)
    yield own_place
    for process in begun:
        process.terminate()
        process.wait(10)
