"""What is measured of an algorithm's segments goes by its own distance."""

import pytest
from sklearn.cluster import DBSCAN, HDBSCAN, OPTICS, AgglomerativeClustering, KMeans
from sklearn.metrics import silhouette_score

from segkit.distances import metric_of
from segkit.measuring import measured
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind
from segkit.preprocessing.features import reading_steps


@pytest.mark.parametrize(
    ("algorithm", "metric"),
    [
        (KMeans(), "euclidean"),
        (HDBSCAN(), "euclidean"),
        (HDBSCAN(metric="manhattan"), "manhattan"),
        (DBSCAN(metric="cityblock"), "manhattan"),
        (DBSCAN(metric="cosine"), "cosine"),
        (DBSCAN(metric="chebyshev"), "chebyshev"),
        (DBSCAN(metric="precomputed"), "euclidean"),
        (DBSCAN(metric=lambda a, b: 0.0), "euclidean"),
        (OPTICS(), "euclidean"),
        (OPTICS(p=1), "manhattan"),
    ],
)
def test_the_distance_has_the_name_that_scikit_learn_knows(algorithm, metric: str) -> None:
    assert metric_of(algorithm) == metric


def test_a_runs_silhouettes_are_of_the_distance_that_made_its_segments(customers) -> None:
    columns, features = reading_steps(customers.columns, [column.name for column in customers.feature_columns])
    algorithm = AgglomerativeClustering(3, metric="manhattan", linkage="complete")
    model = SegmentationModel(
        algorithm, "passthrough", ByKind(distances="manhattan", scaler="minmax"), columns, features
    )
    model.fit(customers.features)
    found = measured(customers, model, 6000).metrics
    space, labels = model.embedding_, model.labels_
    assert found["silhouette"] == pytest.approx(silhouette_score(space, labels, metric="manhattan"))
    assert found["silhouette"] != pytest.approx(silhouette_score(space, labels), abs=1e-3)
