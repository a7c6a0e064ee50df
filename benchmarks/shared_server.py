"""The shared MLflow server of a benchmark: its keys, what clients need to know, and what its database holds."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.kills import children_of
from benchmarks.measured import seconds_of
from segkit.server.passwords import secret_in
from segkit.server.postgres import RUNS, find_database


def account(folder: Path) -> dict[str, str]:
    """What tells clients who they are."""
    password = secret_in(folder / "admin-password")
    return {"MLFLOW_TRACKING_USERNAME": "admin", "MLFLOW_TRACKING_PASSWORD": password}


def wait_until_up(server: subprocess.Popen[str]) -> None:
    """Until it tells where it is; raises SystemExit with what it says instead."""
    assert server.stdout is not None
    if not server.stdout.readline().startswith("http"):
        raise SystemExit(f"the server did not start: {server.stderr.read() if server.stderr else ''}")


def asked(folder: Path, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """What the database answers, past MLflow."""
    import psycopg2

    address = find_database(folder).uri(RUNS).replace("postgresql+psycopg2", "postgresql")
    connection = psycopg2.connect(address)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())
    finally:
        connection.close()


def children(folder: Path, experiment: str) -> list[tuple[str, str, str, str]]:
    """Run id, fingerprint, status and place of every run below the parents of an experiment."""
    query = """SELECT runs.run_uuid, marks.value, runs.status, COALESCE(places.value, '') FROM runs
        JOIN experiments ON experiments.experiment_id = runs.experiment_id AND experiments.name = %s
        JOIN tags AS marks ON marks.run_uuid = runs.run_uuid AND marks.key = 'segkit.fingerprint'
        JOIN tags AS parents ON parents.run_uuid = runs.run_uuid AND parents.key = 'mlflow.parentRunId'
        LEFT JOIN tags AS places ON places.run_uuid = runs.run_uuid AND places.key = 'segkit.host'
        WHERE runs.lifecycle_stage = 'active'"""
    return asked(folder, query, [experiment])


def cpu_below(pid: int) -> float:
    """Processor seconds of a process and of all below it, also of those of them that have ended."""
    found = [pid]
    for one in found:
        found += children_of(one)
    return sum(map(seconds_of, found))
