"""Whether segments re-form, and that loose segments are not blamed on the customers."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.cluster import KMeans

from segkit.drift.reforming import Standing, reform


def standing(champion, table) -> Standing:
    found = champion.scorer.assigned(table)
    return Standing(found.segments, found.confidence < 0.6, champion.scorer.is_outlier(table))


def reformed(champion, table, model=None):
    columns = table[champion.scorer.columns]
    return reform(model or champion.model, columns, standing(champion, table), 400, champion.scorer.baseline.stability)


def test_segments_re_form_among_customers_of_the_same_kind(champion, made):
    found = reformed(champion, made(300, seed=1))
    assert found.agreement > 0.8
    assert found.missing < 0.05
    assert found.segments["comes_out_again"].min() > 0.7
    assert found.new.empty


def test_a_group_that_was_not_there_makes_a_segment_that_is_none_of_the_champions(champion, made):
    found = reformed(champion, made(300, seed=1, new=0.25))
    assert found.missing > 0.2
    assert 50 < found.new.iloc[0]["customers"] < 110
    assert found.new.iloc[0]["overlap"] < 0.5


def test_where_nothing_is_stable_little_agreement_is_usual(champion, made):
    rng = np.random.default_rng(0)
    noise = made(300, seed=1).assign(**{name: rng.normal(size=300) for name in ("age", "spend", "visits", "score")})
    found = reformed(champion, noise, clone(champion.model).set_params(algorithm=KMeans(4, n_init=1, random_state=0)))
    assert found.usual < 0.6


def test_customers_too_few_to_be_halved_are_not_fitted(champion, made):
    assert reformed(champion, made(6, seed=1)) is None


def test_the_pipeline_is_left_as_it_is(champion, made):
    reformed(champion, made(100, seed=1))
    assert not hasattr(champion.model, "labels_")
    assert champion.model.get_params()["seed"] == pytest.approx(0)
