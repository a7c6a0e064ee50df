"""Hosts as network namespaces, where the kernel and the user may make some, and whether two tables say the same."""

import subprocess
import sys

import pytest

from benchmarks.hosts.alike import difference
from benchmarks.hosts.network import Host, network, why_not

# Says whether a host is reached, and in how many seconds it answers: by a datagram that comes back.
ASK = """
import socket, sys, time
asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asking.settimeout(1)
begun = time.monotonic()
try:
    asking.sendto(b"?", (sys.argv[1], 7))
    asking.recv(1)
    print(time.monotonic() - begun)
except OSError:
    print("inf")
"""
ECHO = """
import socket
echo = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
echo.bind(("", 7))
print("ready", flush=True)
while True:
    echo.sendto(*echo.recvfrom(1))
"""


def seconds_to(asking: Host, other: Host) -> float:
    command = [sys.executable, "-c", ASK, other.address]
    return float(asking.start(command, {}, stdout=subprocess.PIPE).communicate()[0])


def test_hosts_reach_each_other_unless_one_is_cut_off_and_see_only_their_own_files(tmp_path):
    if why_not():
        pytest.skip(why_not())
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "file").touch()
    with network(tmp_path, ("one", "other"), {"other": [secret]}) as net:
        one, other = net.hosts.values()
        with other.start([sys.executable, "-c", ECHO], {}, stdout=subprocess.PIPE) as echo:
            echo.stdout.readline()
            assert seconds_to(one, other) < 1
            net.cut("other")
            assert seconds_to(one, other) == float("inf")
            net.mend("other")
            with net.slowed("other", delay=0.2, loss=0):
                assert 0.4 < seconds_to(one, other) < float("inf")
            seen = ["sh", "-c", f"touch mine; hostname; ls {secret}"]
            assert other.start(seen, {}, stdout=subprocess.PIPE).communicate()[0].split() == ["other"]
            assert (tmp_path / "hosts" / "other" / "mine").exists()
            other.clear()
    spaces = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True).stdout
    assert one.space not in spaces
    assert (secret / "file").exists()


def table(names: str = "ab", **metrics: float) -> dict[str, object]:
    return {"verdict": "natural", "runs": [{"name": name, "metrics": {"k": 3.0, **metrics}} for name in names]}


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (table("ba"), "other ranks from place 1 on (2 and 2 runs)"),
        (table("abc"), "other ranks from place 2 on (2 and 3 runs)"),
        (table(k=3.1), "k of a is 3.0 and 3.1"),
        (table(noise=0.1), "a has other metrics: ['noise']"),
        ({**table(), "verdict": "neither"}, "another verdict"),
        (table(k=3.0 + 1e-8), ""),
    ],
)
def test_what_differs_between_two_tables_is_named(other, said):
    assert difference(table(), other) == said
