"""What a registered model of every kind of assignment costs to load and to ask, and that all ways agree.

`python -m benchmarks.serving [pyfunc|score|http|spark|venv ...] [rows=100000] [kind=edited ...]`, by default all kinds
in the first three ways. Each answer is compared with what `segkit score` would write: the same segment, confidence to
1e-9. `spark` needs pyspark and Java; `venv` installs a model's requirements (a minute, and the network) into an
environment without segkit.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.kinds import KINDS, raw_customers, raw_log
from benchmarks.measured import SEGKIT, cost_of
from benchmarks.served import post, register, served
from segkit.scoring.scored import scored_table
from segkit.tracking.store import Store, open_store

ROWS = 100_000
# Run where mlflow is all that is known beforehand.
_ASK = """
import json, sys, time
took, before = {}, time.process_time()
def lap(name):
    global before
    took[name], before = time.process_time() - before, time.process_time()
import mlflow.pyfunc, pandas
lap("import mlflow")
model = mlflow.pyfunc.load_model(sys.argv[1])
lap("load")
table = pandas.read_parquet(sys.argv[2])
lap("read")
model.predict(table.head(20))
lap("first answer")
scores = model.predict(table)
lap("all rows")
scores.to_parquet(sys.argv[3])
print(json.dumps(took))
"""


class Place:
    """A folder with a store in which every kind is registered, and a table to be scored by each."""

    def __init__(self, folder: Path, kinds: Sequence[str], rows: int) -> None:
        self.folder = folder
        self.store: Store = open_store(str(folder / "mlruns"))
        self.addresses = {kind: register(self.store, kind, KINDS[kind]()) for kind in kinds}
        self.tables = {kind: raw_log(rows // 4) if kind == "log" else raw_customers(rows) for kind in kinds}

    def model(self, kind: str) -> str:
        """Where the registered model's files are."""
        return self.store.client.get_model_version_download_uri(kind, "1")

    def expected(self, kind: str) -> pd.DataFrame:
        """What is to come out."""
        scorer = KINDS[kind]()
        return scored_table(scorer, scorer.customers_in(self.tables[kind]))


def pyfunc(place: Place, kind: str, python: str = sys.executable) -> dict[str, float]:
    """In a fresh process, through `mlflow.pyfunc.load_model`; its processor seconds, whoever shares the cores."""
    given, made = place.folder / "given.parquet", place.folder / "made.parquet"
    place.tables[kind].to_parquet(given)
    command = [python, "-c", _ASK, place.model(kind), str(given), str(made)]
    done = subprocess.run(command, cwd=place.folder, capture_output=True, text=True, check=True)
    check(pd.read_parquet(made), place.expected(kind))
    took = json.loads(done.stdout)
    del took["read"]
    return took


def score(place: Place, kind: str) -> dict[str, float]:
    """`segkit score` from one CSV file to another, the start of the program included."""
    place.tables[kind].to_csv(place.folder / "new.csv", index=False)
    source = Path(__file__).parent.parent
    asked = [SEGKIT, "score", "input=new.csv", "output=scored.csv", f"model={kind}"]
    cost = cost_of(["env", f"PYTHONPATH={source}", *asked], place.folder)
    if cost.code:
        raise SystemExit(cost.out)
    check(pd.read_csv(place.folder / "scored.csv"), place.expected(kind))
    return {"all rows": cost.wall}


def http(place: Place, kind: str) -> dict[str, float]:
    """Behind `mlflow models serve`, rows as JSON and as Parquet."""
    table, took, started = place.tables[kind], {}, time.perf_counter()
    few = json.loads(table.head(20).to_json(orient="split"))
    with served(place.addresses[kind], place.store.uri) as address:
        took["start"], started = time.perf_counter() - started, time.perf_counter()
        assert post(address, {"dataframe_split": few})[0] == 200
        took["first answer"] = time.perf_counter() - started
        bodies = {"JSON": f'{{"dataframe_split": {table.to_json(orient="split", double_precision=15)}}}'}
        for name, body in {**bodies, "Parquet": table.to_parquet()}.items():
            started = time.perf_counter()
            _, said = post(address, body)
            took[f"all rows, {name}"] = time.perf_counter() - started
            check(pd.DataFrame(said["predictions"]), place.expected(kind))
    return took


def spark(place: Place, kind: str) -> dict[str, float]:
    """In a local Spark with one worker; a log has to be scored as a whole or customer by customer."""
    if kind == "log":
        return {}
    import mlflow.pyfunc
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import struct

    here = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.ui.enabled": "false"}
    os.environ["PYSPARK_PYTHON"] = sys.executable  # its workers would take whatever python3 is
    session = SparkSession.builder.master("local[1]").config(map=here).getOrCreate()
    table = session.createDataFrame(place.tables[kind])
    scores = mlflow.pyfunc.spark_udf(session, place.model(kind), env_manager="local")
    took = {}
    for name, rows in {"first answer": table.limit(20), "all rows": table}.items():
        started = time.perf_counter()
        found = rows.select(scores(struct(*table.columns)).alias("scores")).select("scores.*").toPandas()
        took[name] = time.perf_counter() - started
    check(found, place.expected(kind))
    return took


def venv(place: Place, kind: str) -> dict[str, float]:
    """In a new environment with the model's requirements and without segkit."""
    started, folder = time.perf_counter(), place.folder / "venv"
    python = str(folder / "bin" / "python")
    if not folder.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        requirements = Path(place.model(kind).removeprefix("file://")) / "requirements.txt"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", requirements], check=True)
    return {"install": time.perf_counter() - started, **pyfunc(place, kind, python)}


def check(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    assert len(found) == len(expected)
    assert (found["segment"].to_numpy() == expected["segment"].to_numpy()).all()
    assert np.abs(found["confidence"].to_numpy(float) - expected["confidence"].to_numpy(float)).max() <= 1e-9


WAYS: dict[str, Callable[[Place, str], dict[str, float]]] = {
    way.__name__: way for way in (pyfunc, score, http, spark, venv)
}


def main(asked: Sequence[str]) -> None:
    said = [word.split("=") for word in asked if "=" in word]
    rows = next((int(value) for key, value in said if key == "rows"), ROWS)
    kinds = [value for key, value in said if key == "kind"] or list(KINDS)
    ways = [word for word in asked if "=" not in word] or ["pyfunc", "score", "http"]
    print(f"seconds (pyfunc: processor seconds) for {rows:,} rows; of a log, lines")
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name), kinds, rows)
        for way in ways:
            for kind in kinds:
                took = WAYS[way](place, kind)
                print(f"{way:<8}{kind:<10}" + "  ".join(f"{what} {s:.2f}" for what, s in took.items()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
