"""A client that asks a tracking server one thing again and again: `python -m benchmarks.client ADDRESS KIND SECONDS`.

It says when it is ready, waits for a line, and answers with how often it was answered.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mlflow import MlflowClient
from mlflow.entities import Metric, Param
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

from segkit.tracking.store import open_store

# As many numbers and settings as a run has.
_METRICS, _PARAMS = 40, 12


def asking(address: str, kind: str) -> Callable[[int], object]:
    """What is asked, given how often it was asked before."""
    store = open_store(uri=address, experiment="load")
    client: MlflowClient = store.client
    run = client.create_run(store.experiment_id, tags={}, run_name="load")
    run_id = run.info.run_id
    if kind == "set_tag":
        return lambda n: client.set_tag(run_id, "sign", str(n))
    if kind == "search":
        return lambda n: client.search_runs([store.experiment_id], f"tags.sign = '{n} is not there'")
    if kind == "create_run":
        return lambda n: client.create_run(store.experiment_id, tags={}, run_name="load")
    if kind == "upload":
        file = Path(tempfile.mkdtemp()) / "file"
        file.write_bytes(b"0" * 10_000)
        put = get_artifact_repository(run.info.artifact_uri, tracking_uri=address).log_artifact
        return lambda n: put(str(file), f"of{n}")
    return lambda n: client.log_batch(run_id, metrics=_metrics(n), params=_params(n))


def _metrics(n: int) -> list[Metric]:
    return [Metric(f"metric{number}", float(n), n, n) for number in range(_METRICS)]


def _params(n: int) -> list[Param]:
    return [Param(f"param{number}", "value") for number in range(_PARAMS)]


def main(address: str, kind: str, seconds: float) -> None:
    """Ask until the time is over."""
    ask, answers = asking(address, kind), 0
    ask(0)
    print("ready", flush=True)
    sys.stdin.readline()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answers += 1
        ask(answers)
    print(answers)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
