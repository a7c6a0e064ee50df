"""How often each answer is given where the right one is known: `python -m benchmarks.verdicts [draws=100]`.

Further words: `data=FOLDER jobs=1 seed=0 format=json`.

On tables drawn without segments "natural" is wrong; on those with planted segments, a fifth as many, "none" is. The
folder may hold labelled tables `NAME.csv.gz`, as `benchmarks.selection` takes them, of which "none" is wrong too, and
tables of customers `NAME.csv`, of whose lookalikes "natural" is wrong.
"""

import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hydra import compose, initialize_config_dir
from joblib import Parallel, delayed

from benchmarks.structureless import Draw, correlated, demo_customers, independent, like, planted, uniform
from benchmarks.trials import dataset_of, grid, labelled, ranking, weigher
from segkit.config import commands
from segkit.config.datasets import brief_of
from segkit.config.stored import rule_of
from segkit.data import make_dataset, read_table
from segkit.places import conf_folder
from segkit.verdict import CONTINUUM, NATURAL, NONE, verdict

_MOST_ROWS = 1000
_RUNS = [
    ["preprocessing=standard", f"reducer={reducer}", f"algorithm={algorithm}", f"k={k}"]
    for reducer, algorithm, k in product(("none", "pca"), ("kmeans", "agglomerative", "gmm"), range(3, 7))
]
_SHOWN = (
    "stability_quick",
    "stability",
    "stability_min",
    "prediction_strength",
    "lookalike_p",
    "lookalike_best",
    "lookalike_usual",
)
# A kind of table, the name of one, and what makes it.
Case = tuple[str, str, Callable[[], pd.DataFrame]]


def main(draws: int = 100, data: str = "", jobs: int = -1, seed: int = 0, as_json: bool = False) -> None:
    """Measure and print; what is done is told on stderr as it comes."""
    todo = [delayed(judged)(*case) for case in cases(draws, Path(data) if data else None, seed)]
    rows = []
    for row in Parallel(n_jobs=jobs, return_as="generator_unordered")(todo):
        rows.append(row)
        print(json.dumps(row), file=sys.stderr, flush=True)
    found = pd.DataFrame(rows).sort_values(["kind", "table"])
    print(json.dumps(summary(found)) if as_json else text(found))


def cases(draws: int, folder: Path | None, seed: int) -> Iterator[Case]:
    """Every table to judge; the draws go round the kinds without segments."""
    kinds = {"independent": independent, "correlated": correlated, "uniform": uniform} | _likenesses(folder)
    names = list(kinds)
    for number in range(draws):
        name = names[number % len(names)]
        yield "structureless", f"{name}-{number}", partial(_drawn, kinds[name], seed, number)
    for number in range(draws // 5):
        yield "planted", f"planted-{number}", partial(_drawn, planted, seed, number)
    for path in sorted(folder.glob("*.csv.gz")) if folder else []:
        yield "labelled", path.name.partition(".")[0], partial(_features, path)


def judged(kind: str, name: str, make_table: Callable[[], pd.DataFrame]) -> dict[str, Any]:
    """The verdict on one table, the champion or else the run in first place, and what speaks for it."""
    warnings.simplefilter("ignore")  # of fits that a sweep would log; the verdict is what is measured here
    table, started = make_table(), time.perf_counter()
    commands.register()
    with tempfile.TemporaryDirectory() as cache, initialize_config_dir(str(conf_folder()), version_base="1.3"):
        config, dataset = compose("run"), dataset_of(table, name)
        tried = list(grid(dataset, Path(cache), _RUNS))
        weighed = weigher(dataset, tried)
        found = ranking(rule_of(config.selection), brief_of(config.brief), weighed, tried)
    first = (found.champion or found.runs[0]).run
    row = {"kind": kind, "table": name, "rows": len(table), "columns": table.shape[1], "verdict": verdict(found)}
    row |= {"run": first.name.replace("preprocessing=standard-", "")} | _some(first.metrics)
    return row | {"seconds": round(time.perf_counter() - started, 1)}


def _some(metrics: Mapping[str, float]) -> dict[str, float]:
    return {name: round(metrics[name], 4) for name in _SHOWN if name in metrics}


def _likenesses(folder: Path | None) -> dict[str, Draw]:
    """What draws lookalikes of the demo customers, and of the tables of the folder."""
    commands.register()
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        datasets = [demo_customers()]
    datasets += [make_dataset(path.stem, read_table(path)) for path in sorted(folder.glob("*.csv"))] if folder else []
    return {f"like-{dataset.name}": like(dataset) for dataset in datasets}


def _drawn(draw: Draw, seed: int, number: int) -> pd.DataFrame:
    return draw(np.random.default_rng([seed, number]))


def _features(path: Path) -> pd.DataFrame:
    return labelled(path, _MOST_ROWS)[0]


def summary(found: pd.DataFrame) -> dict[str, Any]:
    """How often each verdict was given of each kind, and the tables, as plain values."""
    return {"verdicts": _counts(found).to_dict("index"), "tables": json.loads(found.to_json(orient="records"))}


def text(found: pd.DataFrame) -> str:
    """The same for people."""
    return f"{found.drop(columns='kind').to_string(index=False, na_rep='')}\n\n{_counts(found).to_string()}"


def _counts(found: pd.DataFrame) -> pd.DataFrame:
    return pd.crosstab(found["kind"], found["verdict"]).reindex(columns=[NATURAL, CONTINUUM, NONE], fill_value=0)


if __name__ == "__main__":
    said = dict(word.split("=", 1) for word in sys.argv[1:])
    numbers = {name: int(said[name]) for name in ("draws", "jobs", "seed") if name in said}
    main(data=said.get("data", ""), as_json=said.get("format") == "json", **numbers)
