"""Inputs without end, each good once and damaged since, or a command line of known words."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.fuzz import reading, seeds
from benchmarks.fuzz.damage import damaged
from benchmarks.fuzz.trial import Input
from benchmarks.fuzz.words import words

_OF_A_TABLE = ("run", "sweep", "explore")


def rounds(rng: Random, store: Path) -> Iterator[Input]:
    """Most are tables, since anybody's come in; `store` has a sweep and a model."""
    tables, pages, models = seeds.tables(), seeds.pages(), seeds.models(store)
    database = (store / "mlflow.db").read_bytes()
    while True:
        kind = rng.choice(["table", "table", "table", "page", "line", "model", "store"])
        if kind == "table":
            name = rng.choice([*tables])
            yield Input(kind, name, damaged(tables[name], rng), reading.read_table)
        elif kind == "page":
            name = rng.choice([*pages])
            yield Input(kind, name, damaged(pages[name], rng), reading.compose_page)
        elif kind == "line":
            yield Input(kind, "line.txt", line(rng), reading.type_line)
        elif kind == "model":
            yield Input(kind, "model.skops", damaged(rng.choice(models), rng), reading.read_model)
        else:
            yield Input(kind, "store/mlflow.db", damaged(database, rng), reading.read_store)


def line(rng: Random) -> bytes:
    """A command with one or two arguments of odd values; no table is there, so nothing is begun."""
    command = rng.choice(words("commands"))
    made = [f"{rng.choice(words('keys'))}={_value(rng)}" for _ in range(rng.choice([1, 1, 2]))]
    none = ["data.path=nowhere.csv"] if command in _OF_A_TABLE else []
    return "\0".join([command, *made, *none]).encode()


def _value(rng: Random) -> str:
    return "".join(rng.choices(words("values"), k=rng.choice([1, 1, 2, 3])))
