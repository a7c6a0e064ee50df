"""Stores, models and folders in which something is wrong; the template has a sweep of four runs and a champion."""

import io
import json
import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

Maker = Callable[[Path], object]
TEMPLATE = (
    "sweep data.generate.rows=150 k=3,4 algorithm=kmeans,gmm evidence=false hydra/launcher=basic",
    "promote force=true",
)


def write_customers(folder: Path) -> None:
    """The customers that a case may score: new.csv."""
    from segkit.data import make_customers

    make_customers(30).to_csv(folder / "new.csv", index=False)


def _database(folder: Path) -> Path:
    return folder / "mlruns" / "mlflow.db"


def _sql(*statements: str) -> Maker:
    def make(folder: Path) -> None:
        with sqlite3.connect(_database(folder)) as database:
            for statement in statements:
                database.execute(statement)
        database.close()

    return make


def _bytes(change: Callable[[bytes], bytes]) -> Maker:
    return lambda folder: _database(folder).write_bytes(change(_database(folder).read_bytes()))


def _in_models(change: Callable[[bytes], bytes | None]) -> Maker:
    """Every model file changed, or gone where None is left of it."""

    def make(folder: Path) -> None:
        for path in (folder / "mlruns").rglob("model.skops"):
            content = change(path.read_bytes())
            path.unlink() if content is None else path.write_bytes(content)

    return make


def _flipped(content: bytes) -> bytes:
    rng, flipped = random.Random(0), bytearray(content)
    for _ in range(200):
        flipped[rng.randrange(100, len(flipped))] ^= 255
    return bytes(flipped)


