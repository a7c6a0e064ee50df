"""Hosts that reach each other through a switch, and nothing else: namespaces of the kernel's. Needs root and `ip`."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measured import seconds_of

_NET = "10.77.0"
_GRACE_SECONDS = 20


def why_not() -> str:
    """Why there can be no hosts here; "" if there can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "network namespaces need Linux and root"
    if shutil.which("ip") is None:
        return "the program ip is not there (Debian: apt-get install iproute2)"
    tried = subprocess.run(["unshare", "--net", "--mount", "--uts", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "this machine allows no network namespaces"


@dataclass(frozen=True)
class Host:
    """One of them. It sees its own `folder` as `home`, where every host has its own, and nothing below `hidden`."""

    name: str
    space: str
    address: str
    folder: Path
    home: Path
    hidden: Sequence[Path]

    def start(self, command: Sequence[str], environment: Mapping[str, str], **streams: Any) -> subprocess.Popen[str]:
        """Start a program in the host's home; its process is the one that is returned."""
        named = {**os.environ, **environment}
        return subprocess.Popen(self._entered(command), env=named, text=True, start_new_session=True, **streams)

    def log(self, name: str) -> Any:
        """A file for what a program says, among the host's."""
        return (self.folder / f"{name}.log").open("a")

    def cpu(self) -> float:
        """Processor seconds of all that runs on the host, and of what that has seen end."""
        return sum(map(seconds_of, self.processes()))

    def processes(self) -> list[int]:
        """All that runs on the host."""
        return [int(pid) for pid in _told("ip", "netns", "pids", self.space).split()]

    def clear(self) -> None:
        """End all that runs on the host."""
        for send in (signal.SIGTERM, signal.SIGKILL):
            for pid in self.processes():
                with_no_complaint(pid, send)
            deadline = time.monotonic() + _GRACE_SECONDS
            while self.processes() and time.monotonic() < deadline:
                time.sleep(0.1)

    def _entered(self, command: Sequence[str]) -> list[str]:
        lines = [f"hostname {self.name}", f"mount --bind {self.folder} {self.home}"]
        lines += [f"mount -t tmpfs none {shlex.quote(str(place))}" for place in self.hidden]
        script = "; ".join(["set -e", *lines, f"cd {self.home}", 'exec "$@"'])
        return ["ip", "netns", "exec", self.space, "unshare", "--uts", "sh", "-c", script, "sh", *command]


@dataclass(frozen=True)
class Network:
    """Hosts by name, and the switch between them."""

    hosts: dict[str, Host]
    switch: str

    def cut(self, name: str) -> None:
        """Pull a host's cable."""
        _do("ip", "-n", self.switch, "link", "set", f"to-{name}"[:15], "down")

    def mend(self, name: str) -> None:
        """Put it in again."""
        _do("ip", "-n", self.switch, "link", "set", f"to-{name}"[:15], "up")

    @contextmanager
    def slowed(self, name: str, delay: float, loss: float) -> Iterator[None]:
        """A host has a bad line: each packet is lost so often (share), and takes so many seconds each way."""
        host, mac = self.hosts[name], _told("ip", "netns", "exec", self.hosts[name].space, "cat", _MAC).strip()
        line = [sys.executable, "-m", "benchmarks.hosts.slow_line", host.space, self.switch, str(delay), str(loss)]
        with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as relay:
            assert relay.stdout is not None
            relay.stdout.readline()  # its ends are there
            _do("ip", "-n", host.space, "link", "set", "eth0", "down")
            _do("ip", "-n", host.space, "addr", "flush", "dev", "eth0")
            _connect(host, "slow0", mac)
            _do("ip", "-n", self.switch, "link", "set", "slow0", "master", "switch", "up")
            try:
                yield
            finally:
                relay.terminate()
        _connect(host, "eth0", mac)


@contextmanager
def network(place: Path, names: Sequence[str], hidden: Mapping[str, Sequence[Path]]) -> Iterator[Network]:
    """Hosts of these names until the block ends, and with it all that runs on them; their files lie below `place`."""
    mark, home = f"segkit{os.getpid()}", place / "home"
    home.mkdir()
    hosts = {}
    for number, name in enumerate(names, 1):
        folder = place / "hosts" / name
        folder.mkdir(parents=True)
        unseen = [place / "hosts", *hidden.get(name, [])]
        hosts[name] = Host(name, f"{mark}-{name}", f"{_NET}.{number}", folder, home, unseen)
    switch = f"{mark}-switch"
    spaces = [switch, *(host.space for host in hosts.values())]
    try:
        for space in spaces:
            _do("ip", "netns", "add", space)
        _do("ip", "-n", switch, "link", "add", "name", "switch", "type", "bridge")
        _do("ip", "-n", switch, "link", "set", "switch", "up")
        for host in hosts.values():
            _plug_in(host, switch)
        yield Network(hosts, switch)
    finally:
        for host in hosts.values():
            host.clear()
        for space in spaces:
            subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)


_MAC = "/sys/class/net/eth0/address"


def _plug_in(host: Host, switch: str) -> None:
    port = f"to-{host.name}"[:15]  # a device's name may not be longer
    device = ["link", "add", "name", port, "type", "veth", "peer", "name", "eth0", "netns", host.space]
    _do("ip", "-n", switch, *device)
    _do("ip", "-n", switch, "link", "set", port, "master", "switch", "up")
    _do("ip", "-n", host.space, "link", "set", "lo", "up")
    _connect(host, "eth0", "")


def _connect(host: Host, device: str, mac: str) -> None:
    if mac:
        _do("ip", "-n", host.space, "link", "set", device, "address", mac)
    _do("ip", "-n", host.space, "addr", "add", f"{host.address}/24", "dev", device)
    _do("ip", "-n", host.space, "link", "set", device, "up")


def with_no_complaint(pid: int, send: signal.Signals) -> None:
    """Send a process a signal if it is still there."""
    try:
        os.kill(pid, send)
    except ProcessLookupError:
        return


def _do(*command: str) -> None:
    subprocess.run(command, check=True)


def _told(*command: str) -> str:
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout
