"""Halves of the customers are fitted as the whole was."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import make_customers
from segkit.evidence.halves import pairs_of_halves, splits
from segkit.evidence.stability import stability
from segkit.model import SegmentationModel
from segkit.stages import FittedHere, SharedStages, part_of


@pytest.fixture
def blobs() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    centres = np.repeat([[0, 0], [9, 0], [0, 9]], 40, axis=0)
    return pd.DataFrame(centres + rng.normal(size=centres.shape), columns=["a", "b"])


def model(k: int = 3) -> SegmentationModel:
    return SegmentationModel(KMeans(k, n_init=4, random_state=0))


def test_halves_share_no_customer_and_judge_everyone(blobs):
    for split in splits(model(), blobs, rounds=2):
        assert not set(split.first.rows) & set(split.second.rows)
        for half in (split.first, split.second):
            assert (len(half.rows), len(half.labels), len(half.everyone)) == (60, 60, 120)
            np.testing.assert_array_equal(half.labels, half.everyone[half.rows])


def test_clear_segments_come_out_again_and_slices_do_not(blobs):
    clear, slices = model().fit(blobs), model(5).fit(blobs)
    assert stability(clear.labels_, splits(clear, blobs))["stability_min"] > 0.95
    assert stability(slices.labels_, splits(slices, blobs))["stability_min"] < 0.75


def test_the_model_is_left_as_it_is(blobs):
    fitted = model().fit(blobs)
    before = fitted.labels_.copy()
    splits(fitted, blobs, rounds=1)
    np.testing.assert_array_equal(fitted.labels_, before)


def test_the_same_halves_are_drawn_however_many_rounds_there_are():
    (first,), again = pairs_of_halves(120, 1), list(pairs_of_halves(120, 2))
    np.testing.assert_array_equal(first, again[0])
    assert not np.array_equal(*(pair[0] for pair in again))


def test_large_tables_are_judged_by_a_part(monkeypatch, blobs):
    monkeypatch.setattr("segkit.evidence.halves.MOST_ROWS", 30)
    assert {len(half.rows) for split in splits(model(), blobs) for half in (split.first, split.second)} == {30}


def test_raw_customers_go_through_the_whole_pipeline():
    customers = make_customers(200).drop(columns=["customer_id", "truth"])
    split = splits(model(), customers, rounds=1)[0]
    assert set(split.first.everyone) <= {0, 1, 2}


def test_stages_of_halves_are_shared_like_those_of_all(tmp_path, blobs):
    keys = {"preprocessing": "p", "reducer": "r", "rows": "p", "tree": "t"}
    shared = model().set_params(stages=SharedStages(tmp_path, keys))
    splits(shared, blobs, rounds=1)
    assert len(list(tmp_path.glob("preprocessing-p-half-*.skops"))) == 2


def test_without_a_place_to_share_every_half_is_fitted_here():
    assert isinstance(part_of(None, "half 0"), FittedHere)