def _with_schema(change: Callable[[dict], object]) -> Callable[[bytes], bytes]:
    """A skops file whose description of itself is another."""

    def changed(content: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        schema = json.loads(parts["schema.json"])
        parts["schema.json"] = json.dumps(change(schema)).encode()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as packed:
            for name, part in parts.items():
                packed.writestr(name, part)
        return buffer.getvalue()

    return changed


def _foreign(schema: dict) -> dict:
    call = {"__class__": "system", "__module__": "os", "__loader__": "FunctionNode", "content": "os.system"}
    return {**schema, "content": {"__class__": "dict", "__module__": "builtins", "__loader__": "FunctionNode", **call}}


def _only(content: object) -> Callable[[bytes], bytes]:
    def made(_: bytes) -> bytes:
        import skops.io

        return bytes(skops.io.dumps(content))

    return made


def _files(pattern: str, content: bytes | None) -> Maker:
    def make(folder: Path) -> None:
        for path in list((folder / "mlruns" / "artifacts").rglob(pattern)):
            path.unlink() if content is None else path.write_bytes(content)

    return make


def _store_is_file(folder: Path) -> None:
    shutil.rmtree(folder / "mlruns")
    (folder / "mlruns").write_text("x")


def _database_is_folder(folder: Path) -> None:
    _database(folder).unlink()
    _database(folder).mkdir()


def _closed(*places: str) -> Maker:
    """Nobody may write there."""

    def make(folder: Path) -> None:
        for place in places:
            for path in [folder / place, *(folder / place).rglob("*")]:
                path.chmod(path.stat().st_mode & 0o555)

    return make


def _page(name: str, text: str) -> Maker:
    def make(folder: Path) -> None:
        (folder / "conf" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "conf" / name).write_bytes(text.encode("utf-8", "surrogateescape"))

    return make


_PAGES = {
    "algorithm/broken.yaml": "_target_: [sklearn.cluster.KMeans\n",
    "algorithm/unknown.yaml": "_target_: nowhere.KMeans\n",
    "algorithm/no_class.yaml": "_target_: sklearn.cluster.KMeanz\n",
    "algorithm/no_target.yaml": "n_clusters: ${k}\n",
    "algorithm/not_found.yaml": "_target_: sklearn.cluster.KMeans\nn_clusters: ${kk}\n",
    "algorithm/more.yaml": "_target_: sklearn.cluster.KMeans\nn_clusterz: ${k}\n",
    "algorithm/a_function.yaml": "_target_: builtins.len\n",
    "algorithm/a_command.yaml": "_target_: os.system\ncommand: touch pwned\n",
    "algorithm/scaler.yaml": "_target_: sklearn.preprocessing.StandardScaler\n",
    "algorithm/empty.yaml": "",
    "algorithm/text.yaml": "kmeans\n",
    "algorithm/list.yaml": "- kmeans\n",
    "algorithm/tabs.yaml": "_target_:\tsklearn.cluster.KMeans\n\tn_clusters: 3\n",
    "algorithm/noise.yaml": "\udc80\udcff\udcfe\udc81",
    "algorithm/around.yaml": "_target_: sklearn.cluster.KMeans\nn_clusters: ${algorithm.n_clusters}\n",
    "algorithm/twice.yaml": "_target_: sklearn.cluster.KMeans\n_target_: sklearn.cluster.Birch\n",
    "algorithm/object.yaml": "!!python/object/apply:os.system ['touch pwned']\n",
    "data/shop.yaml": "path: new.csv\nuses: {income: outcome}\n",
    "data/odd_use.yaml": "path: new.csv\nuse: [income]\n",
    "data/no_path.yaml": "name: shop\n",
    "data/old.yaml": "path: new.csv\nexpects: [customer_id, turnover]\nuse: {turnover: value}\n",
    "brief/odd.yaml": "fewest_segments: many\n",
    "brief/turned.yaml": "fewest_segments: 9\nmost_segments: 3\n",
    "selection/odd.yaml": "_target_: segkit.selection.Rule\nmetric: beauty\n",
    "preprocessing/odd.yaml": "_target_: segkit.preprocessing.ByKind\nscalar: standard\n",
    "experiment/odd.yaml": "# @package _global_\nkk: 3\n",
    "experiment/missing.yaml": "# @package _global_\ndefaults:\n  - override /algorithm: kmean\n",
}

MAKERS: dict[str, Maker] = {
    "store is a file": _store_is_file,
    "store is a closed folder": _closed("mlruns"),
    "a closed folder": _closed(""),
    "database is a folder": _database_is_folder,
    "database of noise": _bytes(lambda content: random.Random(0).randbytes(20_000)),
    "database of nothing": _bytes(lambda content: b""),
    "database cut off": _bytes(lambda content: content[: len(content) * 2 // 3]),
    "database flipped": _bytes(_flipped),
    "database of another program": lambda folder: (_database(folder).unlink(), _sql("CREATE TABLE a (b)")(folder)),
    "database with noise for text": _sql("UPDATE runs SET name = CAST(X'6D80FF' AS TEXT)"),
    "database of a newer version": _sql("UPDATE alembic_version SET version_num = 'ffffffffffff'"),
    "database without runs": _sql("DROP TABLE runs"),
    "database without tags": _sql("DROP TABLE tags"),
    "database without metrics": _sql("DROP TABLE latest_metrics"),
    "database without versions": _sql("DROP TABLE model_versions"),
    "no database": lambda folder: _database(folder).unlink(),
    "experiment deleted": _sql("UPDATE experiments SET lifecycle_stage = 'deleted' WHERE name = 'segkit'"),
    "runs deleted": _sql("UPDATE runs SET lifecycle_stage = 'deleted'"),
    "settings of noise": _sql("UPDATE tags SET value = '{[' WHERE key = 'segkit.settings'"),
    "settings of another": _sql(
        "UPDATE tags SET value = '{\"selection\": 3, \"brief\": []}' WHERE key = 'segkit.settings'"
    ),
    "foreign rule": _sql(
        'UPDATE tags SET value = \'{"selection": {"_target_": "os.system", "command": "touch pwned"}}\''
        " WHERE key = 'segkit.settings'"
    ),
    "history of noise": _sql("UPDATE registered_model_tags SET value = '{['"),
    "version tags of noise": _sql("UPDATE model_version_tags SET value = '{['"),
    "no champion": _sql("DELETE FROM registered_model_aliases"),
    "champion is no version": _sql("UPDATE registered_model_aliases SET version = 99"),
    "no models": _sql(
        "DELETE FROM registered_model_aliases", "DELETE FROM model_versions", "DELETE FROM registered_models"
    ),
    "run of no sweep": _sql("DELETE FROM tags WHERE key LIKE 'segkit.%'"),
    "metrics of nothing": _sql("UPDATE latest_metrics SET is_nan = 1, value = 0", "UPDATE metrics SET is_nan = 1"),
    "no artifacts": lambda folder: shutil.rmtree(folder / "mlruns" / "artifacts"),
    "no labels": _files("labels.csv", None),
    "labels of noise": _files("labels.csv", random.Random(3).randbytes(3000)),
    "empty labels": _files("labels.csv", b""),
    "names of noise": _files("names.yaml", random.Random(3).randbytes(3000)),
    "names broken": _files("names.yaml", b"{1: [\n"),
    "tables of noise": _files("*.csv", random.Random(3).randbytes(3000)),
    "tables empty": _files("*.csv", b""),
    "records of noise": _files("*.json", random.Random(3).randbytes(3000)),
    "records empty": _files("*.json", b""),
    "no models' files": _in_models(lambda content: None),
    "models of noise": _in_models(lambda content: random.Random(0).randbytes(20_000)),
    "models of nothing": _in_models(lambda content: b""),
    "models cut off": _in_models(lambda content: content[: len(content) // 2]),
    "models flipped": _in_models(_flipped),
    "models with a foreign type": _in_models(_with_schema(_foreign)),
    "models of a newer skops": _in_models(_with_schema(lambda schema: {**schema, "protocol": 99})),
    "models of no schema": _in_models(_with_schema(lambda schema: {})),
    "models of a list": _in_models(_with_schema(lambda schema: [1, 2])),
    "models of something else": _in_models(_only({"a": 1})),
    "models of a number": _in_models(_only(7)),
    "models of words": _in_models(
        _only({"preprocessing": "a", "assigner": "b", "names": {"x": 1}, "id_column": 3, "log": None})
    ),
    **{f"conf/{name}": _page(name, text) for name, text in _PAGES.items()},
    "closed conf": lambda folder: (_page("algorithm/own.yaml", "a: 1\n")(folder), (folder / "conf").chmod(0)),
    "conf is a file": lambda folder: (folder / "conf").write_text("x"),
    "app is a file": lambda folder: (folder / "mlruns" / "app").write_text("x"),
    "cache is a file": lambda folder: (folder / "kept").write_text("x"),
    "cache of noise": lambda folder: [
        path.write_bytes(os.urandom(100)) for path in (folder / "mlruns" / "cache").rglob("*") if path.is_file()
    ],
    "server is a file": lambda folder: (folder / "server").write_text("x"),
    "out.csv is a folder": lambda folder: (folder / "out.csv").mkdir(),
    "an sqlite of noise": lambda folder: (folder / "shop.db").write_bytes(random.Random(0).randbytes(9000)),
    "an sqlite": lambda folder: _shop(folder),
}


def _shop(folder: Path) -> None:
    with sqlite3.connect(folder / "shop.db") as database:
        database.execute("CREATE TABLE customers (spend REAL, visits INTEGER)")
        database.executemany("INSERT INTO customers VALUES (?, ?)", [(n * 7 % 23, n % 5) for n in range(40)])
    database.close()
