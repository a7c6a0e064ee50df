"""Measures against values worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples
from sklearn.mixture import GaussianMixture

from segkit.evaluation import customer_silhouettes, evaluate, fit_measures, shape, truth_measures

# Two pairs on a line: within a pair 1 apart, between the pairs about 10.
SPACE = np.array([[0.0], [1.0], [10.0], [11.0]])
LABELS = np.array([0, 0, 1, 1])
# a = 1; b = 10.5 for the outer points and 9.5 for the inner ones.
SILHOUETTES = [1 - 1 / 10.5, 1 - 1 / 9.5, 1 - 1 / 9.5, 1 - 1 / 10.5]


def measured(space: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    return evaluate(space, labels, customer_silhouettes(space, labels))


def test_silhouettes_are_those_worked_out_by_hand() -> None:
    silhouettes = customer_silhouettes(SPACE, LABELS)
    assert silhouettes is not None
    assert silhouettes.tolist() == pytest.approx(SILHOUETTES)


def test_measures_are_those_worked_out_by_hand() -> None:
    assert measured(SPACE, LABELS) == pytest.approx(
        {
            "segments": 2,
            "noise_share": 0,
            "smallest_share": 0.5,
            "largest_share": 0.5,
            "davies_bouldin": (0.5 + 0.5) / 10,
            "calinski_harabasz": (4 * 25 / 1) / (4 * 0.25 / 2),
            "inertia": 4 * 0.25,
            "silhouette": np.mean(SILHOUETTES),
            "silhouette_macro": np.mean(SILHOUETTES),
            "silhouette_min": np.mean(SILHOUETTES),
        }
    )


def test_a_small_segment_counts_as_much_as_a_large_one_in_the_macro_mean() -> None:
    space = np.array([[0.0], [0.0], [0.0], [0.0], [10.0], [12.0]])
    labels = np.array([0, 0, 0, 0, 1, 1])
    found = measured(space, labels)
    second = ((1 - 2 / 10) + (1 - 2 / 12)) / 2
    assert found["silhouette_macro"] == pytest.approx((1 + second) / 2)
    assert found["silhouette"] == pytest.approx((4 * 1 + 2 * second) / 6)
    assert found["silhouette_min"] == pytest.approx(second)


def test_noise_counts_in_the_shares_and_nowhere_else() -> None:
    space = np.vstack([SPACE, [[500.0]]])
    found, without = measured(space, np.append(LABELS, -1)), measured(SPACE, LABELS)
    shares = {"noise_share": 0.2, "smallest_share": 0.4, "largest_share": 0.4}
    assert found == pytest.approx(without | shares)


def test_the_numbers_of_the_segments_do_not_matter() -> None:
    assert measured(SPACE, LABELS * 7 + 3) == pytest.approx(measured(SPACE, LABELS))


def test_uneven_segments_have_their_shares() -> None:
    assert shape(np.array([0, 0, 0, 1, 2, 2, -1, -1])) == {
        "segments": 3,
        "noise_share": 0.25,
        "smallest_share": 0.125,
        "largest_share": 0.375,
    }


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([0, 0, 0, 0], {"segments": 1, "noise_share": 0, "smallest_share": 1, "largest_share": 1}),
        ([-1, -1, -1, -1], {"segments": 0, "noise_share": 1, "smallest_share": 0, "largest_share": 0}),
        ([0, 0, -1, -1], {"segments": 1, "noise_share": 0.5, "smallest_share": 0.5, "largest_share": 0.5}),
        ([0, 1, 2, 3], {"segments": 4, "noise_share": 0, "smallest_share": 0.25, "largest_share": 0.25}),
        ([0, 1, -1, -1], {"segments": 2, "noise_share": 0.5, "smallest_share": 0.25, "largest_share": 0.25}),
    ],
)
def test_what_is_not_defined_is_left_out(labels: list[int], expected: dict[str, float]) -> None:
    assert customer_silhouettes(SPACE, np.array(labels)) is None
    assert measured(SPACE, np.array(labels)) == expected


def test_only_probability_models_have_bic_and_aic() -> None:
    mixture = GaussianMixture(1, random_state=0).fit(SPACE)
    assert fit_measures(mixture, SPACE) == {"bic": mixture.bic(SPACE), "aic": mixture.aic(SPACE)}
    assert fit_measures(KMeans(2, n_init=1).fit(SPACE), SPACE) == {}


def test_agreement_with_the_truth_ignores_names() -> None:
    truth = pd.Series(["b", "b", "a", "a"])
    assert truth_measures(truth, LABELS) == pytest.approx({"truth_ami": 1, "truth_ari": 1})


def test_agreement_by_chance_is_about_nothing() -> None:
    crossed = truth_measures(pd.Series([1, 2, 1, 2]), LABELS)
    assert crossed["truth_ari"] == pytest.approx(-0.5)
    assert crossed["truth_ami"] < 0


def test_without_truth_nothing_is_said_of_it() -> None:
    assert truth_measures(None, LABELS) == {}


def test_large_tables_are_measured_by_a_sample_of_each_segment_that_tells_its_error() -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat([0, 1, 2], [9000, 400, 100])
    space = rng.normal(size=(len(labels), 2)) + labels[:, None] * 3
    sampled, whole = customer_silhouettes(space, labels), silhouette_samples(space, labels)
    measures = evaluate(space, labels, sampled)
    assert np.isfinite(sampled[labels == 2]).all()
    assert measures["silhouette_rows"] == 2000 + 400 + 100
    assert abs(measures["silhouette"] - whole.mean()) < 4 * measures["silhouette_error"]


def test_a_row_that_stands_for_many_customers_counts_as_many() -> None:
    found = shape(np.array([0, 0, 1, -1]), np.array([50.0, 30.0, 10.0, 10.0]))
    assert (found["smallest_share"], found["largest_share"], found["noise_share"]) == (0.1, 0.8, 0.1)
