"""The 90-run grid on several hosts, and what befalls hosts: `python -m benchmarks.hosts [alike|trials] [rows]`.

Needs root, `ip` and PostgreSQL. A scheduler, two workers, a tracking server and a client each have a network namespace,
a folder and a name of their own. First the same ranked table is asked of local workers and of the hosts; then
hosts are killed, cut off and slowed in the midst of a sweep: no run may be lost, doubled or left RUNNING.
"""

import signal
import sys
import tempfile
from pathlib import Path

from benchmarks.hosts.alike import compared
from benchmarks.hosts.network import why_not
from benchmarks.hosts.site import site
from benchmarks.hosts.trials import report
from benchmarks.sweep import GRID


def main(which: str = "both", rows: int = 2240) -> None:
    if why_not():
        raise SystemExit(f"no hosts can be made here: {why_not()}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # what was set up is taken down
    made = tempfile.TemporaryDirectory(prefix="segkit-hosts-", ignore_cleanup_errors=True)
    with made as place, site(Path(place), rows) as hosts:
        if which in ("both", "alike"):
            print(compared(hosts, GRID), flush=True)
        if which in ("both", "trials") and (failures := report(hosts)):
            raise SystemExit(f"{failures} trials went wrong")


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(int, sys.argv[2:]))
