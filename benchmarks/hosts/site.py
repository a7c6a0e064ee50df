"""What runs on the hosts: a tracking server, a scheduler, two workers, and sweeps of a client."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.hosts.network import Host, Network, network
from benchmarks.kills import command_of
from benchmarks.measured import ONE_THREAD, SEGKIT, write_customers
from benchmarks.shared_server import account, wait_until_up

ROOT = Path(__file__).parent.parent.parent
WORKERS = ("worker1", "worker2")
_HOSTS = ("client", "scheduler", *WORKERS, "server")
_PACKAGES = ("segkit", "hydra_plugins", "conf", "experiments", "pyproject.toml")
_DISTRIBUTED = "distributed.cli.dask_"


@dataclass
class Site:
    """Everything is up; what is stopped can be started again by its name."""

    net: Network
    table: Path
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    @property
    def server(self) -> Path:
        """The folder of the tracking server."""
        return self.net.hosts["server"].folder / "server"

    @property
    def tracking(self) -> list[str]:
        """What tells a sweep of the server."""
        return ["tracking=server", f"tracking.uri=http://{self.net.hosts['server'].address}:5001"]

    @property
    def dask(self) -> list[str]:
        """What tells a sweep of the scheduler."""
        address = f"hydra.launcher.address=tcp://{self.net.hosts['scheduler'].address}:8786"
        return ["hydra/launcher=segkit_dask", address]

    def start(self, name: str) -> None:
        """Start what runs on a host."""
        host = self.net.hosts[name]
        if name == "server":
            names = f"names=[{host.address}]"
            asked = [sys.executable, "-m", "segkit", "server", "host=0.0.0.0", names]
            self._started(host, asked, stdout=subprocess.PIPE, stderr=host.log("stderr"))
            wait_until_up(self.running[name])
        elif name == "scheduler":
            where = ["--host", host.address, "--port", "8786", "--no-dashboard"]
            self._started(host, [sys.executable, "-m", f"{_DISTRIBUTED}scheduler", *where], **_logged(host))
        else:
            own = ["--nthreads", "1", "--nworkers", "1", "--no-dashboard", "--local-directory", str(host.home / "dask")]
            address = f"tcp://{self.net.hosts['scheduler'].address}:8786"
            command = [sys.executable, "-m", f"{_DISTRIBUTED}worker", address, "--host", host.address, *own]
            self._started(host, command, **_logged(host))

    def sweep(self, *arguments: str, out: Path) -> subprocess.Popen[str]:
        """Start a sweep on the client's host, which answers in JSON, in a file."""
        host = self.net.hosts["client"]
        command = [SEGKIT, "sweep", "data=table", f"data.path={self.table}", *arguments, "format=json"]
        environment = {**ONE_THREAD, **account(self.server), "PYTHONPATH": str(ROOT)}
        return host.start(command, environment, stdout=out.open("w"), stderr=host.log("stderr"))

    def workers(self) -> list[int]:
        """The processes that jobs are done in, once there: whoever watches over one does none itself."""
        watchers = {self.running[name].pid for name in WORKERS}
        found = [pid for name in WORKERS for pid in self.net.hosts[name].processes()]
        return [pid for pid in found if pid not in watchers and b"spawn_main" in command_of(pid)]

    def _started(self, host: Host, command: Sequence[str], **streams: object) -> None:
        clone = host.folder / "elsewhere"
        code = str(host.home / clone.name if clone.exists() else ROOT)
        self.running[host.name] = host.start(command, {**ONE_THREAD, "PYTHONPATH": code}, **streams)


@contextmanager
def site(place: Path, rows: int) -> Iterator[Site]:
    """All hosts with what runs on them; one worker has its code elsewhere and does not see the client's."""
    place.chmod(0o755)  # PostgreSQL runs as another user
    (place / "data").mkdir()
    write_customers(place / "data" / "customers.csv", rows)
    with network(place, _HOSTS, {"worker2": [ROOT]}) as net:
        made = Site(net, place / "data" / "customers.csv")
        _copy_code(net.hosts["worker2"].folder / "elsewhere")
        for name in _HOSTS[1:]:
            made.start(name)
        yield made


def answered(answer: Path) -> dict[str, Any]:
    """The table of a sweep that has come to its end."""
    return dict(json.loads(answer.read_text()))


def until(so: Callable[[], object], seconds: float = 120) -> bool:
    """Wait until something is so; False if it is not in time."""
    deadline = time.monotonic() + seconds
    while not so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def _logged(host: Host) -> dict[str, object]:
    log = host.log("log")
    return {"stdout": log, "stderr": log}


def _copy_code(place: Path) -> None:
    place.mkdir()
    for name in _PACKAGES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, place / name)
    os.sync()
