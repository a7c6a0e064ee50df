"""How well a rule chooses where the answer is known: `python -m benchmarks.selection FOLDER [format=json]`.

FOLDER holds tables `NAME.csv.gz` with the columns x0, x1, ... and one or more right answers label0, ... (0: not known).
Of each, 1,200 customers at most are swept over the same grid; every rule of `conf/selection` then chooses with
`brief=none`, and the run it chooses is compared with the best of the sweep. Rules see what a sweep logs, and no answer.
"""

import json
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hydra import compose, initialize_config_dir
from joblib import Parallel, delayed
from sklearn.metrics import adjusted_mutual_info_score

from segkit.brief import Brief
from segkit.config import schema
from segkit.config.datasets import brief_of
from segkit.config.labels import stage_keys
from segkit.config.pieces import fit_rows, make
from segkit.config.stored import rule_of
from segkit.data import Dataset, Stated, make_dataset
from segkit.evidence.agreement import agreement, mean_agreement
from segkit.evidence.gathering import gather
from segkit.measuring import measured
from segkit.model import SegmentationModel
from segkit.places import conf_folder
from segkit.preprocessing.features import reading_steps
from segkit.records import FINISHED, RunRecord
from segkit.selection import Rule
from segkit.stages import SharedStages

_MOST_ROWS = 1200
_KS = range(2, 11)
_SPACES = list(product(("standard", "robust"), ("none", "pca", "umap")))
_ALGORITHMS = [[f"algorithm={name}", f"k={k}"] for name in ("kmeans", "agglomerative", "gmm") for k in _KS]
_ALGORITHMS += [["algorithm=hdbscan", f"algorithm.min_cluster_size={size}"] for size in (15, 40)]
_RULES = sorted(path.stem for path in (conf_folder() / "selection").glob("*.yaml"))


@dataclass(frozen=True)
class Tried:
    """One run of the grid: what a sweep would log of it, the labels it logs, and what fits it again."""

    run: RunRecord
    labels: np.ndarray
    model: SegmentationModel


def main(folder: Path, as_json: bool) -> None:
    """Measure every rule on every table of the folder and print the figures."""
    paths = sorted(folder.glob("*.csv.gz"))
    if not paths:
        sys.exit(f"no tables NAME.csv.gz in {folder}")
    found = pd.concat(Parallel(n_jobs=-1, verbose=0)(delayed(chosen)(path) for path in paths))
    print(json.dumps(summary(found)) if as_json else text(found))


def chosen(path: Path) -> pd.DataFrame:
    """For each rule the run that it chooses on one table, with its agreement with the answer and what was lost."""
    warnings.simplefilter("ignore")  # of fits that a sweep would log; the choice is what is measured here
    table = pd.read_csv(path)
    table = table.sample(min(len(table), _MOST_ROWS), random_state=0).reset_index(drop=True)
    answers = table[[name for name in table if name.startswith("label")]]
    dataset = dataset_of(table.drop(columns=answers.columns), path.name.partition(".")[0])
    schema.register()
    rows = []
    with tempfile.TemporaryDirectory() as cache, initialize_config_dir(str(conf_folder()), version_base="1.3"):
        tried = list(grid(dataset, Path(cache)))
        models = {one.run.run_id: one.model for one in tried}
        weighed = cache_of_runs(lambda run: with_metrics(run, **gather(dataset, models[run.run_id]).metrics))
        amis = {one.run.run_id: answered(one.labels, answers) for one in tried}
        for name in _RULES:
            config = compose("run", [f"selection={name}", "brief=none"])
            run = choice(rule_of(config.selection), brief_of(config.brief), weighed, tried)
            rows.append({"dataset": dataset.name, "rule": name, "run": run.name, "ami": amis[run.run_id]})
    result = pd.DataFrame(rows)
    return result.assign(regret=max(amis.values()) - result["ami"])


