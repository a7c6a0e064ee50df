"""What the tests of choosing k share: clouds of points, and curves written by hand."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest


@pytest.fixture
def clouds() -> Callable[[int], np.ndarray]:
    """So many round clouds far from each other, 120 points in all: `clouds(4)`."""

    def made(count: int) -> np.ndarray:
        turns = 2 * np.pi * (np.arange(120) % count) / count
        centres = 9 * np.column_stack([np.cos(turns), np.sin(turns)]) if count > 1 else np.zeros((120, 2))
        return centres + np.random.default_rng(0).normal(size=(120, 2))

    return made


@pytest.fixture
def curve() -> pd.DataFrame:
    """Measures over k = 2 to 6 that name 4, but for Davies-Bouldin (5)."""
    return pd.DataFrame(
        {
            "inertia": [100.0, 60.0, 20.0, 18.0, 16.0],
            "silhouette": [0.3, 0.4, 0.5, 0.4, 0.3],
            "davies_bouldin": [0.9, 0.8, 0.7, 0.6, 0.8],
            "calinski_harabasz": [10.0, 20.0, 90.0, 50.0, 40.0],
            "bic": [np.nan] * 5,
            "stability_quick": [0.9, 0.9, 0.85, 0.5, 0.4],
        },
        pd.Index(range(2, 7), name="k"),
    )
