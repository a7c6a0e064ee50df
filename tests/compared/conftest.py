"""What the tests of the page share: an invented sweep."""

import pytest

from segkit.brief import Brief
from segkit.records import FAILED, FINISHED, RunRecord
from segkit.selection import MetricRule, Ranking

FINE = {"segments": 4.0, "smallest_share": 0.1, "davies_bouldin": 0.9, "inertia": 1234.0, "stability_quick": 0.75}


def record(name: str, **metrics: float) -> RunRecord:
    params = {"preprocessing": "standard", "reducer": name.split("-")[1], "algorithm": "kmeans", "k": name[-1]}
    return RunRecord(f"{name}-0123456789", name, FINISHED, params, FINE | metrics)


@pytest.fixture
def ranking() -> Ranking:
    """Two runs that pass, one of them a finalist, one that trips two guards, and one that failed."""
    runs = [
        record("standard-pca-kmeans-4", silhouette_macro=0.5, stability=0.875, stability_min=0.625),
        record("standard-none-kmeans-4", silhouette_macro=0.25),
        record("standard-pca-kmeans-2", silhouette_macro=0.75, segments=2.0, noise_share=0.5),
        RunRecord("f", "standard-umap-kmeans-4", FAILED, reason="ValueError: too <few>"),
    ]
    return MetricRule("careful", "silhouette_macro", most_noise=0.2).rank(runs, Brief())
