"""UMAP's embeddings with distances that are measured at once."""

import subprocess
import sys

# A process of its own: UMAP is changed for good where it was made quick.
PROGRAM = """
import numpy as np
from umap import UMAP
from umap.distances import euclidean
from umap.umap_ import pairwise_distances

from segkit.compiled import keep_compiled
keep_compiled("umap", "pynndescent")
rows = np.random.default_rng(0).standard_normal((120, 7)).astype(np.float32)
def embedded():
    return UMAP(n_neighbors=10, n_epochs=20, random_state=0, n_jobs=1).fit_transform(rows)
before, manhattan = embedded(), pairwise_distances(rows, metric="manhattan")

from segkit import umap_distances
from umap import umap_
umap_distances.compile_distances()
assert umap_.pairwise_distances is not pairwise_distances
assert (umap_.pairwise_distances(rows, metric=euclidean) == pairwise_distances(rows, metric=euclidean)).all()
assert (umap_.pairwise_distances(rows, metric="manhattan") == manhattan).all()
assert (embedded() == before).all()
assert len(umap_distances._between_all.signatures) == 1
"""


def test_embeddings_are_bit_for_bit_those_of_umap_itself():
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", PROGRAM], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
