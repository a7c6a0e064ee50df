"""The bare arithmetic of the grid: every distinct stage once, one tree for all k, no tracking, no pictures.

`python -m benchmarks.floor customers.csv`
"""

import sys
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import cut_tree, ward
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, pairwise_distances, silhouette_score

from benchmarks import stages
from benchmarks.measured import ALGORITHMS, KS, PREPROCESSINGS, REDUCERS


def main(path: Path) -> None:
    table, runs = stages.load(path), 0
    for name in PREPROCESSINGS:
        matrix = stages.preprocessing(name).fit_transform(table)
        for reducer in REDUCERS:
            space = matrix if reducer == "none" else stages.reducer(reducer).fit_transform(matrix)
            runs += len(scores(np.asarray(space)))
    print(runs)


def scores(space: np.ndarray) -> list[tuple[float, float, float]]:
    """The measures of every run in one space, which share its distances and its tree."""
    distances = pairwise_distances(space.astype(np.float32))
    np.fill_diagonal(distances, 0)
    cuts = dict(zip(KS, cut_tree(ward(space), KS).T, strict=True))
    found = []
    for name in ALGORITHMS:
        for k in KS:
            labels = cuts[k] if name == "agglomerative" else stages.algorithm(name, k).fit_predict(space)
            silhouette = silhouette_score(distances, labels, metric="precomputed")
            found.append((silhouette, davies_bouldin_score(space, labels), calinski_harabasz_score(space, labels)))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
