"""What the tests of evidence share: customers in three groups, as a data set, and what segments them."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import Dataset, Stated, make_dataset
from segkit.model import SegmentationModel


@pytest.fixture(scope="session")
def groups() -> Dataset:
    """120 customers in three groups far apart."""
    rng = np.random.default_rng(0)
    centres = np.repeat([[0, 0], [9, 0], [0, 9]], 40, axis=0)
    table = pd.DataFrame(centres + rng.normal(size=centres.shape), columns=["a", "b"])
    return make_dataset("groups", table, stated=Stated(use={"a": "segment_on", "b": "segment_on"}))


@pytest.fixture(scope="session")
def kmeans() -> Callable[[int], SegmentationModel]:
    """A model of so many segments: `kmeans(3)`."""
    return lambda k: SegmentationModel(KMeans(k, n_init=4, random_state=0))
