"""Workers that are made ready before there is work for them."""

import subprocess
import sys
import time
from multiprocessing import forkserver
from types import SimpleNamespace

from benchmarks.kills import command_of, workers_of
from hydra_plugins.segkit_sweeper._workers import make_workers_ready

# Both workers are there and wait for a job when this process says so.
PROGRAM = """
import time
from types import SimpleNamespace
from joblib import Parallel, delayed
from hydra_plugins.segkit_sweeper._workers import make_workers_ready
make_workers_ready(SimpleNamespace(joblib={"n_jobs": 2}))
print(*Parallel(n_jobs=2)(delayed(dict.fromkeys)("ab") for _ in range(2)), flush=True)
time.sleep(60)
"""


# Amid the imports Ctrl-C reaches every process of the terminal.
INTERRUPTED = """
import os, signal, time
from types import SimpleNamespace
from hydra_plugins.segkit_sweeper._workers import make_workers_ready
make_workers_ready(SimpleNamespace(joblib={"n_jobs": 2}))
time.sleep(0.3)
try:
    os.killpg(0, signal.SIGINT)
    time.sleep(60)
except KeyboardInterrupt:
    print("interrupted")
"""


def gone(worker: int) -> bool:
    for _ in range(100):
        if not command_of(worker):
            return True
        time.sleep(0.1)
    return False


def test_they_end_with_a_launcher_that_is_killed_before_the_first_job() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as launcher:
        assert launcher.stdout is not None
        assert launcher.stdout.readline() == "{'a': None, 'b': None} {'a': None, 'b': None}\n"
        workers = workers_of(launcher.pid)
        launcher.kill()
    assert len(workers) == 2
    assert all(gone(worker) for worker in workers)


def test_one_worker_is_this_process_and_needs_no_other(monkeypatch) -> None:
    started: list[None] = []
    monkeypatch.setattr(forkserver, "ensure_running", lambda: started.append(None))
    make_workers_ready(SimpleNamespace(joblib={"n_jobs": 1}))
    make_workers_ready(SimpleNamespace())
    assert not started
    make_workers_ready(SimpleNamespace(joblib={"n_jobs": 2}))
    assert len(started) == 1


def test_ctrl_c_amid_their_imports_prints_nothing_of_theirs() -> None:
    started = [sys.executable, "-c", INTERRUPTED]
    found = subprocess.run(started, capture_output=True, text=True, start_new_session=True, check=False)
    assert (found.stdout, found.stderr) == ("interrupted\n", "")