def dataset_of(table: pd.DataFrame, name: str) -> Dataset:
    """The table with every column segmented on."""
    return make_dataset(name, table, stated=Stated(use=dict.fromkeys(table.columns, "segment_on")))


def grid(dataset: Dataset, cache: Path) -> Iterator[Tried]:
    """Every run of the grid, measured as a sweep measures it."""
    for (preprocessing, reducer), algorithm in product(_SPACES, _ALGORITHMS):
        overrides = [f"preprocessing={preprocessing}", f"reducer={reducer}", *algorithm]
        with suppress(ValueError):  # fewer rows than an algorithm needs: a sweep would list the run as failed
            yield tried(compose("run", overrides), "-".join(overrides), dataset, cache)


def tried(config: Any, name: str, dataset: Dataset, cache: Path) -> Tried:
    """One run."""
    algorithm, reducer, preprocessing = (make(config, step) for step in ("algorithm", "reducer", "preprocessing"))
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    stages = SharedStages(cache, stage_keys(config, dataset))
    model = SegmentationModel(algorithm, reducer, preprocessing, columns, features, stages, fit_rows(config))
    model.fit(dataset.features)
    found = measured(dataset, model, config.silhouette_rows)
    metrics = {name: value for name, value in found.metrics.items() if np.isfinite(value)}
    return Tried(RunRecord(name, name, FINISHED, metrics=metrics), found.assigned, model)


def choice(rule: Rule, brief: Brief, weighed: Callable[[RunRecord], RunRecord], tried: list[Tried]) -> RunRecord:
    """The run that a rule puts first once there is evidence on its finalists."""
    runs, by_id = [one.run for one in tried], {one.run.run_id: one for one in tried}
    finalists = rule.finalists(runs, brief)
    agreed = mean_agreement(agreement({run.run_id: by_id[run.run_id].labels for run in finalists})) if finalists else {}
    known = {run.run_id: with_metrics(weighed(run), agreement=agreed[run.run_id]) for run in finalists}
    return rule.rank([known.get(run.run_id, run) for run in runs], brief).runs[0].run


def cache_of_runs(weigh: Callable[[RunRecord], RunRecord]) -> Callable[[RunRecord], RunRecord]:
    """Weighs each run once, whichever rules ask for it."""
    known: dict[str, RunRecord] = {}

    def weighed(run: RunRecord) -> RunRecord:
        if run.run_id not in known:
            known[run.run_id] = run
            with suppress(ValueError):  # halves too small: a sweep would go on without
                known[run.run_id] = weigh(run)
        return known[run.run_id]

    return weighed


def with_metrics(run: RunRecord, **further: float) -> RunRecord:
    """The run with more metrics."""
    return replace(run, metrics={**run.metrics, **further})


def answered(labels: np.ndarray, answers: pd.DataFrame) -> float:
    """The best adjusted mutual information with any of the right answers, where they are known."""
    known = ((labels[answer > 0], answer[answer > 0]) for _, answer in answers.items())
    return max(float(adjusted_mutual_info_score(answer, found)) for found, answer in known)


def summary(found: pd.DataFrame) -> dict[str, Any]:
    """The figures of every rule, as plain values."""
    rules = {
        str(name): {
            "mean_regret": round(rows["regret"].mean(), 4),
            "mean_ami": round(rows["ami"].mean(), 4),
            "within_05": round((rows["regret"] <= 0.05).mean(), 4),
            "worst": round(rows["regret"].max(), 4),
        }
        for name, rows in found.groupby("rule")
    }
    return {"rules": rules, "datasets": found.round(4).to_dict("records")}


def text(found: pd.DataFrame) -> str:
    """The same for people."""
    figures = pd.DataFrame(summary(found)["rules"]).T.sort_values("mean_regret")
    lost = found.pivot(index="dataset", columns="rule", values="regret").round(3)
    return f"{figures.to_string()}\n\nregret on each table\n{lost.to_string()}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), "format=json" in sys.argv[2:])
