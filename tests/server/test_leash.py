"""Programs that end with who started them."""

import os
import signal
import subprocess
import sys
import time

import pytest

from segkit.server.leash import leashed

SLEEPER = (
    "import subprocess, sys, time; c = subprocess.Popen(['sleep', '60']); print(c.pid, flush=True); time.sleep(60)"
)


@pytest.fixture
def lock(tmp_path):
    descriptor = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
    yield descriptor
    os.close(descriptor)


def eventually(true):
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return True


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_ends_with_all_that_it_started(tmp_path, lock):
    program = leashed([sys.executable, "-c", SLEEPER], tmp_path / "log", lock)
    assert eventually(lambda: (tmp_path / "log").read_text().strip())
    assert program.lives
    program.end()
    assert not program.lives
    assert gone(int((tmp_path / "log").read_text().splitlines()[0]))


def test_it_ends_when_who_started_it_is_killed(tmp_path):
    code = (
        "import os, sys, time; from pathlib import Path; from segkit.server.leash import leashed\n"
        f"leashed([sys.executable, '-c', {SLEEPER!r}], Path('log'), os.open('lock', os.O_RDWR | os.O_CREAT))\n"
        "time.sleep(60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path)
    assert eventually(lambda: (tmp_path / "log").exists() and (tmp_path / "log").read_text().strip())
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    assert eventually(lambda: gone(int((tmp_path / "log").read_text().splitlines()[0])))


def test_what_it_said_last_is_of_this_time(tmp_path, lock):
    (tmp_path / "log").write_text("of last time\n")
    silent = leashed([sys.executable, "-c", ""], tmp_path / "log", lock)
    assert eventually(lambda: not silent.lives)
    assert silent.last_words() == "it said nothing"
    loud = leashed([sys.executable, "-c", "print('one'); print('two')"], tmp_path / "log", lock)
    assert eventually(lambda: not loud.lives)
    assert loud.last_words() == "two"
