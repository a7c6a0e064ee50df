"""Customers as they are drawn: a sample that weighs what they all weigh, places within the picture."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from segkit.app.card.drawn import drawn_of, drawn_values, each_for, left_values, sampled
from segkit.app.card.filtered import Asked, Range
from segkit.data import Stated, make_customers, make_dataset
from segkit.model import SegmentationModel
from segkit.report.content import Content
from segkit.report.portrait import portrait_of
from segkit.scoring.scorer import make_scorer


@pytest.fixture(scope="module")
def drawn():
    rng = np.random.default_rng(0)
    table = make_customers(100).drop(columns="truth").assign(counts=rng.integers(1, 4, 100), remark="hello")
    table["remark"] = [f"words of customer {number}, at length and never the same" for number in range(100)]
    dataset = make_dataset("shop", table, stated=Stated(use={"counts": "weight", "remark": "describe_with"}))
    model = SegmentationModel(KMeans(3, n_init=1, random_state=0)).fit(dataset.features)
    portrait = portrait_of(dataset, make_scorer(model, {0: "a", 1: "b", 2: "c"}))
    return drawn_of(Content(portrait, None, None, []))


def test_few_customers_are_all_there_and_count_as_often_as_they_stand_for(drawn):
    data = drawn_values(drawn, 1)
    counts, labels = drawn.content.portrait.dataset.table["counts"].to_numpy(), np.array(data["labels"])
    assert not data["sampled"]
    assert data["each"] == pytest.approx(counts)
    assert data["customers"] == counts.sum()
    assert {one["segment"]: one["customers"] for one in data["segments"]} == {
        segment: counts[labels == segment].sum() for segment in np.unique(labels).tolist()
    }


def test_neither_ids_nor_words_of_their_own_are_columns(drawn):
    data = drawn_values(drawn, 0)
    names = {one["name"] for one in data["columns"]}
    assert not names & {"customer_id", "remark", "counts"}
    assert {"income"} <= names
    assert "at length" not in str(data)


def test_a_box_and_bins_leave_whom_they_hold(drawn):
    across = drawn.places[:, 0]
    assert (drawn.kept(Asked(box=(-200, -200, 0, 200))) == (across <= 0)).all()
    codes = drawn.columns["income"].codes
    both = drawn.kept(Asked({"income": Range(2, 5)}, box=(0, -200, 200, 200)))
    assert (both == ((across >= 0) & (codes >= 2) & (codes <= 5))).all()
    assert drawn.kept(Asked({"income": (1, 3)})).sum() == np.isin(codes, [1, 3]).sum()
    assert np.abs(drawn.places).max() <= 125


@pytest.mark.parametrize(("own", "others"), [(50, 9000), (5000, 5000), (5000, 30), (10, 20)])
def test_a_sample_has_many_of_the_segment_and_weighs_what_all_weigh(own, others):
    mask = np.random.default_rng(1).permutation(np.r_[np.ones(own, bool), np.zeros(others, bool)])
    weights = np.random.default_rng(2).uniform(1, 3, own + others)
    rows = sampled(mask)
    assert len(rows) == min(2000, own + others) == len(set(rows.tolist()))
    assert mask[rows].sum() >= min(own, 800)
    each = each_for(rows, mask, weights)
    for part in (mask, ~mask):
        assert each[part[rows]].sum() == pytest.approx(weights[part].sum())
    assert (sampled(mask) == rows).all()


def test_all_are_counted_whom_filters_leave(drawn):
    portrait = drawn.content.portrait
    counts, asked = portrait.dataset.table["counts"].to_numpy(), Asked({"income": Range(2, 5)})
    found = left_values(drawn, asked)
    assert set(found) == {"0", "1", "2"}
    assert found["1"] == counts[drawn.kept(asked) & (portrait.labels == 1)].sum()
    assert sum(left_values(drawn, Asked()).values()) == counts.sum()
