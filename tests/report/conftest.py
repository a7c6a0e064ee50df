"""What the tests of a report share: a small table, segmented once, and all that is told of it."""

import numpy as np
import pandas as pd
import pytest

from segkit.brief import Brief
from segkit.data import Dataset, Stated, make_customers, make_dataset
from segkit.evidence.stability import stability_table
from segkit.model import SegmentationModel
from segkit.preprocessing.features import reading_steps
from segkit.profiles import describe_segments
from segkit.records import FINISHED, RunRecord
from segkit.report.advice import advice_on
from segkit.report.cards import cards
from segkit.report.content import Content, Told
from segkit.report.portrait import Portrait, portrait_of
from segkit.scoring.scorer import Scorer, make_scorer
from segkit.selection import Ranked, Ranking

METRICS = {"segments": 4.0, "stability": 0.9, "stability_min": 0.8, "lookalike_p": 0.2, "agreement": 0.9}
METRICS |= {"silhouette_macro": 0.3, "silhouette": 0.3, "confidence": 0.85, "assign_agreement": 1.0}


@pytest.fixture(scope="session")
def shop() -> Dataset:
    use = {"response": "outcome", "spend_total": "describe_with", "truth": "leave_out"}
    return make_dataset("shop", make_customers(400), "customers.csv", "2025-06-30", Stated(use=use))


@pytest.fixture(scope="session")
def scorer(shop: Dataset) -> Scorer:
    columns, features = reading_steps(shop.columns, [column.name for column in shop.feature_columns], shop.as_of)
    model = SegmentationModel(columns=columns, features=features).fit(shop.features)
    typed = model.pipeline_["preprocessing"][:-1].transform(shop.features)
    told = describe_segments(typed, model.predict(shop.features))
    return make_scorer(model, dict(zip(told["segment"], told["name"], strict=True)), "customer_id")


@pytest.fixture(scope="session")
def portrait(shop: Dataset, scorer: Scorer) -> Portrait:
    return portrait_of(shop, scorer)


@pytest.fixture(scope="session")
def told() -> Told:
    run = RunRecord("a" * 32, "standard-none-kmeans-4", FINISHED, {"k": "4"}, METRICS, "mark", model_run="a" * 32)
    other = RunRecord("b" * 32, "other", FINISHED, {"k": "3"}, METRICS | {"segments": 3.0}, "another")
    ranked = tuple(Ranked(place, one, ()) for place, one in enumerate((run, other), start=1))
    ranking = Ranking("trusted", "silhouette_macro", ranked, (), Brief())
    rivals = pd.DataFrame(
        {
            "name": [run.name, "age bands"],
            "about": ["the winner", "age"],
            "segments": [4, 4],
            "response AUC": [0.6, 0.7],
        }
    )
    stability = stability_table({0: 0.9, 1: 0.8, 2: 0.65, 3: 0.5})
    return Told(run, ranking, (), rivals, {"rivals": rivals}, stability, day="2025-07-01")


@pytest.fixture(scope="session")
def content(portrait: Portrait, told: Told) -> Content:
    advice = advice_on(portrait, told.run, told.verdict, told.stability)
    return Content(portrait, told, advice, cards(portrait, advice))


@pytest.fixture(scope="session")
def ids(shop: Dataset) -> list[str]:
    return np.asarray(shop.ids).astype(str).tolist()
