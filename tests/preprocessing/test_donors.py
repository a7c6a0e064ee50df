"""Gaps filled from prototypes."""

import numpy as np
import pytest
from sklearn.impute import SimpleImputer

from segkit.preprocessing import words
from segkit.preprocessing.donors import PrototypeImputer


def correlated(rows: int = 400) -> np.ndarray:
    rng = np.random.default_rng(0)
    base = rng.normal(size=rows)
    return np.c_[base, base * 100 + rng.normal(0, 10, rows), -base + rng.normal(0, 0.1, rows)]


def test_prototypes_fill_correlated_numbers_better_than_the_median() -> None:
    truth = correlated()
    gaps = np.random.default_rng(1).random(truth.shape) < 0.15
    X = np.where(gaps, np.nan, truth)
    scale = truth.std(axis=0)
    donors, medians = (
        np.abs((step.fit_transform(X) - truth) / scale)[gaps].mean()
        for step in (PrototypeImputer(), SimpleImputer(strategy="median"))
    )
    assert donors < 0.5 * medians


def test_values_that_are_present_stay() -> None:
    X = correlated()
    X[::5, 1] = np.nan
    found = PrototypeImputer().fit_transform(X)
    np.testing.assert_array_equal(found[~np.isnan(X)], X[~np.isnan(X)])
    assert np.isfinite(found).all()


def test_the_nearest_is_judged_by_scaled_columns() -> None:
    # In raw units the second column would decide, and choose the wrong group for both.
    near, far = [0.0, 1000.0, 5.0], [1.0, 1100.0, 7.0]
    X = np.repeat([near, far], 20, axis=0)
    found = PrototypeImputer().fit(X).transform([[0.1, 1060.0, np.nan], [0.9, 1040.0, np.nan]])
    assert found[:, 2].tolist() == [5, 7]


def test_no_customer_is_kept() -> None:
    X = correlated()
    X[:3] = [[50, 0, 0], [0, 9000, 0], [-40, 0, 70]]  # outliers, each a group of its own for k-means
    step = PrototypeImputer().fit(X)
    distances = np.abs(step.prototypes_[:, None] - X[None]).max(axis=2)
    assert distances.min() > 1e-6
    assert len(step.prototypes_) > 10
    assert not (step.prototypes_ == step.medians_).any()  # nor a customer in the middle whom nobody resembles
    assert all(len(X) not in np.shape(value) for value in vars(step).values())


def test_a_number_that_hardly_anybody_gives_is_the_median_everywhere() -> None:
    X = correlated(60)
    X[:, 1] = [1.0, 2.0, 6.0, *[np.nan] * 57]
    assert set(PrototypeImputer().fit(X).prototypes_[:, 1]) == {2.0}


def test_a_row_without_any_value_gets_the_medians() -> None:
    X = correlated()
    found = PrototypeImputer().fit(X).transform([[np.nan] * 3])
    np.testing.assert_allclose(found[0], np.median(X, axis=0))


@pytest.mark.parametrize("rows", [1, 2, 4, 12])
def test_few_rows_are_enough(rows: int) -> None:
    X = correlated(rows)
    X[0, 0] = np.nan
    assert np.isfinite(PrototypeImputer().fit_transform(X)).all()


def test_empty_and_constant_columns_are_filled() -> None:
    X = np.c_[correlated(50), np.full(50, np.nan), np.full(50, 0.1)]
    found = PrototypeImputer().fit(X).transform([[np.nan, 50.0, np.nan, np.nan, np.nan]])
    assert found[0, 3] == 0
    assert found[0, 4] == pytest.approx(0.1)


def test_a_row_alone_is_filled_as_in_the_batch() -> None:
    X = correlated()
    X[np.random.default_rng(1).random(X.shape) < 0.4] = np.nan
    step = PrototypeImputer().fit(X)
    np.testing.assert_array_equal(np.vstack([step.transform(row[None]) for row in X]), step.transform(X))


@pytest.mark.filterwarnings("error")
def test_as_many_prototypes_as_asked_for() -> None:
    X = correlated()
    assert len(PrototypeImputer(3).fit(X).prototypes_) == 3
    assert len(PrototypeImputer(50).fit(np.repeat(X[:2], 200, axis=0)).prototypes_) == 2


def test_the_seed_reaches_the_word_for_it() -> None:
    assert words.gap_fillers(7)["donors"].seed == 7
