"""A sweep of thousands of runs, made from one real run by copying its rows in the database."""

import subprocess

from sqlalchemy import MetaData, create_engine, select
from sqlalchemy.engine import Connection

from benchmarks.measured import SEGKIT

# What a run consists of, in the order in which it can be added.
_TABLES = ("runs", "tags", "params", "metrics", "latest_metrics")
_AT_ONCE = 500


def fill(database: str, where: list[str], number: int) -> None:
    """A sweep with so many runs, in the store that `where` tells segkit of and whose `database` this is."""
    sweep = [
        SEGKIT,
        "sweep",
        *where,
        "data.generate.rows=300",
        "reducer=pca",
        "algorithm=kmeans",
        "k=4",
        "evidence=false",
    ]
    subprocess.run(sweep, capture_output=True, check=True)
    engine = create_engine(database)
    known = MetaData()
    known.reflect(engine, only=_TABLES)
    with engine.begin() as connection:
        _copy(connection, known, number)
    engine.dispose()


def _copy(connection: Connection, known: MetaData, number: int) -> None:
    tags, runs = known.tables["tags"], known.tables["runs"]
    newest = select(runs.c.run_uuid).join(tags, tags.c.run_uuid == runs.c.run_uuid)
    child = newest.where(tags.c.key == "mlflow.parentRunId").order_by(runs.c.start_time.desc()).limit(1)
    run = connection.execute(child).scalar_one()
    for name in _TABLES:
        table = known.tables[name]
        rows = [dict(row._mapping) for row in connection.execute(select(table).where(table.c.run_uuid == run))]
        copies = [_changed(row, n) for n in range(1, number) for row in rows]
        for start in range(0, len(copies), _AT_ONCE):
            connection.execute(table.insert(), copies[start : start + _AT_ONCE])


def _changed(row: dict[str, object], n: int) -> dict[str, object]:
    """The row of a copy: another run, which computed something else and did a little worse."""
    changed = {**row, "run_uuid": f"{n:08x}{str(row['run_uuid'])[8:]}"}
    if row.get("key") == "segkit.fingerprint":
        changed["value"] = f"{n:016x}"
    elif row.get("key") == "silhouette":
        changed["value"] = float(str(row["value"])) - n / 1e5
    return changed
