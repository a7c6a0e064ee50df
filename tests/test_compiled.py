"""What numba compiles is kept for the next process."""

import subprocess
import sys
from pathlib import Path

import pytest

# What UMAP's own modules keep when they are imported is no matter of ours: only what is compiled later goes elsewhere.
FIT = """
import sys, warnings
warnings.simplefilter("ignore")
import numba, numpy as np
from numba.core import config, event
compiled = []
class Listener(event.Listener):
    def on_start(self, happened): compiled.append(happened.data["dispatcher"].py_func.__name__)
    def on_end(self, happened): pass
import umap
config.CACHE_DIR = sys.argv[1]
event.register("numba:compile", Listener())
from segkit.reducing import fitting
matrix = np.random.default_rng(0).normal(size=(60, 3))
fitting(umap.UMAP(n_epochs=1, random_state=0, n_jobs=1), matrix).fit(matrix)
print(*compiled)
"""


def compiled_in_a_process_of_its_own(folder: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", FIT, str(folder)], check=True, capture_output=True, text=True)
    return done.stdout.split()


@pytest.mark.slow
def test_a_second_process_compiles_next_to_nothing(tmp_path: Path) -> None:
    first, second = (compiled_in_a_process_of_its_own(tmp_path) for _ in range(2))
    assert "smooth_knn_dist" in first
    assert "smooth_knn_dist" not in second
    assert len(second) < len(first) / 4
