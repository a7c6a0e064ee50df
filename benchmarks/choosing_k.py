"""What the ways of choosing k say where the answer is known: `python -m benchmarks.choosing_k FOLDER [NAME ...]`.

FOLDER holds tables `NAME.csv.gz` with the columns x0, x1, ... and one or more right answers label0, ... (0: not known);
all are taken unless some are named. Of each, 1,200 customers at most are segmented by k-means and by Ward's tree on
`preprocessing=standard reducer=none`, over k=2..10, or 2..20 where an answer has more than 8 groups. Printed is the k
that each way names (- where it names none), what most of them agree on, and how often each is right.
"""

import sys
import tempfile
import warnings
from pathlib import Path

import pandas as pd
from hydra import compose, initialize_config_dir

from benchmarks.trials import dataset_of, labelled, tried
from segkit.choosing import agreed_k, suggestions
from segkit.config import commands
from segkit.config.choosing import fitted_again
from segkit.data import Dataset
from segkit.places import conf_folder

_MOST_ROWS = 1200
_ALGORITHMS = ("kmeans", "agglomerative")
_SPACE = ("preprocessing=standard", "reducer=none", "brief=none")
_FEW, _MANY, _MANY_FROM = range(2, 11), range(2, 21), 9
_ABOUT = ["data", "truth", "algorithm"]


def main(folder: Path, names: list[str]) -> None:
    """Ask every way on every table and print the table of what they say."""
    paths = [path for path in sorted(folder.glob("*.csv.gz")) if not names or any(name in path.name for name in names)]
    if not paths:
        sys.exit(f"no such tables NAME.csv.gz in {folder}")
    print(text(pd.DataFrame([row for path in paths for row in rows_of(path)])))


def rows_of(path: Path) -> list[dict[str, object]]:
    """What the ways say of one table, by algorithm; `truth` holds the numbers of groups of its answers."""
    warnings.simplefilter("ignore")
    table, answers = labelled(path, _MOST_ROWS)
    dataset = dataset_of(table, path.name.partition(".")[0])
    truths = sorted({int(answer[answer > 0].nunique()) for _, answer in answers.items()})
    ks = list(_MANY if max(truths) >= _MANY_FROM else _FEW)
    commands.register()
    with tempfile.TemporaryDirectory() as cache, initialize_config_dir(str(conf_folder()), version_base="1.3"):
        return [
            {"data": dataset.name, "truth": truths, "algorithm": name, **said(dataset, name, ks, Path(cache))}
            for name in _ALGORITHMS
        ]


def said(dataset: Dataset, algorithm: str, ks: list[int], cache: Path) -> dict[str, int | None]:
    """The k that each way names, and the one that they agree on."""
    runs = [(k, compose("run", [*_SPACE, f"algorithm={algorithm}", f"k={k}"])) for k in ks]
    found = [(k, tried(config, f"{algorithm}-{k}", dataset, cache)) for k, config in runs]
    metrics = pd.DataFrame([{"k": k, **one.run.metrics} for k, one in found]).set_index("k")
    further, _ = fitted_again(found[0][1].model, dataset, ks, seed=0)
    table = suggestions(metrics.join(further, how="outer"))
    named = {str(way): None if pd.isna(k) else int(k) for way, k in zip(table["criterion"], table["k"], strict=True)}
    return {**named, "agreed": agreed_k(table)}


def text(found: pd.DataFrame) -> str:
    """The table, and under it how often each way names one of the right answers."""
    ways = [*(name for name in found.columns if name not in (*_ABOUT, "agreed")), "agreed"]
    shown = found[[*_ABOUT, *ways]].assign(truth=found["truth"].map(lambda ks: "/".join(map(str, ks))))
    shown[ways] = shown[ways].map(lambda k: "-" if pd.isna(k) else f"{k:.0f}")
    right = {way: sum(k in truth for k, truth in zip(found[way], found["truth"], strict=True)) for way in ways}
    asked = {way: int(found[way].notna().sum()) for way in ways}
    last = {"data": "right, of those named", **{way: f"{right[way]}/{asked[way]}" for way in ways}}
    return pd.concat([shown, pd.DataFrame([last])]).fillna("").to_string(index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
