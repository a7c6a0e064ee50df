"""Latent classes of answers and numbers."""

import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture
from stepmix import StepMix

from segkit.algorithms.latent_class import LatentClass
from segkit.evaluation import fit_measures
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind

RNG = np.random.default_rng(0)
KINDS = np.arange(240) % 2
ANSWERS = np.column_stack([np.where(RNG.random(240) < 0.85, KINDS, RNG.integers(0, n, 240)) for n in (2, 3, 3, 4, 2)])
PLACES = ((0, 1), (2, 3, 4), (5, 6, 7), (8, 9, 10, 11), (12, 13))
ONE_HOT = np.hstack([np.eye(len(places))[ANSWERS[:, place]] for place, places in enumerate(PLACES)])


def test_classes_of_answers_are_found():
    assert adjusted_rand_score(KINDS, LatentClass(2).fit(ONE_HOT, categories=PLACES).labels_) > 0.8


def test_the_criteria_are_those_of_integer_codes():
    found = LatentClass(2, tol=1e-10).fit(ONE_HOT, categories=PLACES)
    theirs = StepMix(2, measurement="categorical", n_init=5, progress_bar=0, random_state=0).fit(ANSWERS.astype(float))
    assert found.bic(ONE_HOT) == pytest.approx(theirs.bic(ANSWERS.astype(float)), rel=1e-6)
    assert fit_measures(found, ONE_HOT) == {"bic": found.bic(ONE_HOT), "aic": found.aic(ONE_HOT)}


def test_the_criterion_prefers_the_classes_that_are_there():
    criteria = {k: LatentClass(k).fit(ONE_HOT, categories=PLACES).bic(ONE_HOT) for k in (1, 2, 4)}
    assert min(criteria, key=criteria.__getitem__) == 2


def test_numbers_alone_are_a_mixture_with_diagonal_covariances():
    X = RNG.normal(size=(240, 2)) + 5 * KINDS[:, None]
    mixture = GaussianMixture(2, covariance_type="diag", reg_covar=1e-3, random_state=0).fit(X)
    assert LatentClass(2).fit(X).bic(X) == pytest.approx(mixture.bic(X), rel=1e-3)


@pytest.mark.parametrize("encoder", ["one_hot", "label"])
def test_the_model_tells_it_the_categories_of_a_table_with_numbers(encoder):
    names = pd.DataFrame(np.array(list("abcd"))[ANSWERS], columns=[f"q{place}" for place in range(5)])
    table = names.assign(spend=RNG.normal(2.0 * KINDS), nothing=RNG.normal(size=240))
    model = SegmentationModel(LatentClass(2), preprocessing=ByKind(encoder=encoder)).fit(table)
    assert adjusted_rand_score(KINDS, model.labels_) > 0.8


def test_a_climb_that_is_cut_short_is_quiet():
    with warnings.catch_warnings(action="error"):
        assert len(LatentClass(3, max_iter=2).fit(ONE_HOT, categories=PLACES).labels_) == 240
