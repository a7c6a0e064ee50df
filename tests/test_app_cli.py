"""`segkit app`: it says where it answers, ends by Ctrl-C, and what keeps it from starting is said in words."""

import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.hosts_of import HERE, hosts_of

pytest.importorskip("uvicorn")


def test_it_says_where_it_answers_and_ends_by_ctrl_c(own_place, free_port):
    command = [sys.executable, "-m", "segkit", "app", f"port={free_port}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        address = process.stdout.readline().split()[0]
        assert address == f"http://127.0.0.1:{free_port}"
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert answer.status == 200
        assert hosts_of(process.pid) == HERE
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in said
    assert not list(own_place.glob("mlruns/app/*"))


def test_a_taken_port_is_said(segkit):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = segkit("app", f"port={port}")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"port {port} is taken" in outcome.err


def test_a_missing_extra_is_said(segkit, monkeypatch):
    from segkit.app import settings

    monkeypatch.setattr(settings, "find_spec", lambda name: None if name == "uvicorn" else object())
    outcome = segkit("app")
    assert outcome.code == 2
    assert "pip install 'segkit[app]'" in outcome.err
    assert len(outcome.err.strip().splitlines()) == 2


def test_a_system_that_it_does_not_run_on_is_said(segkit, monkeypatch):
    from segkit.app import settings

    monkeypatch.setattr(settings, "find_spec", lambda name: None if name == "fcntl" else object())
    outcome = segkit("app")
    assert outcome.code == 2
    assert "the app runs on Linux and macOS only" in outcome.err
    assert "segkit sweep" in outcome.err


def test_the_first_screen_waits_for_nothing_heavy():
    code = (
        "import sys; from pathlib import Path; from segkit.app.settings import Settings; "
        "from segkit.app.screens import tables; from segkit.app import server; from starlette.requests import Request; "
        "settings = Settings({'folder': 'nowhere'}, 1); server.make_app(settings); "
        "tables.TableScreens(settings).start(Request({'type': 'http', 'headers': []})); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"sklearn", "mlflow", "matplotlib.pyplot", "umap"}
