"""New customers get a segment: alone or in a crowd the same one."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.cluster import DBSCAN, HDBSCAN, AgglomerativeClustering, KMeans, MiniBatchKMeans
from sklearn.decomposition import PCA, FactorAnalysis, TruncatedSVD
from sklearn.manifold import MDS
from sklearn.mixture import BayesianGaussianMixture, GaussianMixture

from segkit.assigning import ClassifierAssigner, PrototypeAssigner, assigns_itself, maps_row_by_row
from segkit.model import by_size

ROWS = 181  # a prime, so that no other array has this length by chance
ALGORITHMS = [
    KMeans(3, n_init=2, random_state=0),
    MiniBatchKMeans(3, n_init=2, batch_size=64, random_state=0),
    GaussianMixture(3, random_state=0),
    BayesianGaussianMixture(n_components=3, random_state=0),
]
REDUCERS = ["passthrough", PCA(2, random_state=0), TruncatedSVD(2, random_state=0), FactorAnalysis(2, random_state=0)]


def type_name(value: Any) -> str:
    return value if isinstance(value, str) else type(value).__name__


@pytest.fixture(scope="module")
def matrix() -> np.ndarray:
    rng = np.random.default_rng(0)
    centres = np.array([[0, 0, 0, 0], [4, 0, 2, 0], [0, 5, 0, 1]])
    return centres[np.arange(ROWS) % 3] + rng.normal(size=(ROWS, 4))


def fitted_prototype(reducer: Any, algorithm: Any, matrix: np.ndarray) -> tuple[PrototypeAssigner, Any, Any]:
    reducer = reducer if isinstance(reducer, str) else clone(reducer).fit(matrix)
    space = matrix if isinstance(reducer, str) else reducer.transform(matrix)
    algorithm = clone(algorithm)
    labels = by_size(algorithm.fit_predict(space))
    return PrototypeAssigner(reducer, algorithm, space, labels), algorithm, space


def arrays_in(value: Any, seen: set[int]) -> Iterator[np.ndarray]:
    """Every array that an object holds, however deep."""
    if id(value) in seen or isinstance(value, type):
        return
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        yield value
        parts: Any = value.ravel() if value.dtype == object else ()
    elif isinstance(value, dict):
        parts = value.values()
    elif isinstance(value, (list, tuple, set)):
        yield np.empty(len(value))
        parts = value
    else:
        state = value.__getstate__() if hasattr(value, "tree_") or "tree" in type(value).__module__ else None
        parts = [getattr(value, "__dict__", {}), state]
    for part in parts:
        yield from arrays_in(part, seen)


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=type_name)
@pytest.mark.parametrize("reducer", REDUCERS, ids=type_name)
def test_a_prototype_assigner_gives_every_row_what_the_algorithm_predicts(
    reducer: Any, algorithm: Any, matrix: np.ndarray
) -> None:
    assigner, fitted, space = fitted_prototype(reducer, algorithm, matrix)
    new = matrix[::2] + 0.3
    found = assigner.segments_[assigner.predict_proba(new).argmax(axis=1)]
    segment_of = dict(zip(fitted.predict(space), by_size(fitted.predict(space)), strict=True))
    predicted = fitted.predict(new if isinstance(reducer, str) else assigner.reducer.transform(new))
    assert found.tolist() == [segment_of[component] for component in predicted]
    assert assigner.agreement_ == 1


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=type_name)
@pytest.mark.parametrize("reducer", REDUCERS, ids=type_name)
def test_a_prototype_assigner_knows_a_row_alone_as_in_the_batch(
    reducer: Any, algorithm: Any, matrix: np.ndarray
) -> None:
    assigner, _, _ = fitted_prototype(reducer, algorithm, matrix)
    batch = assigner.predict_proba(matrix)
    alone = np.vstack([assigner.predict_proba(row[None]) for row in matrix])
    np.testing.assert_allclose(alone, batch, atol=1e-9)
    np.testing.assert_array_equal(alone.argmax(axis=1), batch.argmax(axis=1))
    np.testing.assert_allclose(batch.sum(axis=1), 1)


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=type_name)
@pytest.mark.parametrize("reducer", REDUCERS, ids=type_name)
def test_a_prototype_assigner_holds_nothing_with_one_entry_per_customer(
    reducer: Any, algorithm: Any, matrix: np.ndarray
) -> None:
    assigner, fitted, _ = fitted_prototype(reducer, algorithm, matrix)
    found = list(arrays_in(assigner, set()))
    assert max(array.size for array in found) > 4
    assert all(ROWS not in array.shape and array.size < ROWS for array in found)
    assert not hasattr(fitted, "labels_") or len(fitted.labels_) == ROWS


def test_a_mixture_assigns_with_its_own_posterior(matrix: np.ndarray) -> None:
    assigner, fitted, _ = fitted_prototype("passthrough", ALGORITHMS[2], matrix)
    np.testing.assert_allclose(
        assigner.predict_proba(matrix), fitted.predict_proba(matrix)[:, assigner.components_], atol=1e-12
    )


def test_k_means_is_surer_near_a_centre_than_on_a_border(matrix: np.ndarray) -> None:
    assigner, fitted, _ = fitted_prototype("passthrough", ALGORITHMS[0], matrix)
    first, second = fitted.cluster_centers_[:2]
    sure, torn = assigner.predict_proba(np.array([first, (first + second) / 2]))
    assert sure.max() > 0.99
    assert torn.max() == pytest.approx(0.5, abs=0.01)


def test_components_that_hold_nobody_are_no_segments() -> None:
    rng = np.random.default_rng(0)
    matrix = np.concatenate([rng.normal(centre, 0.3, (60, 2)) for centre in (0, 5, 10)])
    assigner, _, _ = fitted_prototype(
        "passthrough", BayesianGaussianMixture(n_components=10, max_iter=300, random_state=0), matrix
    )
    assert assigner.segments_.tolist() == [0, 1, 2]
    np.testing.assert_allclose(assigner.predict_proba(matrix).sum(axis=1), 1)


def test_a_far_customer_has_probabilities_though_an_empty_component_claims_him() -> None:
    rng = np.random.default_rng(0)
    matrix = np.concatenate([rng.normal(centre, 0.3, (60, 2)) for centre in (0, 5, 10)])
    assigner, _, _ = fitted_prototype(
        "passthrough", BayesianGaussianMixture(n_components=10, max_iter=300, random_state=0), matrix
    )
    found = assigner.predict_proba(np.array([[100.0, 100.0], [-100.0, -100.0]]))
    np.testing.assert_allclose(found.sum(axis=1), 1)
    nearest = assigner.segments_[assigner.predict_proba(np.array([[10.0, 10.0], [0.0, 0.0]])).argmax(axis=1)]
    assert assigner.segments_[found.argmax(axis=1)].tolist() == nearest.tolist()


@pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
def test_k_means_on_centres_that_are_the_rows_still_gives_probabilities() -> None:
    matrix = np.repeat([[0.0, 0.0], [1.0, 1.0], [5.0, 5.0]], 2, axis=0)
    assigner, _, _ = fitted_prototype("passthrough", ALGORITHMS[0], matrix)
    found = assigner.predict_proba(np.array([[20.0, 0.0], [0.1, 0.0]]))
    np.testing.assert_allclose(found.sum(axis=1), 1)
    nearest = assigner.predict_proba(np.array([[5.0, 5.0], [0.0, 0.0]])).argmax(axis=1)
    assert found.argmax(axis=1).tolist() == nearest.tolist()


@pytest.mark.parametrize(
    ("reducer", "algorithm", "expected"),
    [
        ("passthrough", KMeans(), True),
        (PCA(), GaussianMixture(), True),
        (MDS(), KMeans(), False),
        ("passthrough", HDBSCAN(copy=True), False),
        ("passthrough", DBSCAN(), False),
        (PCA(), AgglomerativeClustering(), False),
    ],
    ids=type_name,
)
def test_only_prototypes_behind_a_row_by_row_map_assign_by_themselves(
    reducer: Any, algorithm: Any, expected: bool
) -> None:
    assert assigns_itself(reducer, algorithm) is expected


def test_a_subclass_of_a_known_reducer_is_not_trusted_to_map_row_by_row() -> None:
    class Other(PCA):
        pass

    assert maps_row_by_row(PCA())
    assert not maps_row_by_row(Other())


def test_a_customer_hidden_deep_in_an_object_would_be_found(matrix: np.ndarray) -> None:
    kept = ClassifierAssigner().fit(matrix, np.arange(ROWS) % 2)
    kept.classifier_.memory_ = {"rows": [np.zeros((ROWS, 1))]}
    assert any(ROWS in array.shape for array in arrays_in(kept, set()))


@pytest.fixture(scope="module")
def classifier(matrix: np.ndarray) -> ClassifierAssigner:
    return ClassifierAssigner().fit(matrix, np.arange(ROWS) % 3 - 1)


def test_a_classifier_learns_the_labels_with_noise_as_one_of_them(
    classifier: ClassifierAssigner, matrix: np.ndarray
) -> None:
    assert classifier.segments_.tolist() == [-1, 0, 1]
    assert np.mean(classifier.predict(matrix) == np.arange(ROWS) % 3 - 1) > 0.9
    assert 0.8 < classifier.agreement_ <= 1


def test_a_classifier_knows_a_row_alone_as_in_the_batch(classifier: ClassifierAssigner, matrix: np.ndarray) -> None:
    batch = classifier.predict_proba(matrix)
    alone = np.vstack([classifier.predict_proba(row[None]) for row in matrix])
    np.testing.assert_allclose(alone, batch, atol=1e-9)
    np.testing.assert_array_equal(alone.argmax(axis=1), batch.argmax(axis=1))


def test_the_probabilities_of_a_classifier_sum_to_one(classifier: ClassifierAssigner, matrix: np.ndarray) -> None:
    probabilities = classifier.predict_proba(np.vstack([matrix, matrix * 100]))
    assert (probabilities >= 0).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)


def rings() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    angle, radius = rng.uniform(0, 2 * np.pi, 401), np.where(np.arange(401) % 2, 1.0, 4.0)
    return np.c_[radius * np.cos(angle), radius * np.sin(angle)], np.arange(401) % 2


def test_trees_take_over_where_borders_are_not_straight() -> None:
    matrix, labels = rings()
    assigner = ClassifierAssigner().fit(matrix, labels)
    assert type(assigner.classifier_).__name__ == "ExtraTreesClassifier"
    assert assigner.agreement_ > 0.95


def test_a_classifier_holds_nothing_with_one_entry_per_customer(classifier: ClassifierAssigner) -> None:
    assert all(ROWS not in array.shape for array in arrays_in(classifier, set()))
    matrix, labels = rings()
    assert all(401 not in array.shape for array in arrays_in(ClassifierAssigner().fit(matrix, labels), set()))


def test_one_segment_is_certain(matrix: np.ndarray) -> None:
    assigner = ClassifierAssigner().fit(matrix, np.zeros(ROWS, dtype=int))
    assert assigner.predict_proba(matrix[:3]).tolist() == [[1.0]] * 3
    assert assigner.agreement_ == 1


def test_noise_alone_is_certain(matrix: np.ndarray) -> None:
    assert ClassifierAssigner().fit(matrix, np.full(ROWS, -1)).predict(matrix[:2]).tolist() == [-1, -1]


@pytest.mark.parametrize("row", [0, 60, 90, 180])
def test_a_segment_of_one_member_is_no_obstacle(matrix: np.ndarray, row: int) -> None:
    labels = np.arange(ROWS) % 2
    labels[row] = 2
    assigner = ClassifierAssigner().fit(matrix, labels)
    assert assigner.segments_.tolist() == [0, 1, 2]
    np.testing.assert_allclose(assigner.predict_proba(matrix).sum(axis=1), 1)


def test_one_customer_of_another_segment_is_no_obstacle_wherever_he_stands(matrix: np.ndarray) -> None:
    for row in range(20):
        labels = np.zeros(20, dtype=int)
        labels[row] = -1
        assert ClassifierAssigner().fit(matrix[:20], labels).segments_.tolist() == [-1, 0]


@pytest.mark.parametrize("labels", [[0, 0, 0, 1, 1], [0, 1, 2, 3, 4], [-1, 0, 0, 0, 0], [0, 0, 0, 0, 0]])
def test_five_rows_are_enough(matrix: np.ndarray, labels: list[int]) -> None:
    assigner = ClassifierAssigner().fit(matrix[:5], np.array(labels))
    assert assigner.predict_proba(matrix[:5]).shape == (5, len(set(labels)))


def test_the_same_seed_gives_the_same_probabilities() -> None:
    matrix, labels = rings()
    first, second = (ClassifierAssigner(seed=3).fit(matrix, labels).predict_proba(matrix) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_labels_that_are_chance_get_little_confidence(matrix: np.ndarray) -> None:
    labels = np.random.default_rng(1).integers(0, 2, ROWS)
    assigner = ClassifierAssigner().fit(matrix, labels)
    assert assigner.agreement_ < 0.75
    assert assigner.predict_proba(matrix + 0.5).max(axis=1).mean() < 0.8
