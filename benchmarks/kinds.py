"""One scorer of every way in which customers are assigned, and customers as they really arrive."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.cluster import HDBSCAN, AgglomerativeClustering, KMeans
from sklearn.datasets import make_moons
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture

from segkit.data import Dataset, LogColumns, Stated, make_customers, make_dataset
from segkit.model import SegmentationModel
from segkit.preprocessing.features import reading_steps
from segkit.scoring.edits import Divided, Locked, Renumbered
from segkit.scoring.scorer import Scorer, make_scorer

ODD = ("east", "north")
LOG = LogColumns("customer_id", "day", order="order", quantity="units", price="price", product="item")
_KMEANS = KMeans(4, n_init=1, random_state=0)


def raw_customers(rows: int, seed: int = 1) -> pd.DataFrame:
    """Customers as a client sends them: gaps, numbers as text, dates in two styles, unknown levels, other columns."""
    table = _customers(rows, seed).drop(columns="truth")
    place = np.arange(rows)
    table = table.assign(spend_wine=table["spend_wine"].astype(str), note='a, "b"\nc', loyal=place % 2 == 0)
    table["kids_at_home"] = table["kids_at_home"].astype(float).mask(place % 9 == 0)
    table["income"] = table["income"].mask(place % 7 == 0)
    table["education"] = table["education"].mask(place % 11 == 0).mask(place % 13 == 0, "Kindergarten")
    iso = pd.to_datetime(table["signed_up"], format="%d-%m-%Y").dt.strftime("%Y-%m-%d")
    table["signed_up"] = (
        table["signed_up"].mask(place % 3 == 0, iso).mask(place % 17 == 0, "soon").mask(place % 19 == 0)
    )
    return table[table.columns[::-1]]


def raw_log(customers: int, seed: int = 1) -> pd.DataFrame:
    """A log of four orders a customer on average, and of one who was only given something."""
    rng = np.random.default_rng(seed)
    lines = 4 * customers
    who = rng.integers(0, customers, lines)
    day = pd.Timestamp("2024-06-30") - pd.to_timedelta(rng.integers(0, 300, lines) + 5 * (who % 40), unit="D")
    units, price = rng.integers(1, 9, lines), np.round(rng.gamma(2, 6 + who % 3 * 9), 2)
    log = pd.DataFrame({"customer_id": [f"C{number:06d}" for number in who], "order": np.arange(lines).astype(str)})
    log = log.assign(
        day=day.strftime("%d/%m/%Y"), item=rng.choice(["tea", "cup", "pot"], lines), units=units, price=price
    )
    gift = pd.DataFrame([("C999999", "X1", "01/05/2024", "tea", 1, 0.0)], columns=log.columns)
    return pd.concat([log, gift], ignore_index=True)


def kmeans() -> Scorer:
    """Assigned by the nearest centre."""
    return _of_customers(_KMEANS)


def mixture() -> Scorer:
    """Assigned by a mixture's posterior behind a reducer."""
    return _of_customers(GaussianMixture(4, reg_covar=1e-3, random_state=0), PCA(5, random_state=0))


def straight() -> Scorer:
    """Assigned by a classifier with straight borders."""
    return _of_customers(AgglomerativeClustering(4))


def trees() -> Scorer:
    """Assigned by trees, because the segments are of odd shape."""
    scorer = _fitted(_dataset(ODD), HDBSCAN(min_cluster_size=30, copy=True))
    assert type(scorer.assigner.classifier_).__name__ == "ExtraTreesClassifier"
    return scorer


def within() -> Scorer:
    """Segments within a segment of another scorer."""
    return replace(straight(), outer=kmeans(), segment=1)


def edited() -> Scorer:
    """Segments that were merged, divided and locked, each by another way of assigning."""
    edits = (Renumbered({3: 2}), Divided(0, trees(), {0: 10, 1: 11, -1: -1}), Locked(mixture(), (1,)))
    names = {1: "kept", 2: "merged", 10: "upper half", 11: "lower half"}
    return replace(straight(), edits=edits, names=names)


def log() -> Scorer:
    """Customers made of a transaction log."""
    return _fitted(make_dataset("shop", raw_log(300, seed=0), log=LOG), KMeans(3, n_init=1, random_state=0))


KINDS: dict[str, Callable[[], Scorer]] = {
    made.__name__: cache(made) for made in (kmeans, mixture, straight, trees, within, edited, log)
}


def _of_customers(algorithm: BaseEstimator, reducer: Any = "passthrough") -> Scorer:
    return _fitted(_dataset(()), algorithm, reducer)


def _customers(rows: int, seed: int) -> pd.DataFrame:
    places = make_moons(rows, noise=0.05, random_state=seed)[0]
    return make_customers(rows, seed=seed).assign(**dict(zip(ODD, places.T, strict=True)))


@cache
def _dataset(only: tuple[str, ...]) -> Dataset:
    """400 customers, segmented on some columns, or on all that are usual."""
    table = _customers(400, seed=0)
    others = [name for name in table.columns if name not in only and name != "customer_id"] if only else list(ODD)
    stated = Stated(
        use={"truth": "leave_out", **dict.fromkeys(others, "leave_out")},
        levels={"education": ["Basic", "Secondary", "Bachelor", "Master", "PhD"]},
    )
    return make_dataset("customers", table, as_of="2025-06-30", stated=stated)


def _fitted(dataset: Dataset, algorithm: BaseEstimator, reducer: Any = "passthrough") -> Scorer:
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    model = SegmentationModel(algorithm, reducer, columns=columns, features=features).fit(dataset.features)
    names = {int(number): f"segment {number}" for number in np.unique(model.labels_)}
    return make_scorer(model, names, "customer_id", dataset.log)
