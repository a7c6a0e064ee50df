"""How well a rule chooses where the answer is known: `python -m benchmarks.selection FOLDER [format=json]`.

FOLDER holds tables `NAME.csv.gz` with the columns x0, x1, ... and one or more right answers label0, ... (0: not known).
Of each, 1,200 customers at most are swept over the same grid; every rule of `conf/selection` then chooses with
`brief=none`, and the run it chooses is compared with the best of the sweep. Rules see what a sweep logs, and no answer.
"""

import json
import sys
import tempfile
import warnings
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hydra import compose, initialize_config_dir
from joblib import Parallel, delayed
from sklearn.metrics import adjusted_mutual_info_score

from benchmarks.trials import dataset_of, grid, labelled, ranking, weigher
from segkit.config import commands
from segkit.config.datasets import brief_of
from segkit.config.stored import rule_of
from segkit.places import conf_folder

_MOST_ROWS = 1200
_KS = range(2, 11)
_SPACES = list(product(("standard", "robust"), ("none", "pca", "umap")))
_ALGORITHMS = [[f"algorithm={name}", f"k={k}"] for name in ("kmeans", "agglomerative", "gmm") for k in _KS]
_ALGORITHMS += [["algorithm=hdbscan", f"algorithm.min_cluster_size={size}"] for size in (15, 40)]
_RUNS = [
    [f"preprocessing={preprocessing}", f"reducer={reducer}", *algorithm]
    for (preprocessing, reducer), algorithm in product(_SPACES, _ALGORITHMS)
]
_RULES = sorted(path.stem for path in (conf_folder() / "selection").glob("*.yaml"))


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
    table, answers = labelled(path, _MOST_ROWS)
    dataset = dataset_of(table, path.name.partition(".")[0])
    commands.register()
    rows = []
    with tempfile.TemporaryDirectory() as cache, initialize_config_dir(str(conf_folder()), version_base="1.3"):
        tried = list(grid(dataset, Path(cache), _RUNS))
        weighed = weigher(dataset, tried)
        amis = {one.run.run_id: answered(one.labels, answers) for one in tried}
        for name in _RULES:
            config = compose("run", [f"selection={name}", "brief=none"])
            run = ranking(rule_of(config.selection), brief_of(config.brief), weighed, tried).runs[0].run
            rows.append({"dataset": dataset.name, "rule": name, "run": run.name, "ami": amis[run.run_id]})
    result = pd.DataFrame(rows)
    return result.assign(regret=max(amis.values()) - result["ami"])


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
