"""What the tests of a sweep's pictures share: invented runs, ranked."""

from collections.abc import Callable

import pytest

from segkit.brief import Brief
from segkit.records import FINISHED, RunRecord
from segkit.selection import MetricRule, Ranking

FINE = {"segments": 4.0, "smallest_share": 0.1}


@pytest.fixture
def tried() -> Callable[..., RunRecord]:
    """A finished run: `tried("standard-pca-kmeans-4", silhouette_macro=0.3, stability=0.8)`."""

    def record(name: str, **metrics: float) -> RunRecord:
        preprocessing, reducer, algorithm, k = name.split("-")
        params = {"preprocessing": preprocessing, "reducer": reducer, "algorithm": algorithm, "k": k}
        return RunRecord(name, name, FINISHED, params, FINE | metrics)

    return record


@pytest.fixture
def ranked() -> Callable[..., Ranking]:
    """Ranks runs by their macro silhouette under the usual brief: two segments are too few, say."""
    return lambda *runs: MetricRule("rule", "silhouette_macro").rank(runs, Brief())
