"""What all tests share: an own working directory and store each, and MLflow without memory of the test before."""

import contextlib
import functools
import gc
import io
import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pytest

# Before anything that counts is imported: tests run side by side, and threads that fight for cores cost minutes.
# A suite that is started in the background ignores Ctrl-C, which some tests send.
signal.signal(signal.SIGINT, signal.default_int_handler)
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

# As the command line does it: half a million imported things are looked through often while they are imported.
gc.set_threshold(50_000, 20, 100)

ROOT = Path(__file__).parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: begun last they would leave the other workers idle."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish() -> None:
    """What all tests have imported stays: nothing of it needs to be looked through again."""
    gc.freeze()


class Parts(HTMLParser):
    """The tags of a page with their attributes, and its text outside of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside not in ("script", "style"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    """A working directory of its own, and none of the caller's MLflow settings."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MLFLOW_") or name == "SEGKIT_TRACKING"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
    monkeypatch.setenv("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    return tmp_path


@pytest.fixture(scope="session")
def store_template(tmp_path_factory) -> Path:
    """An empty store: creating the schema takes seconds, copying it does not."""
    from segkit.tracking.store import open_store

    folder = tmp_path_factory.mktemp("template") / "mlruns"
    open_store(str(folder))
    return folder


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory, store_template) -> Callable[[], Path]:
    """Makes a folder with an empty store in it, for what several tests read: `new_folder()`."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("shared")
        shutil.copytree(store_template, folder / "mlruns")
        return folder

    return make


@pytest.fixture(scope="session")
def copy_store() -> Callable[[Path, Path], Any]:
    """Opens a copy that it makes of one folder's store in another: `copy_store(folder, other)`."""
    from mlflow.tracking._tracking_service import utils

    from segkit.tracking.store import open_store

    def copy(folder: Path, other: Path) -> Any:
        shutil.copytree(folder / "mlruns", other / "mlruns")
        # MLflow remembers in a process where the files of a run are, and every copy has the same runs.
        utils._artifact_repos_cache.clear()
        return open_store(str(other / "mlruns"))

    return copy


@pytest.fixture
def store(copy_store, store_template, own_place) -> Any:
    """A fresh store in the test's working directory."""
    return copy_store(store_template.parent, own_place)


@pytest.fixture(scope="session")
def command() -> Callable[..., Outcome]:
    """Calls a command as a user in a folder would, in this process: `command(folder, "run", "k=3")`.

    What is done in this process and not in workers holds a table against few lookalikes, unless the test says itself
    against how many: they take a third of a small sweep, and only "natural segments" needs more.
    """
    from segkit.cli import main
    from segkit.evidence import gathering

    all_lookalikes, few_lookalikes = gathering.null_test, functools.partial(gathering.null_test, draws=9)

    def call(folder: Path, *arguments: str) -> Outcome:
        out, err, code = io.StringIO(), io.StringIO(), 0
        with contextlib.chdir(folder), pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["segkit", *arguments])
            if gathering.null_test is all_lookalikes:
                patch.setattr(gathering, "null_test", few_lookalikes)
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                try:
                    main()
                except SystemExit as ended:
                    code = int(ended.code or 0)
        return Outcome(code, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def segkit(command, own_place) -> Callable[..., Outcome]:
    """Calls a command in the test's own directory: `segkit("run", "k=3")`."""
    return functools.partial(command, own_place)


@pytest.fixture(scope="module")
def quick_reports() -> Iterator[None]:
    """Reports by rules that learnt from little, and several of the same customers' portrait, drawn once as in the app.

    How good the rules are is tested with the rules, and that a portrait stays the same with the app.
    """
    from segkit.app.gathered.portraits import remembered
    from segkit.config.contents import content_of

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("segkit.activation.stand_ins._STAND_INS", 600)
        patch.setattr(content_of, "__defaults__", (remembered,))
        yield


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium, the system's own; the test is skipped where there is none, or nothing that drives it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def not_ours() -> tuple[str, ...]:
    """What marks complaints of a browser that are about pages of others; tests of such pages say their own."""
    return ()


@pytest.fixture
def page(chromium, not_ours) -> Iterator[Any]:
    """A page of the browser at the width of a desk, that must end without a complaint in the console."""
    complaints: list[str] = []
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    loud = ("error", "warning")
    page.on("console", lambda said: complaints.append(f"{said.text} {said.location}") if said.type in loud else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert [said for said in complaints if not any(mark in said for mark in not_ours)] == []


@pytest.fixture(scope="module")
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def parts():
    """Takes a page apart: `parts(page).text`."""
    return Parts


@pytest.fixture(scope="session")
def customers():
    """A small table of demo customers, as a data set with the preset's uses."""
    from segkit.data import Stated, make_customers, make_dataset

    stated = Stated(
        use={"response": "outcome", "spend_total": "describe_with", "truth": "truth"},
        levels={"education": ["Basic", "Secondary", "Bachelor", "Master", "PhD"]},
    )
    return make_dataset("customers", make_customers(300), "generated", "2025-06-30", stated)


@pytest.fixture(scope="session")
def real_data() -> Callable[[str], Path]:
    """The path of a real customer table; the test is skipped where the collection is not there."""
    folder = Path(os.environ.get("SEGKIT_DATA", ROOT.parent / "shared" / "data"))

    def path(name: str) -> Path:
        if not (folder / name).exists():
            pytest.skip(f"{name} is not in SEGKIT_DATA or beside the checkout in shared/data")
        return folder / name

    return path
