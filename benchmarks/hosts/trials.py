"""What befalls hosts in the midst of a sweep, and what has to be there in the end all the same."""

import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from signal import SIGKILL, SIGTERM
from typing import Any

from benchmarks.hosts.alike import difference
from benchmarks.hosts.network import with_no_complaint
from benchmarks.hosts.site import WORKERS, Site, answered, until
from benchmarks.measured import sweep_arguments
from benchmarks.shared_server import children

GRID = [
    *sweep_arguments(reducer=("none", "pca"), algorithm=("kmeans", "gmm"), k=(3, 4, 5, 6)),
    "evidence=false",
]
RUNS = 16
# Seconds: how long a server is waited for, and a run of another host that gives no sign of life.
_PATIENCE, _SILENCE = 45, 20
_SETTINGS = [f"tracking.patience={_PATIENCE}", f"tracking.silence={_SILENCE}"]
_MOST_STARTS = 3
_MOST_SECONDS = 400

Sweep = subprocess.Popen[str]
Event = Callable[[Site, Sweep], object]


@dataclass(frozen=True)
class Trial:
    """Something that happens to a sweep once it is under way, and what `more` that sweep is told."""

    name: str
    happens: Event
    more: tuple[str, ...] = ()


def kill_a_worker(site: Site, sweep: Sweep) -> None:
    """The process that does the jobs; what looks after it starts another."""
    with_no_complaint(site.workers()[0], SIGKILL)


def cut(name: str, seconds: float, site: Site, sweep: Sweep) -> None:
    """A host is not reached by anybody for so long."""
    site.net.cut(name)
    time.sleep(seconds)
    site.net.mend(name)


def restart(name: str, sign: int, pause: float, site: Site, sweep: Sweep) -> None:
    """What runs on a host is ended, and after a while there again."""
    running = site.running[name]
    running.send_signal(sign)
    running.wait()
    time.sleep(pause)
    site.net.hosts[name].clear()
    site.start(name)


def kill_the_scheduler(site: Site, sweep: Sweep) -> None:
    """It is started again, and so are its workers, which end when it is gone."""
    for name in ("scheduler", *WORKERS):
        restart(name, SIGKILL, 0, site, sweep)


def kill_the_sweep(site: Site, sweep: Sweep) -> None:
    """The launching process, without a word."""
    sweep.kill()


def slow_line(site: Site, sweep: Sweep) -> None:
    """The server is far away, over a bad line, until the sweep has ended."""
    with site.net.slowed("server", delay=0.1, loss=0.01):
        sweep.wait(_MOST_SECONDS)


TRIALS = (
    Trial("nothing happens", lambda site, sweep: None),
    Trial("a worker is killed", kill_a_worker),
    Trial("a worker's host is cut off for 20 s", partial(cut, WORKERS[1], 20)),
    Trial("a worker's host is cut off for 70 s, longer than patience", partial(cut, WORKERS[1], 70)),
    Trial("the server's host is cut off for 60 s", partial(cut, "server", 60), ("tracking.patience=300",)),
    Trial("the server's host is cut off for 70 s, longer than patience", partial(cut, "server", 70)),
    Trial("the server is stopped and started again", partial(restart, "server", SIGTERM, 5)),
    Trial("the server is killed and started again", partial(restart, "server", SIGKILL, 5)),
    Trial("the scheduler is killed and started again, with its workers", kill_the_scheduler),
    Trial("the sweep is killed and started again", kill_the_sweep),
    Trial("200 ms and 1 % loss on the way to the server", slow_line),
)


def report(site: Site, trials: Iterable[Trial] = TRIALS) -> int:
    """Do the trials, print a line for each; returns how many went wrong. The first says what the table must be."""
    usual: Mapping[str, Any] = {}
    failures = 0
    for trial in trials:
        begun = time.monotonic()
        table, starts, wrong = _tried(site, trial)
        usual = usual or table
        wrong += [different] if (different := difference(usual, table)) else []
        failures += bool(wrong)
        told = f"{time.monotonic() - begun:>5.0f} s  {starts} start{'s' if starts > 1 else ' '}"
        print(f"{trial.name:<60}{told}  {'; '.join(wrong) or 'all there, once, ranked the same'}", flush=True)
    return failures


def _tried(site: Site, trial: Trial) -> tuple[dict[str, Any], int, list[str]]:
    """The last table, how often the sweep had to be started, and what is wrong in the end."""
    experiment = trial.name.replace(" ", "-").replace("'", "").replace("%", "percent")[:40]
    asked = [*GRID, *site.dask, *site.tracking, *_SETTINGS, f"tracking.experiment={experiment}", *trial.more]
    answer = site.net.hosts["client"].folder / "answer.json"
    sweep = site.sweep(*asked, out=answer)
    if not until(lambda: _is_under_way(site, experiment) or sweep.poll() is not None):
        sweep.kill()
        return {"runs": [], "verdict": ""}, 1, ["it does not get under way"]
    missed = ["it had ended before"] if sweep.poll() is not None else []
    trial.happens(site, sweep)
    starts = 1
    while _ended(sweep) and starts < _MOST_STARTS:
        until(lambda: len(site.workers()) == len(WORKERS), 60)
        sweep, starts = site.sweep(*asked, out=answer), starts + 1
    if sweep.returncode:
        return {"runs": [], "verdict": ""}, starts, [f"it ends with code {sweep.returncode}"]
    until(lambda: not _states(site, experiment)["RUNNING"], 90)  # who was cut off has to find out
    return answered(answer), starts, [*missed, *_wrong(site, experiment)]


def _ended(sweep: Sweep) -> int:
    """The exit code, or that of a sweep that had to be killed because it does not end."""
    try:
        return sweep.wait(_MOST_SECONDS)
    except subprocess.TimeoutExpired:
        sweep.kill()
        return sweep.wait()


def _is_under_way(site: Site, experiment: str) -> bool:
    states = _states(site, experiment)
    return states["FINISHED"] >= RUNS // 8 and bool(states["RUNNING"])


def _states(site: Site, experiment: str) -> Counter[str]:
    return Counter(status for _, _, status, _ in children(site.server, experiment))


def _wrong(site: Site, experiment: str) -> list[str]:
    """What should not be: lost, doubled, unfinished runs."""
    found = children(site.server, experiment)
    finished = Counter(mark for _, mark, status, _ in found if status == "FINISHED")
    running = sum(status == "RUNNING" for _, _, status, _ in found)
    return [
        *(f"{mark} is there {count} times" for mark, count in finished.items() if count > 1),
        *([f"{len(finished)} of {RUNS} runs are finished"] if len(finished) != RUNS else []),
        *([f"{running} runs say RUNNING"] if running else []),
    ]
