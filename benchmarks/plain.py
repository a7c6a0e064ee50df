"""The harness that most people would write: each run fits its whole pipeline, draws, and logs with `log_model`.

`python -m benchmarks.plain customers.csv 90`: the number of runs of the grid to do, evenly spread over it.
"""

import itertools
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import mlflow
import numpy as np
from sklearn.decomposition import PCA
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_samples, silhouette_score
from sklearn.pipeline import Pipeline

from benchmarks import stages
from benchmarks.measured import ALGORITHMS, KS, PREPROCESSINGS, REDUCERS


def main(path: Path, runs: int) -> None:
    mlflow.set_tracking_uri(f"sqlite:///{Path('plain.db').absolute()}")
    mlflow.set_experiment("plain")
    grid = list(itertools.product(PREPROCESSINGS, REDUCERS, ALGORITHMS, KS))
    for place in np.unique(np.linspace(0, len(grid) - 1, runs).round().astype(int)):
        with mlflow.start_run():
            one_run(path, *grid[place])


def one_run(path: Path, preprocessing: str, reducer: str, algorithm: str, k: int) -> None:
    mlflow.log_params({"preprocessing": preprocessing, "reducer": reducer, "algorithm": algorithm, "k": k})
    table = stages.load(path)
    steps = (stages.preprocessing(preprocessing), stages.reducer(reducer), stages.algorithm(algorithm, k))
    pipeline = Pipeline(list(zip(("preprocessing", "reducer", "algorithm"), steps, strict=True)))
    labels = pipeline.fit_predict(table)
    matrix = pipeline["preprocessing"].transform(table)
    space = matrix if reducer == "none" else pipeline["reducer"].transform(matrix)
    mlflow.log_metric("silhouette", silhouette_score(space, labels))
    mlflow.log_metric("davies_bouldin", davies_bouldin_score(space, labels))
    mlflow.log_metric("calinski_harabasz", calinski_harabasz_score(space, labels))
    for name, figure in pictures(table, matrix, space, labels).items():
        mlflow.log_figure(figure, f"{name}.png")
        plt.close(figure)
    mlflow.sklearn.log_model(pipeline, name="model", serialization_format="cloudpickle")


def pictures(table, matrix, space, labels):
    flat = PCA(2, random_state=0).fit_transform(matrix)
    scatter, axes = plt.subplots()
    axes.scatter(flat[:, 0], flat[:, 1], c=labels, s=6, cmap="tab10")
    sizes, axes = plt.subplots()
    axes.bar(*np.unique(labels, return_counts=True))
    blades, axes = plt.subplots()
    start, values = 0, silhouette_samples(space, labels)
    for segment in np.unique(labels):
        blade = np.sort(values[labels == segment])
        axes.fill_betweenx(np.arange(start, start + len(blade)), 0, blade)
        start += len(blade) + 10
    numbers = table.select_dtypes("number")
    profile, axes = plt.subplots(figsize=(10, 4))
    axes.imshow((numbers.groupby(labels).mean() - numbers.mean()) / numbers.std(), cmap="coolwarm", aspect="auto")
    axes.set_xticks(range(numbers.shape[1]), numbers.columns, rotation=90)
    profile.tight_layout()
    return {"scatter": scatter, "sizes": sizes, "silhouette": blades, "profile": profile}


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), int(sys.argv[2]))
