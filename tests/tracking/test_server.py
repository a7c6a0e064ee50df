"""The MLflow UI: on this machine only, and gone with everything it started when told to end."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request

from tests.hosts_of import HERE, hosts_of


def status(port: int, host: str) -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/2.0/mlflow/experiments/get?experiment_id=0")
    request.add_header("Host", host)
    try:
        return urllib.request.urlopen(request, timeout=10).status
    except urllib.error.HTTPError as refused:
        return refused.code


def children_of(parent: int) -> set[str]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return {pid for pid, ppid in (line.split() for line in listed.splitlines()) if int(ppid) == parent}


def test_the_ui_serves_this_machine_and_ends_with_all_it_started(store, free_port):
    command = [sys.executable, "-m", "segkit", "ui", f"port={free_port}"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{free_port}" in server.stdout.readline()
        started = children_of(server.pid)
        assert hosts_of(server.pid) == HERE
        assert status(free_port, f"127.0.0.1:{free_port}") == 200
        assert status(free_port, "evil.example") == 403
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    assert started
    assert not [pid for pid in started if os.path.exists(f"/proc/{pid}")]
